//! Retry and Catch.

use super::{check_jsonata, check_state};

const TASK: &str = r#""Type": "Task", "Resource": "arn:aws:states:::lambda:invoke""#;

#[track_caller]
fn retry(features: &str, retriers: &str, expected: &[&str]) {
    check_state(features, &format!(r#"{TASK}, "Retry": {retriers}"#), expected);
}

#[track_caller]
fn catch(features: &str, catchers: &str, expected: &[&str]) {
    check_state(features, &format!(r#"{TASK}, "End": true, "Catch": {catchers}"#), expected);
}

#[test]
fn a_retrier_names_errors() {
    retry("RT1", r#"[{ "ErrorEquals": ["States.Timeout", "Mine", "States.Http.StatusCode.429"] }]"#, &[]);
    retry("RT1", r#"[{ "MaxAttempts": 1 }]"#, &["/Retry[0]: These fields are required: [ErrorEquals]"]);
    retry("RT1", r#"[{ "ErrorEquals": [] }]"#, &["/Retry[0]/ErrorEquals: Value cannot be empty"]);
    retry("RT1", r#"[{ "ErrorEquals": [""] }]"#, &["/Retry[0]/ErrorEquals[0]: Value cannot be empty"]);
    retry(
        "RT1",
        r#"[{ "ErrorEquals": ["States.Mine"] }]"#,
        &["/Retry[0]/ErrorEquals[0]: 'States.Mine' is no error of Step Functions"],
    );
}

#[test]
fn all_errors_stand_alone_and_last() {
    retry("RT1", r#"[{ "ErrorEquals": ["A"] }, { "ErrorEquals": ["States.ALL"] }]"#, &[]);
    let message = "'States.ALL' must stand alone, and in the last of the list";
    retry(
        "RT1",
        r#"[{ "ErrorEquals": ["States.ALL"] }, { "ErrorEquals": ["A"] }]"#,
        &[&format!("/Retry[0]/ErrorEquals: {message}")],
    );
    catch(
        "CT1",
        r#"[{ "ErrorEquals": ["A", "States.ALL"], "Next": "B" }]"#,
        &[&format!("/Catch[0]/ErrorEquals: {message}")],
    );
}

#[test]
fn a_retrier_s_numbers_are_in_range() {
    let of = |field: &str| format!(r#"[{{ "ErrorEquals": ["A"], {field} }}]"#);
    retry(
        "RT2",
        &of(r#""IntervalSeconds": 0"#),
        &["/Retry[0]/IntervalSeconds: 1 to 99999999 seconds are possible, and this is 0"],
    );
    retry("RT3", &of(r#""MaxAttempts": 0"#), &[]);
    retry(
        "RT3",
        &of(r#""MaxAttempts": -1"#),
        &["/Retry[0]/MaxAttempts: 0 to 99999999 is possible, and this is -1"],
    );
    retry("RT4", &of(r#""BackoffRate": 1.0"#), &[]);
    retry(
        "RT4",
        &of(r#""BackoffRate": 0.9"#),
        &["/Retry[0]/BackoffRate: 1 or more is possible, and this is 0.9"],
    );
    retry(
        "RT5",
        &of(r#""MaxDelaySeconds": 5, "IntervalSeconds": 5"#),
        &["/Retry[0]/MaxDelaySeconds: MaxDelaySeconds must be greater than IntervalSeconds"],
    );
    retry(
        "RT6",
        &of(r#""JitterStrategy": "SOME""#),
        &["/Retry[0]/JitterStrategy: Value is not one of [FULL, NONE]: 'SOME'"],
    );
    retry("RT6", &of(r#""Jitter": "FULL""#), &["/Retry[0]: Field 'Jitter' is not supported"]);
}

#[test]
fn a_catcher_goes_somewhere_with_the_error() {
    catch(
        "CT1 CT2",
        r#"[{ "ErrorEquals": ["A"], "Next": "B", "ResultPath": "$.error", "Comment": "c" }]"#,
        &[],
    );
    catch("CT2", r#"[{ "ErrorEquals": ["A"], "Next": "B", "ResultPath": null }]"#, &[]);
    catch("CT1", r#"[{ "ErrorEquals": ["A"] }]"#, &["/Catch[0]: These fields are required: [Next]"]);
    catch("CT3", r#"[{ "ErrorEquals": ["A"], "Next": "B", "Assign": { "e.$": "$.Error" } }]"#, &[]);
    catch(
        "CT2",
        r#"[{ "ErrorEquals": ["A"], "Next": "B", "Output": 1 }]"#,
        &[
            "/Catch[0]/Output: The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage",
        ],
    );
    check_jsonata(
        "CT2 X8",
        &format!(
            r#"{TASK}, "End": true, "Catch": [{{ "ErrorEquals": ["A"], "Next": "B", "Output": "{{% $states.errorOutput %}}" }}]"#
        ),
        &[],
    );
}
