//! Aliases of machines: what they name, how they move, and that they stay.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod common;

use common::*;
use cyanotype::prelude::*;

fn nap(stack: &Stack, props: StateMachineProps) -> StateMachine<Json, Json> {
    StateMachine::new(stack, "Nap", machine(|m| m.wait("Wait", seconds(5)).then(m.end())), props)
}

fn live(shift: Option<Shift>) -> Json {
    shop_template(|stack| {
        let nap = nap(stack, StateMachineProps::default());
        let live = nap.alias("live", &nap.publish());
        if let Some(shift) = shift {
            live.shift(shift);
        }
    })
}

#[track_caller]
fn check(shift: Shift, expected: Json) {
    let template = live(Some(shift));
    let properties = &template["Resources"]["NapAliasLive"]["Properties"];
    assert_eq!(*properties, json!({ "Name": "live", "DeploymentPreference": expected }));
}

#[track_caller]
fn wrong(shift: Shift, expected: &[&str]) {
    let app = shop(|stack| {
        let nap = nap(stack, StateMachineProps::default());
        nap.alias("live", &nap.publish()).shift(shift);
    });
    one_error(&app, expected);
}

#[test]
fn an_alias_names_the_new_version_and_is_kept() {
    let expected = json!({
        "Type": "AWS::StepFunctions::StateMachineAlias",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": {
            "Name": "live",
            "RoutingConfiguration": [{ "StateMachineVersionArn": { "Ref": "NapVersion" }, "Weight": 100 }],
        },
    });
    assert_eq!(live(None)["Resources"]["NapAliasLive"], expected);
}

#[test]
fn an_alias_moves_in_steps_and_is_taken_back_by_alarms() {
    let version = json!({ "Ref": "NapVersion" });
    check(Shift::all_at_once(), json!({ "StateMachineVersionArn": version, "Type": "ALL_AT_ONCE" }));
    check(
        Shift::linear(10, 5).alarm("A").alarm("B"),
        json!({
            "StateMachineVersionArn": version, "Type": "LINEAR", "Percentage": 10, "Interval": 5, "Alarms": ["A", "B"],
        }),
    );
    check(
        Shift::canary(99, 2_100),
        json!({ "StateMachineVersionArn": version, "Type": "CANARY", "Percentage": 99, "Interval": 2_100 }),
    );
}

#[test]
fn steps_have_their_limits() {
    wrong(Shift::linear(0, 5), &["Shop/Nap/Alias/live: an alias does not move by 0 percent", "1 to 99"]);
    wrong(Shift::canary(10, 2_101), &["an alias does not wait for 2101 minutes", "1 to 2,100"]);
    let many = (0..101).fold(Shift::all_at_once(), |shift, n| shift.alarm(format!("A{n}")));
    wrong(many, &["101 alarms watch this alias", "100 are possible"]);
}

#[test]
fn an_alias_has_a_name_of_its_own_and_a_version_of_its_machine() {
    let named = |name: &'static str| {
        shop(move |stack| {
            let nap = nap(stack, StateMachineProps::default());
            nap.alias(name, &nap.publish());
        })
    };
    one_error(&named("7"), &["`7` is no name for an alias of a state machine", "is not a number"]);
    one_error(&named("a b"), &["`a b` is no name for an alias of a state machine"]);
    let other = shop(|stack| {
        let definition = machine(|m| m.wait("Wait", seconds(9)).then(m.end()));
        let other: StateMachine<Json, Json> =
            StateMachine::new(stack, "Other", definition, StateMachineProps::default());
        nap(stack, StateMachineProps::default()).alias("live", &other.publish());
    });
    one_error(&other, &["the alias `live` is given a version of another state machine"]);
}

#[test]
fn an_alias_moves_with_its_machine_and_never_with_a_definition() {
    let of = |time, express: bool| {
        shop_template(|stack| {
            let kind = if express { StateMachineType::Express } else { StateMachineType::Standard };
            let props = StateMachineProps::builder().machine_type(kind).build();
            let definition = machine(|m| m.wait("Wait", seconds(time)).then(m.end()));
            let nap: StateMachine<Json, Json> = StateMachine::new(stack, "Nap", definition, props);
            nap.alias("live", &nap.publish());
        })
    };
    assert!(moved(&of(5, false), &of(6, false)).is_empty());
    assert!(moved(&of(5, false), &of(5, true)).iter().any(|change| change.contains("NapAliasLive")));
}
