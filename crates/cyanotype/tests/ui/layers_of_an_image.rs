// A warning says the same beside the error.
#![allow(deprecated)]
mod shared;
use shared::*;

fn main() {
    let _ = FunctionProps::image(Image::registry("image")).layers(["arn:layer:1"]).build();
}
