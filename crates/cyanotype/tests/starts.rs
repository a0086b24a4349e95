//! What starts executions by an alias or a version: what is made for it, what its role may do, and what is refused.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod common;

use common::*;
use cyanotype::{prelude::*, step_functions::Starts};

fn nap(stack: &Stack) -> StateMachine<Json, Json> {
    calls(stack, "Nap", &[])
}

/// The template of a machine whose alias has a starter of this ID.
fn started(by: impl Starts<Json>) -> Json {
    shop_template(|stack| {
        let nap = nap(stack);
        nap.alias("live", &nap.publish()).started_by(stack, "Start", by);
    })
}

#[track_caller]
fn wrong(by: impl Starts<Json>, expected: &[&str]) {
    let app = shop(|stack| {
        let nap = nap(stack);
        nap.alias("live", &nap.publish()).started_by(stack, "Start", by);
    });
    one_error(&app, expected);
}

/// What of a schedule says when it starts.
#[track_caller]
fn when(schedule: Schedule<Json>, expected: &str) {
    let template = started(schedule);
    assert_eq!(property(&template, "Start", "ScheduleExpression"), expected);
}

#[test]
fn every_starter_with_everything() {
    let template = shop_template(|stack| {
        let nap = nap(stack);
        let live = nap.alias("live", &nap.publish());
        let queue = stack.resource("Missed", "AWS::SQS::Queue", tree!({}));
        let api = tree!({ "Name": "Naps", "ProtocolType": "HTTP" });
        let api = stack.resource("Api", "AWS::ApiGatewayV2::Api", api);
        let schedule = Schedule::cron("0 3 * * ? *", json!({ "b": 1, "a": "${b}" }));
        let schedule = schedule.time_zone("Europe/Berlin").flexible_minutes(15).retries(3, seconds(600));
        live.started_by(stack, "AtNight", schedule.dead_letters(queue.attribute("Arn")));
        let event = Event::pattern(tree!({ "source": ["kitchen"] })).bus("meals").input_path("$.detail");
        live.started_by(stack, "AfterMeals", event.retries(0, seconds(60)));
        live.started_by(stack, "TakeNap", HttpRoute::of(api.reference(), "POST /naps"));
    });
    insta::assert_json_snapshot!("everything.template", template);
}

#[test]
fn a_role_may_start_the_machine_by_its_alias_alone() {
    let template = started(Event::pattern(tree!({ "source": ["kitchen"] })));
    let expected = json!([{
        "Effect": "Allow",
        "Action": "states:StartExecution",
        "Resource": { "Ref": "Nap" },
        "Condition": { "ForAnyValue:StringEquals": { "states:StateMachineQualifier": "live" } },
    }]);
    assert_eq!(Json::from(statements(&template, "StartRole")), expected);
}

#[test]
fn what_starts_a_version_names_it_and_its_role_stays() {
    let of = |time: u32| {
        shop_template(|stack| {
            let nap: Machine<Json, Json> = machine(|m| m.wait("Wait", seconds(time)).then(m.end()));
            let nap = StateMachine::new(stack, "Nap", nap, StateMachineProps::default());
            nap.publish().started_by(stack, "Start", Schedule::every_days(1, json!({})));
        })
    };
    let target = property(&of(1), "Start", "Target");
    assert_eq!(target["Arn"], json!({ "Ref": "NapVersion" }));
    assert!(moved(&of(1), &of(2)).is_empty(), "{:?}", moved(&of(1), &of(2)));
    let expected =
        json!([{ "Effect": "Allow", "Action": "states:StartExecution", "Resource": { "Ref": "Nap" } }]);
    assert_eq!(Json::from(statements(&of(1), "StartRole")), expected);
}

#[test]
fn an_imported_version_is_started_by_its_machine() {
    let arn = "arn:aws:states:eu-west-1:123456789012:stateMachine:nap";
    let template = shop_template(|stack| {
        let version = StateMachineVersion::<Json, Json>::import(format!("{arn}:7")).unwrap();
        version.started_by(stack, "Start", Schedule::every_days(1, json!({})));
    });
    assert_eq!(property(&template, "Start", "Target")["Arn"], format!("{arn}:7"));
    assert_eq!(statements(&template, "StartRole")[0]["Resource"], arn);
}

#[test]
fn an_express_machine_answers_a_request() {
    let template = shop_template(|stack| {
        let props = StateMachineProps::builder().machine_type(StateMachineType::Express).build();
        let nap = calls_with(stack, "Nap", &[], props);
        nap.alias("live", &nap.publish()).started_by(
            stack,
            "Start",
            HttpRoute::of("abc", "$default").answers(),
        );
    });
    let subtype = property(&template, "StartIntegration", "IntegrationSubtype");
    assert_eq!(subtype, "StepFunctions-StartSyncExecution");
    assert_eq!(statements(&template, "StartRole")[0]["Action"], "states:StartSyncExecution");
}

#[test]
fn a_standard_machine_answers_no_request() {
    let says = ["the machine is no Express machine", "leave `answers()` out"];
    wrong(HttpRoute::of("abc", "POST /naps").answers(), &says);
}

#[test]
fn a_schedule_says_when() {
    when(Schedule::every_minutes(1, json!({})), "rate(1 minute)");
    when(Schedule::every_hours(12, json!({})), "rate(12 hours)");
    when(Schedule::every_days(2, json!({})), "rate(2 days)");
    when(Schedule::cron("0 3 * * ? *", json!({})), "cron(0 3 * * ? *)");
    when(Schedule::at("2027-01-31T09:00:00", json!({})), "at(2027-01-31T09:00:00)");
}

#[test]
fn what_aws_would_refuse_is_refused() {
    wrong(Schedule::every_days(0, json!({})), &["Shop/Start:", "every 0 of something"]);
    wrong(Schedule::cron("0 3 * * *", json!({})), &["`0 3 * * *` is no time to start", "six fields"]);
    wrong(Schedule::at("2027-01-31T09:00:00Z", json!({})), &["is no time to start", "without an offset"]);
    wrong(Schedule::every_days(1, json!({})).flexible_minutes(1_441), &["1441 minutes late", "1 to 1,440"]);
    wrong(Schedule::every_days(1, json!({})).retries(186, seconds(60)), &["try 186 times more", "0 to 185"]);
    wrong(Schedule::every_days(1, json!({})).retries(1, seconds(59)), &["for 59 seconds", "60 to 86,400"]);
    wrong(Event::pattern(tree!({})).input_path("detail"), &["`detail` is no path into an event"]);
    wrong(HttpRoute::of("abc", "post /naps"), &["`post /naps` is no key of a route", "`POST /orders`"]);
}
