//! Container images.

use cyanotype::prelude::*;

/// An image as one names it on the command line.
pub(crate) fn by_tag(stack: &Stack) {
    let image = Image::registry("111122223333.dkr.ecr.eu-west-1.amazonaws.com/hello:v1");
    let props = FunctionProps::image(image).memory_mib(512u32).build();
    // Synth names the next line.
    Function::<String, String>::new(stack, "Hello", props).publish();
}
