//! What a user can choose of generated roles: a permissions boundary, and to stay the same.
#![allow(clippy::panic, reason = "a test fails by it")]

mod boundary;
#[path = "../common/mod.rs"]
mod common;
mod stable;

use common::*;
use cyanotype::prelude::*;

const NOTHING: [&str; 0] = [];

/// A machine that calls a function, whose version is published.
fn greeting(edit: impl FnOnce(&Stack, &Fun, &StateMachine<Json, Json>)) -> App {
    shop(|stack| {
        let hello = function(stack, "Hello");
        let machine = calls(stack, "Greeting", &[&hello.publish()]);
        machine.publish();
        edit(stack, &hello, &machine);
    })
}

#[track_caller]
fn check(before: &App, after: &App, expected: &[&str]) {
    moves(&template(before), &template(after), expected);
}

/// A policy that allows an action.
fn policy(under: &Construct, action: &str) -> Resource {
    let document = document(action);
    under.resource("Boundary", "AWS::IAM::ManagedPolicy", tree!({ "PolicyDocument": document }))
}

fn document(action: impl Into<Tree>) -> Tree {
    let action = action.into();
    let statement = tree!({ "Effect": "Allow", "Action": action, "Resource": "*" });
    tree!({ "Version": "2012-10-17", "Statement": [statement] })
}

#[test]
fn nothing_is_retained_in_an_ephemeral_stack() {
    let app = App::new();
    let stack = app.stack("Shop").ephemeral();
    let hello = function(&stack, "Hello");
    hello.stable_role();
    stack.permissions_boundary(policy(&stack, "s3:*").reference());
    assert_eq!(resource(&template(&app), "Boundary")["DeletionPolicy"], Json::Null);
    assert_eq!(warnings(&app), NOTHING);
}
