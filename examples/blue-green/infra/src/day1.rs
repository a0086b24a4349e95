//! Day 1: Wait -> Hello -> Decide -> Success | Failed.

use blue_green_types::{Request, day1::Verdict};
use cyanotype::prelude::*;

pub(crate) fn define(stack: &Stack, wait: Seconds, props: StateMachineProps) {
    let hello: Function<Request, Verdict> = Function::new(
        stack,
        "Hello",
        FunctionProps::builder()
            .runtime(Runtime::NODEJS_22)
            .handler("index.handler")
            .code(Code::directory(asset!("../handlers/hello-day1")).exclude("*.md"))
            .build(),
    );
    let hello_v = hello.publish();
    hello.alias("live", &hello_v);

    let greeting = StateMachine::new(
        stack,
        "Greeting",
        machine(|m| {
            let decide = m
                .choice("Decide")
                .when(root().is(Verdict::Approved), m.succeed("Success"))
                .otherwise(m.fail("Failed").error("NotApproved").cause("hello did not approve"));
            m.wait("Wait", wait).then(m.task("Hello", &hello_v)).then(decide)
        }),
        props,
    );
    stack.output("MachineArn", Output::of(greeting.arn()).description("Start executions of this"));
    stack.output("HelloVersionArn", Output::of(hello_v.arn()).description("What a new execution calls"));
}
