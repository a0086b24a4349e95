// A warning says the same beside the error, and lists every property that there is.
#![allow(deprecated)]
mod shared;
use shared::*;

fn main() {
    let _ = FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler").build();
}
