//! The path parser against recorded verdicts: AWS's, and those of Jayway, the library whose dialect AWS takes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]
#![allow(clippy::print_stdout, reason = "a test says how many cases it ran")]

use std::{collections::BTreeMap, path::PathBuf};

use cyanotype_asl::{JsonPath, jsonpath::PathError};
use serde_json::Value as Json;

/// Why a verdict of ours is another than Jayway's. Each has its rule in `reason`.
const REASONS: [(&str, &str); 2] = [
    ("root", "AWS's paths start with `$`; Jayway takes `@` too, and puts `$.` before anything else"),
    (
        "sample",
        "AWS's samples have texts without quotes and computed indices, so these are doubted and not refused",
    ),
];

struct Case {
    path: String,
    from: String,
    accepted: bool,
    definite: Option<bool>,
    by_aws: bool,
}

fn reason(path: &str, ours: &Result<JsonPath, PathError>, accepted: bool) -> Option<&'static str> {
    let is_rooted = path.trim_start_matches(' ').starts_with('$');
    match ours {
        Err(_) if accepted && !is_rooted => Some("root"),
        Ok(path) if !accepted => {
            let is_sample = path.doubts().iter().any(|doubt| doubt.message.contains("may be refused:"));
            is_sample.then_some("sample")
        }
        _ => None,
    }
}

fn cases() -> Option<Vec<Case>> {
    let golden = PathBuf::from(std::env::var_os("CYANOTYPE_GOLDEN")?);
    let text = std::fs::read_to_string(golden.join("jsonpath/jayway.json")).unwrap();
    let golden: Json = serde_json::from_str(&text).unwrap();
    let case = |case: &Json| Case {
        path: case["path"].as_str().unwrap().to_owned(),
        from: case["from"].as_str().unwrap().to_owned(),
        accepted: case["accepted"].as_bool().unwrap(),
        definite: case["definite"].as_bool(),
        by_aws: case["aws"] == "accepted",
    };
    Some(golden["cases"].as_array().unwrap().iter().map(case).collect())
}

#[test]
fn verdicts_are_jayways_but_for_reasons() {
    let Some(cases) = cases() else {
        println!("skipped: CYANOTYPE_GOLDEN is not set");
        return;
    };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unexplained = vec![];
    for case in &cases {
        let ours = JsonPath::parse(&case.path);
        if ours.is_ok() == case.accepted {
            *counts.entry("agree").or_default() += 1;
        } else if let Some(reason) = reason(&case.path, &ours, case.accepted) {
            *counts.entry(reason).or_default() += 1;
        } else {
            unexplained.push(format!("{} {:?}: Jayway {}, we {ours:?}", case.from, case.path, case.accepted));
        }
    }
    println!("{} paths: {} agree", cases.len(), counts.get("agree").unwrap_or(&0));
    for (reason, because) in REASONS {
        println!("{:5} {reason}: {because}", counts.get(reason).unwrap_or(&0));
    }
    assert!(unexplained.is_empty(), "{} unexplained:\n{}", unexplained.len(), unexplained.join("\n"));
    for (reason, _) in REASONS {
        assert!(counts.contains_key(reason), "{reason} explains nothing");
    }
}

#[test]
fn what_aws_accepted_is_accepted_without_a_doubt() {
    let Some(cases) = cases() else {
        println!("skipped: CYANOTYPE_GOLDEN is not set");
        return;
    };
    // In a literal `Result`, keys that end in `.$` are names like others, and what they have is no path.
    let is_path = |case: &&Case| case.by_aws && case.path.starts_with('$');
    let accepted: Vec<_> = cases.iter().filter(is_path).collect();
    println!("{} paths that AWS accepted", accepted.len());
    assert!(!accepted.is_empty());
    for case in accepted {
        let path = JsonPath::parse(&case.path).unwrap_or_else(|error| panic!("{:?}: {error}", case.path));
        assert!(path.doubts().is_empty(), "{:?}: {:?}", case.path, path.doubts());
    }
}

#[test]
fn definite_is_what_jayway_calls_so() {
    let Some(cases) = cases() else {
        println!("skipped: CYANOTYPE_GOLDEN is not set");
        return;
    };
    let mut count = 0;
    let mut different = vec![];
    for case in &cases {
        let (Ok(path), Some(definite)) = (JsonPath::parse(&case.path), case.definite) else { continue };
        count += 1;
        if path.is_definite() != definite {
            different.push(format!("{:?}: Jayway {definite}, {path:?}", case.path));
        }
        assert_eq!(JsonPath::parse(&path.to_string()).as_ref(), Ok(&path), "{}", case.path);
    }
    println!("{count} paths that both accept");
    assert!(different.is_empty(), "{}", different.join("\n"));
}
