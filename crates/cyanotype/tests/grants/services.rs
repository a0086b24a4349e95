//! Grants on queues, topics, buses, secrets, parameters and machines.

use cyanotype::cfn::Value as Cfn;

use super::*;

#[test]
fn queues_topics_and_buses_are_sent_to() {
    let queue = |stack: &Stack| of_type(stack, "AWS::SQS::Queue", tree!({}));
    check(|stack| grants::sqs::send(&queue(stack)), &[(json!("sqs:SendMessage"), arn())]);
    let consume = json!([
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage"
    ]);
    check(|stack| grants::sqs::consume(&queue(stack)), &[(consume, arn())]);
    check(
        |stack| grants::sns::publish(&of_type(stack, "AWS::SNS::Topic", tree!({}))),
        &[(json!("sns:Publish"), json!({ "Ref": "It" }))],
    );
    check(
        |stack| grants::events::put(&of_type(stack, "AWS::Events::EventBus", tree!({ "Name": "it" }))),
        &[(json!("events:PutEvents"), arn())],
    );
    let default = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default";
    check(|_| grants::events::put_on_default(), &[(json!("events:PutEvents"), sub(default))]);
}

#[test]
fn a_secret_is_its_reference() {
    let secret = |stack: &Stack| of_type(stack, "AWS::SecretsManager::Secret", tree!({}));
    let it = json!({ "Ref": "It" });
    check(
        |stack| grants::secrets_manager::read(&secret(stack)),
        &[(json!("secretsmanager:GetSecretValue"), it.clone())],
    );
    check(
        |stack| grants::secrets_manager::write(&secret(stack)),
        &[(json!("secretsmanager:PutSecretValue"), it)],
    );
}

#[track_caller]
fn parameter(properties: Tree, slashes: &[&str]) {
    let own = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter";
    let arns: Vec<_> = slashes.iter().map(|slash| sub(&format!("{own}{slash}${{It}}"))).collect();
    let resource = if let [arn] = &arns[..] { arn.clone() } else { json!(arns) };
    check(
        |stack| grants::ssm::read(&of_type(stack, "AWS::SSM::Parameter", properties)),
        &[(json!(["ssm:GetParameter", "ssm:GetParameters"]), resource)],
    );
}

#[test]
fn a_parameter_has_one_slash_before_its_name() {
    parameter(tree!({ "Type": "String", "Value": "1" }), &["/"]);
    parameter(tree!({ "Type": "String", "Value": "1", "Name": "limit" }), &["/"]);
    parameter(tree!({ "Type": "String", "Value": "1", "Name": "/shop/limit" }), &[""]);
    let name = Cfn::concat(["/".into(), Cfn::pseudo(Pseudo::StackName)]);
    parameter(tree!({ "Type": "String", "Value": "1", "Name": name }), &[""]);
    parameter(tree!({ "Type": "String", "Value": "1", "Name": Cfn::pseudo(Pseudo::StackName) }), &["", "/"]);
}

#[test]
fn a_machine_is_started_and_its_executions_followed() {
    check(
        |stack| grants::step_functions::start(&calls(stack, "Nap", &[])),
        &[(json!("states:StartExecution"), json!({ "Ref": "Nap" }))],
    );
    let own = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}";
    check(
        |stack| grants::step_functions::follow(&calls(stack, "Nap", &[])),
        &[(json!("states:DescribeExecution"), sub(&format!("{own}:execution:${{Nap.Name}}:*")))],
    );
    check(
        |_| grants::step_functions::stop("arn:aws:states:eu-west-1:123456789012:stateMachine:nap"),
        &[(json!("states:StopExecution"), json!("arn:aws:states:eu-west-1:123456789012:execution:nap:*"))],
    );
    let answer = json!(["states:SendTaskFailure", "states:SendTaskHeartbeat", "states:SendTaskSuccess"]);
    check(|_| grants::step_functions::answer(), &[(answer, json!("*"))]);
}

#[test]
fn a_function_may_start_the_machine_that_calls_it() {
    let template = shop_template(|stack| {
        let hello = function(stack, "Hello");
        let machine = calls(stack, "Loop", &[&hello.publish()]);
        hello.may(grants::step_functions::start(&machine));
        hello.may(grants::step_functions::follow(&machine));
    });
    let own = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}";
    let right =
        |action: &str, arn: String| json!({ "Effect": "Allow", "Action": action, "Resource": sub(&arn) });
    in_order(
        &template,
        vec![
            right("states:StartExecution", format!("{own}:stateMachine:Loop-*")),
            right("states:DescribeExecution", format!("{own}:execution:Loop-*:*")),
        ],
    );
}
