//! The parser of intrinsic functions against the calls in definitions that AWS took, and in real ones.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]
#![allow(clippy::print_stdout, reason = "a test says how many cases it ran")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use cyanotype_asl::IntrinsicCall;
use serde_json::Value as Json;

/// Definitions that AWS took, and those of others: of the first, nothing may be doubted either.
const BY_AWS: [&str; 2] = ["localstack-snapshots/exec", "localstack-snapshots/validation"];
const BY_OTHERS: [&str; 4] = ["asl-valid", "asl-real", "iam/cdk", "iam/serverless-step-functions"];

/// All JSON files in a folder, at any depth.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut files = vec![];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                files.push(path);
            }
        }
    }
    files
}

/// The definition of a recording, unless AWS refused it; the whole of any other file.
fn definition(file: &Json) -> Option<&Json> {
    if file["accepted"] == false || file["response"]["result"] == "FAIL" {
        return None;
    }
    Some(file.get("definition").unwrap_or(file))
}

/// The calls of a definition. A definition may be a text in another document.
fn calls(json: &Json, calls: &mut BTreeSet<String>) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| self::calls(item, calls)),
        Json::Object(members) => {
            for (name, value) in members {
                match value.as_str() {
                    Some(text) if name.ends_with(".$") && text.starts_with("States.") => {
                        calls.insert(text.to_owned());
                    }
                    // A `Result` is literal: what looks like a call in it is none.
                    _ if name == "Result" => {}
                    _ => self::calls(value, calls),
                }
            }
        }
        Json::String(text) if text.starts_with('{') => {
            if let Ok(inner) = serde_json::from_str(text) {
                self::calls(&inner, calls);
            }
        }
        _ => {}
    }
}

fn calls_in(folders: &[&str]) -> Option<BTreeSet<String>> {
    let golden = PathBuf::from(std::env::var_os("CYANOTYPE_GOLDEN")?);
    let mut found = BTreeSet::new();
    for file in folders.iter().flat_map(|folder| files(&golden.join(folder))) {
        let json: Json = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        if let Some(definition) = definition(&json) {
            calls(definition, &mut found);
        }
    }
    Some(found)
}

#[track_caller]
fn check(folders: &[&str], may_doubt: bool) {
    let Some(calls) = calls_in(folders) else {
        println!("skipped: CYANOTYPE_GOLDEN is not set");
        return;
    };
    println!("{} calls in {}", calls.len(), folders.join(", "));
    assert!(!calls.is_empty());
    let mut wrong = vec![];
    for text in &calls {
        match IntrinsicCall::parse(text) {
            Ok(call) => {
                let problems = call.problems();
                let doubts = call.doubts();
                if !problems.is_empty() || !may_doubt && !doubts.is_empty() {
                    wrong.push(format!("{text}: {problems:?} {doubts:?}"));
                }
                assert_eq!(IntrinsicCall::parse(&call.to_string()).as_ref(), Ok(&call), "{text}");
            }
            Err(error) => wrong.push(format!("{text}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_aws_accepted_has_neither_problems_nor_doubts() {
    check(&BY_AWS, false);
}

#[test]
fn real_calls_have_no_problems() {
    check(&BY_OTHERS, true);
}
