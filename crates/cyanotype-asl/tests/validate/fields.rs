//! Which fields a state has, and what is in them.

use super::{check_jsonata, check_state};

#[test]
fn a_state_has_one_of_eight_types() {
    check_state("F1", r#""Comment": "none""#, &[": These fields are required: [Type]"]);
    check_state(
        "F1",
        r#""Type": "Sleep""#,
        &["/Type: Value is not one of [Task, Parallel, Map, Pass, Wait, Choice, Succeed, Fail]: 'Sleep'"],
    );
    check_state("F2", r#""Type": "Pass", "Comment": 1"#, &["/Comment: Expected a string, and this is 1"]);
}

#[test]
fn a_state_goes_on_or_ends() {
    check_state(
        "F4",
        r#""Type": "Pass", "Next": "B", "End": true"#,
        &[": Only one of these fields is possible: [Next, End]"],
    );
    check_state("F4", r#""Type": "Pass", "Next": "B", "End": false"#, &[]);
    check_state("F4", r#""Type": "Pass", "End": false"#, &[": one of these fields is required: [Next, End]"]);
    check_state("F4", r#""Type": "Succeed", "Next": "B""#, &[": Field 'Next' is not supported"]);
}

#[test]
fn a_field_belongs_to_some_types_of_states() {
    for (feature, field, value, types) in [
        ("F5", "InputPath", r#""$""#, "Task Parallel Map Pass Wait Choice Succeed"),
        ("F6", "OutputPath", r#""$""#, "Task Parallel Map Pass Wait Choice Succeed"),
        ("F7", "Parameters", "{}", "Task Parallel Map Pass"),
        ("F8", "ResultSelector", "{}", "Task Parallel Map"),
        ("F9", "ResultPath", r#""$.a""#, "Task Parallel Map Pass"),
        ("F10", "Result", "1", "Pass"),
        ("F13", "Assign", "{}", "Task Parallel Map Pass Wait Choice"),
        ("F14", "Retry", "[]", "Task Parallel Map"),
        ("F15", "Catch", "[]", "Task Parallel Map"),
        ("F16", "Resource", r#""arn:aws:states:::lambda:invoke""#, "Task"),
        ("F17", "TimeoutSeconds", "1", "Task"),
        ("F19", "HeartbeatSeconds", "1", "Task"),
        ("F21", "Credentials", r#"{ "RoleArn": "arn" }"#, "Task"),
        ("F23", "Default", r#""B""#, "Choice"),
        ("F26", "Error", r#""E""#, "Fail"),
        ("M11", "Label", r#""L""#, "Map"),
    ] {
        for kind in ["Task", "Parallel", "Map", "Pass", "Wait", "Choice", "Succeed", "Fail"] {
            let state = with(kind, field, value);
            let unsupported = format!(": Field '{field}' is not supported");
            let belongs = types.split(' ').any(|known| known == kind);
            let expected: &[&str] = match (belongs, kind, field) {
                (false, ..) => &[&unsupported],
                (true, _, "Label") => &[": 'Label' does nothing in an INLINE Map"],
                _ => &[],
            };
            check_state(feature, &state, expected);
        }
    }
}

/// A state of a type with all that it must have, and a field more.
fn with(kind: &str, field: &str, value: &str) -> String {
    let inner = r#"{ "StartAt": "I", "States": { "I": { "Type": "Pass", "End": true } } }"#;
    let needs = match kind {
        "Task" => r#""Resource": "arn:aws:states:::lambda:invoke""#.to_owned(),
        "Parallel" => format!(r#""Branches": [{inner}]"#),
        "Map" => format!(r#""ItemProcessor": {inner}"#),
        "Wait" => r#""Seconds": 1"#.to_owned(),
        "Choice" => r#""Choices": [{ "Variable": "$", "IsNull": true, "Next": "B" }]"#.to_owned(),
        _ => r#""Comment": "c""#.to_owned(),
    };
    let needs =
        if needs.starts_with(&format!("\"{field}\"")) { "\"Comment\": \"c\"".to_owned() } else { needs };
    format!(r#""Type": "{kind}", {needs}, "{field}": {value}"#)
}

#[test]
fn a_field_belongs_to_a_language() {
    let of = |field: &str, set: &str, other: &str| {
        format!(
            ": The QueryLanguage is set to '{set}', but field '{field}' is only supported for the '{other}' QueryLanguage"
        )
    };
    check_state("F12 X12", r#""Type": "Pass", "Output": 1"#, &[&of("Output", "JSONPath", "JSONata")]);
    check_state(
        "F11",
        r#""Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {}"#,
        &[&of("Arguments", "JSONPath", "JSONata")],
    );
    check_jsonata(
        "F11 F12",
        r#""Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {}, "Output": null"#,
        &[],
    );
    check_jsonata(
        "X12",
        r#""Type": "Pass", "ResultPath": "$.a", "InputPath": "$""#,
        &[&of("ResultPath", "JSONata", "JSONPath"), &of("InputPath", "JSONata", "JSONPath")],
    );
}

#[test]
fn a_field_that_is_misspelt_is_guessed() {
    let definition =
        r#"{ "StartAt": "A", "States": { "A": { "Type": "Pass", "ResultPaht": "$.a", "End": true } } }"#;
    let document = cyanotype_asl::Document::parse(definition).unwrap();
    let findings = document.validate(cyanotype_asl::Kind::Standard);
    assert_eq!(findings[0].hint.as_deref(), Some("did you mean `ResultPath`?"));
}

#[test]
fn times_are_in_range_and_given_in_one_way() {
    let task = r#""Type": "Task", "Resource": "arn:aws:states:::lambda:invoke""#;
    check_state(
        "F17",
        &format!(r#"{task}, "TimeoutSeconds": 0"#),
        &["/TimeoutSeconds: 1 to 99999999 seconds are possible, and this is 0"],
    );
    check_state(
        "F17",
        &format!(r#"{task}, "TimeoutSeconds": 1.5"#),
        &["/TimeoutSeconds: Expected an integer, and this is 1.5"],
    );
    check_state(
        "F18",
        &format!(r#"{task}, "TimeoutSeconds": 1, "TimeoutSecondsPath": "$.t""#),
        &[": Only one of these fields is possible: [TimeoutSeconds, TimeoutSecondsPath]"],
    );
    check_state(
        "F19",
        &format!(r#"{task}, "TimeoutSeconds": 9, "HeartbeatSeconds": 9"#),
        &["/HeartbeatSeconds: HeartbeatSeconds must be smaller than TimeoutSeconds"],
    );
    check_state(
        "F20",
        &format!(r#"{task}, "HeartbeatSeconds": 1, "HeartbeatSecondsPath": "$.t""#),
        &[": Only one of these fields is possible: [HeartbeatSeconds, HeartbeatSecondsPath]"],
    );
    check_jsonata("F17", &format!(r#"{task}, "TimeoutSeconds": "{{% 1 + 1 %}}""#), &[]);
}

#[test]
fn a_wait_waits_in_one_way() {
    check_state("F24", r#""Type": "Wait", "Seconds": 0"#, &[]);
    check_state(
        "F24",
        r#""Type": "Wait", "Seconds": -1"#,
        &["/Seconds: 0 to 99999999 seconds are possible, and this is -1"],
    );
    check_state("F24", r#""Type": "Wait", "Timestamp": "2026-11-24T10:00:00Z""#, &[]);
    check_state(
        "F24",
        r#""Type": "Wait", "Timestamp": "2026-11-24""#,
        &["/Timestamp: String does not match RFC3339 timestamp"],
    );
    check_state("F25", r#""Type": "Wait", "SecondsPath": "$.s""#, &[]);
    check_state(
        "F25",
        r#""Type": "Wait", "Seconds": 1, "TimestampPath": "$.s""#,
        &[": Only one of these fields is possible: [Seconds, TimestampPath]"],
    );
    check_state(
        "F25",
        r#""Type": "Wait""#,
        &[": one of these fields is required: [Seconds, SecondsPath, Timestamp, TimestampPath]"],
    );
}

#[test]
fn a_fail_says_why_in_one_way() {
    check_state("F26", r#""Type": "Fail", "Error": "E", "Cause": "C""#, &[]);
    check_state("F27", r#""Type": "Fail", "ErrorPath": "$.e", "CausePath": "States.Format('{}', $.c)""#, &[]);
    check_state(
        "F27",
        r#""Type": "Fail", "Error": "E", "ErrorPath": "$.e""#,
        &[": Only one of these fields is possible: [Error, ErrorPath]"],
    );
    check_jsonata("F26", r#""Type": "Fail", "Error": "{% $states.input.e %}""#, &[]);
}

#[test]
fn credentials_name_a_role() {
    let task = r#""Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Credentials""#;
    check_state("F21", &format!(r#"{task}: {{ "RoleArn.$": "$.role" }}"#), &[]);
    check_state(
        "F21",
        &format!(r#"{task}: {{ "Role": "arn" }}"#),
        &[
            "/Credentials: The field 'RoleArn' is required but was missing",
            "/Credentials: Field 'Role' is not supported",
        ],
    );
}

#[test]
fn an_assignment_has_names_of_variables() {
    let pass = |assign: &str| format!(r#""Type": "Pass", "Assign": {assign}"#);
    check_state("F13 V1", &pass(r#"{ "x": 1, "größe_2.$": "$.g" }"#), &[]);
    check_state(
        "V1",
        &pass(r#"{ "states": 1 }"#),
        &["/Assign/states: 'states' is no name of a variable: `states` is Step Functions' own"],
    );
    check_state(
        "V1",
        &pass(r#"{ "2nd": 1 }"#),
        &["/Assign/2nd: '2nd' is no name of a variable: it begins with a letter"],
    );
    check_state(
        "V2",
        &pass(r#"{ "x.y": 1 }"#),
        &[
            "/Assign/x.y: 'x.y' is no name of a variable: it has letters, digits and `_`, and no part of a value can be set alone",
        ],
    );
}
