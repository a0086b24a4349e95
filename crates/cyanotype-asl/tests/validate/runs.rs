//! What only the run decides is accepted, and what is certain to fail is a warning.

use super::{check_jsonata, check_state};

#[test]
fn what_a_path_finds_is_left_to_the_run() {
    for path in ["$.missing", "$.a[*]", "$.a[1:3].b", "$..c", "$.a[?(@.b > 1)]", "$.a[7]"] {
        check_state("X6", &format!(r#""Type": "Pass", "InputPath": "{path}", "OutputPath": "{path}""#), &[]);
        check_state("X6", &format!(r#""Type": "Pass", "Parameters": {{ "v.$": "{path}" }}"#), &[]);
    }
    check_state(
        "X6",
        r#""Type": "Map", "ItemsPath": "$.a[*].b", "ItemProcessor": { "StartAt": "I", "States": { "I": { "Type": "Pass", "End": true } } }"#,
        &[],
    );
}

#[test]
fn a_list_is_no_number_and_no_text() {
    let message = |field: &str, path: &str| {
        format!("/{field}: '{path}' always yields a list, and this field takes one value")
    };
    for field in ["SecondsPath", "TimestampPath"] {
        check_state("X6", &format!(r#""Type": "Wait", "{field}": "$.a[0]""#), &[]);
        check_state("X6", &format!(r#""Type": "Wait", "{field}": "$.a[*]""#), &[&message(field, "$.a[*]")]);
    }
    for field in ["ErrorPath", "CausePath"] {
        check_state("X6", &format!(r#""Type": "Fail", "{field}": "$..a""#), &[&message(field, "$..a")]);
    }
}

#[test]
fn what_an_expression_yields_is_left_to_the_run() {
    check_jsonata("X9", r#""Type": "Wait", "Seconds": "{% $states.input.missing %}""#, &[]);
    check_jsonata("X9", r#""Type": "Pass", "Output": "{% 1 + 'a' %}""#, &[]);
    check_jsonata("X9", r#""Type": "Wait", "Seconds": "{% $number('x') %}""#, &[]);
}

#[test]
fn an_expression_of_another_type_than_the_field_s_is_a_warning() {
    let message = |text: &str, field: &str, expected: &str, found: &str| {
        format!(
            "/{field}: The JSONata expression '{text}' specified for the field '{field}' returned an unexpected result type. Expected '{expected}', but was '{found}'"
        )
    };
    check_jsonata(
        "X9",
        r#""Type": "Wait", "Seconds": "{% 'soon' %}""#,
        &[&message("'soon'", "Seconds", "number", "string")],
    );
    check_jsonata(
        "X9",
        r#""Type": "Choice", "Choices": [{ "Condition": "{% 1 %}", "Next": "B" }]"#,
        &[&message("1", "Choices[0]/Condition", "boolean", "number")],
    );
    check_jsonata(
        "X9",
        r#""Type": "Fail", "Error": "{% 1 %}", "Cause": "{% {'a': 1} %}""#,
        &[&message("1", "Error", "string", "number"), &message("{'a': 1}", "Cause", "string", "object")],
    );
    let map = |items: &str| {
        format!(
            r#""Type": "Map", "Items": "{{% {items} %}}", "ItemProcessor": {{ "StartAt": "I", "States": {{ "I": {{ "Type": "Pass", "End": true }} }} }}"#
        )
    };
    // As AWS says it of an execution that is recorded.
    check_jsonata("X9", &map("true"), &[&message("true", "Items", "array", "boolean")]);
    check_jsonata("X9", &map("[1]"), &[]);
    check_jsonata("X9", &map("{'a': 1}"), &[]);
}

#[test]
fn an_expression_that_yields_no_json_is_a_warning() {
    check_jsonata(
        "X9",
        r#""Type": "Pass", "Assign": { "result": "{% () %}" }"#,
        &[
            "/Assign/result: The JSONata expression '()' specified for the field 'Assign/result' returned nothing (undefined).",
        ],
    );
    check_jsonata(
        "X9",
        r#""Type": "Pass", "Output": ["{% function($x) { $x } %}"]"#,
        &[
            "/Output[0]: The JSONata expression 'function($x) { $x }' specified for the field 'Output[0]' is a function, which is no JSON",
        ],
    );
}
