//! Managed policies that a user attaches to generated roles.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use common::*;
use cyanotype::prelude::*;

const INSIGHTS: &str = "arn:aws:iam::aws:policy/CloudWatchLambdaInsightsExecutionRolePolicy";
const NOTHING: [&str; 0] = [];

/// A published function and a machine that calls it.
fn app(edit: impl FnOnce(&Stack, &Fun, &StateMachine<Json, Json>)) -> App {
    shop(|stack| {
        let hello = function(stack, "Hello");
        let machine = calls(stack, "Greeting", &[&hello.publish()]);
        edit(stack, &hello, &machine);
    })
}

/// A policy that allows an action.
fn policy(under: &Construct, action: &str) -> Resource {
    let statement = tree!({ "Effect": "Allow", "Action": action, "Resource": "*" });
    let document = tree!({ "Version": "2012-10-17", "Statement": [statement] });
    under.resource("Team", "AWS::IAM::ManagedPolicy", tree!({ "PolicyDocument": document }))
}

fn with(action: &'static str) -> App {
    app(|stack, hello, _| hello.attach_policy(policy(stack, action).reference()))
}

#[track_caller]
fn check(before: &App, after: &App, expected: &[&str]) {
    moves(&template(before), &template(after), expected);
}

#[test]
fn a_policy_stands_beside_what_the_role_has_anyway_and_once() {
    let app = app(|_, hello, machine| {
        hello.attach_policy(INSIGHTS);
        hello.attach_policy(INSIGHTS);
        machine.attach_policy(INSIGHTS);
    });
    let template = template(&app);
    let of = |role: &str| property(&template, role, "ManagedPolicyArns");
    let basic = sub("arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole");
    assert_eq!(of("HelloRole"), json!([basic, INSIGHTS]));
    assert_eq!(of("GreetingRole"), json!([INSIGHTS]));
    assert_eq!(warnings(&app), NOTHING);
}

#[test]
fn another_policy_is_another_role_and_publishes_the_function() {
    let none = app(|_, _, _| ());
    check(&none, &app(|_, hello, _| hello.attach_policy(INSIGHTS)), &["HelloRole", "HelloVersion"]);
    check(&none, &app(|_, _, machine| machine.attach_policy(INSIGHTS)), &["GreetingRole"]);
}

#[test]
fn a_policy_of_the_app_moves_with_what_it_says_and_its_role_with_it() {
    let (before, after) = (with("s3:GetObject"), with("s3:PutObject"));
    check(&before, &after, &["HelloRole", "HelloVersion", "Team"]);
    assert_eq!(warnings(&before), NOTHING);
    let team = resource(&template(&before), "Team");
    assert_eq!((&team["DeletionPolicy"], &team["UpdateReplacePolicy"]), (&json!("Retain"), &json!("Retain")));
}

#[test]
fn a_policy_with_a_name_stays_and_the_role_moves_with_what_it_says() {
    let of = |action: &'static str| {
        app(|stack, hello, _| {
            let statement = tree!({ "Effect": "Allow", "Action": action, "Resource": "*" });
            let document = tree!({ "Version": "2012-10-17", "Statement": [statement] });
            let properties = tree!({ "ManagedPolicyName": "team", "PolicyDocument": document });
            hello.attach_policy(stack.resource("Team", "AWS::IAM::ManagedPolicy", properties).reference());
        })
    };
    let (before, after) = (of("s3:GetObject"), of("s3:PutObject"));
    check(&before, &after, &["HelloRole", "HelloVersion"]);
    one(
        &warnings(&before),
        &[
            "Shop/Hello/Role: its attached policy `Shop/Team` is changed in place",
            "without a `ManagedPolicyName`",
        ],
    );
}

#[test]
fn a_policy_of_another_stack_is_imported_and_stays() {
    let of = |action: &str| {
        let app = App::new();
        let (shop, shared) = (app.stack("Shop"), app.stack("Shared"));
        let hello = function(&shop, "Hello");
        hello.publish();
        hello.attach_policy(policy(&shared, action).reference());
        app
    };
    let (before, after) = (of("s3:GetObject"), of("s3:PutObject"));
    check(&before, &after, &["HelloRole", "HelloVersion"]);
    one(&warnings(&before), &["its attached policy `Shared/Team` is changed in place"]);
}

#[test]
fn what_is_no_policy_is_refused() {
    one_error(
        &app(|_, hello, _| hello.attach_policy("Insights")),
        &["Shop/Hello/Role: its attached policy `Insights` is not the ARN of a managed policy"],
    );
    let topic = app(|stack, hello, _| {
        hello.attach_policy(stack.resource("Topic", "AWS::SNS::Topic", tree!({})).reference());
    });
    one_error(&topic, &["its attached policy names `Shop/Topic`, which is of type `AWS::SNS::Topic`"]);
}

#[test]
fn a_policy_that_only_the_deploy_knows_is_an_error() {
    let app =
        app(|stack, hello, _| hello.attach_policy(stack.parameter::<String>("Team", Parameter::string())));
    one_error(&app, &["its attached policy names the parameter `Shop/Team`, which only the deploy knows"]);
}

#[test]
fn a_role_that_others_make_is_given_no_policy() {
    let app = shop(|stack| {
        let hello = Fun::new(stack, "Hello", props!(role("arn:aws:iam::123456789012:role/hello")));
        hello.attach_policy(INSIGHTS);
    });
    one_error(&app, &["Shop/Hello: its role is given a policy, and it is supplied: nothing here changes it"]);
}
