//! What Tasks call: versions, callbacks, activities, services.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::*;
use crate::{app::App, path, payload, shape, step_functions::Activity};

#[derive(Serialize, Deserialize, JsonSchema)]
struct Question {
    text: String,
    token: String,
}

/// The state `A` of a machine in which nothing is wrong.
#[track_caller]
fn check<I, O>(machine: &Machine<I, O>, expected: Value) {
    assert_eq!(states(machine)["A"], expected);
}

fn child() -> Fake<String, Execution<u32>> {
    let Fake { call, .. } = version::<(), ()>("Child", "child");
    Fake { call: Call { kind: CallKind::Machine, ..call }, types: PhantomData }
}

fn ask() -> Fake<Question, ()> {
    version("Ask", "ask")
}

fn question<L: Language>() -> Shape<String, Question, L> {
    shape!(String => Question { text: (root::<String>()), token: (context::task_token()) })
}

#[test]
fn a_nested_machine_gets_the_data_or_a_shape_of_it() {
    let machine: Machine<String, u32> =
        machine(|m| m.task("A", &child()).select(path!(Execution<u32> => output)).then(m.end()));
    check(
        &machine,
        json!({
            "Type": "Task", "Resource": "arn:${Partition}:states:::states:startExecution.sync:2",
            "Parameters": { "StateMachineArn": "${Child}", "Input.$": "$" },
            "OutputPath": "$.Output", "End": true,
        }),
    );
    let machine: Machine<Question, u32> = jsonata_machine(|m| {
        let task = m.task("A", &child()).input(path!(Question => text));
        task.select(path!(Execution<u32> => output)).then(m.end())
    });
    check(
        &machine,
        json!({
            "Type": "Task", "Resource": "arn:${Partition}:states:::states:startExecution.sync:2",
            "Arguments": { "StateMachineArn": "${Child}", "Input": "{% $states.input.text %}" },
            "Output": "{% $states.result.Output %}", "End": true,
        }),
    );
}

#[test]
fn a_callback_hands_out_its_token() {
    let machine: Machine<String, bool> = machine(|m| {
        let ask = m.callback("A", &ask()).input(question());
        ask.timeout(seconds(60)).heartbeat(seconds(5)).then(m.end())
    });
    check(
        &machine,
        json!({
            "Type": "Task", "Resource": "arn:${Partition}:states:::lambda:invoke.waitForTaskToken",
            "Parameters": {
                "FunctionName": "${Ask}", "Payload": { "text.$": "$", "token.$": "$$.Task.Token" },
            },
            "TimeoutSeconds": 60, "HeartbeatSeconds": 5, "End": true,
        }),
    );
    assert_eq!(machine.into_parts().tasks.keys().collect::<Vec<_>>(), ["A"]);
}

#[test]
fn a_callback_that_nobody_can_answer_is_an_error() {
    let machine: Machine<Question, bool> =
        machine(|m| m.callback("A", &ask()).timeout(seconds(60)).then(m.end()));
    assert_eq!(messages(&machine), ["A: nobody gets the token, so nobody can answer"]);
    let endless: Machine<String, bool> =
        super::machine(|m| m.callback("A", &ask()).input(question()).then(m.end()));
    assert_eq!(messages(&endless), ["A: this callback has no timeout: a lost token is waited for for years"],);
}

#[test]
fn an_activity_is_named_by_its_arn() {
    let stack = App::new().stack("Shop");
    let pack: Activity<String, u32> = Activity::new(&stack, "Pack");
    let machine: Machine<String, u32> = machine(|m| m.activity("A", &pack).then(m.end()));
    check(&machine, json!({ "Type": "Task", "Resource": "${Activity}", "End": true }));
    // It is no version: no right to call it is generated.
    assert!(machine.into_parts().tasks.is_empty());
}

#[test]
fn a_service_is_called_with_arguments() {
    let stack = App::new().stack("Shop");
    let queue = stack.resource("Queue", "AWS::SQS::Queue", crate::cfn::tree!({}));
    let machine: Machine<String, Value> = machine(|m| {
        let arguments = payload!({
            "QueueUrl": (queue.reference()),
            "MessageBody": { "text": (root::<String>()), "token": (context::task_token()) },
        });
        m.service("A", "sqs:sendMessage.waitForTaskToken", arguments).timeout(seconds(60)).then(m.end())
    });
    check(
        &machine,
        json!({
            "Type": "Task", "Resource": "arn:${Partition}:states:::sqs:sendMessage.waitForTaskToken",
            "Parameters": {
                "QueueUrl": "${QueueUrl}", "MessageBody": { "text.$": "$", "token.$": "$$.Task.Token" },
            },
            "TimeoutSeconds": 60, "End": true,
        }),
    );
    assert_eq!(machine.into_parts().substitutions.keys().collect::<Vec<_>>(), ["Partition", "QueueUrl"]);
}

#[test]
fn the_input_of_a_service_is_a_part_of_the_data() {
    let machine: Machine<Question, Value> = machine(|m| {
        let send =
            m.service("A", "sns:publish", payload!({ "TopicArn": "x", "Message": (root::<String>()) }));
        send.input(path!(Question => text)).then(m.end())
    });
    check(
        &machine,
        json!({
            "Type": "Task", "Resource": "arn:${Partition}:states:::sns:publish", "InputPath": "$.text",
            "Parameters": { "TopicArn": "x", "Message.$": "$" }, "End": true,
        }),
    );
    let machine: Machine<Question, Value> = jsonata_machine(|m| {
        let send =
            m.service("A", "sns:publish", payload!({ "TopicArn": "x", "Message": (root::<String>()) }));
        send.input(path!(Question => text)).then(m.end())
    });
    let message = "A: the input of a call that has arguments cannot be shaped in the state itself";
    assert_eq!(messages(&machine), [message]);
}

#[track_caller]
fn refused(action: &str, arguments: Payload<Value>, expected: &[&str]) {
    let machine: Machine<Value, Value> = machine(|m| m.service("A", action, arguments).then(m.end()));
    assert_eq!(messages(&machine), expected);
}

#[test]
fn a_service_calls_nothing_that_a_deploy_can_change() {
    for action in [
        "lambda:invoke",
        "aws-sdk:lambda:invoke",
        "states:startExecution.sync:2",
        "aws-sdk:sfn:startExecution",
    ] {
        let call = action.split('.').next().unwrap();
        let message = format!("A: `{call}` would call what can change while an execution is running");
        refused(action, payload!({ "FunctionName": "x" }), &[&message]);
    }
}

#[test]
fn a_service_is_one_that_aws_has() {
    let machine: Machine<Value, Value> = machine(|m| {
        m.service("A", "sqs:sendMesage", payload!({}))
            .then(m.service("B", "sns:publish.sync", payload!({})))
            .then(m.end())
    });
    let found = messages(&machine);
    assert!(
        found[0].starts_with("A: The resource provided arn:aws:states:::sqs:sendMesage is not recognized"),
        "{found:?}"
    );
    assert!(
        found[1].starts_with("B: The resource provided arn:aws:states:::sns:publish.sync is not"),
        "{found:?}"
    );
}

#[test]
fn what_has_revisions_is_named_with_one() {
    let none = "A: this task definition has no revision, so it can change under an execution";
    refused("ecs:runTask.sync", payload!({ "TaskDefinition": "web" }), &[none]);
    refused("ecs:runTask.sync", payload!({ "TaskDefinition": "web:latest" }), &[none]);
    refused("ecs:runTask.sync", payload!({ "TaskDefinition": "web:7" }), &[]);
    let none = "A: this job definition has no revision, so it can change under an execution";
    refused(
        "batch:submitJob",
        payload!({ "JobDefinition": "nightly", "JobName": "x", "JobQueue": "q" }),
        &[none],
    );
    let unknown = "A: whether this task definition has a revision is known only at run time";
    refused("ecs:runTask", payload!({ "TaskDefinition": (root::<Value>().get("task")) }), &[unknown]);
}

#[test]
fn a_task_takes_another_role_and_its_times_from_the_data() {
    let hello: Fake<Value, Value> = version("Hello", "hello");
    let data = || root::<Value>();
    let time = |name| data().get(name);
    let machine: Machine<Value, Value> = machine(|m| {
        let role = "arn:aws:iam::123456789012:role/other";
        let (timeout, heartbeat) = (variable::<u32>("timeout"), variable::<u32>("heartbeat"));
        let keep = m.template("Times", payload!({ "timeout": (time("t")), "heartbeat": (time("h")) }));
        let set = m.assign("Timeout", timeout, literal(60_u32)).then(m.assign(
            "Heartbeat",
            heartbeat,
            literal(5_u32),
        ));
        let task = m.task("A", &hello).credentials(role).timeout_at(timeout).heartbeat_at(heartbeat);
        keep.then(set).then(task).then(m.end())
    });
    check(
        &machine,
        json!({
            "Type": "Task", "Resource": "${Hello}",
            "Credentials": { "RoleArn": "arn:aws:iam::123456789012:role/other" },
            "TimeoutSecondsPath": "$timeout", "HeartbeatSecondsPath": "$heartbeat", "End": true,
        }),
    );
}
