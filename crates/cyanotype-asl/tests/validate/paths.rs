//! Paths, payload templates and expressions.

use super::{check_jsonata, check_state};

#[test]
fn a_path_begins_with_a_dollar() {
    check_state(
        "X1 X3 X4",
        r#""Type": "Pass", "InputPath": "$.a[0]['b-c']", "OutputPath": "$$.Execution.Id""#,
        &[],
    );
    check_state("F5", r#""Type": "Pass", "InputPath": null, "OutputPath": null"#, &[]);
    let definition = r#""Type": "Pass", "InputPath": "a.b""#;
    let document = format!(r#"{{ "StartAt": "A", "States": {{ "A": {{ {definition}, "End": true }} }} }}"#);
    let document = cyanotype_asl::Document::parse(&document).unwrap();
    let findings = document.validate(cyanotype_asl::Kind::Standard);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].message.starts_with("'a.b' is no path: "), "{}", findings[0]);
}

#[test]
fn a_result_is_put_into_one_place_of_the_input() {
    check_state("X2 F9", r#""Type": "Pass", "ResultPath": "$.a.b[0]""#, &[]);
    check_state("F9", r#""Type": "Pass", "ResultPath": null"#, &[]);
    check_state(
        "X2",
        r#""Type": "Pass", "ResultPath": "$.a[*]""#,
        &["/ResultPath: '$.a[*]' is no reference path: it must name one place"],
    );
    check_state(
        "X2",
        r#""Type": "Pass", "ResultPath": "$$.a""#,
        &["/ResultPath: a result is put into the input: its path begins with '$.'"],
    );
}

#[test]
fn a_template_fills_in_what_ends_in_a_dollar() {
    let template = |template: &str| format!(r#""Type": "Pass", "Parameters": {template}"#);
    check_state("X5", &template(r#"{ "a.$": "$.a", "b": [{ "c.$": "$$.Execution.Id" }], "d": "$.e" }"#), &[]);
    check_state("X5", &template(r#"{ "a.$": 1 }"#), &["/Parameters/a.$: Expected a string, and this is 1"]);
    check_state(
        "X5",
        &template(r#"{ "a.$": "$.a", "a": 1 }"#),
        &["/Parameters/a.$: without '.$' its name is that of another member: a"],
    );
    check_state("X5", &template(r#"{ "a.$": "States.UUID()" }"#), &[]);
}

#[test]
fn an_intrinsic_function_is_called_rightly() {
    let template = |call: &str| format!(r#""Type": "Pass", "Parameters": {{ "a.$": "{call}" }}"#);
    check_state("X5", &template("States.Format('{} {}', $.a, $.b)"), &[]);
    let text = format!(
        r#"{{ "StartAt": "A", "States": {{ "A": {{ {}, "End": true }} }} }}"#,
        template("States.Fromat('x')")
    );
    let document = cyanotype_asl::Document::parse(&text).unwrap();
    let findings = document.validate(cyanotype_asl::Kind::Standard);
    assert!(findings[0].message.contains("did you mean States.Format?"), "{}", findings[0]);
    let text = text.replace("States.Fromat('x')", "States.UUID(1)");
    let document = cyanotype_asl::Document::parse(&text).unwrap();
    assert_eq!(document.validate(cyanotype_asl::Kind::Standard).len(), 1);
}

#[test]
fn an_expression_is_read_as_the_reference_reads_it() {
    let check = |expression: &str, expected: &str| {
        let state = format!(r#""Type": "Pass", "Output": {{ "v": "{{% {expression} %}}" }}"#);
        let text = format!(
            r#"{{ "StartAt": "A", "QueryLanguage": "JSONata", "States": {{ "A": {{ {state}, "End": true }} }} }}"#
        );
        let document = cyanotype_asl::Document::parse(&text).unwrap();
        let found: Vec<_> =
            document.validate(cyanotype_asl::Kind::Standard).iter().map(ToString::to_string).collect();
        assert_eq!(found, [format!("{expected} at /States/A/Output/v")], "X8 X10 X11");
    };
    check("a[1,2)", r#"INVALID_JSONATA_EXPRESSION: Expected "]", got ",""#);
    check("1 +", "INVALID_JSONATA_EXPRESSION: Unexpected end of expression");
    check("phone", "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported.");
    let outside = "Reference to '$states.errorOutput' is not supported outside of a Catch";
    check("$states.errorOutput", &format!("UNSUPPORTED_JSONATA_EXPRESSION: {outside}"));
}

#[test]
fn an_expression_is_all_of_a_text() {
    let pass = |output: &str| format!(r#""Type": "Pass", "Output": {output}"#);
    check_jsonata("X7", &pass(r#"{ "a": ["{% $states.input.a %}"] }"#), &[]);
    check_jsonata("X7", &pass(r#""text {% not an expression %}""#), &[]);
    check_jsonata("X7", &pass(r#""{% 1 ""#), &["/Output: an expression of JSONata ends in '%}'"]);
}
