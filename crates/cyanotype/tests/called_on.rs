//! What the call of a service is on, where its author says it and not its arguments.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use common::*;
use cyanotype::{
    flow::{CalledOn, ExecutionType, JsonPathText, Payload, expression, json_path, machine_from_asl, s3},
    prelude::*,
};

const NOTHING: [&str; 0] = [];

/// A machine, `Caller`, that makes one call of a service on these.
fn caller(stack: &Stack, action: &str, arguments: Payload<Json>, on: impl CalledOn) {
    let definition: Machine<Json, Json> =
        machine(|m| m.service("Call", action, arguments).on(on).then(m.end()));
    StateMachine::new(stack, "Caller", definition, StateMachineProps::default());
}

fn at(path: &str) -> JsonPathText<String> {
    json_path(path)
}

/// Arguments with these, of which an execution says what they are.
fn at_run_time(names: &[&str]) -> Payload<Json> {
    match *names {
        [] => payload!({}),
        ["Bucket", "Key"] => payload!({ "Bucket": (at("$.bucket")), "Key": (at("$.key")) }),
        ["Bucket"] => payload!({ "Bucket": (at("$.bucket")), "Key": "a/b.json" }),
        ["TableName"] => payload!({ "TableName": (at("$.table")) }),
        ["TableName", "IndexName"] => {
            payload!({ "TableName": (at("$.table")), "IndexName": (at("$.index")) })
        }
        ["QueueUrl"] => payload!({ "QueueUrl": (at("$.queue")), "MessageBody": "m" }),
        ["JobName"] => payload!({ "JobName": (at("$.job")) }),
        ["SecretId"] => payload!({ "SecretId": (at("$.secret")) }),
        ["Name"] => payload!({ "Name": (at("$.name")) }),
        ["Authentication"] => payload!({
            "ApiEndpoint": "https://bank.example/v1/pay",
            "Method": "POST",
            "Authentication": (at("$.authentication")),
        }),
        _ => payload!({ "Cluster": (at("$.cluster")), "TaskDefinition": (at("$.definition")) }),
    }
}

/// An app whose one call is on what is made.
fn app<O: CalledOn>(action: &str, names: &[&str], on: impl FnOnce(&Stack) -> O) -> App {
    shop(|stack| {
        let on = on(stack);
        caller(stack, action, at_run_time(names), on);
    })
}

/// A resource of a type; what a type requires is nothing that a right depends on.
fn made(stack: &Stack, type_name: &str) -> Resource {
    stack.resource("It", type_name, tree!({})).unchecked()
}

/// Asserts that a call on a resource of a type needs one right, on this, and that nothing is said of it.
#[track_caller]
fn check(type_name: &str, action: &str, names: &[&str], right: &str, expected: Json) {
    let app = shop(|stack| {
        let it = made(stack, type_name);
        caller(stack, action, at_run_time(names), &it);
    });
    check_app(&app, right, expected);
}

#[track_caller]
fn check_app(app: &App, right: &str, expected: Json) {
    assert_eq!(errors(app), NOTHING);
    let template = template(app);
    let expected = json!({ "Effect": "Allow", "Action": right, "Resource": expected });
    assert_eq!(statements(&template, "CallerRole"), [expected]);
    assert_eq!(warnings(app), NOTHING);
}

#[track_caller]
fn refused(app: &App, expected: &str) {
    assert_eq!(errors(app), [expected]);
}

#[test]
fn an_item_is_put_into_the_table_that_is_said_and_no_other() {
    let arn = || attribute("It", "Arn");
    let table = "AWS::DynamoDB::Table";
    check(table, "dynamodb:putItem", &["TableName"], "dynamodb:PutItem", arn());
    check(table, "aws-sdk:dynamodb:putItem", &["TableName"], "dynamodb:PutItem", arn());
    check(table, "aws-sdk:dynamodb:batchWriteItem", &[], "dynamodb:BatchWriteItem", arn());
}

#[test]
fn indexes_are_allowed_where_the_call_can_be_on_one() {
    let both = json!([sub("${It.Arn}/index/*"), attribute("It", "Arn")]);
    let query = |names: &[&str], expected| {
        check("AWS::DynamoDB::Table", "aws-sdk:dynamodb:query", names, "dynamodb:Query", expected);
    };
    query(&["TableName", "IndexName"], both.clone());
    query(&[], both);
    query(&["TableName"], attribute("It", "Arn"));
}

#[test]
fn objects_are_those_of_the_bucket() {
    let (bucket, get, right) = ("AWS::S3::Bucket", "aws-sdk:s3:getObject", "s3:GetObject");
    check(bucket, get, &["Bucket", "Key"], right, sub("${It.Arn}/*"));
    check(bucket, get, &["Bucket"], right, sub("${It.Arn}/a/b.json"));
    check(bucket, "aws-sdk:s3:listObjectsV2", &["Bucket", "Key"], "s3:ListBucket", attribute("It", "Arn"));
}

#[test]
fn resources_of_any_service_can_be_said() {
    check("AWS::SQS::Queue", "sqs:sendMessage", &["QueueUrl"], "sqs:SendMessage", attribute("It", "Arn"));
    let secret = "aws-sdk:secretsmanager:getSecretValue";
    let right = "secretsmanager:GetSecretValue";
    check("AWS::SecretsManager::Secret", secret, &["SecretId"], right, json!({ "Ref": "It" }));
    let parameter = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${It}";
    check("AWS::SSM::Parameter", "aws-sdk:ssm:getParameter", &["Name"], "ssm:GetParameter", sub(parameter));
    let (stream, put) = ("AWS::Kinesis::Stream", "aws-sdk:kinesis:putRecords");
    check(stream, put, &[], "kinesis:PutRecords", attribute("It", "Arn"));
    // Of this no ARN is known, and no attribute is one.
    let job = "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:job/${It}";
    check("AWS::Glue::Job", "glue:startJobRun", &["JobName"], "glue:StartJobRun", sub(job));
}

#[test]
fn a_task_definition_and_a_cluster_are_of_one_call() {
    let app = shop(|stack| {
        let family = tree!({ "Family": "pack" });
        let definition = stack.resource("Pack", "AWS::ECS::TaskDefinition", family).unchecked();
        let cluster = stack.resource("Cluster", "AWS::ECS::Cluster", tree!({}));
        caller(stack, "ecs:runTask.sync", at_run_time(&["", "", ""]), [&definition, &cluster]);
    });
    assert_eq!(errors(&app), NOTHING);
    let statements = statements(&template(&app), "CallerRole");
    let own = "arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:";
    let of = |name: &str| {
        let statement = statements.iter().find(|s| s["Action"].to_string().contains(name));
        statement.map(|statement| statement["Resource"].clone())
    };
    assert_eq!(of("ecs:RunTask"), Some(sub(&format!("{own}task-definition/pack:*"))));
    assert_eq!(of("ecs:StopTask"), Some(sub(&format!("{own}task/${{Cluster}}/*"))));
}

#[test]
fn the_secret_of_a_connection_is_that_of_the_one_that_is_said() {
    let app =
        app("http:invoke", &["Authentication"], |stack| made(stack, "AWS::Events::Connection").reference());
    assert_eq!(warnings(&app), NOTHING);
    let statements = statements(&template(&app), "CallerRole").into_iter().map(|s| s["Resource"].clone());
    let secret = "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:events!connection/${It}/*";
    assert_eq!(statements.collect::<Vec<_>>(), [attribute("It", "Arn"), sub(secret), json!("*")]);
}

#[test]
fn it_may_be_an_arn_that_is_written_down_or_several() {
    let arn = |name: &str| format!("arn:aws:dynamodb:eu-west-1:123456789012:table/{name}");
    let put = |names: Vec<String>| {
        let app = app("dynamodb:putItem", &["TableName"], |_| names);
        assert_eq!(warnings(&app), NOTHING);
        statements(&template(&app), "CallerRole")[0]["Resource"].clone()
    };
    assert_eq!(put(vec![arn("a")]), json!(arn("a")));
    assert_eq!(put(vec![arn("b"), arn("a")]), json!([arn("a"), arn("b")]));
    assert_eq!(put(vec![arn("orders-*")]), json!(arn("orders-*")));
}

#[test]
fn an_arn_that_only_the_deploy_knows_is_of_what_the_action_is_on() {
    let of = |action: &str, names: &[&str]| {
        let app = app(action, names, |stack| {
            let arn: Value<String> = stack.parameter("Where", Parameter::string());
            arn.known_at_deploy("it is the same for ever")
        });
        assert_eq!(warnings(&app), NOTHING);
        statements(&template(&app), "CallerRole")[0]["Resource"].clone()
    };
    assert_eq!(of("dynamodb:putItem", &["TableName"]), json!({ "Ref": "Where" }));
    assert_eq!(of("aws-sdk:s3:getObject", &["Bucket", "Key"]), sub("${Where}/*"));
}

#[test]
fn an_arn_that_only_the_deploy_knows_must_be_of_one_kind() {
    let app = app("batch:submitJob", &[], |_| Value::<String>::import("Batch"));
    let expected = "Shop/Caller: the call is said to be on an ARN that only the deploy knows, which might be any of \
                    `batch:job-definition/…`, `batch:job-queue/…` / give the resource, `&resource`, or an ARN that is \
                    written down";
    assert!(errors(&app).contains(&expected.to_owned()), "{:#?}", errors(&app));
}

#[test]
fn the_key_that_encrypts_it_goes_with_it_whoever_names_it() {
    let of = |on: bool| {
        shop_template(|stack| {
            let key = stack.resource("Key", "AWS::KMS::Key", tree!({ "KeyPolicy": {} }));
            let queue =
                stack.resource("Jobs", "AWS::SQS::Queue", tree!({ "KmsMasterKeyId": key.reference() }));
            match on {
                true => caller(stack, "sqs:sendMessage", at_run_time(&["QueueUrl"]), &queue),
                false => {
                    let url = queue.reference();
                    one_call(stack, "sqs:sendMessage", payload!({ "QueueUrl": (url), "MessageBody": "m" }));
                }
            }
        })
    };
    let template = of(true);
    let allow = |action: Json, on: &str| json!({ "Effect": "Allow", "Action": action, "Resource": attribute(on, "Arn") });
    let keys = allow(json!(["kms:Decrypt", "kms:GenerateDataKey*"]), "Key");
    assert_eq!(statements(&template, "CallerRole"), [keys, allow(json!("sqs:SendMessage"), "Jobs")]);
    assert_eq!(id(&of(false), "CallerRole"), id(&template, "CallerRole"));
    assert_eq!(resource(&template, "Key")["DeletionPolicy"], "Retain");
}

#[test]
fn what_a_call_is_on_is_retained() {
    let app = app("dynamodb:putItem", &["TableName"], |stack| table(stack, "Orders").reference());
    assert_eq!(resource(&template(&app), "Orders")["DeletionPolicy"], "Retain");
}

#[test]
fn what_the_arguments_name_already_may_be_said_again() {
    let app = shop(|stack| {
        let orders = table(stack, "Orders");
        let put = payload!({ "TableName": (orders.reference()), "Item": {} });
        caller(stack, "dynamodb:putItem", put, &orders);
    });
    check_app(&app, "dynamodb:PutItem", attribute("Orders", "Arn"));
}

#[test]
fn another_resource_than_the_arguments_name_is_refused() {
    let app = shop(|stack| {
        let put = payload!({ "TableName": "orders", "Item": {} });
        caller(stack, "dynamodb:putItem", put, &table(stack, "Customers"));
    });
    refused(
        &app,
        "Shop/Caller: the call is said to be on `Shop/Customers`, an `AWS::DynamoDB::Table`, and needs no right on such a \
         resource / this call needs `dynamodb:PutItem` on \
         `arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders`",
    );
}

#[test]
fn a_resource_of_the_wrong_type_is_refused_at_the_line() {
    let app = shop(|stack| {
        let queue = made(stack, "AWS::SQS::Queue");
        let save = at_run_time(&["TableName"]);
        let definition: Machine<Json, Json> = machine(|m| {
            m.service("Save", "dynamodb:putItem", save)
                .on(&queue) // this line
                .then(m.end())
        });
        StateMachine::new(stack, "Caller", definition, StateMachineProps::default());
    });
    refused(
        &app,
        "Shop/Caller: the call is said to be on `Shop/It`, an `AWS::SQS::Queue`, and needs no right on such a resource / \
         this call needs `dynamodb:PutItem` on \
         `arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*`",
    );
    let synthesis = synth(&app);
    let found = &synthesis.diagnostics()[0];
    let line = include_str!("called_on.rs").lines().position(|line| line.ends_with("// this line"));
    assert_eq!(found.source().map(|at| at.line() as usize - 1), line);
    assert_eq!(found.state_name(), Some("Save"));
}

#[test]
fn what_is_no_arn_is_refused() {
    let app = app("dynamodb:putItem", &["TableName"], |_| "orders");
    one_error(
        &app,
        &["the call is said to be on `orders`, which is no ARN / give the resource, `&resource`, or its ARN"],
    );
}

#[test]
fn a_call_of_a_version_is_on_nothing_else() {
    let app = shop(|stack| {
        let (hello, orders) = (function(stack, "Hello").publish(), table(stack, "Orders"));
        let definition: Machine<Json, Json> = machine(|m| m.task("Hello", &hello).on(&orders).then(m.end()));
        StateMachine::new(stack, "Caller", definition, StateMachineProps::default());
    });
    one_error(
        &app,
        &["needs no right on such a resource / only what calls a service has rights on what it calls"],
    );
}

#[test]
fn a_map_reads_and_writes_the_bucket_that_is_said() {
    let app = shop(|stack| {
        let orders = stack.resource("Orders", "AWS::S3::Bucket", tree!({}));
        let definition: Machine<Json, Json> = jsonata_machine(|m| {
            let bucket = || expression::<String>("$states.input.bucket");
            let rows = s3::csv(payload!({ "Bucket": (bucket()), "Key": "today.csv" }));
            let rows = rows.distributed::<Json>(ExecutionType::Express).on(&orders);
            let rows = rows.write_to(payload!({ "Bucket": (bucket()), "Prefix": "done" }));
            m.map("Rows", rows, |row| row.pass("Work").then(row.end())).assume().then(m.end())
        });
        StateMachine::new(stack, "Caller", definition, StateMachineProps::default());
    });
    assert_eq!(warnings(&app), NOTHING);
    let statements = statements(&template(&app), "CallerRole");
    let of = |name: &str| {
        let has = |s: &&Json| {
            s["Action"] == name || s["Action"].as_array().is_some_and(|a| a.contains(&json!(name)))
        };
        statements.iter().filter(has).map(|statement| statement["Resource"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("s3:ListBucket"), [attribute("Orders", "Arn")]);
    assert_eq!(of("s3:PutObject"), [sub("${Orders.Arn}/done/*")]);
    let mut reads = of("s3:GetObject");
    reads.sort_by_key(Json::to_string);
    assert_eq!(reads, [sub("${Orders.Arn}/done/*"), sub("${Orders.Arn}/today.csv")]);
}

#[test]
fn a_map_of_data_reads_nothing() {
    let app = shop(|stack| {
        let bucket = stack.resource("Orders", "AWS::S3::Bucket", tree!({}));
        let definition: Machine<Vec<Json>, Json> = machine(|m| {
            let each =
                cyanotype::flow::items(root::<Vec<Json>>()).distributed(ExecutionType::Express).on(&bucket);
            m.map("Each", each, |item| item.pass("Work").then(item.end())).assume().then(m.end())
        });
        StateMachine::new(stack, "Caller", definition, StateMachineProps::default());
    });
    one_error(&app, &["the call is said to be on `Shop/Orders`, an `AWS::S3::Bucket`, and needs no right"]);
}

const SAVE: &str = r#"{"StartAt": "Save", "States": {"Save": {
    "Type": "Task",
    "Resource": "arn:aws:states:::dynamodb:putItem",
    "Parameters": {"TableName.$": "$.table", "Item.$": "$.item"},
    "End": true
}}}"#;

fn from_asl(state: &str) -> App {
    shop(|stack| {
        let definition: Machine<Json, Json> =
            machine_from_asl(SAVE).on(state, &table(stack, "Orders")).machine();
        StateMachine::new(stack, "Caller", definition, StateMachineProps::default());
    })
}

#[test]
fn a_state_of_a_file_is_called_by_its_name() {
    check_app(&from_asl("Save"), "dynamodb:PutItem", attribute("Orders", "Arn"));
}

#[test]
fn a_state_that_a_file_does_not_have_is_refused() {
    one_error(
        &from_asl("Store"),
        &["the definition has no state `Store`, whose call is said to be on something"],
    );
}

#[test]
fn the_warning_says_the_way_out() {
    let app = shop(|stack| {
        one_call(stack, "dynamodb:putItem", at_run_time(&["TableName"]));
    });
    let expected = "Shop/Caller: `dynamodb:PutItem` is allowed on any table: the definition does not say which / give \
                    `TableName` as a literal or as a reference to the resource, and the right is on that alone, or say \
                    what it is: `.on(&resource)`; a statement given to `allow` adds to it and does not narrow it";
    assert_eq!(warnings(&app), [expected]);
}
