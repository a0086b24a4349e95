//! The function, its layer, and what changes from day to day.

use cyanotype::prelude::*;
use two_stacks_types::{Draft, Review};

use crate::Day;

pub(crate) fn define(stack: &Stack, day: Day) -> Version<Draft, Review> {
    let content = match day.is_from(5) {
        true => Code::directory(asset!("../handlers/rules-2")),
        false => Code::directory(asset!("../handlers/rules-1")),
    };
    let rules = LayerVersion::new(
        stack,
        "Rules",
        LayerProps::builder().content(content).runtimes([Runtime::NODEJS_22]).build(),
    );
    let review: Function<Draft, Review> = Function::new(
        stack,
        "Review",
        FunctionProps::builder()
            .runtime(Runtime::NODEJS_22)
            .handler("index.handler")
            .code(Code::directory(asset!("../handlers/review")))
            .layers([&rules])
            .environment([("STYLE", if day.is_from(2) { "strict" } else { "plain" })])
            .tags([("team", if day.is_from(4) { "library" } else { "desk" })])
            .build(),
    );
    let review_v = review.publish();
    stack.output("ReviewVersionArn", Output::of(review_v.arn()).description("What a new execution calls"));
    review_v
}
