//! Day 3: `hello` has left the app. Its function, versions and role stay in the account for whoever still needs them.

use blue_green_types::{Request, day3::Welcome};
use cyanotype::prelude::*;

pub(crate) fn define(stack: &Stack, props: StateMachineProps) {
    let welcome: Function<Request, Welcome> = Function::new(
        stack,
        "Welcome",
        FunctionProps::builder()
            .runtime(Runtime::NODEJS_22)
            .handler("index.handler")
            .code(Code::inline("exports.handler = async () => ({ welcome: true });\n"))
            .build(),
    );
    let welcome_v = welcome.publish();

    let greeting = StateMachine::new(
        stack,
        "Greeting",
        machine(|m| {
            let decide = m
                .choice("Decide")
                .when(path!(Welcome => welcome).is(true), m.succeed("Success"))
                .otherwise(m.fail("Failed").error("NotWelcome").cause("welcome found nobody"));
            m.task("Welcome", &welcome_v).then(decide)
        }),
        props,
    );
    stack.output("MachineArn", Output::of(greeting.arn()).description("Start executions of this"));
}
