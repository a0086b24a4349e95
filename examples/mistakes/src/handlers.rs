//! Binaries that cargo cannot build.

use cyanotype::{lambda::CargoBinary, prelude::*};

/// A package and a binary with slips in their names, a package that nobody meant, and one that runs on Node.js.
pub(crate) fn unknown_binaries(stack: &Stack) {
    let rust = |runtime, code: CargoBinary| {
        FunctionProps::builder().runtime(runtime).handler("bootstrap").code(code).build()
    };
    let provided = || Runtime::PROVIDED_AL2023;
    let function = |id, props| drop(Function::<String, String>::new(stack, id, props));

    // Synth names the next line.
    function("Slip", rust(provided(), Code::cargo("rust-handlers-function", "review")));
    // Synth names the next line.
    function("Typo", rust(provided(), Code::cargo("rust-handlers-functions", "reveiw")));
    // Synth names the next line.
    function("Library", rust(provided(), Code::cargo("rust-handlers-types", "review")));
    // Synth names the next line.
    function("Node", rust(Runtime::NODEJS_22, Code::cargo("rust-handlers-functions", "approve")));
}

/// A right binary, for a compiler that cannot build for Lambda.
pub(crate) fn handler(stack: &Stack) {
    let props = FunctionProps::builder()
        .runtime(Runtime::PROVIDED_AL2023)
        .handler("bootstrap")
        .architecture(Architecture::Arm64)
        // Synth names the next line.
        .code(Code::cargo("rust-handlers-functions", "review").musl())
        .build();
    let _: Function<String, String> = Function::new(stack, "Review", props);
}
