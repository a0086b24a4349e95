//! A machine that calls of everything, and what its role may do for that: whole templates, for the checkers to ask IAM's own
//! rules about.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod common;

use common::*;
use cyanotype::{
    flow::{ExecutionType, s3},
    prelude::*,
};

/// What is called, one after the other.
fn everything(stack: &Stack, props: StateMachineProps) {
    let hello = function(stack, "Hello").publish();
    let partner = function(stack, "Partner").publish();
    let nap: Machine<Json, Json> = machine(|m| m.wait("Wait", seconds(5)).then(m.end()));
    let nap = StateMachine::new(stack, "Nap", nap, StateMachineProps::default()).publish();
    let made = |id: &str, type_name: &str| stack.resource(id, type_name, tree!({}));
    let (topic, queue) = (made("News", "AWS::SNS::Topic"), made("Jobs", "AWS::SQS::Queue"));
    let (bucket, table) = (made("Files", "AWS::S3::Bucket"), orders(stack));
    let bus = stack.resource("Bus", "AWS::Events::EventBus", tree!({ "Name": "shop" }));
    let pack: Activity<Json, Json> = Activity::new(stack, "Pack");

    let definition: Machine<Json, Json> = machine(|m| {
        let item = payload!({ "TableName": (table.reference()), "Item": { "Id": { "S": "1" } } });
        let event = payload!({ "Entries": [{
            "EventBusName": (bus.reference()), "Source": "shop", "DetailType": "paid", "Detail": {},
        }] });
        let file = payload!({ "Bucket": (bucket.reference()), "Key": "prices/today.json" });
        let message = payload!({ "QueueUrl": (queue.reference()), "MessageBody": "m" });
        let read = s3::objects(payload!({ "Bucket": (bucket.reference()), "Prefix": "in/" }));
        let read = read
            .distributed::<Json>(ExecutionType::Standard)
            .write_to(payload!({ "Bucket": (bucket.reference()), "Prefix": "out" }));
        let each = m.map("Each", read, |item| item.task("Look", &hello).then(item.end()));
        let abroad = "arn:aws:iam::999988887777:role/caller";
        m.task("Hello", &hello)
            .then(m.task("Abroad", &partner).credentials(abroad))
            .then(m.task("Nap", &nap).select(path!(Execution<Json> => output)))
            .then(m.activity("Pack", &pack))
            .then(m.service(
                "Tell",
                "sns:publish",
                payload!({ "TopicArn": (topic.reference()), "Message": "m" }),
            ))
            .then(m.service("Send", "sqs:sendMessage", message))
            .then(m.service("Keep", "dynamodb:putItem", item))
            .then(m.service("Emit", "events:putEvents", event))
            .then(m.service("Read", "aws-sdk:s3:getObject", file))
            .then(each.assume::<Json>())
            .then(m.end())
    });
    StateMachine::new(stack, "Everything", definition, props);
}

/// A table as cfn-lint has it whole.
fn orders(stack: &Stack) -> Resource {
    let attributes = tree!([{ "AttributeName": "Id", "AttributeType": "S" }]);
    table_with(
        stack,
        "Orders",
        tree!({ "AttributeDefinitions": attributes, "BillingMode": "PAY_PER_REQUEST" }),
    )
}

#[test]
fn of_any_version() {
    let template = shop_template(|stack| everything(stack, StateMachineProps::default()));
    insta::assert_json_snapshot!("any.template", template);
}

#[test]
fn of_the_versions_that_are_named() {
    let props = StateMachineProps::builder().exact_rights(true).build();
    let template = shop_template(|stack| everything(stack, props));
    insta::assert_json_snapshot!("exact.template", template);
}
