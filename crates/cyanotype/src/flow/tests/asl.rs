//! Machines from files in the States Language.

use serde_json::json;

use super::*;
use crate::{app::App, step_functions::Activity};

fn hello() -> Fake<Value, Value> {
    version("HelloVersion", "hello")
}

fn child() -> Fake<Value, Value> {
    let Fake { call, .. } = version::<(), ()>("ChildVersion", "child");
    Fake { call: Call { kind: CallKind::Machine, ..call }, types: PhantomData }
}

/// A definition with one state, `A`.
fn file(state: Value) -> Asl {
    machine_from_asl(json!({ "StartAt": "A", "States": { "A": state } }).to_string())
}

fn machine(asl: Asl) -> Machine<Value, Value> {
    asl.machine()
}

#[track_caller]
fn check(asl: Asl, expected: Value) {
    assert_eq!(states(&machine(asl))["A"], expected);
}

#[track_caller]
fn wrong(asl: Asl, expected: &[&str]) {
    assert_eq!(messages(&machine(asl)), expected);
}

fn task(resource: &str) -> Value {
    json!({ "Type": "Task", "Resource": resource, "End": true })
}

#[test]
fn a_bound_placeholder_or_arn_is_the_version() {
    check(file(task("${Hello.Arn}")).bind("${Hello.Arn}", &hello()), task("${HelloVersion}"));
    let arn = "arn:aws:lambda:eu-west-1:123456789012:function:hello";
    check(file(task(arn)).bind(arn, &hello()), task("${HelloVersion}"));
    let put_together = "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:hello:live";
    check(file(task(put_together)).bind(put_together, &hello()), task("${HelloVersion}"));
    let machine = machine(file(task(arn)).bind(arn, &hello()));
    assert_eq!(machine.into_parts().tasks.keys().collect::<Vec<_>>(), ["A"]);
}

#[test]
fn an_arn_with_a_versions_number_is_bound_already() {
    let arn = "arn:aws:lambda:eu-west-1:123456789012:function:hello:7";
    check(file(task(arn)), task(arn));
    assert_eq!(machine(file(task(arn))).into_parts().tasks.len(), 1);
}

#[test]
fn whatever_is_bound_to_no_version_is_an_error() {
    for called in [
        "arn:aws:lambda:eu-west-1:123456789012:function:hello",
        "arn:aws:lambda:eu-west-1:123456789012:function:hello:live",
        "arn:aws:lambda:eu-west-1:123456789012:function:hello:$LATEST",
        "${HelloArn}",
    ] {
        let at = "(/States/A/Resource, line 1)";
        let message = format!(
            "A: `{called}` is tied to no version, so it can change while an execution is running {at}"
        );
        wrong(file(task(called)), &[&message]);
    }
}

fn invoke(resource: &str, arguments: Value) -> Value {
    json!({ "Type": "Task", "Resource": resource, "Parameters": arguments, "End": true })
}

#[test]
fn what_integrations_call_is_bound_too() {
    let resource = "arn:aws:states:::lambda:invoke";
    check(
        file(invoke(resource, json!({ "FunctionName": "${Hello}", "Payload.$": "$" })))
            .bind("${Hello}", &hello()),
        invoke(resource, json!({ "FunctionName": "${HelloVersion}", "Payload.$": "$" })),
    );
    let at = |field: &str| format!("(/States/A/Parameters/{field}, line 1)");
    let unbound = "is tied to no version, so it can change while an execution is running";
    wrong(
        file(invoke(resource, json!({ "FunctionName": "hello" }))),
        &[&format!("A: `hello` {unbound} {}", at("FunctionName"))],
    );
    wrong(
        file(invoke(resource, json!({ "FunctionName.$": "$.name" }))),
        &[&format!(
            "A: `FunctionName.$` is known only at run time, so nothing ties it to a version {}",
            at("FunctionName.$")
        )],
    );
    wrong(
        file(invoke(resource, json!({ "FunctionName": "${Hello}", "Qualifier": "live" })))
            .bind("${Hello}", &hello()),
        &[&format!("A: the ARN of a version has its qualifier already {}", at("Qualifier"))],
    );
    let start = "arn:aws:states:::states:startExecution.sync:2";
    wrong(
        file(invoke(start, json!({ "StateMachineArn": "${Child}" }))),
        &[&format!("A: `${{Child}}` {unbound} {}", at("StateMachineArn"))],
    );
    check(
        file(invoke(start, json!({ "StateMachineArn": "${Child}", "Input.$": "$" })))
            .bind("${Child}", &child()),
        invoke(start, json!({ "StateMachineArn": "${ChildVersion}", "Input.$": "$" })),
    );
    let arn = "arn:aws:states:eu-west-1:123456789012:stateMachine:child:7";
    check(
        file(invoke(start, json!({ "StateMachineArn": arn }))),
        invoke(start, json!({ "StateMachineArn": arn })),
    );
    wrong(
        file(invoke(start, json!({ "StateMachineArn": "${Child}" }))).bind("${Child}", &hello()),
        &[&format!(
            "A: `${{Child}}` is bound to a version of a function, and a state machine is called here {}",
            at("StateMachineArn")
        )],
    );
    let run = invoke("arn:aws:states:::ecs:runTask.sync", json!({ "TaskDefinition": "web" }));
    wrong(
        file(run),
        &["A: this task definition has no revision, so it can change under an execution (/States/A, line 1)"],
    );
}

#[test]
fn every_scope_is_looked_into() {
    let inner = json!({ "StartAt": "Each", "States": { "Each": task("${Hello}") } });
    let map = json!({ "Type": "Map", "ItemProcessor": inner, "End": true });
    let states = states(&machine(file(map).bind("${Hello}", &hello())));
    assert_eq!(states["A"]["ItemProcessor"]["States"]["Each"]["Resource"], "${HelloVersion}");
    let parallel = json!({ "Type": "Parallel", "Branches": [{ "StartAt": "B", "States": { "B": task("${Hello}") } }], "End": true });
    let at = "(/States/A/Branches[0]/States/B/Resource, line 1)";
    let message =
        format!("B: `${{Hello}}` is tied to no version, so it can change while an execution is running {at}");
    wrong(file(parallel), &[&message]);
}

#[test]
fn other_placeholders_are_given_a_value() {
    let get = |table: &str, region: &str| {
        invoke(
            "arn:aws:states:::dynamodb:getItem",
            json!({ "TableName": table, "Key": { "id": { "S": region } } }),
        )
    };
    let asl = || file(get("${Orders_Table}-x", "${AWS::Region}"));
    check(
        asl().substitute("Orders_Table", Cfn::pseudo(Pseudo::StackName)),
        get("${OrdersTable}-x", "${AWSRegion}"),
    );
    check(asl().substitute("Orders_Table", "orders"), get("orders-x", "${AWSRegion}"));
    let at = "(/States/A/Parameters/TableName, line 1)";
    wrong(asl(), &[&format!("A: nothing says what `${{Orders_Table}}` stands for {at}")]);
}

#[test]
fn an_activity_is_bound_by_its_own_method() {
    let stack = App::new().stack("Shop");
    let pack: Activity<Value, Value> = Activity::new(&stack, "Pack");
    check(file(task("${Pack}")).bind_activity("${Pack}", &pack), task("${Activity}"));
}

#[test]
fn what_is_bound_and_not_there_is_an_error() {
    let arn = "arn:aws:lambda:eu-west-1:123456789012:function:hello:7";
    wrong(
        file(task(arn)).bind("${Helo}", &hello()).substitute("Table", "x"),
        &[
            "the definition does not have `${Helo}`, which is given a meaning",
            "the definition does not have `Table`, which is given a meaning",
        ],
    );
}

#[test]
fn a_text_that_is_no_definition_is_an_error() {
    wrong(
        machine_from_asl("{"),
        &["the definition is no JSON: a member begins with its name in double quotes at line 1, column 2"],
    );
    let found = messages(&machine(machine_from_asl("[]")));
    assert_eq!(found.len(), 1, "{found:?}");
    let dangling = json!({ "Type": "Pass", "Next": "B" });
    let found = messages(&machine(file(dangling)));
    assert!(
        found[0].contains("Missing 'Next' target: B (MISSING_TRANSITION_TARGET at /States/A/Next, line 1)"),
        "{found:?}"
    );
}

#[test]
fn what_the_dsl_writes_is_read_as_the_same_machine() {
    let written: Machine<Value, Value> = super::machine(|m| {
        let task = m.task("Hello", &hello()).retry(Retry::lambda_transient()).discard_result();
        task.then(m.wait("Wait", seconds(5))).then(m.end())
    });
    let text = written.definition().to_json().to_pretty();
    let read: Machine<Value, Value> = machine_from_asl(text).bind("${HelloVersion}", &hello()).machine();
    assert_eq!(messages(&read), Vec::<String>::new());
    assert_eq!(read.definition(), written.definition());
}
