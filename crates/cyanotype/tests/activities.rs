//! Activities: their names, and what makes one another.
#![allow(clippy::panic, reason = "a test that cannot go on should say where")]

mod common;

use common::*;
use cyanotype::prelude::*;

fn approve(under: &Construct) -> Activity<Json, Json> {
    Activity::new(under, "Approve")
}

/// Asserts what synth says of a name; nothing, where it is good.
#[track_caller]
fn check_name(name: &str, good: bool) {
    let app = shop(|stack| approve(stack).named(name));
    if good {
        assert_eq!(errors(&app), [""; 0]);
    } else {
        one_error(&app, &["Shop/Approve: ", "is no name for an activity / it has 1 to 80 characters"]);
    }
}

#[test]
fn an_activity_is_named_for_its_stack_and_kept() {
    let expected = json!({
        "Type": "AWS::StepFunctions::Activity",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": { "Name": { "Fn::Sub": "${AWS::StackName}-PaymentsApprove" } },
    });
    let template = shop_template(|stack| approve(&stack.part("Payments")));
    assert_eq!(template["Resources"]["PaymentsApprove"], expected);
}

#[test]
fn an_activity_with_another_name_is_another_activity() {
    let plain = shop_template(|stack| approve(stack));
    let named = shop_template(|stack| approve(stack).named("approve-by-hand"));
    moves(&plain, &named, &["Approve"]);
    assert_eq!(property(&named, "Approve", "Name"), "approve-by-hand");
    moves(&named, &shop_template(|stack| approve(stack).named("approve-it")), &["Approve"]);
}

#[test]
fn a_tag_is_no_other_activity() {
    let tagged = shop_template(|stack| approve(stack).tag("team", "shop"));
    moves(&shop_template(|stack| approve(stack)), &tagged, &[]);
    assert_eq!(property(&tagged, "Approve", "Tags"), json!([{ "Key": "team", "Value": "shop" }]));
}

#[test]
fn an_activity_is_referred_to_by_arn_and_name() {
    let template = shop_template(|stack| {
        let approve = approve(stack);
        stack.output("Arn", approve.arn());
        stack.output("Name", approve.clone().name());
    });
    assert_eq!(template["Outputs"]["Arn"]["Value"], json!({ "Ref": "Approve" }));
    assert_eq!(template["Outputs"]["Name"]["Value"], json!({ "Fn::GetAtt": ["Approve", "Name"] }));
}

#[test]
fn names_are_what_step_functions_takes() {
    for name in ["a", "approve_It-2", "a.b", "Pr\u{fc}fung", &"x".repeat(80)] {
        check_name(name, true);
    }
    for name in ["", "a b", "a/b", "a*", "a:b", "a\u{7f}b", &"x".repeat(81)] {
        check_name(name, false);
    }
}

#[test]
fn a_generated_name_that_is_too_long_is_an_error_that_says_so() {
    let app = shop(|stack| approve(&stack.part("x".repeat(68))));
    assert_eq!(errors(&app), [""; 0]);
    let app = shop(|stack| approve(&stack.part("x".repeat(69))));
    one_error(&app, &["which has 81 characters / Step Functions takes 80", "`.named(\"…\")`"]);
}

#[test]
fn a_tag_has_a_key_and_a_value() {
    for (key, value) in [("team", ""), ("", "shop")] {
        let expected = format!(
            "Shop/Approve: its tag `{key}` has an empty key or value / CloudFormation takes a character or more in either"
        );
        assert_eq!(errors(&shop(|stack| approve(stack).tag(key, value))), [expected]);
    }
}
