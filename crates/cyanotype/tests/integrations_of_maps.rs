//! What the role of a machine may do for its distributed Maps.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use common::*;
use cyanotype::{
    flow::{ExecutionType, items, s3},
    prelude::*,
};

const OWN: &str = "${AWS::Region}:${AWS::AccountId}";

/// A Map that reads a bucket and writes to it.
fn map(stack: &Stack, props: StateMachineProps) -> StateMachine<Json, Json> {
    let files = stack.resource("Files", "AWS::S3::Bucket", tree!({}));
    let _other = stack.resource("Other", "AWS::S3::Bucket", tree!({}));
    let definition: Machine<Json, Json> = machine(|m| {
        let read = s3::objects(payload!({ "Bucket": (files.reference()), "Prefix": "in/" }));
        let read = read
            .distributed::<Json>(ExecutionType::Standard)
            .write_to(payload!({ "Bucket": (files.reference()), "Prefix": "out/" }));
        let map = m.map("Each", read, |item| item.pass("Work").then(item.end()));
        map.assume::<Json>().then(m.end())
    });
    StateMachine::new(stack, "Caller", definition, props)
}

#[test]
fn a_map_reads_and_writes_beginnings_of_its_buckets_and_no_other() {
    let statements =
        statements(&shop_template(|stack| map(stack, StateMachineProps::default())), "CallerRole");
    let of = |resource: &str| {
        let on = |statement: &&Json| statement["Resource"] == sub(resource);
        statements.iter().find(on).map(|statement| statement["Action"].clone())
    };
    assert_eq!(of("${Files.Arn}/in/*"), Some("s3:GetObject".into()));
    let write = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"];
    assert_eq!(of("${Files.Arn}/out/*"), Some(json!(write)));
    let list = json!({
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": attribute("Files", "Arn"),
        "Condition": { "StringLike": { "s3:prefix": "in/*" } },
    });
    assert!(statements.contains(&list), "{statements:#?}");
    let all = statements.iter().map(|statement| statement["Resource"].to_string()).collect::<String>();
    assert!(!all.contains("Other"), "{all}");
}

#[test]
fn a_distributed_map_starts_its_own_machine_by_the_pattern_of_its_name() {
    let started = |props| {
        let statements = statements(&shop_template(|stack| map(stack, props)), "CallerRole");
        let of = |action: &str| {
            let all = statements.iter().filter(|statement| statement["Action"].to_string().contains(action));
            all.map(|statement| statement["Resource"].clone()).collect::<Vec<_>>()
        };
        ["states:StartExecution", "states:StopExecution", "states:RedriveExecution"].map(of)
    };
    let own = format!("arn:${{AWS::Partition}}:states:{OWN}");
    let [start, mut follow, redrive] = started(StateMachineProps::default());
    assert_eq!(start, [sub(&format!("{own}:stateMachine:Caller-*"))]);
    let [in_maps, others] = ["/*", ":*"].map(|end| sub(&format!("{own}:execution:Caller-*{end}")));
    follow.sort_by_key(Json::to_string);
    assert_eq!((follow, redrive), (vec![in_maps.clone(), others], vec![in_maps]));
    let [start, ..] = started(StateMachineProps::builder().name("caller").build());
    assert_eq!(start, [sub(&format!("{own}:stateMachine:caller"))]);
}

#[test]
fn nothing_is_retained_in_an_ephemeral_stack() {
    let app = App::new();
    let stack = app.stack("Shop").ephemeral();
    map(&stack, StateMachineProps::default());
    let template = template(&app);
    for base in ["CallerRole", "Files"] {
        assert_eq!(resource(&template, base)["DeletionPolicy"], Json::Null);
    }
}

#[test]
fn items_of_a_distributed_map_may_call_services_too() {
    let template = shop_template(|stack| {
        let orders = table(stack, "Orders");
        let definition: Machine<Vec<Json>, Json> = machine(|m| {
            let all = items(root::<Vec<Json>>()).distributed(ExecutionType::Express);
            let work = m.map("Each", all, |item| {
                let get = payload!({ "TableName": (orders.reference()), "Key": {} });
                item.service("Get", "dynamodb:getItem", get).then(item.end())
            });
            work.assume::<Json>().then(m.end())
        });
        StateMachine::new(stack, "Caller", definition, StateMachineProps::default())
    });
    let statements = statements(&template, "CallerRole");
    assert!(statements.iter().any(|s| s["Resource"] == attribute("Orders", "Arn")), "{statements:#?}");
}
