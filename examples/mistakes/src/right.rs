//! The app without a mistake, and its parts, which the mistakes use too.

use cyanotype::prelude::*;

/// A function, and a machine that calls it.
pub(crate) fn define(stack: &Stack, code: &str, wait: u32) {
    // Synth names the next line.
    let hello: Function<String, String> = Function::new(
        stack,
        "Hello",
        FunctionProps::builder()
            .runtime(Runtime::NODEJS_22)
            .handler("index.handler")
            .code(Code::directory(code))
            .build(),
    );
    let hello_v = hello.publish();
    hello.alias("live", &hello_v);
    StateMachine::new(
        stack,
        "Greeting",
        machine(|m| m.wait("Wait", seconds(wait)).then(m.task("Hello", &hello_v)).then(m.end())),
        StateMachineProps::default(),
    );
}

/// A function whose code is a line. Whoever calls this is the place that synth names.
#[track_caller]
pub(crate) fn function(stack: &Stack, id: &str) -> Function<String, String> {
    let props = FunctionProps::builder()
        .runtime(Runtime::NODEJS_22)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async (name) => `Hello, ${name}`"))
        .build();
    Function::new(stack, id, props)
}
