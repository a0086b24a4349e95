//! `policy` as a person or a CI job meets it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod common;

use common::{Ran, run};

const SAVE: &str = r#"{
  "StartAt": "Save",
  "States": {
    "Save": {
      "Type": "Task",
      "Resource": "arn:aws:states:::dynamodb:putItem",
      "Parameters": { "TableName": "Orders", "Item.$": "$.item" },
      "TimeoutSeconds": 5,
      "Next": "Count"
    },
    "Count": {
      "Type": "Task",
      "Resource": "arn:aws:states:::dynamodb:updateItem",
      "Parameters": { "TableName": "Orders", "Key.$": "$.key" },
      "TimeoutSeconds": 5,
      "End": true
    }
  }
}
"#;

fn policy(text: &str, arguments: &[&str], input: &str) -> Ran {
    run("policy", &[("a.json", text.as_bytes())], arguments, input)
}

#[test]
fn each_statement_has_its_states_and_reasons() {
    let ran = policy(SAVE, &["a.json"], "");
    assert_eq!((ran.code, ran.said.as_str()), (Some(0), ""));
    let expected = "\
Allow dynamodb:PutItem, dynamodb:UpdateItem
  on arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/Orders
  for Save: `dynamodb:putItem` writes an item of the table <https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html>
  for Count: `dynamodb:updateItem` changes an item of the table <https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html>

1 statement, 187 characters of the 10240 that the inline policies of a role can have
";
    assert_eq!(ran.printed, expected);
}

#[test]
fn the_document_alone_can_be_had_for_an_account() {
    let arguments =
        ["-", "--format", "json", "--partition", "aws", "--region", "eu-west-1", "--account", "123456789012"];
    let ran = policy("", &arguments, SAVE);
    assert_eq!((ran.code, ran.said.as_str()), (Some(0), ""));
    let document: serde_json::Value = serde_json::from_str(&ran.printed).unwrap();
    assert_eq!(document["Version"], "2012-10-17");
    let statement = &document["Statement"][0];
    assert_eq!(statement["Action"], serde_json::json!(["dynamodb:PutItem", "dynamodb:UpdateItem"]));
    assert_eq!(statement["Resource"], "arn:aws:dynamodb:eu-west-1:123456789012:table/Orders");
}

#[test]
fn what_is_wide_is_a_warning_beside_the_policy() {
    let text = SAVE.replace("\"TableName\": \"Orders\", \"Item", "\"TableName.$\": \"$.table\", \"Item");
    let ran = policy(&text, &["a.json", "--format", "json"], "");
    assert_eq!(ran.code, Some(0));
    assert!(serde_json::from_str::<serde_json::Value>(&ran.printed).is_ok(), "{}", ran.printed);
    let expected = "warning: `dynamodb:PutItem` is allowed on any table: the definition does not say which\n  --> state `Save`\n";
    assert!(ran.said.starts_with(expected), "{}", ran.said);
}

#[test]
fn an_invalid_definition_is_what_lint_says_of_it() {
    let ran = policy(&SAVE.replace("\"Next\": \"Count\"", "\"Next\": \"Nowhere\""), &["a.json"], "");
    assert_eq!((ran.code, ran.printed.as_str()), (Some(1), ""));
    assert!(
        ran.said
            .contains("error[MISSING_TRANSITION_TARGET]: Missing 'Next' target: Nowhere\n  --> a.json:9:"),
        "{}",
        ran.said
    );
    let ran = policy("", &["-"], "{");
    assert_eq!(ran.code, Some(1));
    assert!(ran.said.contains("error[INVALID_JSON_DESCRIPTION]"), "{}", ran.said);
}

#[test]
fn the_type_of_the_machine_counts() {
    let text = SAVE.replace("dynamodb:putItem", "sqs:sendMessage.waitForTaskToken");
    assert_eq!(policy(&text, &["a.json"], "").code, Some(0));
    let ran = policy(&text, &["a.json", "--type", "EXPRESS"], "");
    assert_eq!(ran.code, Some(1));
    assert!(ran.said.contains("Express state machine does not support"), "{}", ran.said);
}

#[test]
fn a_file_that_is_not_there_is_said() {
    let ran = policy("", &["none.json"], "");
    assert_eq!(ran.code, Some(1));
    assert!(ran.said.starts_with("error: cannot read `none.json`: "), "{}", ran.said);
}
