//! The templates of the three days, whole, and what may differ between them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::collections::BTreeMap;

use cyanotype::{App, Context, prelude::SynthOptions, synth::Synthesis};
use serde_json::Value;

fn synth(day: &str) -> Synthesis {
    let mut context = Context::new([("day".to_owned(), day.to_owned())]);
    let app: App = blue_green_infra::app(&mut context).unwrap();
    assert!(context.problems().is_empty());
    let synthesis = app.synth(&SynthOptions::default());
    assert_eq!(synthesis.diagnostics(), []);
    synthesis
}

fn text(synthesis: &Synthesis, file: &str) -> String {
    synthesis.assembly().unwrap().text(file).unwrap().to_owned()
}

fn resources(day: &str) -> BTreeMap<String, Value> {
    let template: Value = serde_json::from_str(&text(&synth(day), "BlueGreen.template.json")).unwrap();
    serde_json::from_value(template["Resources"].clone()).unwrap()
}

#[test]
fn day_1() {
    let day = synth("1");
    insta::assert_snapshot!("day1.template", text(&day, "BlueGreen.template.json"));
    insta::assert_snapshot!("day1.asl", text(&day, "BlueGreen.Greeting.asl.json"));
    insta::assert_snapshot!("day1.manifest", text(&day, "manifest.json"));
    insta::assert_snapshot!("day1.assets", text(&day, "BlueGreen.assets.json"));
}

#[test]
fn day_2() {
    let day = synth("2");
    insta::assert_snapshot!("day2.template", text(&day, "BlueGreen.template.json"));
    insta::assert_snapshot!("day2.asl", text(&day, "BlueGreen.Greeting.asl.json"));
}

#[test]
fn day_3() {
    let day = synth("3");
    insta::assert_snapshot!("day3.template", text(&day, "BlueGreen.template.json"));
    insta::assert_snapshot!("day3.asl", text(&day, "BlueGreen.Greeting.asl.json"));
}

#[test]
fn days_1_and_2_differ_in_the_version_and_what_names_it() {
    let (one, two) = (resources("1"), resources("2"));
    let ids = |day: &BTreeMap<String, Value>| -> Vec<String> {
        day.keys().filter(|id| !id.starts_with("HelloVersion")).cloned().collect()
    };
    assert_eq!(ids(&one), ids(&two));
    let version =
        |day: &BTreeMap<String, Value>| day.keys().find(|id| id.starts_with("HelloVersion")).cloned();
    assert_ne!(version(&one).unwrap(), version(&two).unwrap());
    for role in one.keys().filter(|id| id.contains("Role")) {
        assert_eq!(one[role].to_string(), two[role].to_string(), "{role} is the same to the byte");
    }
}

#[test]
fn on_day_3_another_role_serves_the_machine_and_the_machine_is_the_same() {
    let (two, three) = (resources("2"), resources("3"));
    assert!(two.contains_key("Greeting") && three.contains_key("Greeting"));
    let role = |day: &BTreeMap<String, Value>| day.keys().find(|id| id.starts_with("GreetingRole")).cloned();
    assert_ne!(role(&two).unwrap(), role(&three).unwrap());
}

#[test]
fn everything_that_an_execution_can_name_or_needs_is_retained_twice() {
    for day in ["1", "2", "3"] {
        for (id, resource) in resources(day) {
            let policies = (&resource["DeletionPolicy"], &resource["UpdateReplacePolicy"]);
            assert_eq!(policies, (&"Retain".into(), &"Retain".into()), "{id} on day {day}");
        }
    }
}
