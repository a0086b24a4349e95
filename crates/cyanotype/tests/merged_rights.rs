//! Statements that users give and that say together what one says.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use common::*;
use cyanotype::prelude::*;

/// The statements of a role that is given these.
fn given(statements: &[Statement]) -> App {
    shop(|stack| {
        let hello = function(stack, "Hello");
        statements.iter().cloned().for_each(|statement| hello.allow(statement));
    })
}

fn allow(actions: &[&str], resources: &[&str]) -> Statement {
    resources
        .iter()
        .fold(Statement::allow(actions.iter().copied()), |one, arn| one.on(format!("arn:aws:s3:::{arn}")))
}

/// Each as its actions and resources.
#[track_caller]
fn check(statements: &[Statement], expected: &[(&[&str], &[&str])]) {
    let one_or_many = |value: &Json| match value {
        Json::Array(items) => items.iter().map(|item| item.as_str().unwrap_or_default().to_owned()).collect(),
        one => vec![one.as_str().unwrap_or_default().to_owned()],
    };
    let found = |statements: &[Statement]| {
        let found = common::statements(&template(&given(statements)), "HelloRole");
        let parts = |s: &Json| {
            let resources = one_or_many(&s["Resource"]).into_iter();
            (
                one_or_many(&s["Action"]),
                resources.map(|arn: String| arn.replace("arn:aws:s3:::", "")).collect::<Vec<_>>(),
            )
        };
        found.iter().map(parts).collect::<Vec<_>>()
    };
    let expected: Vec<(Vec<String>, Vec<String>)> = expected
        .iter()
        .map(|(actions, resources)| {
            (actions.iter().map(|a| (*a).into()).collect(), resources.iter().map(|r| (*r).into()).collect())
        })
        .collect();
    assert_eq!(found(statements), expected);
    let backwards: Vec<_> = statements.iter().cloned().rev().collect();
    assert_eq!(found(&backwards), expected, "in another order");
    let ids = [statements, &backwards].map(|statements| id(&template(&given(statements)), "HelloRole"));
    assert_eq!(ids[0], ids[1]);
}

#[test]
fn the_same_statement_twice_is_one_and_moves_nothing() {
    let one = allow(&["s3:GetObject"], &["a"]);
    check(&[one.clone(), one.clone()], &[(&["s3:GetObject"], &["a"])]);
    let twice = id(&template(&given(&[one.clone(), one.clone()])), "HelloRole");
    assert_eq!(id(&template(&given(&[one])), "HelloRole"), twice);
}

#[test]
fn the_same_resources_unite_actions() {
    check(
        &[allow(&["s3:PutObject"], &["a", "b"]), allow(&["s3:GetObject"], &["b", "a"])],
        &[(&["s3:GetObject", "s3:PutObject"], &["a", "b"])],
    );
}

#[test]
fn the_same_actions_unite_resources() {
    check(
        &[
            allow(&["s3:GetObject"], &["b"]),
            allow(&["s3:GetObject"], &["a"]),
            allow(&["s3:GetObject"], &["c", "a"]),
        ],
        &[(&["s3:GetObject"], &["a", "b", "c"])],
    );
}

#[test]
fn what_one_merge_makes_alike_is_merged_too() {
    let (get, put) = (|on| allow(&["s3:GetObject"], &[on]), |on| allow(&["s3:PutObject"], &[on]));
    check(&[get("a"), get("b"), put("a"), put("b")], &[(&["s3:GetObject", "s3:PutObject"], &["a", "b"])]);
}

#[test]
fn what_differs_in_both_grants_no_more_than_it_did() {
    check(
        &[allow(&["s3:GetObject"], &["a"]), allow(&["s3:PutObject"], &["b"])],
        &[(&["s3:GetObject"], &["a"]), (&["s3:PutObject"], &["b"])],
    );
    check(
        &[allow(&["s3:GetObject", "s3:PutObject"], &["a"]), allow(&["s3:GetObject"], &["a", "b"])],
        &[(&["s3:GetObject", "s3:PutObject"], &["a"]), (&["s3:GetObject"], &["a", "b"])],
    );
}

#[test]
fn effects_and_conditions_keep_statements_apart() {
    let get = || allow(&["s3:GetObject"], &["a"]);
    let deny = Statement::deny(["s3:GetObject"]).on("arn:aws:s3:::b");
    let only = allow(&["s3:GetObject"], &["c"]).when("Bool", "aws:SecureTransport", "true");
    let template = template(&given(&[get(), deny, only]));
    assert_eq!(statements(&template, "HelloRole").len(), 3);
}

#[test]
fn what_is_found_out_stays_apart_from_what_is_given() {
    let template = shop_template(|stack| {
        let hello = function(stack, "Hello").publish();
        let machine =
            calls_with(stack, "Greeting", &[&hello], StateMachineProps::builder().tracing(true).build());
        machine.allow(Statement::allow(["s3:ListAllMyBuckets"]).on("*"));
        machine.allow(Statement::allow(["ec2:DescribeRegions"]).on("*"));
    });
    let actions: Vec<_> =
        statements(&template, "GreetingRole").iter().map(|s| s["Action"].to_string()).collect();
    assert_eq!(actions.len(), 3, "{actions:?}");
    assert!(actions.contains(&r#"["ec2:DescribeRegions","s3:ListAllMyBuckets"]"#.to_owned()), "{actions:?}");
}
