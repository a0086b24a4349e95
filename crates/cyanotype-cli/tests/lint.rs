//! `lint` as a person or a CI job meets it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod common;

use common::{Ran, run};

const GOOD: &str = r#"{ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true } } }"#;
const WAITS: &str = r#"{
  "StartAt": "Ask",
  "States": {
    "Ask": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      "TimeoutSeconds": 60,
      "Next": "Done"
    }
  }
}
"#;

fn lint(files: &[(&str, &[u8])], arguments: &[&str], input: &str) -> Ran {
    run("lint", files, arguments, input)
}

#[test]
fn a_good_definition_is_exit_code_0() {
    let ran = lint(&[("a.json", GOOD.as_bytes())], &["a.json"], "");
    assert_eq!((ran.code, ran.said.as_str()), (Some(0), ""));
    assert_eq!(ran.printed, "0 errors, 0 warnings in 1 file\n");
}

#[test]
fn a_fault_is_shown_at_its_line() {
    let ran = lint(&[("a.json", WAITS.as_bytes())], &["a.json", "--type", "express"], "");
    assert_eq!((ran.code, ran.said.as_str()), (Some(1), ""));
    let expected = r#"error[MISSING_END_STATE]: Workflow has no terminal state
  --> a.json:1:1, /
  |
1 | {
  | ^
  = help: let one state end the execution: Succeed, Fail or `End`

error[SCHEMA_VALIDATION_FAILED]: Express state machine does not support '.waitForTaskToken' service integration
  --> a.json:6:19, /States/Ask/Resource
  |
6 |       "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
  |                   ^
  = help: make it a Standard state machine

error[MISSING_TRANSITION_TARGET]: Missing 'Next' target: Done
  --> a.json:8:15, /States/Ask/Next
  |
8 |       "Next": "Done"
  |               ^
  = help: a state goes to a state of its own `States`, and not into or out of a branch

3 errors, 0 warnings in 1 file
"#;
    assert_eq!(ran.printed, expected);
}

#[test]
fn findings_can_be_had_as_json_and_input_from_a_pipe() {
    let ran = lint(&[], &["-", "--format", "json"], "{\n  \"a\": }");
    assert_eq!(ran.code, Some(1));
    let files: serde_json::Value = serde_json::from_str(&ran.printed).unwrap();
    let finding = &files[0]["findings"][0];
    assert_eq!(files[0]["file"], "<standard input>");
    assert_eq!(
        (&finding["code"], &finding["severity"]),
        (&"INVALID_JSON_DESCRIPTION".into(), &"error".into())
    );
    assert_eq!((&finding["line"], &finding["column"]), (&2.into(), &8.into()));
}

#[test]
fn advice_is_shown_and_fails_nothing() {
    let text = WAITS.replace("\"TimeoutSeconds\": 60,", "").replace("\"Next\": \"Done\"", "\"End\": true");
    let ran = lint(&[("a.json", text.as_bytes())], &["a.json"], "");
    assert_eq!(ran.code, Some(0));
    assert!(ran.printed.contains("warning[ADVICE]: the Task has no timeout"), "{}", ran.printed);
}

#[test]
fn what_a_template_fills_in_is_taken_for_that() {
    let text = GOOD.replace("\"Pass\"", "\"Task\", \"TimeoutSeconds\": 1, \"Resource\": \"${Queue}\"");
    let file: &[(&str, &[u8])] = &[("a.json", text.as_bytes())];
    assert_eq!(lint(file, &["a.json"], "").code, Some(1));
    assert_eq!(lint(file, &["--substitutions", "a.json"], "").code, Some(0));
}

#[test]
fn a_file_that_cannot_be_read_does_not_hide_the_others() {
    let ran =
        lint(&[("a.json", GOOD.as_bytes()), ("b.json", b"\xff")], &["none.json", "b.json", "a.json"], "");
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.said.contains("error: cannot read `none.json`: ") && ran.said.contains("cannot read `b.json`: ")
    );
    assert_eq!(ran.printed, "0 errors, 0 warnings in 1 file\n");
}

#[test]
fn a_text_of_any_depth_is_an_error_and_no_crash() {
    let deep = "[".repeat(100_000);
    let ran = lint(&[("a.json", deep.as_bytes())], &["a.json"], "");
    assert_eq!(ran.code, Some(1));
    assert!(ran.printed.contains("this nests deeper than 1000"), "{}", ran.printed);
}

#[test]
fn without_a_file_the_command_line_is_wrong() {
    let ran = lint(&[], &[], "");
    assert_eq!(ran.code, Some(2));
    assert!(ran.said.contains("<FILE>..."), "{}", ran.said);
}
