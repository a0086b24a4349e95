//! Grants: the statements that they come to, and what they refuse.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use common::*;
use cyanotype::{cfn::Value as Cfn, iam::Grant, prelude::*};

/// The template of an app in which `Hello` is given a grant.
#[track_caller]
fn granted<G: Into<Grant>>(grant: impl FnOnce(&Stack) -> G) -> Json {
    shop_template(|stack| {
        let grant = grant(stack);
        function(stack, "Hello").may(grant);
    })
}

/// The statements of a grant, as pairs of actions and resources.
#[track_caller]
fn check<G: Into<Grant>>(grant: impl FnOnce(&Stack) -> G, expected: &[(Json, Json)]) {
    let said = |(action, resource): &(Json, Json)| json!({ "Effect": "Allow", "Action": action, "Resource": resource });
    in_order(&granted(grant), expected.iter().map(said).collect());
}

#[track_caller]
fn in_order(template: &Json, mut expected: Vec<Json>) {
    let mut statements = statements(template, "HelloRole");
    statements.sort_by_key(Json::to_string);
    expected.sort_by_key(Json::to_string);
    assert_eq!(statements, expected);
}

/// Asserts that a grant is one error at its own line, and that it says this.
#[track_caller]
fn refused<G: Into<Grant>>(grant: impl FnOnce(&Stack) -> G, says: &[&str]) {
    let mut line = None;
    let app = shop(|stack| {
        let grant = grant(stack).into();
        line = Some(line_of(&grant));
        function(stack, "Hello").may(grant);
    });
    one_error(&app, says);
    let synthesis = synth(&app);
    let at = synthesis.diagnostics()[0].source();
    assert_eq!(at.map(|at| (at.file(), Some(at.line()))), Some((file!(), line)));
}

/// The line on which this file makes the grant.
fn line_of(grant: &Grant) -> u32 {
    let debug = format!("{grant:?}");
    let line = debug.rsplit("line: ").next().and_then(|tail| tail.split(',').next());
    line.and_then(|line| line.trim().parse().ok()).unwrap_or_else(|| panic!("{debug}"))
}

fn of_type(stack: &Stack, type_name: &str, properties: Tree) -> Resource {
    stack.resource("It", type_name, properties)
}

fn key(stack: &Stack) -> Resource {
    stack.resource("Key", "AWS::KMS::Key", tree!({ "KeyPolicy": {} }))
}

fn arn() -> Json {
    attribute("It", "Arn")
}

#[test]
fn a_table_is_read_with_its_indexes() {
    let of_table = json!([
        "dynamodb:BatchGetItem",
        "dynamodb:ConditionCheckItem",
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:Scan",
    ]);
    let of_index = json!(["dynamodb:Query", "dynamodb:Scan"]);
    check(
        |stack| grants::dynamodb::read(&table(stack, "It")),
        &[(of_table.clone(), arn()), (of_index.clone(), sub("${It.Arn}/index/*"))],
    );
    let orders = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders";
    check(
        |_| grants::dynamodb::read(orders),
        &[(of_table, json!(orders)), (of_index, json!(format!("{orders}/index/*")))],
    );
}

#[test]
fn a_table_is_written_without_being_read() {
    let actions =
        json!(["dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]);
    check(|stack| grants::dynamodb::write(table(stack, "It").attribute("Arn")), &[(actions, arn())]);
}

#[test]
fn a_stream_is_read_whichever_it_is() {
    let stream = tree!({ "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }], "StreamSpecification": { "StreamViewType": "NEW_IMAGE" } });
    let actions = json!(["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]);
    check(
        |stack| grants::dynamodb::read_stream(&of_type(stack, "AWS::DynamoDB::Table", stream)),
        &[(actions, sub("${It.Arn}/stream/*")), (json!("dynamodb:ListStreams"), json!("*"))],
    );
}

#[test]
fn a_table_without_a_stream_has_none_to_read() {
    refused(|stack| grants::dynamodb::read_stream(&table(stack, "It")), &["without `StreamSpecification`"]);
}

#[test]
fn a_bucket_is_read_whole() {
    check(
        |stack| grants::s3::read(&of_type(stack, "AWS::S3::Bucket", tree!({}))),
        &[(json!("s3:GetObject"), sub("${It.Arn}/*")), (json!("s3:ListBucket"), arn())],
    );
}

#[test]
fn a_bucket_is_read_and_listed_under_a_prefix_alone() {
    let template =
        granted(|stack| grants::s3::read(&of_type(stack, "AWS::S3::Bucket", tree!({}))).under("a/"));
    let list = json!({
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": arn(),
        "Condition": { "StringLike": { "s3:prefix": "a/*" } },
    });
    let get = json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": sub("${It.Arn}/a/*") });
    in_order(&template, vec![list, get]);
}

#[test]
fn an_empty_prefix_is_the_whole_bucket() {
    let of = |whole: bool| {
        granted(|stack| {
            let grant = grants::s3::read(&of_type(stack, "AWS::S3::Bucket", tree!({})));
            if whole { grant } else { grant.under("") }
        })
    };
    assert_eq!(of(true), of(false));
}

#[test]
fn objects_are_put_and_deleted_under_a_prefix() {
    check(
        |_| grants::s3::write("arn:aws:s3:::reports").under("2026/"),
        &[(json!(["s3:AbortMultipartUpload", "s3:PutObject"]), json!("arn:aws:s3:::reports/2026/*"))],
    );
    check(
        |_| grants::s3::delete("arn:aws:s3:::reports"),
        &[(json!("s3:DeleteObject"), json!("arn:aws:s3:::reports/*"))],
    );
}

#[test]
fn a_prefix_that_is_a_pattern_is_an_error() {
    refused(|_| grants::s3::read("arn:aws:s3:::reports").under("a*"), &["`a*`", "pattern"]);
    refused(|_| grants::s3::write("arn:aws:s3:::reports").under("${aws:userid}/"), &["pattern"]);
}

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
fn a_key_encrypts_and_decrypts() {
    let it = attribute("Key", "Arn");
    check(|stack| grants::kms::decrypt(&key(stack)), &[(json!("kms:Decrypt"), it.clone())]);
    check(|stack| grants::kms::encrypt(&key(stack)), &[(json!(["kms:Encrypt", "kms:GenerateDataKey*"]), it)]);
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

#[test]
fn a_machine_takes_grants_as_a_function_does() {
    let template = shop_template(|stack| {
        calls(stack, "Nap", &[]).may(grants::sns::publish(&of_type(stack, "AWS::SNS::Topic", tree!({}))));
    });
    let expected = json!({ "Effect": "Allow", "Action": "sns:Publish", "Resource": { "Ref": "It" } });
    assert_eq!(statements(&template, "NapRole"), [expected]);
}

/// Asserts that the resource's grant allows this of the key, in a statement of its own.
#[track_caller]
fn of_key<G: Into<Grant>>(
    type_name: &str,
    properties: impl FnOnce(Tree) -> Tree,
    grant: impl FnOnce(&Resource) -> G,
    actions: &Json,
) {
    let template = granted(|stack| {
        let key = key(stack).attribute("Arn");
        grant(&of_type(stack, type_name, properties(key.into())))
    });
    let expected = json!({ "Effect": "Allow", "Action": actions, "Resource": attribute("Key", "Arn") });
    let of_keys: Vec<_> = statements(&template, "HelloRole").into_iter().filter(|s| *s == expected).collect();
    assert_eq!(of_keys, [expected], "{template:#}");
}

#[test]
fn what_is_encrypted_with_a_key_of_the_app_takes_the_key_too() {
    let (read, write) = (json!("kms:Decrypt"), json!(["kms:Decrypt", "kms:GenerateDataKey*"]));
    let table = |key| {
        let encrypted = tree!({ "SSEEnabled": true, "KMSMasterKeyId": key });
        tree!({ "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }], "SSESpecification": encrypted })
    };
    of_key("AWS::DynamoDB::Table", table, |it| grants::dynamodb::read(it), &read);
    of_key("AWS::DynamoDB::Table", table, |it| grants::dynamodb::write(it), &write);
    let bucket = |key| {
        let default = tree!({ "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key });
        let rules = tree!([{ "ServerSideEncryptionByDefault": default }]);
        tree!({ "BucketEncryption": { "ServerSideEncryptionConfiguration": rules } })
    };
    of_key("AWS::S3::Bucket", bucket, |it| grants::s3::read(it).under("a/"), &read);
    of_key("AWS::S3::Bucket", bucket, |it| grants::s3::write(it), &write);
    let master = |key| tree!({ "KmsMasterKeyId": key });
    of_key("AWS::SQS::Queue", master, |it| grants::sqs::send(it), &write);
    of_key("AWS::SQS::Queue", master, |it| grants::sqs::consume(it), &read);
    of_key("AWS::SNS::Topic", master, |it| grants::sns::publish(it), &write);
    let secret = |key| tree!({ "KmsKeyId": key });
    of_key("AWS::SecretsManager::Secret", secret, |it| grants::secrets_manager::read(it), &read);
}

#[test]
fn an_alias_of_the_app_stands_for_its_key() {
    let template = granted(|stack| {
        let alias = tree!({ "AliasName": "alias/it", "TargetKeyId": key(stack).reference() });
        let alias = stack.resource("Alias", "AWS::KMS::Alias", alias);
        let queue = tree!({ "KmsMasterKeyId": alias.reference() });
        grants::sqs::consume(&of_type(stack, "AWS::SQS::Queue", queue))
    });
    let of_key: Vec<_> =
        statements(&template, "HelloRole").into_iter().filter(|s| s["Action"] == "kms:Decrypt").collect();
    assert_eq!(of_key.iter().map(|s| s["Resource"].clone()).collect::<Vec<_>>(), [attribute("Key", "Arn")]);
}

#[test]
fn a_key_that_aws_manages_takes_nothing() {
    let queue = tree!({ "KmsMasterKeyId": "alias/aws/sqs" });
    check(
        |stack| grants::sqs::send(&of_type(stack, "AWS::SQS::Queue", queue)),
        &[(json!("sqs:SendMessage"), arn())],
    );
}

#[test]
fn deleting_takes_nothing_of_a_key() {
    let template = granted(|stack| {
        let default = tree!({ "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key(stack).attribute("Arn") });
        let rules = tree!([{ "ServerSideEncryptionByDefault": default }]);
        let encryption = tree!({ "BucketEncryption": { "ServerSideEncryptionConfiguration": rules } });
        grants::s3::delete(&of_type(stack, "AWS::S3::Bucket", encryption))
    });
    assert_eq!(statements(&template, "HelloRole").len(), 1);
}

#[test]
fn a_resource_of_another_type_is_an_error_that_says_which() {
    refused(
        |stack| grants::dynamodb::read(&of_type(stack, "AWS::SQS::Queue", tree!({}))),
        &["Shop/Hello:", "on a DynamoDB table", "`AWS::SQS::Queue`", "`grants::sqs`"],
    );
    refused(
        |stack| grants::sqs::send(function(stack, "Other").arn()),
        &["`AWS::Lambda::Function`", "Statement::allow"],
    );
    refused(
        |stack| grants::step_functions::start(calls(stack, "Nap", &[]).publish().arn()),
        &["`AWS::StepFunctions::StateMachineVersion`"],
    );
}

#[test]
fn an_attribute_that_is_no_arn_is_an_error() {
    refused(
        |stack| grants::sqs::send(of_type(stack, "AWS::SQS::Queue", tree!({})).attribute("QueueName")),
        &["`QueueName`", "&resource"],
    );
}

#[test]
fn an_arn_of_something_else_is_an_error() {
    refused(
        |_| grants::dynamodb::read("arn:aws:sqs:eu-west-1:123456789012:jobs"),
        &["`arn:aws:sqs:eu-west-1:123456789012:jobs`", ":table/name"],
    );
    refused(|_| grants::dynamodb::read("arn:aws:dynamodb:*:*:table/a/index/b"), &["not the ARN"]);
    refused(|_| grants::s3::read("arn:aws:s3:::bucket/prefix"), &["`arn:aws:s3:::name`"]);
    refused(|_| grants::sqs::send("*"), &["an SQS queue"]);
}

#[test]
fn all_mistakes_are_reported() {
    let app = shop(|stack| {
        let hello = function(stack, "Hello");
        hello.may(grants::sqs::send("*"));
        hello.may(grants::sns::publish("*"));
    });
    assert_eq!(errors(&app).len(), 2);
}

#[test]
fn a_grant_less_is_another_role_and_the_old_one_stays() {
    let of = |both: bool| {
        shop_template(|stack| {
            let hello = function(stack, "Hello");
            hello.publish();
            let orders = table(stack, "Orders");
            hello.may(grants::dynamodb::read(&orders));
            if both {
                hello.may(grants::dynamodb::write(&orders));
            }
        })
    };
    let (before, after) = (of(true), of(false));
    assert_eq!(moved(&before, &after).into_iter().collect::<Vec<_>>(), ["HelloRole", "HelloVersion"]);
    for base in ["HelloRole", "HelloVersion", "Orders"] {
        assert_eq!(resource(&before, base)["DeletionPolicy"], "Retain", "{base}");
    }
}

#[test]
fn the_order_of_grants_is_no_other_role() {
    let of = |swap: bool| {
        shop_template(|stack| {
            let (hello, orders) = (function(stack, "Hello"), table(stack, "Orders"));
            let mut all = [grants::dynamodb::read(&orders), grants::dynamodb::write(&orders)];
            if swap {
                all.reverse();
            }
            all.into_iter().for_each(|grant| hello.may(grant));
        })
    };
    assert_eq!(of(false), of(true));
}
