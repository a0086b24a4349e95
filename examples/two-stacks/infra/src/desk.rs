//! The machine, and the name by which it is started.

use cyanotype::prelude::*;
use two_stacks_types::{Draft, Review};

pub(crate) fn define(stack: &Stack, review: &Version<Draft, Review>, wait: Seconds) {
    let publish: StateMachine<Draft, Review> = StateMachine::new(
        stack,
        "Publish",
        machine(|m| m.wait("Wait", wait).then(m.task("Review", review)).then(m.end())),
        StateMachineProps::default(),
    );
    let live = publish.alias("live", &publish.publish()).shift(Shift::all_at_once());
    stack.output("LiveArn", Output::of(live.arn()).description("Start executions of this"));
}
