//! The two days against the definitions of the demo that the example follows, where recorded data is at hand.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test says where it stopped and what it compared"
)]

use std::{env, fs, path::Path};

use cyanotype::{Context, prelude::SynthOptions};
use serde_json::Value;

/// Where the recorded data lies; None, and a line that says so, when nobody says where.
fn recorded() -> Option<String> {
    let place = env::var("CYANOTYPE_GOLDEN").ok();
    if place.is_none() {
        println!("skipped: CYANOTYPE_GOLDEN is not set");
    }
    place
}

/// A definition without what the two sides write differently on purpose: how the Task names its function, and what a
/// Fail says.
fn comparable(mut definition: Value) -> Value {
    for state in definition["States"].as_object_mut().unwrap().values_mut() {
        let fields = state.as_object_mut().unwrap();
        for field in ["Resource", "Error", "Cause"] {
            fields.remove(field);
        }
    }
    definition
}

fn ours(day: &str) -> Value {
    let given = [("day", day), ("wait", "150")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    let app = blue_green_infra::app(&mut Context::new(given)).unwrap();
    let synthesis = app.synth(&SynthOptions::default());
    let text = synthesis.assembly().unwrap().text("BlueGreen.Greeting.asl.json").unwrap();
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_machines_are_those_of_the_recorded_demo() {
    let Some(place) = recorded() else { return };
    let mut compared = 0;
    for (day, file) in [("1", "v1.json"), ("2", "v2.json")] {
        let path = Path::new(&place).join("bluegreen-demo").join(file);
        let demo: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let theirs =
            demo["serverless"]["stepFunctions"]["stateMachines"]["myStateMachine"]["definition"].clone();
        let tested_for = &theirs["States"]["Decide"]["Choices"][0]["StringEquals"];
        assert_eq!(*tested_for, demo["hello_returns"]);
        assert_eq!(comparable(ours(day)), comparable(theirs));
        compared += 1;
    }
    println!("{compared} definitions compared");
}
