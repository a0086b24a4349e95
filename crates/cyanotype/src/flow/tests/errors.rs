//! Retry and Catch.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::*;
use crate::{lambda::Version, path};

fn hello() -> Version<Value, Value> {
    Version::import("arn:aws:lambda:eu-west-1:123456789012:function:hello:7").unwrap()
}

/// What a Task that is called `Hello` looks like.
#[track_caller]
fn check(machine: Machine<Value, Value>, expected: Value) {
    assert_eq!(machine.diagnostics(), []);
    let text = machine.definition().to_json().to_compact();
    let definition: Value = serde_json::from_str(&text).unwrap();
    let mut task = definition["States"]["Hello"].clone();
    let members = task.as_object_mut().unwrap();
    members.retain(|name, _| matches!(name.as_str(), "Retry" | "Catch"));
    assert_eq!(task, expected);
}

#[track_caller]
fn wrong(machine: &Machine<Value, Value>, expected: &[&str]) {
    let found: Vec<_> = machine.diagnostics().iter().map(|d| d.message().to_owned()).collect();
    assert_eq!(found, expected);
}

#[test]
fn retries_are_written_in_the_order_in_which_they_are_given() {
    let patient = Retry::on(["A", "B"]).interval(seconds(5)).backoff(1.5).max_delay(seconds(60)).jitter();
    check(
        machine(|m| {
            m.task("Hello", &hello()).retry(patient).retry(Retry::all().max_attempts(1)).then(m.end())
        }),
        json!({ "Retry": [
            { "ErrorEquals": ["A", "B"], "IntervalSeconds": 5, "BackoffRate": 1.5, "MaxDelaySeconds": 60, "JitterStrategy": "FULL" },
            { "ErrorEquals": ["States.ALL"], "MaxAttempts": 1 },
        ] }),
    );
}

#[test]
fn presets_name_what_lambda_answers() {
    check(
        machine(|m| m.task("Hello", &hello()).retry(Retry::lambda_transient()).then(m.end())),
        json!({ "Retry": [{
            "ErrorEquals": [
                "Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException",
                "Lambda.TooManyRequestsException",
            ],
            "IntervalSeconds": 2,
            "MaxAttempts": 6,
        }] }),
    );
}

#[test]
fn a_catcher_leads_to_a_state_that_takes_the_error() {
    check(
        machine(|m| {
            let tell = m.pass::<ErrorOutput>("Tell").assume::<Value>().then(m.end());
            m.task("Hello", &hello())
                .catch(["Busy"], m.fail("Busy"))
                .catch(["States.ALL"], tell)
                .then(m.end())
        }),
        json!({ "Catch": [
            { "ErrorEquals": ["Busy"], "Next": "Busy" },
            { "ErrorEquals": ["States.ALL"], "Next": "Tell" },
        ] }),
    );
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Order {
    id: u32,
    error: Option<ErrorOutput>,
}

#[test]
fn a_catcher_can_keep_the_input_with_the_error_in_it() {
    let ship: Version<Order, Order> =
        Version::import("arn:aws:lambda:eu-west-1:123456789012:function:ship:7").unwrap();
    let machine: Machine<Order, Order> = machine(|m| {
        let undo = m.pass::<Order>("Undo").then(m.end());
        m.task("Ship", &ship).catch_into(["States.ALL"], path!(Order => error), undo).then(m.end())
    });
    assert_eq!(machine.diagnostics(), []);
    let text = machine.definition().to_json().to_compact();
    assert!(
        text.contains(r#""Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"Undo"}]"#),
        "{text}"
    );
}

#[test]
fn a_catcher_that_ends_the_machine_leads_to_a_succeed_of_its_own() {
    let machine: Machine<Value, ErrorOutput> = machine(|m| {
        let fine = m.fail("Fine");
        m.task("Hello", &hello()).catch(["States.ALL"], m.end()).then(fine)
    });
    assert_eq!(machine.diagnostics(), []);
    let text = machine.definition().to_json().to_compact();
    assert!(text.contains(r#""Catch":[{"ErrorEquals":["States.ALL"],"Next":"End of Hello"}]"#), "{text}");
    assert!(text.contains(r#""End of Hello":{"Type":"Succeed"}"#), "{text}");
}

#[test]
fn what_aws_refuses_of_a_retry_is_said_at_the_task() {
    let machine = machine(|m| {
        let retry = Retry::on(["A"]).interval(seconds(0)).backoff(0.5);
        m.task("Hello", &hello()).retry(Retry::all()).retry(retry).then(m.end())
    });
    wrong(
        &machine,
        &[
            "'States.ALL' must stand alone, and in the last of the list (SCHEMA_VALIDATION_FAILED at /States/Hello/Retry[0]/ErrorEquals)",
            "1 or more is possible, and this is 0.5 (SCHEMA_VALIDATION_FAILED at /States/Hello/Retry[1]/BackoffRate)",
            "1 to 99999999 seconds are possible, and this is 0 (SCHEMA_VALIDATION_FAILED at /States/Hello/Retry[1]/IntervalSeconds)",
        ],
    );
}

#[test]
fn a_state_that_only_a_catcher_leads_to_is_reached() {
    let machine: Machine<Value, Value> = machine(|m| {
        let told = m.pass::<ErrorOutput>("Tell").then(m.fail("Failed"));
        m.task("Hello", &hello()).catch(["States.ALL"], told).then(m.end())
    });
    assert_eq!(machine.diagnostics(), []);
}
