//! What a Task calls.

use cyanotype_asl::Kind;

use super::{check_kind, check_state};

#[track_caller]
fn fine(features: &str, resource: &str) {
    check_state(features, &format!(r#""Type": "Task", "Resource": "{resource}""#), &[]);
}

#[track_caller]
fn wrong(features: &str, resource: &str) {
    let message = format!(
        "/Resource: The resource provided {resource} is not recognized. The value is not a valid resource ARN, or the \
         resource is not available in this region."
    );
    check_state(features, &format!(r#""Type": "Task", "Resource": "{resource}""#), &[&message]);
}

#[test]
fn functions_are_called_by_their_arns() {
    fine("F16", "arn:aws:lambda:eu-west-1:123456789012:function:hello");
    fine("F16", "arn:aws-cn:lambda:cn-north-1:123456789012:function:hello:7");
    fine("F16", "arn:aws:lambda:eu-west-1:123456789012:function:hello:$LATEST");
    wrong("F16", "arn:aws:lambda:eu-west-1:123456789012:function:hello:");
    wrong("F16", "arn:aws:lambda:eu-west-1:123456789012:hello");
    wrong("F16", "hello");
}

#[test]
fn activities_are_called_by_their_arns() {
    fine("F16", "arn:aws:states:eu-west-1:123456789012:activity:Ask");
    wrong("F16", "arn:aws:states:eu-west-1:123456789012:stateMachine:Ask");
}

#[test]
fn integrations_have_the_actions_and_patterns_that_they_have() {
    fine("F16", "arn:aws:states:::lambda:invoke.waitForTaskToken");
    fine("F16", "arn:aws:states:::states:startExecution.sync:2");
    fine("F16", "arn:aws:states:::glue:startJobRun.sync");
    fine("F16", "arn:aws:states:::http:invoke");
    wrong("F16", "arn:aws:states:::lambda:invoke.sync");
    wrong("F16", "arn:aws:states:::lambda:call");
    wrong("F16", "arn:aws:states:::lamda:invoke");
    wrong("F16", "arn:aws:states:::sqs:sendMessage.sync:2");
    wrong("F16", "arn:aws:states:::lambda");
}

#[test]
fn calls_of_the_sdk_have_names_and_one_pattern() {
    fine("F16", "arn:aws:states:::aws-sdk:s3:listBuckets");
    fine("F16", "arn:aws:states:::aws-sdk:sfn:startExecution.waitForTaskToken");
    wrong("F16", "arn:aws:states:::aws-sdk:s3:ListBuckets");
    wrong("F16", "arn:aws:states:::aws-sdk:s3:listBuckets.sync");
    wrong("F16", "arn:aws:states:::aws-sdk:s3");
}

#[test]
fn an_express_machine_waits_for_nothing() {
    let check = |resource: &str, expected: &[&str]| {
        let definition = format!(
            r#"{{ "StartAt": "A", "States": {{ "A": {{ "Type": "Task", "Resource": "{resource}", "End": true }} }} }}"#
        );
        check_kind("F16", Kind::Standard, &definition, &[]);
        check_kind("F16", Kind::Express, &definition, expected);
    };
    check("arn:aws:states:::lambda:invoke", &[]);
    check(
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        &[
            "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.waitForTaskToken' service integration at /States/A/Resource",
        ],
    );
    check(
        "arn:aws:states:::states:startExecution.sync:2",
        &[
            "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.sync' service integration at /States/A/Resource",
        ],
    );
    check(
        "arn:aws:states:eu-west-1:123456789012:activity:Ask",
        &[
            "SCHEMA_VALIDATION_FAILED: Express state machine does not support Activity ARN at /States/A/Resource",
        ],
    );
}
