//! The Context object: which fields it has, and where.

use super::{check_jsonata, check_state};

fn reads(path: &str) -> String {
    format!(r#""Type": "Pass", "Parameters": {{ "v.$": "{path}" }}"#)
}

#[test]
fn the_context_object_has_the_fields_that_it_has() {
    for field in [
        "Execution",
        "Execution.Id",
        "Execution.Input.order.id",
        "Execution.Name",
        "Execution.RoleArn",
        "Execution.StartTime",
        "Execution.RedriveCount",
        "Execution.RedriveTime",
        "State.EnteredTime",
        "State.Name",
        "State.RetryCount",
        "StateMachine.Id",
        "StateMachine.Name",
    ] {
        check_state("C1 X3", &reads(&format!("$$.{field}")), &[]);
        let output = format!(r#""Type": "Pass", "Output": "{{% $states.context.{field} %}}""#);
        check_jsonata("C1 X8", &output, &[]);
    }
    check_state("C1", r#""Type": "Pass", "OutputPath": "$$""#, &[]);
}

#[test]
fn what_the_context_object_has_not_is_a_warning() {
    check_state("C1", &reads("$$.Exection.Id"), &["/Parameters/v.$: the Context object has no 'Exection'"]);
    check_state(
        "C1",
        &reads("$$.Execution.Arn"),
        &["/Parameters/v.$: 'Execution' in the Context object has no 'Arn'"],
    );
    check_state(
        "C1",
        &reads("States.Format('{}', $$.State.name)"),
        &["/Parameters/v.$: 'State' in the Context object has no 'name'"],
    );
    check_jsonata(
        "C1",
        r#""Type": "Pass", "Output": { "v": "{% $states.context.Machine.Id %}" }"#,
        &["/Output/v: the Context object has no 'Machine'"],
    );
}

#[test]
fn an_item_is_there_within_a_map() {
    let outside = "the Context object has a 'Map' within a Map state alone";
    check_state("C2", &reads("$$.Map.Item.Value"), &[&format!("/Parameters/v.$: {outside}")]);
    check_jsonata(
        "C2",
        r#""Type": "Pass", "Output": "{% $states.context.Map.Item.Index %}""#,
        &[&format!("/Output: {outside}")],
    );
    let map = |inner: &str, selector: &str| {
        format!(
            r#""Type": "Map", "ItemSelector": {{ "v.$": "{selector}" }}, "ItemProcessor": {{ "StartAt": "I", "States": {{ "I": {{ {inner}, "End": true }} }} }}"#
        )
    };
    for field in ["Index", "Value", "Value.id", "Key", "Source"] {
        let path = format!("$$.Map.Item.{field}");
        check_state("C2", &map(&reads(&path), &path), &[]);
    }
    check_state(
        "C2",
        &map(r#""Type": "Pass""#, "$$.Map.Item.Id"),
        &["/ItemSelector/v.$: 'Map.Item' has no 'Id'"],
    );
}

#[test]
fn a_token_is_there_where_it_is_waited_for() {
    let task = |resource: &str| {
        format!(r#""Type": "Task", "Resource": "{resource}", "Parameters": {{ "t.$": "$$.Task.Token" }}"#)
    };
    for resource in [
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "arn:aws:states:eu-west-1:123456789012:activity:Ask",
        // A recorded execution shows it.
        "arn:aws:states:::states:startExecution.sync",
    ] {
        check_state("C2", &task(resource), &[]);
    }
    let outside = "/Parameters/t.$: the Context object has a 'Task' in a state that waits for its token, and this does not";
    check_state("C2", &task("arn:aws:states:::sqs:sendMessage"), &[outside]);
    let pass = r#""Type": "Pass", "Parameters": { "t.$": "$$.Task.Token" }"#;
    check_state("C2", pass, &[outside]);
}
