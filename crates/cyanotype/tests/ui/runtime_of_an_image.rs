// A warning says the same beside the error.
#![allow(deprecated)]
mod shared;
use shared::*;

fn main() {
    let _ = FunctionProps::image(Image::registry("image")).runtime(Runtime::NODEJS_22).build();
}
