//! A machine whose role may call the versions that it names, and no other.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod common;

use common::*;
use cyanotype::prelude::*;

fn exact() -> StateMachineProps {
    StateMachineProps::builder().exact_rights(true).build()
}

/// A machine that calls a function, whose code is this.
fn calling(code: &str, props: StateMachineProps) -> Json {
    shop_template(|stack| {
        let props_of_hello = FunctionProps::builder()
            .runtime(Runtime::NODEJS_22)
            .handler("index.handler")
            .code(Code::inline(code))
            .build();
        let hello = Fun::new(stack, "Hello", props_of_hello);
        calls_with(stack, "Greeting", &[&hello.publish()], props);
    })
}

/// A machine that nests one that waits for so long.
fn nesting(wait: u32) -> Json {
    shop_template(|stack| {
        let naps = machine(|m| m.wait("Wait", seconds(wait)).then(m.end()));
        let nap = StateMachine::<Json, Json>::new(stack, "Nap", naps, StateMachineProps::default());
        let nap = nap.publish();
        let nests: Machine<Json, Json> = machine(|m| m.task("Nest", &nap).assume::<Json>().then(m.end()));
        StateMachine::new(stack, "Greeting", nests, exact());
    })
}

fn statements(template: &Json) -> Json {
    property(template, "GreetingRole", "Policies")[0]["PolicyDocument"]["Statement"].clone()
}

#[test]
fn the_right_is_on_the_version_alone() {
    let template = calling("1", exact());
    let version = id(&template, "HelloVersion");
    let expected =
        json!([{ "Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": { "Ref": version } }]);
    assert_eq!(statements(&template), expected);
}

#[test]
fn a_new_version_is_another_role_and_without_exact_rights_it_is_not() {
    let moves = |props: fn() -> StateMachineProps| moved(&calling("1", props()), &calling("2", props()));
    assert_eq!(moves(exact).into_iter().collect::<Vec<_>>(), ["GreetingRole", "HelloVersion"]);
    assert_eq!(moves(StateMachineProps::default).into_iter().collect::<Vec<_>>(), ["HelloVersion"]);
}

#[test]
fn the_role_before_stays_for_the_executions_that_hold_it() {
    let template = calling("1", exact());
    let role = resource(&template, "GreetingRole");
    assert_eq!((&role["DeletionPolicy"], &role["UpdateReplacePolicy"]), (&json!("Retain"), &json!("Retain")));
}

#[test]
fn a_nested_machine_may_be_started_in_the_version_that_is_named() {
    let number = json!({ "Fn::Select": [7, { "Fn::Split": [":", { "Ref": "NapVersion" }] }] });
    let expected = json!({
        "Effect": "Allow",
        "Action": "states:StartExecution",
        "Resource": { "Ref": "Nap" },
        "Condition": { "ForAnyValue:StringEquals": { "states:StateMachineQualifier": number } },
    });
    let statements = statements(&nesting(5));
    assert!(statements.as_array().unwrap().contains(&expected), "{statements:#}");
}

#[test]
fn a_new_revision_of_a_nested_machine_is_another_role() {
    assert_eq!(moved(&nesting(5), &nesting(6)).into_iter().collect::<Vec<_>>(), ["GreetingRole"]);
}

#[test]
fn imported_versions_are_allowed_one_by_one() {
    let own = "arn:aws:lambda:eu-west-1:123456789012:function:hello";
    let template = shop_template(|stack| {
        let versions = [9, 7].map(|n| Version::<Json, Json>::import(format!("{own}:{n}")).unwrap());
        calls_with(stack, "Greeting", &versions.each_ref(), exact());
    });
    let expected = json!([format!("{own}:7"), format!("{own}:9")]);
    assert_eq!(statements(&template)[0]["Resource"], expected);
}

#[test]
fn a_function_that_starts_the_machine_which_calls_it_is_allowed_in_all_versions() {
    let template = shop_template(|stack| {
        let hello = function(stack, "Hello");
        let greeting = calls_with(stack, "Greeting", &[&hello.publish()], exact());
        hello.allow(Statement::allow(["states:StartExecution"]).on(greeting.arn()));
    });
    let policy = property(&template, "GreetingRoleDetached", "PolicyDocument");
    assert_eq!(policy["Statement"][0]["Resource"], sub("${Hello.Arn}:*"));
}

#[test]
fn beside_a_function_that_starts_the_machine_others_are_allowed_in_one_version() {
    let template = shop_template(|stack| {
        let (hello, other) = (function(stack, "Hello"), function(stack, "Other"));
        let greeting = calls_with(stack, "Greeting", &[&hello.publish(), &other.publish()], exact());
        hello.allow(Statement::allow(["states:StartExecution"]).on(greeting.arn()));
    });
    let version = id(&template, "OtherVersion");
    let expected =
        json!([{ "Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": { "Ref": version } }]);
    assert_eq!(statements(&template), expected);
    let policy = property(&template, "GreetingRoleDetached", "PolicyDocument");
    assert_eq!(policy["Statement"][0]["Resource"], sub("${Hello.Arn}:*"));
}
