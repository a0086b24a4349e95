//! The rules of a Choice.

use super::{check_jsonata, check_state};

#[track_caller]
fn rule(features: &str, rule: &str, expected: &[&str]) {
    check_state(features, &format!(r#""Type": "Choice", "Choices": [{{ {rule}, "Next": "B" }}]"#), expected);
}

#[test]
fn a_choice_has_one_rule_at_least() {
    check_state(
        "F23",
        r#""Type": "Choice", "Choices": [], "Default": "B""#,
        &["/Choices: Value cannot be empty"],
    );
    check_state("F23", r#""Type": "Choice", "Default": "B""#, &[": These fields are required: [Choices]"]);
}

#[test]
fn every_operator_takes_its_type() {
    let strings = [
        "StringEquals",
        "StringLessThan",
        "StringGreaterThan",
        "StringLessThanEquals",
        "StringGreaterThanEquals",
    ];
    for operator in strings {
        rule("CH1", &format!(r#""Variable": "$.a", "{operator}": "x""#), &[]);
        rule("CH1", &format!(r#""Variable": "$.a", "{operator}Path": "$.b""#), &[]);
        rule(
            "CH1",
            &format!(r#""Variable": "$.a", "{operator}": 1"#),
            &[&format!("/Choices[0]/{operator}: Expected a string, and this is 1")],
        );
    }
    for name in ["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"] {
        rule("CH3", &format!(r#""Variable": "$.a", "Numeric{name}": 1.5"#), &[]);
        rule("CH3", &format!(r#""Variable": "$.a", "Numeric{name}Path": "$$.State.RetryCount""#), &[]);
        rule(
            "CH3",
            &format!(r#""Variable": "$.a", "Numeric{name}": "1""#),
            &[&format!("/Choices[0]/Numeric{name}: Expected a number, and this is \"1\"")],
        );
        rule("CH5", &format!(r#""Variable": "$.a", "Timestamp{name}": "2026-11-24T10:00:00Z""#), &[]);
        rule("CH5", &format!(r#""Variable": "$.a", "Timestamp{name}Path": "$.b""#), &[]);
        rule(
            "CH5",
            &format!(r#""Variable": "$.a", "Timestamp{name}": "today""#),
            &[&format!("/Choices[0]/Timestamp{name}: String does not match RFC3339 timestamp")],
        );
    }
    for name in ["IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp", "BooleanEquals"]
    {
        rule("CH4 CH6", &format!(r#""Variable": "$.a", "{name}": false"#), &[]);
        rule(
            "CH4 CH6",
            &format!(r#""Variable": "$.a", "{name}": 0"#),
            &[&format!("/Choices[0]/{name}: Expected true or false, and this is 0")],
        );
    }
    rule("CH4", r#""Variable": "$.a", "BooleanEqualsPath": "$.b""#, &[]);
    rule("CH2", r#""Variable": "$.a", "StringMatches": "log-*.txt""#, &[]);
    rule(
        "CH2",
        r#""Variable": "$.a", "StringMatchesPath": "$.b""#,
        &[
            "/Choices[0]: Field 'StringMatchesPath' is not supported",
            "/Choices[0]: a rule tests something: it has an operator, 'And', 'Or' or 'Not'",
        ],
    );
}

#[test]
fn a_rule_tests_one_thing() {
    rule(
        "CH1",
        r#""Variable": "$.a""#,
        &["/Choices[0]: a rule tests something: it has an operator, 'And', 'Or' or 'Not'"],
    );
    rule("CH1", r#""StringEquals": "x""#, &["/Choices[0]: These fields are required: [Variable]"]);
    rule(
        "CH1",
        r#""Variable": "$.a", "StringEquals": "x", "IsNull": true"#,
        &["/Choices[0]: Only one of these fields is possible: [StringEquals, IsNull]"],
    );
}

#[test]
fn rules_combine() {
    let test = r#"{ "Variable": "$.a", "IsNull": true }"#;
    rule("CH6", &format!(r#""And": [{test}, {{ "Not": {test} }}, {{ "Or": [{test}] }}]"#), &[]);
    rule("CH6", r#""And": []"#, &["/Choices[0]/And: Value cannot be empty"]);
    rule(
        "CH6",
        r#""Not": { "Variable": "$.a", "IsNull": true, "Next": "B" }"#,
        &["/Choices[0]/Not: Field 'Next' is not supported"],
    );
    let deep = format!("{}{test}{}", r#"{ "Not": "#.repeat(256), "}".repeat(256));
    rule(
        "CH6",
        &format!(r#""Not": {deep}"#),
        &[&format!("/Choices[0]{}: this rule is nested 257 deep, and 256 is the most", "/Not".repeat(256))],
    );
}

#[test]
fn a_rule_of_jsonata_is_a_condition() {
    let of = |rule: &str| format!(r#""Type": "Choice", "Choices": [{{ {rule}, "Next": "B" }}]"#);
    check_jsonata(
        "F23",
        &of(r#""Condition": "{% $states.input.a = 1 %}", "Assign": { "x": 1 }, "Output": 1"#),
        &[],
    );
    check_jsonata("F23", &of(r#""Condition": true"#), &[]);
    check_jsonata(
        "F23",
        &of(r#""Condition": "yes""#),
        &["/Choices[0]/Condition: Expected true or false, and this is \"yes\""],
    );
    check_jsonata(
        "X12",
        &of(r#""Condition": true, "Variable": "$.a""#),
        &[
            "/Choices[0]: The QueryLanguage is set to 'JSONata', but field 'Variable' is only supported for the 'JSONPath' QueryLanguage",
        ],
    );
    rule(
        "X12",
        r#""Variable": "$.a", "IsNull": true, "Condition": true"#,
        &[
            "/Choices[0]: The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for the 'JSONata' QueryLanguage",
        ],
    );
}
