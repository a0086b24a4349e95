//! From JSON to the model and back.
//!
//! The definitions are data that is not part of this repository: `CYANOTYPE_GOLDEN` says where they are.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on should say where"
)]

use std::{fs, path::Path};

use cyanotype_asl::{Definition, Document, Json, Kind, Severity};
use serde_json::Value;

/// All definitions of a folder that the validator finds no error in, each by where it was found.
fn accepted(folder: &str) -> Option<Vec<(String, Json)>> {
    let Ok(root) = std::env::var("CYANOTYPE_GOLDEN") else {
        println!("skipped: CYANOTYPE_GOLDEN does not say where the golden data is");
        return None;
    };
    let mut found = vec![];
    visit(&Path::new(&root).join(folder), &mut found);
    assert!(!found.is_empty(), "{folder} has no definitions");
    Some(found)
}

fn visit(path: &Path, found: &mut Vec<(String, Json)>) {
    if path.is_dir() {
        let mut entries: Vec<_> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        entries.iter().for_each(|entry| visit(entry, found));
    } else if path.extension().is_some_and(|extension| extension == "json") {
        let text = fs::read_to_string(path).unwrap();
        let Ok(value) = serde_json::from_str::<Value>(&text) else { return };
        let name = path.display().to_string();
        if value.get("States").is_some() {
            add(name, &text, found);
            return;
        }
        // A recording or a template, with definitions as texts or as JSON.
        let mut within = vec![&value];
        while let Some(value) = within.pop() {
            match value {
                Value::String(text) if text.contains("\"States\"") => add(name.clone(), text, found),
                Value::Object(members)
                    if members.contains_key("States") && members.contains_key("StartAt") =>
                {
                    add(name.clone(), &value.to_string(), found);
                }
                Value::Object(members) => within.extend(members.values()),
                Value::Array(items) => within.extend(items),
                _ => {}
            }
        }
    }
}

fn add(name: String, text: &str, found: &mut Vec<(String, Json)>) {
    let Ok(document) = Document::parse(text) else { return };
    let document = document.with_placeholders();
    let errors = |kind| document.validate(kind).iter().any(|finding| finding.severity == Severity::Error);
    if !errors(Kind::Standard) || !errors(Kind::Express) {
        found.push((name, document.json().clone()));
    }
}

/// The same with every number as a float: 2 and 2.0 are one number in JSON.
fn numbers(json: Json) -> Json {
    match json {
        Json::Number(number) => Json::Number(number.as_f64().and_then(serde_json::Number::from_f64).unwrap()),
        Json::Array(items) => Json::Array(items.into_iter().map(numbers).collect()),
        Json::Object(members) => Json::object(members.into_iter().map(|(name, json)| (name, numbers(json)))),
        other => other,
    }
}

/// The names of states, scope by scope, in their order.
fn states(json: &Json) -> Vec<Vec<&str>> {
    let mut scopes = vec![];
    let mut within = vec![json];
    while let Some(json) = within.pop() {
        match json {
            Json::Object(members) => {
                if let Some(Json::Object(states)) = members.get("States") {
                    scopes.push(states.keys().map(String::as_str).collect());
                }
                within.extend(members.values());
            }
            Json::Array(items) => within.extend(items),
            _ => {}
        }
    }
    scopes.sort();
    scopes
}

#[track_caller]
fn check(folder: &str) {
    let Some(all) = accepted(folder) else { return };
    let mut wrong = vec![];
    for (name, json) in &all {
        match Definition::from_json(json) {
            Ok(definition) => {
                let (before, after) = (numbers(json.clone()), numbers(definition.to_json()));
                assert_eq!(states(&before), states(&after), "{name}");
                wrong.extend((before != after).then(|| format!("{name}:\n  {before}\n  {after}")));
            }
            Err(findings) => wrong.push(format!("{name}: {}", findings[0])),
        }
    }
    println!("{folder}: {} definitions, {} changed", all.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_aws_judged_keeps_every_field() {
    check("localstack-snapshots");
}

#[test]
fn what_other_validators_judged_keeps_every_field() {
    check("asl-valid");
}

#[test]
fn definitions_in_use_keep_every_field() {
    check("asl-real");
    check("iam");
}
