//! The function, its layer, and what changes from day to day.

use cyanotype::prelude::*;
use two_stacks_types::{Draft, Review};

use crate::Day;

/// What was published, by its text.
pub(crate) fn archive(stack: &Stack) -> Resource {
    let properties = tree!({
        "AttributeDefinitions": [{ "AttributeName": "Text", "AttributeType": "S" }],
        "KeySchema": [{ "AttributeName": "Text", "KeyType": "HASH" }],
        "BillingMode": "PAY_PER_REQUEST",
    });
    stack.resource("Archive", "AWS::DynamoDB::Table", properties)
}

pub(crate) fn define(stack: &Stack, day: Day, archive: Option<&Resource>) -> Version<Draft, Review> {
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
    if let Some(archive) = archive {
        review.environment("ARCHIVE", archive.reference());
        review.may(grants::dynamodb::read(archive));
    }
    let review_v = review.publish();
    stack.output("ReviewVersionArn", Output::of(review_v.arn()).description("What a new execution calls"));
    review_v
}
