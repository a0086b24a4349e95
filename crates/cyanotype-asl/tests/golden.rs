//! What AWS and other validators answered, beside what this one says.
//!
//! The answers are data that is not part of this repository: `CYANOTYPE_GOLDEN` says where they are.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on should say where"
)]

use std::{fs, path::PathBuf};

use cyanotype_asl::{Document, Finding, Kind, Severity, validate};
use serde_json::Value;

/// The files of a folder with their names; None where there is no golden data.
fn folder(name: &str) -> Option<Vec<(String, Value)>> {
    let Ok(root) = std::env::var("CYANOTYPE_GOLDEN") else {
        println!("skipped: CYANOTYPE_GOLDEN does not say where the golden data is");
        return None;
    };
    let path = PathBuf::from(root).join(name);
    let entries = fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "json"))
        .map(|entry| {
            let text = fs::read_to_string(entry.path()).unwrap();
            (entry.file_name().into_string().unwrap(), text)
        })
        .filter(|(name, _)| !matches!(name.as_str(), "EXPECTED.json" | "INDEX.json"))
        .map(|(name, text)| {
            let value = serde_json::from_str(&text).unwrap_or(Value::String(text));
            (name, value)
        })
        .collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(!files.is_empty(), "{} has no cases", path.display());
    Some(files)
}

/// The text of a definition that is recorded as a text or as JSON.
fn text(definition: &Value) -> String {
    definition.as_str().map_or_else(|| definition.to_string(), str::to_owned)
}

fn findings(text: &str, kind: Kind) -> Vec<Finding> {
    match Document::parse(text) {
        Ok(document) => document.validate(kind),
        Err(error) => panic!("{error}"),
    }
}

fn errors(findings: &[Finding]) -> Vec<String> {
    findings.iter().filter(|f| f.severity == Severity::Error).map(ToString::to_string).collect()
}

fn kind(row: &Value) -> Kind {
    if row["type"] == "EXPRESS" { Kind::Express } else { Kind::Standard }
}

#[test]
fn what_aws_accepted_and_ran_is_accepted() {
    let Some(rows) = folder("localstack-snapshots/exec") else { return };
    let mut wrong = vec![];
    for (name, row) in &rows {
        let found = errors(&findings(&text(&row["definition"]), kind(row)));
        if !found.is_empty() {
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    println!("exec: {} definitions, {} wrong", rows.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is said of definitions, and is no word about whether a run succeeds.
const MATTERS_OF_TASTE: [&str; 5] = [
    "does nothing",
    "the Task has no timeout",
    "does not try again",
    "is no error of Step Functions",
    "no input comes to 'Default'",
];

#[test]
fn what_succeeded_is_not_said_to_fail() {
    let Some(rows) = folder("localstack-snapshots/exec") else { return };
    let (mut succeeded, mut wrong) = (0, vec![]);
    for (name, row) in rows.iter().filter(|(_, row)| row["expect"]["status"] == "SUCCEEDED") {
        succeeded += 1;
        let text = text(&row["definition"]);
        let document = Document::parse(&text).unwrap().with_placeholders();
        let said = document.validate(kind(row)).into_iter().chain(document.advise());
        let doubts = said.map(|finding| finding.to_string());
        let doubts: Vec<_> =
            doubts.filter(|text| !MATTERS_OF_TASTE.iter().any(|taste| text.contains(taste))).collect();
        if !doubts.is_empty() {
            wrong.push(format!("{name}: {doubts:?}"));
        }
    }
    println!("exec: {succeeded} succeeded, {} said to fail", wrong.len());
    assert!(succeeded > 0);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where a careful author is told nothing wrong: all that is said of samples but matters of taste, counted.
#[test]
fn what_people_deploy_is_hardly_ever_warned_about() {
    for name in ["asl-real", "asl-valid"] {
        let Some(files) = folder(name) else { return };
        let mut warned = vec![];
        for (file, value) in &files {
            let text = text(value.get("definition").unwrap_or(value));
            let Ok(document) = Document::parse(&text) else { continue };
            let document = document.with_placeholders();
            let said = document.validate(Kind::Standard).into_iter().chain(document.advise());
            let said = said.filter(|finding| finding.severity == Severity::Warning);
            let said = said.map(|finding| finding.to_string());
            let said: Vec<_> =
                said.filter(|text| !MATTERS_OF_TASTE.iter().any(|taste| text.contains(taste))).collect();
            if !said.is_empty() {
                warned.push(format!("{file}: {said:?}"));
            }
        }
        println!("{name}: {} definitions, {} warned about\n{}", files.len(), warned.len(), warned.join("\n"));
        assert!(warned.len() * 10 <= files.len(), "{name}");
    }
}

#[test]
fn what_aws_judged_is_judged_the_same_with_its_code_and_place() {
    let Some(rows) = folder("localstack-snapshots/validation") else { return };
    let (mut accepted, mut refused, mut others, mut wrong) = (0, 0, 0, vec![]);
    for (name, row) in &rows {
        let response = row["response"].to_string();
        let is_ok = row["accepted"] == true || row["response"]["result"] == "OK";
        let is_bad = response.contains("InvalidDefinition") || row["response"]["result"] == "FAIL";
        if !is_ok && !is_bad {
            others += 1;
            continue;
        }
        let definition = text(&row["definition"]);
        let found = match Document::parse(&definition) {
            Ok(document) => errors(&document.validate(kind(row))),
            Err(_) => vec!["INVALID_JSON_DESCRIPTION".to_owned()],
        };
        if is_ok {
            accepted += 1;
            if !found.is_empty() {
                wrong.push(format!("{name}: accepted by AWS, and here {found:?}"));
            }
            continue;
        }
        refused += 1;
        let by_aws = row["recorded_from"] == "aws";
        let agrees = found.iter().any(|finding| {
            let code_and_place = || {
                let code = finding.split(':').next().unwrap();
                let place = finding.rsplit(" at ").next().unwrap();
                response.contains(code)
                    && (response.contains(&format!("at {place}'")) || !response.contains(" at /"))
            };
            !by_aws || code_and_place()
        });
        if !agrees {
            wrong.push(format!("{name}: {response}, and here {found:?}"));
        }
    }
    println!(
        "validation: {accepted} accepted, {refused} refused, {others} judge no definition, {} wrong",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Definitions that a suite says are good, and this validator says are not: each with the reason.
const DISPUTED_VALID: &[(&str, &str)] = &[
    (
        "aslservice-documentSucceedFailTerminalState.json",
        "it has names twice, and names are unique in the machine",
    ),
    ("aslservice-stateLevelJsonataDocument.json", "it reads `$`, which a state in JSONata has not"),
    ("aslvalidator-assign.json", "a variable is named `top-level`, which is no identifier"),
    (
        "aslvalidator-map-with-item-batcher-jsonata.json",
        "a state is JSONPath in a JSONata machine, which AWS refuses",
    ),
    ("cfnlint-choices.json", "three states go to one that is not there"),
    ("cfnlint-test-functions.json", "Credentials has fields of another call, and no RoleArn"),
    ("statelint-states-array-invocation.json", NO_ARN),
    ("statelint-states-encoding-decoding-intrinsic-functions.json", NO_ARN),
    ("statelint-states-jsontostring-invocation.json", NO_ARN),
    ("statelint-states-math-intrinsic-functions.json", NO_ARN),
    ("statelint-states-string-intrinsic-functions.json", NO_ARN),
    ("statelint-states-stringtojson-invocation.json", NO_ARN),
    ("statelint-states-uuid-intrinsic-functions.json", NO_ARN),
    ("statelint-task-with-credentials.json", NO_ARN),
    ("statelint-task-with-dynamic-timeouts.json", NO_ARN),
    ("statelint-task-with-parameters.json", NO_ARN),
    ("statelint-task-with-resultselector.json", NO_ARN),
];
const NO_ARN: &str = "the resource is `foo:bar`: a URI, as the specification wants, and no ARN, as AWS does";
/// The other way round.
const DISPUTED_INVALID: &[(&str, &str)] = &[
    (
        "aslvalidator-json-surround-syntax-extra-spaces.json",
        "spaces within the marks are a part of the expression",
    ),
    ("aslvalidator-jsonata-surround-syntax-no-spaces.json", "AWS documents the marks without spaces in them"),
];
/// Definitions from samples that cannot have been deployed as they stand.
const BROKEN: &[(&str, &str)] = &[(
    "wfc__shared-fallback-state-jsonata_statemachine_statemachine.asl.json",
    "`QueryLanguage` stands among the states",
)];

#[test]
fn what_other_suites_call_valid_is_valid() {
    let Some(files) = folder("asl-valid") else { return };
    let mut wrong = vec![];
    for (name, definition) in &files {
        let text = text(definition);
        let json = Document::parse(&text).unwrap().json().clone().with_placeholders();
        let found = errors(&validate(&json, Kind::Standard));
        let disputed = DISPUTED_VALID.iter().any(|(file, _)| file == name);
        if found.is_empty() == disputed {
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    println!(
        "asl-valid: {} definitions, {} disputed, {} wrong",
        files.len(),
        DISPUTED_VALID.len(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_other_suites_call_invalid_is_invalid() {
    let Some(files) = folder("asl-invalid") else { return };
    let mut wrong = vec![];
    for (name, definition) in &files {
        let found = errors(&findings(&text(definition), Kind::Standard));
        let disputed = DISPUTED_INVALID.iter().any(|(file, _)| file == name);
        if found.is_empty() != disputed {
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    println!(
        "asl-invalid: {} definitions, {} disputed, {} wrong",
        files.len(),
        DISPUTED_INVALID.len(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_people_deploy_has_no_errors() {
    let (Some(real), Some(cdk)) = (folder("asl-real"), folder("iam/cdk")) else { return };
    let mut wrong = vec![];
    let count = real.len() + cdk.len();
    for (name, value) in real.into_iter().chain(cdk) {
        let definition = value.get("definition").unwrap_or(&value);
        let text = text(definition);
        let document = match Document::parse(&text) {
            Ok(document) => document,
            Err(error) => {
                wrong.push(format!("{name}: {error}"));
                continue;
            }
        };
        let json = document.json().clone().with_placeholders();
        let found = errors(&validate(&json, Kind::Standard));
        let broken = BROKEN.iter().any(|(file, _)| *file == name);
        if found.is_empty() == broken {
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    println!("asl-real, iam/cdk: {count} definitions, {} with errors", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
