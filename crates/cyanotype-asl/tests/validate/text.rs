//! Definitions as texts.

use std::time::Instant;

use cyanotype_asl::{Document, Kind};
use proptest::{prelude::*, test_runner::RngSeed};
use serde_json::Value;

use super::check;

#[test]
fn a_member_that_is_there_twice_is_a_fault() {
    check(
        "R8",
        r#"{ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true, "Type": "Succeed" } } }"#,
        &[
            "DUPLICATE_FIELD: the object has a member of this name already, and only one of them counts at /States/A/Type",
            "SCHEMA_VALIDATION_FAILED: Field 'End' is not supported at /States/A",
        ],
    );
}

/// So many states in a chain, each with something to look at.
fn chain(states: usize) -> String {
    let state = |n: usize| {
        format!(
            r#""State{n}": {{ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {{ "Payload.$": "$.a.b[0]" }}, "ResultPath": "$.r{n}", "Retry": [{{ "ErrorEquals": ["States.ALL"] }}], "Next": "State{}" }}"#,
            n + 1
        )
    };
    let all: Vec<_> = (0..states).map(state).collect();
    format!(
        r#"{{ "StartAt": "State0", "States": {{ {}, "State{states}": {{ "Type": "Succeed" }} }} }}"#,
        all.join(",")
    )
}

#[test]
fn time_grows_with_the_length_of_the_text() {
    let time = |states: usize| {
        let text = chain(states);
        let once = || {
            let start = Instant::now();
            let document = Document::parse(&text).unwrap();
            assert!(document.validate(Kind::Standard).len() <= 1);
            start.elapsed()
        };
        (0..5).map(|_| once()).min().unwrap()
    };
    // Other tests run beside it: what is too slow is so every time.
    let is_linear = (0..5).any(|_| time(4_000) < time(2_000) * 5 / 2);
    assert!(is_linear);
}

/// A value as somebody might write it in the place of any other.
fn json() -> impl Strategy<Value = Value> {
    let words = [
        "Type",
        "Task",
        "Map",
        "Choice",
        "Parallel",
        "Wait",
        "Fail",
        "Pass",
        "Next",
        "End",
        "A",
        "States",
        "StartAt",
        "$",
        "$.a",
        "$$.b",
        "{% $states.input %}",
        "{% (",
        "States.Format('{}', $.a)",
        "States.ALL",
        "JSONata",
        "arn:aws:states:::lambda:invoke",
        "DISTRIBUTED",
        "a.$",
        "",
    ];
    let word = proptest::sample::select(words.to_vec()).prop_map(Value::from);
    let leaf = prop_oneof![
        4 => word,
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let fields = [
            "Type",
            "StartAt",
            "States",
            "Next",
            "End",
            "Choices",
            "Default",
            "Branches",
            "ItemProcessor",
            "Iterator",
            "ProcessorConfig",
            "Retry",
            "Catch",
            "ErrorEquals",
            "And",
            "Or",
            "Not",
            "Variable",
            "Condition",
            "IsPresent",
            "Parameters",
            "Assign",
            "Output",
            "Resource",
            "Credentials",
            "ItemReader",
            "Label",
            "Mode",
            "a.$",
            "a",
            "QueryLanguage",
        ];
        let field = proptest::sample::select(fields.to_vec()).prop_map(str::to_owned);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((field, inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    // The same cases on every run: what a change breaks is then seen with that change.
    #![proptest_config(ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_json_it_is_findings_are_all_that_comes_of_it(state in json(), machine in json()) {
        let around = |state: &Value| format!(r#"{{ "StartAt": "A", "States": {{ "A": {state} }} }}"#);
        for text in [machine.to_string(), around(&state)] {
            let document = Document::parse(&text).unwrap();
            for finding in document.validate(Kind::Express).into_iter().chain(document.advise()) {
                prop_assert!(document.position(&finding.location).offset < text.len());
            }
        }
    }

    #[test]
    fn whatever_text_it_is_it_is_read_or_refused(text in ".*", cut in any::<prop::sample::Index>()) {
        let _ = Document::parse(&text);
        let whole = chain(3);
        let at = cut.index(whole.len());
        prop_assert!(Document::parse(&whole[..at]).is_err());
        let _ = Document::parse(&format!("{}{text}{}", &whole[..at], &whole[at..]));
    }
}
