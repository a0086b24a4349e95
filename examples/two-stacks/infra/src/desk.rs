//! The machine, and the name by which it is started.

use cyanotype::prelude::*;
use two_stacks_types::{Draft, Review};

pub(crate) fn define(
    stack: &Stack,
    review: &Version<Draft, Review>,
    wait: Seconds,
    archive: Option<&Resource>,
    props: StateMachineProps,
) {
    let definition = machine(|m| {
        let reviewed = m.wait("Wait", wait).then(m.task("Review", review));
        match archive {
            None => reviewed.then(m.end()),
            Some(archive) => {
                let item = payload!({
                    "TableName": (archive.reference()),
                    "Item": { "Text": { "S": (path!(Review => rules)) } },
                });
                reviewed.then(m.service("Archive", "dynamodb:putItem", item).discard_result()).then(m.end())
            }
        }
    });
    let publish: StateMachine<Draft, Review> = StateMachine::new(stack, "Publish", definition, props);
    let live = publish.alias("live", &publish.publish()).shift(Shift::all_at_once());
    stack.output("LiveArn", Output::of(live.arn()).description("Start executions of this"));
}
