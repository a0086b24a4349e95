//! Expressions as the reference implementation and AWS judged them, and texts that nobody did.
//!
//! The judgements are read where `CYANOTYPE_GOLDEN` says; without it the tests that need them are skipped.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that cannot go on should say where")]

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use cyanotype_asl::Jsonata;
use proptest::prelude::*;
use serde_json::Value as Json;

/// Where the judgements are; nothing, said once, if nobody says.
fn golden(part: &str) -> Option<PathBuf> {
    let Some(root) = env::var_os("CYANOTYPE_GOLDEN") else {
        println!("skipped: CYANOTYPE_GOLDEN is not set ({part})");
        return None;
    };
    let path = Path::new(&root).join(part);
    assert!(path.exists(), "{} is missing", path.display());
    Some(path)
}

fn read(path: &Path) -> Json {
    // No string of ours can hold half a surrogate pair, which some expressions have in a string.
    let text = fs::read_to_string(path).unwrap().replace(r"\ud800", r"\ufffd");
    serde_json::from_str(&text).unwrap()
}

/// Differences between the verdict and what was expected of it, as far as it was said.
fn differences(expression: &str, expected: &Json) -> Option<String> {
    let text = |field: &str| expected[field].as_str();
    let refusal = text("code").filter(|code| code.starts_with('S'));
    let differs = match (Jsonata::parse(expression), refusal) {
        (Ok(_), None) => return None,
        (Ok(_), Some(code)) => format!("accepted, not {code}"),
        (Err(error), None) => format!("refused: {} at {}: {error}", error.code, error.position),
        (Err(error), Some(code)) => {
            let is_same = error.code == code
                && expected["position"].as_u64().is_none_or(|position| error.position as u64 == position)
                && text("token").is_none_or(|token| error.token.as_deref() == Some(token));
            if is_same {
                return None;
            }
            format!("refused: {error:?}, not {code}")
        }
    };
    Some(format!("{expression:?} is {differs}"))
}

#[track_caller]
fn check_all(part: &str, cases: &[Json], field: &str) {
    let different: Vec<_> =
        cases.iter().filter_map(|case| differences(case[field].as_str().unwrap(), case)).collect();
    let refused = cases.iter().filter(|case| case["code"].as_str().is_some_and(|code| code.starts_with('S')));
    println!("{part}: {} cases, {} of them refusals", cases.len(), refused.count());
    assert!(!cases.is_empty());
    assert!(different.is_empty(), "{} differ:\n{}", different.len(), different.join("\n"));
}

#[test]
fn the_suite_of_the_reference_is_judged_as_the_reference_does() {
    let Some(path) = golden("jsonata/suite.json") else { return };
    // What has an `error` instead of a code fails when it is evaluated; no code begins with an S.
    check_all("suite", read(&path)["cases"].as_array().unwrap(), "expr");
}

#[test]
fn expressions_in_use_are_judged_as_the_reference_does() {
    let Some(path) = golden("jsonata/corpus.json") else { return };
    check_all("corpus", read(&path).as_array().unwrap(), "expression");
}

#[test]
fn definitions_that_aws_accepted_have_no_problems() {
    let Some(directory) = golden("localstack-snapshots/exec") else { return };
    let mut expressions = 0_usize;
    let mut problems = Vec::new();
    for file in json_files(&directory) {
        let case = read(&file);
        let text = match &case["definition"] {
            Json::String(text) => serde_json::from_str(text).unwrap_or_default(),
            definition => definition.clone(),
        };
        let mut open = vec![text];
        while let Some(value) = open.pop() {
            match value {
                Json::Array(items) => open.extend(items),
                Json::Object(members) => open.extend(members.into_iter().map(|(_, member)| member)),
                Json::String(text) => {
                    let inside = text.strip_prefix("{%").and_then(|text| text.strip_suffix("%}"));
                    let Some(inside) = inside else { continue };
                    expressions += 1;
                    match Jsonata::parse(inside) {
                        Ok(expression) => problems.extend(
                            expression.problems().iter().map(|problem| format!("{inside:?}: {problem}")),
                        ),
                        Err(error) => problems.push(format!("{inside:?}: {error:?}")),
                    }
                }
                _ => {}
            }
        }
    }
    println!("executed definitions: {expressions} expressions");
    assert!(expressions > 0);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn json_files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![directory.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                found.push(path);
            }
        }
    }
    found
}

/// Tokens, whole and in pieces.
const TOKENS: &[&str] = &[
    "$",
    "$$",
    "$a",
    "$states",
    "$states.input",
    "$eval",
    "a",
    "`b`",
    "'c'",
    "\"d\"",
    "1",
    "0.5",
    "1e400",
    "true",
    "null",
    "and",
    "or",
    "in",
    "function",
    "function($a){",
    "λ($b)<a<s>>{",
    "/r/i",
    "/",
    "/*",
    "*/",
    "'",
    "`",
    "\\",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ".",
    "..",
    ",",
    ";",
    ":",
    ":=",
    "?",
    "?:",
    "??",
    "+",
    "-",
    "*",
    "**",
    "%",
    "&",
    "|",
    "=",
    "!=",
    "<",
    ">",
    "<=",
    "^(",
    "~>",
    "@$e",
    "#$f",
    "!",
    "~",
    " ",
    "\n",
    "[%.a=1]",
    "😀",
    "\u{a0}",
];

fn token() -> impl Strategy<Value = String> {
    prop_oneof![8 => proptest::sample::select(TOKENS).prop_map(String::from), 1 => ".{0,4}"]
}

proptest! {
    // The same cases on every run: what a change breaks is then seen with that change.
    #![proptest_config(ProptestConfig {
        cases: 10_000,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_is_an_expression_or_an_error(tokens in proptest::collection::vec(token(), 0..24)) {
        let text = tokens.concat();
        let units = text.encode_utf16().count();
        match Jsonata::parse(&text) {
            // A string may end in an escape that is cut off, which the reference counts as whole.
            Err(error) => prop_assert!(error.position <= units + 5, "{:?}", error),
            Ok(expression) => {
                for name in expression.variables().into_iter().chain(expression.states_fields()) {
                    prop_assert!(name.position <= units, "{:?}", name);
                }
                for problem in expression.problems() {
                    prop_assert!(problem.position <= units, "{:?}", problem);
                }
            }
        }
    }
}
