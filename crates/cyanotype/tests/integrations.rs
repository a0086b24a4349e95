//! What the role of a machine may do for the services that its definition calls, a kind of call a test.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use common::*;
use cyanotype::{flow::Payload, prelude::*};

const OWN: &str = "${AWS::Region}:${AWS::AccountId}";

/// A table, a bucket and the like.
type Made<'s> = &'s dyn Fn(&str, &str) -> Resource;

/// The statements of a machine that makes one call on resources of a type.
#[track_caller]
fn rights(action: &str, arguments: impl Fn(Made<'_>) -> Payload<Json>) -> Vec<Json> {
    let app = shop(|stack| {
        // What a type requires is nothing that a right depends on.
        let made = |id: &str, type_name: &str| stack.resource(id, type_name, tree!({})).unchecked();
        one_call(stack, action, arguments(&made))
    });
    assert_eq!(warnings(&app), [""; 0]);
    statements(&template(&app), "CallerRole")
}

/// Asserts that one call needs one right, on this resource.
#[track_caller]
fn check(action: &str, arguments: impl Fn(Made<'_>) -> Payload<Json>, right: &str, resource: Json) {
    let expected = json!({ "Effect": "Allow", "Action": right, "Resource": resource });
    assert_eq!(rights(action, arguments), [expected]);
}

#[test]
fn a_message_to_a_queue_is_a_right_on_the_queue_that_the_url_is_of() {
    let send = |url: fn(&Resource) -> Value<String>| {
        move |made: Made<'_>| {
            let (queue, _other) = (made("Orders", "AWS::SQS::Queue"), made("Other", "AWS::SQS::Queue"));
            payload!({ "QueueUrl": (url(&queue)), "MessageBody": "hello" })
        }
    };
    check("sqs:sendMessage", send(Resource::reference), "sqs:SendMessage", attribute("Orders", "Arn"));
    check(
        "sqs:sendMessage",
        send(|q| q.attribute("QueueUrl")),
        "sqs:SendMessage",
        attribute("Orders", "Arn"),
    );
    check(
        "aws-sdk:sqs:sendMessage",
        send(Resource::reference),
        "sqs:SendMessage",
        attribute("Orders", "Arn"),
    );
}

#[test]
fn a_message_to_a_topic_is_a_right_on_the_topic() {
    let publish = |made: Made<'_>| payload!({ "TopicArn": (made("Customers", "AWS::SNS::Topic").reference()), "Message": "hello" });
    check("sns:publish", publish, "sns:Publish", json!({ "Ref": "Customers" }));
    check("aws-sdk:sns:publish", publish, "sns:Publish", json!({ "Ref": "Customers" }));
}

#[test]
fn an_item_of_a_table_is_a_right_on_the_table_by_name_and_by_arn() {
    let get = |name: fn(&Resource) -> Value<String>| move |made: Made<'_>| payload!({ "TableName": (name(&made("Orders", "AWS::DynamoDB::Table"))), "Key": {} });
    for action in ["dynamodb:getItem", "aws-sdk:dynamodb:getItem"] {
        check(action, get(Resource::reference), "dynamodb:GetItem", attribute("Orders", "Arn"));
        check(action, get(|table| table.attribute("Arn")), "dynamodb:GetItem", attribute("Orders", "Arn"));
    }
}

#[test]
fn a_table_that_is_named_by_a_literal_is_one_of_the_stack_s_account() {
    let put = |_: Made<'_>| payload!({ "TableName": "orders", "Item": {} });
    let arn = format!("arn:${{AWS::Partition}}:dynamodb:{OWN}:table/orders");
    check("dynamodb:putItem", put, "dynamodb:PutItem", sub(&arn));
}

#[test]
fn an_object_is_a_right_on_that_object_and_no_other() {
    let get = |made: Made<'_>| payload!({ "Bucket": (made("Files", "AWS::S3::Bucket").reference()), "Key": "a/b.json" });
    check("aws-sdk:s3:getObject", get, "s3:GetObject", sub("${Files.Arn}/a/b.json"));
}

#[test]
fn an_event_is_a_right_on_its_bus() {
    let put = |made: Made<'_>| {
        let bus = made("Bus", "AWS::Events::EventBus").reference();
        payload!({ "Entries": [{ "EventBusName": (bus), "Source": "shop", "DetailType": "t", "Detail": {} }] })
    };
    check("events:putEvents", put, "events:PutEvents", attribute("Bus", "Arn"));
}

#[test]
fn a_secret_is_a_right_on_that_secret() {
    let get =
        |made: Made<'_>| payload!({ "SecretId": (made("Token", "AWS::SecretsManager::Secret").reference()) });
    let action = "aws-sdk:secretsmanager:getSecretValue";
    check(action, get, "secretsmanager:GetSecretValue", json!({ "Ref": "Token" }));
}

#[test]
fn a_parameter_with_a_slash_before_its_name_has_none_in_its_arn() {
    let template = shop_template(|stack| {
        let name = tree!({ "Name": "/shop/rate", "Type": "String", "Value": "1" });
        let rate = stack.resource("Rate", "AWS::SSM::Parameter", name).unchecked();
        one_call(stack, "aws-sdk:ssm:getParameter", payload!({ "Name": (rate.reference()) }))
    });
    let arn = format!("arn:${{AWS::Partition}}:ssm:{OWN}:parameter/shop/rate");
    assert_eq!(statements(&template, "CallerRole")[0]["Resource"], sub(&arn));
}

#[test]
fn an_arn_that_is_put_together_is_understood() {
    let files = |together: fn(Value<String>) -> Value<String>| {
        move |made: Made<'_>| {
            let bucket = made("Files", "AWS::S3::Bucket").reference();
            payload!({ "TopicArn": (together(bucket)), "Message": "m" })
        }
    };
    let concat =
        |name| Value::concat(["arn:".into(), Value::pseudo(Pseudo::Partition), ":s3:::".into(), name]);
    check("sns:publish", files(concat), "sns:Publish", attribute("Files", "Arn"));
    let by_sub = |name| Value::sub("arn:${AWS::Partition}:s3:::${Name}", [("Name", name)]);
    check("sns:publish", files(by_sub), "sns:Publish", attribute("Files", "Arn"));
}

#[test]
fn a_job_that_is_waited_for_is_followed_and_stopped() {
    let found = rights(
        "glue:startJobRun.sync",
        |made| payload!({ "JobName": (made("Import", "AWS::Glue::Job").reference()) }),
    );
    let actions = ["glue:BatchStopJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:StartJobRun"];
    let arn = format!("arn:${{AWS::Partition}}:glue:{OWN}:job/${{Import}}");
    assert_eq!(found, [json!({ "Effect": "Allow", "Action": actions, "Resource": sub(&arn) })]);
}

#[test]
fn a_task_definition_is_a_right_on_all_revisions_of_its_family() {
    let of = |image: &str| {
        shop_template(|stack| {
            let family = tree!({ "Family": "pack", "ContainerDefinitions": [{ "Image": image }] });
            let definition = stack.resource("Pack", "AWS::ECS::TaskDefinition", family);
            let cluster = stack.resource("Cluster", "AWS::ECS::Cluster", tree!({}));
            let arguments = payload!({ "Cluster": (cluster.attribute("Arn")), "TaskDefinition": (definition.reference()) });
            one_call(stack, "ecs:runTask.sync", arguments)
        })
    };
    let statements = statements(&of("one"), "CallerRole");
    let of_action = |name: &str| statements.iter().find(|s| s["Action"].to_string().contains(name));
    let run = format!("arn:${{AWS::Partition}}:ecs:{OWN}:task-definition/pack:*");
    assert_eq!(of_action("ecs:RunTask").map(|s| s["Resource"].clone()), Some(sub(&run)));
    let tasks = format!("arn:${{AWS::Partition}}:ecs:{OWN}:task/${{Cluster}}/*");
    assert_eq!(of_action("ecs:StopTask").map(|s| s["Resource"].clone()), Some(sub(&tasks)));
    assert_eq!(moved(&of("one"), &of("two")), [].into(), "a new revision moves no role");
}

#[test]
fn an_endpoint_is_a_right_on_its_method_and_address_and_on_its_connection() {
    let found = rights("http:invoke", |made| {
        let connection = made("Bank", "AWS::Events::Connection").attribute("Arn");
        payload!({
            "ApiEndpoint": "https://bank.example/v1/pay",
            "Method": "POST",
            "Authentication": { "ConnectionArn": (connection) },
        })
    });
    let secret = format!("arn:${{AWS::Partition}}:secretsmanager:{OWN}:secret:events!connection/${{Bank}}/*");
    for expected in [
        json!({
            "Effect": "Allow",
            "Action": "states:InvokeHTTPEndpoint",
            "Resource": "*",
            "Condition": { "StringEquals": {
                "states:HTTPEndpoint": "https://bank.example/v1/pay",
                "states:HTTPMethod": "POST",
            } },
        }),
        json!({
            "Effect": "Allow",
            "Action": "events:RetrieveConnectionCredentials",
            "Resource": attribute("Bank", "Arn"),
        }),
        json!({
            "Effect": "Allow",
            "Action": ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
            "Resource": sub(&secret),
        }),
    ] {
        assert!(found.contains(&expected), "{expected:#} is not in {found:#?}");
    }
    assert_eq!(found.len(), 3, "{found:#?}");
}

#[test]
fn a_task_with_credentials_takes_their_role_beside_the_right_to_call_its_function() {
    let template = shop_template(|stack| {
        let hello = function(stack, "Hello").publish();
        let role = stack.resource("Other", "AWS::IAM::Role", tree!({ "Path": "/shop/" })).unchecked();
        let definition: Machine<Json, Json> =
            machine(|m| m.task("Hello", &hello).credentials(role.attribute("Arn")).then(m.end()));
        StateMachine::new(stack, "Caller", definition, StateMachineProps::default())
    });
    let statements = statements(&template, "CallerRole");
    let assume =
        json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": attribute("Other", "Arn") });
    assert!(statements.contains(&assume), "{statements:#?}");
    assert_eq!(statements.len(), 2, "{statements:#?}");
}

/// Asserts that a call on what `Ref` of a type gives needs a right on its ARN.
#[track_caller]
fn check_reference(
    type_name: &str,
    action: &str,
    arguments: fn(Value<String>) -> Payload<Json>,
    right: &str,
    resource: Json,
) {
    check(action, |made| arguments(made("It", type_name).reference()), right, resource);
}

#[test]
fn a_resource_of_any_service_is_named_by_its_own_arn() {
    let arn = || attribute("It", "Arn");
    check_reference(
        "AWS::Kinesis::Stream",
        "aws-sdk:kinesis:putRecord",
        |name| payload!({ "StreamName": (name), "Data": "d", "PartitionKey": "k" }),
        "kinesis:PutRecord",
        arn(),
    );
    check_reference(
        "AWS::KinesisFirehose::DeliveryStream",
        "aws-sdk:firehose:putRecord",
        |name| payload!({ "DeliveryStreamName": (name), "Record": {} }),
        "firehose:PutRecord",
        arn(),
    );
    check_reference(
        "AWS::KMS::Key",
        "aws-sdk:kms:encrypt",
        |id| payload!({ "KeyId": (id), "Plaintext": "p" }),
        "kms:Encrypt",
        arn(),
    );
    check_reference(
        "AWS::CodeBuild::Project",
        "codebuild:startBuild",
        |name| payload!({ "ProjectName": (name) }),
        "codebuild:StartBuild",
        arn(),
    );
    check_reference(
        "AWS::Cognito::UserPool",
        "aws-sdk:cognitoidentityprovider:adminGetUser",
        |id| payload!({ "UserPoolId": (id), "Username": "u" }),
        "cognito-idp:AdminGetUser",
        arn(),
    );
    check_reference(
        "AWS::StepFunctions::StateMachine",
        "aws-sdk:sfn:describeStateMachine",
        |arn| payload!({ "StateMachineArn": (arn) }),
        "states:DescribeStateMachine",
        json!({ "Ref": "It" }),
    );
}

#[test]
fn a_batch_job_is_a_right_on_its_queue_and_definition() {
    let found = rights("batch:submitJob", |made| {
        let (queue, definition) =
            (made("Queue", "AWS::Batch::JobQueue"), made("Job", "AWS::Batch::JobDefinition"));
        payload!({ "JobName": "j", "JobQueue": (queue.reference()), "JobDefinition": (definition.reference()) })
    });
    let resources = json!([{ "Ref": "Job" }, { "Ref": "Queue" }]);
    assert_eq!(found, [json!({ "Effect": "Allow", "Action": "batch:SubmitJob", "Resource": resources })]);
}

#[test]
fn a_role_that_is_handed_to_a_service_may_be_passed_to_it() {
    let found = rights("aws-sdk:scheduler:createSchedule", |made| {
        let role = made("Runs", "AWS::IAM::Role").attribute("Arn");
        payload!({ "Name": "nightly", "Target": { "Arn": "arn:aws:sqs:eu-west-1:123456789012:q", "RoleArn": (role) } })
    });
    let pass = |statement: &&Json| statement["Action"] == "iam:PassRole";
    let passed = found.iter().find(pass).map(|statement| statement["Resource"].clone());
    assert_eq!(passed, Some(attribute("Runs", "Arn")), "{found:#?}");
}

#[test]
fn an_activity_needs_no_right() {
    let template = shop_template(|stack| {
        let pack: Activity<Json, Json> = Activity::new(stack, "Pack");
        let definition: Machine<Json, Json> = machine(|m| m.activity("Pack", &pack).then(m.end()));
        StateMachine::new(stack, "Caller", definition, StateMachineProps::default())
    });
    assert_eq!(property(&template, "CallerRole", "Policies"), Json::Null);
}

/// What the roles are that a machine may pass which runs a task with these roles.
fn passed(
    roles: &dyn Fn(&Resource) -> Tree,
    arguments: fn(Value<String>) -> Payload<Json>,
) -> (Vec<Json>, App) {
    let app = shop(|stack| {
        let own = |id: &str| stack.resource(id, "AWS::IAM::Role", tree!({})).unchecked();
        let (work, _start) = (own("Work"), own("Start"));
        let definition = stack.resource("Pack", "AWS::ECS::TaskDefinition", roles(&work)).unchecked();
        one_call(stack, "ecs:runTask.sync", arguments(definition.reference()));
    });
    let statements = statements(&template(&app), "CallerRole");
    let pass: Vec<_> = statements.into_iter().filter(|s| s["Action"] == "iam:PassRole").collect();
    let to_tasks = json!({ "StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" } });
    assert!(pass.iter().all(|statement| statement["Condition"] == to_tasks), "{pass:#?}");
    (pass.into_iter().map(|statement| statement["Resource"].clone()).collect(), app)
}

#[test]
fn the_roles_of_a_task_definition_of_the_app_are_passed_and_no_others() {
    let plain = |definition| payload!({ "Cluster": "main", "TaskDefinition": (definition) });
    let other = "arn:aws:iam::123456789012:role/start";
    let both = |work: &Resource| {
        let work = work.attribute("Arn");
        tree!({ "Family": "pack", "TaskRoleArn": work, "ExecutionRoleArn": other })
    };
    let (roles, app) = passed(&both, plain);
    assert_eq!(roles, [json!([other, attribute("Work", "Arn")])]);
    assert_eq!(warnings(&app), [""; 0]);
    let (roles, app) = passed(&|_| tree!({ "Family": "pack" }), plain);
    assert_eq!((roles, warnings(&app)), (vec![], vec![]), "a task without roles is given none");
    let (roles, _) = passed(&both, |definition| {
        let overrides = payload!({ "TaskRoleArn": "arn:aws:iam::123456789012:role/else" });
        payload!({ "Cluster": "main", "TaskDefinition": (definition), "Overrides": (overrides) })
    });
    assert_eq!(roles, [json!(["arn:aws:iam::123456789012:role/else", other])]);
}

#[test]
fn the_roles_of_a_task_definition_of_others_are_not_known() {
    let (roles, app) =
        passed(&|_| tree!({}), |_| payload!({ "Cluster": "main", "TaskDefinition": "pack:7" }));
    assert_eq!(roles, [sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*")]);
    one(&warnings(&app), &["`iam:PassRole` is allowed on any role that ECS tasks can have"]);
}

#[test]
fn what_iam_would_take_for_a_wildcard_is_escaped() {
    let get = |made: Made<'_>| payload!({ "Bucket": (made("Files", "AWS::S3::Bucket").reference()), "Key": "a/*?${b}.json" });
    check("aws-sdk:s3:getObject", get, "s3:GetObject", sub("${Files.Arn}/a/${!*}${!?}${!$}{b}.json"));
    let plain = |_: Made<'_>| payload!({ "Bucket": "files", "Key": "*" });
    let arn = "arn:${AWS::Partition}:s3:::files/${!*}";
    check("aws-sdk:s3:getObject", plain, "s3:GetObject", sub(arn));
}
