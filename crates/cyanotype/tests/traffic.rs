//! Aliases that CodeDeploy moves: what is made for them, once or each, and what refuses to go together.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod common;

use common::*;
use cyanotype::prelude::*;

fn live(stack: &Stack, id: &str) -> Alias<Json, Json> {
    let hello = function(stack, id);
    hello.alias("live", &hello.publish())
}

/// The name of the configuration that these steps come to, or what is made for them.
#[track_caller]
fn check(shift: Shift, expected: Json) {
    let template = shop_template(|stack| live(stack, "Hello").shift(shift));
    let group = property(&template, "HelloAliasLiveDeployments", "DeploymentConfigName");
    let made = template["Resources"].get("HelloAliasLiveSteps").map(|steps| steps["Properties"].clone());
    assert_eq!(made.unwrap_or(group), expected);
}

#[track_caller]
fn wrong(edit: impl FnOnce(&Stack, &Alias<Json, Json>), expected: &[&str]) {
    let app = shop(|stack| edit(stack, &live(stack, "Hello")));
    one_error(&app, expected);
}

#[test]
fn steps_are_codedeploy_s_own_where_it_has_them() {
    check(Shift::all_at_once(), json!("CodeDeployDefault.LambdaAllAtOnce"));
    check(Shift::canary(10, 5), json!("CodeDeployDefault.LambdaCanary10Percent5Minutes"));
    check(Shift::canary(10, 30), json!("CodeDeployDefault.LambdaCanary10Percent30Minutes"));
    check(Shift::linear(10, 1), json!("CodeDeployDefault.LambdaLinear10PercentEvery1Minute"));
    check(Shift::linear(10, 10), json!("CodeDeployDefault.LambdaLinear10PercentEvery10Minutes"));
}

#[test]
fn other_steps_get_a_configuration() {
    let of = |kind: &str, settings: Json| json!({ "ComputePlatform": "Lambda", "TrafficRoutingConfig": { "Type": kind, kind: settings } });
    check(
        Shift::canary(20, 5),
        of("TimeBasedCanary", json!({ "CanaryInterval": 5, "CanaryPercentage": 20 })),
    );
    check(
        Shift::linear(10, 5),
        of("TimeBasedLinear", json!({ "LinearInterval": 5, "LinearPercentage": 10 })),
    );
}

#[test]
fn a_shift_with_everything() {
    let template = shop_template(|stack| {
        let alarm = stack.resource(
            "HelloFails",
            "AWS::CloudWatch::Alarm",
            tree!({
                "Namespace": "AWS/Lambda", "MetricName": "Errors", "Statistic": "Sum", "Period": 60,
                "ComparisonOperator": "GreaterThanThreshold", "Threshold": 0, "EvaluationPeriods": 1,
            }),
        );
        let shift = Shift::linear(25, 5).alarm(alarm.reference());
        let (before, after) = (function(stack, "Before"), function(stack, "After"));
        live(stack, "Hello").shift(shift.before_traffic(&before).after_traffic(&after));
    });
    insta::assert_json_snapshot!("everything.template", template);
}

#[test]
fn a_stack_has_one_application_and_one_role_for_all_its_aliases() {
    let template = shop_template(|stack| {
        live(stack, "Hello").shift(Shift::canary(10, 5));
        let bye = function(&stack.part("Later"), "Bye");
        bye.alias("live", &bye.publish()).shift(Shift::all_at_once());
    });
    let of_type = |type_name: &str| {
        let resources = template["Resources"].as_object().unwrap();
        resources.iter().filter(|(id, r)| r["Type"] == type_name && id.contains("Deploy")).count()
    };
    assert_eq!(of_type("AWS::CodeDeploy::Application"), 1);
    assert_eq!(of_type("AWS::IAM::Role"), 1);
    assert_eq!(of_type("AWS::CodeDeploy::DeploymentGroup"), 2);
}

#[test]
fn a_shift_moves_neither_the_alias_nor_the_function() {
    let plain = shop_template(|stack| live(stack, "Hello"));
    let shifting = shop_template(|stack| live(stack, "Hello").shift(Shift::all_at_once()));
    let moves: Vec<_> = moved(&plain, &shifting).into_iter().filter(|id| !id.starts_with('+')).collect();
    assert!(moves.is_empty(), "{moves:?}");
}

#[test]
fn steps_have_their_limits() {
    wrong(|_, live| live.shift(Shift::canary(100, 5)), &["does not move by 100 percent", "1 to 99"]);
    wrong(|_, live| live.shift(Shift::linear(10, 0)), &["does not wait for 0 minutes"]);
}

#[test]
fn codedeploy_and_a_route_set_the_same_weights() {
    let before = Version::import("arn:aws:lambda:eu-west-1:123456789012:function:hello:7").unwrap();
    wrong(
        |_, live| {
            live.route(&before, 10);
            live.shift(Shift::all_at_once());
        },
        &["the alias `live` routes, and CodeDeploy is to move it", "leave the route or the shift out"],
    );
}

#[test]
fn a_function_of_another_stack_is_not_asked() {
    let app = App::new();
    let check = function(&app.stack("Checks"), "Check");
    live(&app.stack("Shop"), "Hello").shift(Shift::all_at_once().before_traffic(&check));
    let found = errors(&app);
    let says = "Shop/Hello/Alias/live: its update policy names something of another stack";
    assert!(found.iter().any(|error| error.starts_with(says)), "{found:#?}");
}

#[test]
fn an_alias_is_moved_in_one_way() {
    wrong(
        |_, live| {
            live.shift(Shift::all_at_once());
            live.shift(Shift::canary(10, 5));
        },
        &["Shop/Hello/Alias/live", "`live` is to be moved in two ways"],
    );
}
