//! Where needs are looked for, and what narrows them.

use cyanotype::iam::{Need, Needs, needs};
use serde_json::json;

use super::{definition, rendered};

const OWN: &str = "${AWS::Region}:${AWS::AccountId}";

fn of(states: &serde_json::Value) -> Needs {
    needs(&definition(&json!({ "StartAt": "A", "States": states }).to_string()))
}

/// The resources of an action.
fn on(needs: &Needs, action: &str) -> Vec<String> {
    let has = |need: &&Need| need.actions.iter().any(|a| a == action);
    needs.needs.iter().filter(has).flat_map(|need| &need.resources).map(rendered).collect()
}

#[test]
fn tasks_are_found_in_branches_and_items_of_any_depth() {
    let task = |table: &str| {
        let parameters = json!({ "TableName": table });
        json!({ "Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem", "Parameters": parameters, "End": true })
    };
    let mut inner = json!({ "T": task("Innermost") });
    for n in 0..30 {
        let scope = json!({ "StartAt": "T", "States": inner });
        inner = match n % 3 {
            0 => json!({ "T": { "Type": "Parallel", "Branches": [scope], "End": true } }),
            1 => json!({ "T": { "Type": "Map", "Iterator": scope, "End": true } }),
            _ => json!({ "T": { "Type": "Map", "ItemProcessor": scope, "End": true }, "S": task("Beside") }),
        };
    }
    let tables = on(&of(&inner), "dynamodb:GetItem");
    assert_eq!(tables.len(), 2, "{tables:?}");
}

#[test]
fn one_function_of_many_states_is_one_statement() {
    let states: serde_json::Map<_, _> = (0..200)
        .map(|n| {
            let resource = format!("arn:aws:lambda:eu-west-1:123456789012:function:f:{}", n + 1);
            (format!("S{n}"), json!({ "Type": "Task", "Resource": resource, "End": true }))
        })
        .collect();
    let needs = of(&json!(states));
    let policy = needs.policy();
    assert_eq!((needs.needs.len(), policy.statements.len()), (1, 1));
    assert_eq!(needs.needs[0].states.len(), 200);
    assert_eq!(on(&needs, "lambda:InvokeFunction"), ["arn:aws:lambda:eu-west-1:123456789012:function:f:*"]);
}

#[test]
fn what_only_an_execution_knows_is_wide_with_a_warning() {
    for arguments in [
        json!({ "Parameters": { "TableName.$": "$.table" } }),
        json!({ "QueryLanguage": "JSONata", "Arguments": { "TableName": "{% $t %}" } }),
        json!({ "QueryLanguage": "JSONata", "Arguments": "{% $all %}" }),
        json!({}),
    ] {
        let mut state =
            json!({ "Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem", "End": true });
        state.as_object_mut().unwrap().extend(arguments.as_object().unwrap().clone());
        let needs = of(&json!({ "A": state }));
        let all = format!("arn:${{AWS::Partition}}:dynamodb:{OWN}:table/*");
        assert_eq!(on(&needs, "dynamodb:PutItem"), [all]);
        assert_eq!(needs.warnings.len(), 1, "{:?}", needs.warnings);
        assert_eq!(needs.warnings[0].state, "A");
        assert!(needs.warnings[0].help.contains("`TableName`"), "{}", needs.warnings[0].help);
    }
}

#[test]
fn what_the_template_fills_in_stays_a_placeholder() {
    let task = |resource: &str, parameters: serde_json::Value| {
        of(&json!({ "A": { "Type": "Task", "Resource": resource, "Parameters": parameters, "End": true } }))
    };
    let table = task("arn:aws:states:::dynamodb:putItem", json!({ "TableName": "${Orders}" }));
    let expected = format!("arn:${{AWS::Partition}}:dynamodb:{OWN}:table/${{Orders}}");
    assert_eq!(on(&table, "dynamodb:PutItem"), [expected]);
    assert_eq!(table.warnings, []);
    let topic = task("arn:aws:states:::sns:publish", json!({ "TopicArn": "${TopicArn}" }));
    assert_eq!(on(&topic, "sns:Publish"), ["${TopicArn}"]);
    assert_eq!(on(&task("${Hello}", json!({})), "lambda:InvokeFunction"), ["${Hello}"]);
}

#[test]
fn a_role_that_is_taken_for_the_call_is_all_that_is_needed() {
    let state = json!({
        "Type": "Task",
        "Resource": "arn:aws:states:::dynamodb:putItem",
        "Parameters": { "TableName": "Orders" },
        "Credentials": { "RoleArn": "arn:aws:iam::123456789012:role/Other" },
        "End": true
    });
    let needs = of(&json!({ "A": state }));
    let actions: Vec<_> = needs.needs.iter().flat_map(|need| &need.actions).collect();
    assert_eq!(actions, ["sts:AssumeRole"]);
    assert_eq!(on(&needs, "sts:AssumeRole"), ["arn:aws:iam::123456789012:role/Other"]);
}

#[test]
fn a_nested_machine_is_started_by_its_unqualified_arn() {
    let inner = "arn:aws:states:eu-west-1:123456789012:stateMachine:inner";
    let state = json!({
        "Type": "Task",
        "Resource": "arn:aws:states:::states:startExecution.sync:2",
        "Parameters": { "StateMachineArn": format!("{inner}:7") },
        "End": true
    });
    let needs = of(&json!({ "A": state }));
    assert_eq!(on(&needs, "states:StartExecution"), [inner]);
    let executions = "arn:aws:states:eu-west-1:123456789012:execution:inner:*";
    assert_eq!(on(&needs, "states:StopExecution"), [executions]);
    assert_eq!(on(&needs, "events:PutRule").len(), 1);
}

#[test]
fn an_endpoint_is_narrowed_by_conditions() {
    let connection = "arn:aws:events:eu-west-1:123456789012:connection/shop/11111111";
    let state = json!({
        "Type": "Task",
        "Resource": "arn:aws:states:::http:invoke",
        "Parameters": {
            "ApiEndpoint": "https://example.com/orders",
            "Method": "POST",
            "Authentication": { "ConnectionArn": connection }
        },
        "End": true
    });
    let needs = of(&json!({ "A": state }));
    let invoke = &needs.needs[0];
    let conditions: Vec<_> =
        invoke.conditions.iter().map(|c| (c.key.as_str(), rendered(&c.values[0]))).collect();
    let endpoint = ("states:HTTPEndpoint", "https://example.com/orders".to_owned());
    assert_eq!(conditions, [endpoint, ("states:HTTPMethod", "POST".into())]);
    assert_eq!(on(&needs, "events:RetrieveConnectionCredentials"), [connection]);
    assert_eq!(
        on(&needs, "secretsmanager:GetSecretValue"),
        ["arn:${AWS::Partition}:secretsmanager:eu-west-1:123456789012:secret:events!connection/shop/*"]
    );
}
