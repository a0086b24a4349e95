//! What the validator says of each feature of the language. The first word of each check is the feature's number in the
//! feature table that the model is measured by.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

mod choices;
mod context;
mod features;
mod fields;
mod intrinsics;
mod machine;
mod maps;
mod paths;
mod resources;
mod retries;
mod runs;
mod text;
mod variables;

use cyanotype_asl::{Document, Json, Kind};

/// A definition is said to have these faults, in AWS's form.
#[track_caller]
fn check(features: &str, definition: &str, expected: &[&str]) {
    check_kind(features, Kind::Standard, definition, expected);
}

#[track_caller]
fn check_kind(features: &str, kind: Kind, definition: &str, expected: &[&str]) {
    let document = Document::parse(definition).unwrap_or_else(|error| panic!("{error}"));
    let found: Vec<_> = document.validate(kind).iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "{features}");
}

/// Faults of one state, whose location is left out where it is the state's own. The state ends, unless it says itself
/// where it goes.
#[track_caller]
fn check_state(features: &str, fields: &str, expected: &[&str]) {
    check_of(features, "JSONPath", fields, expected);
}

#[track_caller]
fn check_jsonata(features: &str, fields: &str, expected: &[&str]) {
    check_of(features, "JSONata", fields, expected);
}

#[track_caller]
fn check_of(features: &str, language: &str, fields: &str, expected: &[&str]) {
    let state = format!("{{ {fields} }}");
    let state = Document::parse(&state).unwrap_or_else(|error| panic!("{error}"));
    let Json::Object(state) = state.json() else { panic!("a state is an object") };
    let goes = ["Next", "End"].iter().any(|name| state.contains_key(*name));
    let cannot =
        ["Succeed", "Fail", "Choice"].iter().any(|kind| state.get("Type") == Some(&Json::from(*kind)));
    let end = if goes || cannot { "" } else { ", \"End\": true" };
    let definition = format!(
        r#"{{ "StartAt": "A", "QueryLanguage": "{language}", "States": {{ "A": {{ {fields}{end} }}, "B": {{ "Type": "Succeed" }} }} }}"#
    );
    let document = Document::parse(&definition).unwrap_or_else(|error| panic!("{error}"));
    let found: Vec<_> = document
        .validate(Kind::Standard)
        .iter()
        // Whether the other state is reached is nothing of this one.
        .filter(|finding| finding.state.as_deref() != Some("B"))
        .map(|finding| {
            let place = finding.location.to_string();
            format!("{}: {}", place.strip_prefix("/States/A").unwrap_or(&place), finding.message)
        })
        .collect();
    assert_eq!(found, expected, "{features}");
}
