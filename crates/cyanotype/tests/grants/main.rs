//! Grants: the statements that they come to, and what they refuse.
#![allow(clippy::panic, reason = "a test fails by it")]

#[path = "../common/mod.rs"]
mod common;
mod keys;
mod refused;
mod services;
mod storage;

use common::*;
use cyanotype::{iam::Grant, prelude::*};

/// The template of an app in which `Hello` is given a grant.
#[track_caller]
fn granted<G: Into<Grant>>(grant: impl FnOnce(&Stack) -> G) -> Json {
    shop_template(|stack| {
        let grant = grant(stack);
        function(stack, "Hello").may(grant);
    })
}

/// The statements of a grant, as pairs of actions and resources.
#[track_caller]
fn check<G: Into<Grant>>(grant: impl FnOnce(&Stack) -> G, expected: &[(Json, Json)]) {
    let said = |(action, resource): &(Json, Json)| json!({ "Effect": "Allow", "Action": action, "Resource": resource });
    in_order(&granted(grant), expected.iter().map(said).collect());
}

#[track_caller]
fn in_order(template: &Json, mut expected: Vec<Json>) {
    let mut statements = statements(template, "HelloRole");
    statements.sort_by_key(Json::to_string);
    expected.sort_by_key(Json::to_string);
    assert_eq!(statements, expected);
}

fn of_type(stack: &Stack, type_name: &str, properties: Tree) -> Resource {
    stack.resource("It", type_name, properties)
}

fn key(stack: &Stack) -> Resource {
    stack.resource("Key", "AWS::KMS::Key", tree!({ "KeyPolicy": {} }))
}

fn arn() -> Json {
    attribute("It", "Arn")
}

#[test]
fn a_machine_takes_grants_as_a_function_does() {
    let template = shop_template(|stack| {
        calls(stack, "Nap", &[]).may(grants::sns::publish(&of_type(stack, "AWS::SNS::Topic", tree!({}))));
    });
    let expected = json!({ "Effect": "Allow", "Action": "sns:Publish", "Resource": { "Ref": "It" } });
    assert_eq!(statements(&template, "NapRole"), [expected]);
}

#[test]
fn a_grant_less_is_another_role_and_the_old_one_stays() {
    let of = |both: bool| {
        shop_template(|stack| {
            let hello = function(stack, "Hello");
            hello.publish();
            let orders = table(stack, "Orders");
            hello.may(grants::dynamodb::read(&orders));
            if both {
                hello.may(grants::dynamodb::write(&orders));
            }
        })
    };
    let (before, after) = (of(true), of(false));
    assert_eq!(moved(&before, &after).into_iter().collect::<Vec<_>>(), ["HelloRole", "HelloVersion"]);
    for base in ["HelloRole", "HelloVersion", "Orders"] {
        assert_eq!(resource(&before, base)["DeletionPolicy"], "Retain", "{base}");
    }
}

#[test]
fn the_order_of_grants_is_no_other_role() {
    let of = |swap: bool| {
        shop_template(|stack| {
            let (hello, orders) = (function(stack, "Hello"), table(stack, "Orders"));
            let mut all = [grants::dynamodb::read(&orders), grants::dynamodb::write(&orders)];
            if swap {
                all.reverse();
            }
            all.into_iter().for_each(|grant| hello.may(grant));
        })
    };
    assert_eq!(of(false), of(true));
}
