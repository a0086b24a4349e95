//! What stays when it leaves the app, and what does not.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use common::*;
use cyanotype::prelude::*;

/// The resources that are retained, and asserts that each is so in both ways.
#[track_caller]
fn retained(app: &App) -> Vec<String> {
    let all = by_base(&template(app));
    for (id, resource) in all.values() {
        assert_eq!(resource["DeletionPolicy"], resource["UpdateReplacePolicy"], "{id}");
    }
    let retained = all.iter().filter(|(_, (_, resource))| resource["DeletionPolicy"] == "Retain");
    retained.map(|(base, _)| base.clone()).collect()
}

/// What is retained beyond a function and its role, and its version if it is published.
#[track_caller]
fn check(publish: bool, edit: impl FnOnce(&Stack, &Fun), expected: &[&str]) {
    let app = shop(|stack| {
        let hello = function(stack, "Hello");
        if publish {
            hello.publish();
        }
        edit(stack, &hello);
    });
    let ours = ["Hello", "HelloRole", "HelloVersion"];
    let beyond: Vec<_> = retained(&app).into_iter().filter(|base| !ours.contains(&base.as_str())).collect();
    assert_eq!(beyond, expected);
}

const PUBLISHED: bool = true;
const NOTHING: &[&str] = &[];

fn table(stack: &Stack) -> Resource {
    table_with(stack, "Table", tree!({}))
}

#[test]
fn a_function_its_version_alias_machine_and_their_roles_are_retained() {
    let app = shop(|stack| {
        let hello = function(stack, "Hello");
        hello.alias("live", &hello.publish());
        calls(stack, "Greeting", &[&hello.publish()])
    });
    let expected = ["Greeting", "GreetingRole", "Hello", "HelloAliasLive", "HelloRole", "HelloVersion"];
    assert_eq!(retained(&app), expected);
}

#[test]
fn a_nested_machine_its_version_and_what_these_reach_are_retained() {
    let app = shop(|stack| {
        let inner = calls(stack, "Inner", &[]);
        inner.allow(Statement::allow(["dynamodb:GetItem"]).on(table(stack).attribute("Arn")));
        nests(stack, "Outer", &[&inner.publish()])
    });
    assert_eq!(retained(&app), ["Inner", "InnerRole", "InnerVersion", "Outer", "OuterRole", "Table"]);
}

#[test]
fn an_activity_is_retained() {
    check(!PUBLISHED, |stack, _| drop(Activity::<Json, Json>::new(stack, "Approve")), &["Approve"]);
}

#[test]
fn a_table_in_an_environment_is_retained() {
    check(PUBLISHED, |stack, hello| hello.environment("TABLE", table(stack).reference()), &["Table"]);
}

#[test]
fn a_table_in_a_right_is_retained() {
    let read = |table: Resource| Statement::allow(["dynamodb:GetItem"]).on(table.attribute("Arn"));
    check(PUBLISHED, |stack, hello| hello.allow(read(table(stack))), &["Table"]);
}

#[test]
fn a_table_in_a_right_of_a_machine_is_retained() {
    let edit = |stack: &Stack, _: &Fun| {
        let read = Statement::allow(["dynamodb:GetItem"]).on(table(stack).attribute("Arn"));
        calls(stack, "Greeting", &[]).allow(read);
    };
    check(PUBLISHED, edit, &["Greeting", "GreetingRole", "Table"]);
}

#[test]
fn the_key_of_a_table_in_an_environment_is_retained() {
    let edit = |stack: &Stack, hello: &Fun| {
        let key = stack.resource("Key", "AWS::KMS::Key", tree!({}));
        let encryption = tree!({ "KMSMasterKeyId": key.attribute("Arn") });
        let table = table_with(stack, "Table", tree!({ "SSESpecification": encryption }));
        hello.environment("TABLE", table.reference());
    };
    check(PUBLISHED, edit, &["Key", "Table"]);
}

#[test]
fn a_subnet_of_a_function_is_retained() {
    let edit = |stack: &Stack, hello: &Fun| {
        let subnet = stack.resource("Subnet", "AWS::EC2::Subnet", tree!({ "VpcId": "vpc-1" }));
        let network = tree!({ "SubnetIds": [subnet.reference()], "SecurityGroupIds": ["sg-1"] });
        hello.raw("VpcConfig", network, VersionLocked::Yes);
    };
    check(PUBLISHED, edit, &["Subnet"]);
}

#[test]
fn what_only_an_unpublished_function_reaches_is_not_retained() {
    let edit = |stack: &Stack, hello: &Fun| {
        hello.environment("TABLE", table(stack).reference());
        let queue = stack.resource("Queue", "AWS::SQS::Queue", tree!({}));
        hello.allow(Statement::allow(["sqs:SendMessage"]).on(queue.attribute("Arn")));
    };
    check(!PUBLISHED, edit, NOTHING);
}

#[test]
fn what_nothing_reaches_is_not_retained() {
    check(PUBLISHED, |stack, _| drop(table(stack)), NOTHING);
}

#[test]
fn what_reaches_a_function_is_not_retained() {
    let rule = |stack: &Stack, hello: &Fun| {
        let target = tree!([{ "Id": "1", "Arn": hello.publish().arn() }]);
        stack.resource("Rule", "AWS::Events::Rule", tree!({ "Targets": target }));
    };
    check(PUBLISHED, rule, NOTHING);
}

#[test]
fn a_permission_on_a_version_is_retained() {
    let edit = |stack: &Stack, hello: &Fun| {
        let permission = tree!({
            "FunctionName": hello.publish().arn(),
            "Action": "lambda:InvokeFunction",
            "Principal": "events.amazonaws.com",
        });
        stack.resource("Permission", "AWS::Lambda::Permission", permission);
    };
    check(PUBLISHED, edit, &["Permission"]);
}

#[test]
fn a_permission_on_a_foreign_function_is_not_retained() {
    let permission = tree!({ "FunctionName": "other", "Action": "lambda:InvokeFunction", "Principal": "*" });
    check(
        PUBLISHED,
        |stack, _| drop(stack.resource("Permission", "AWS::Lambda::Permission", permission)),
        NOTHING,
    );
}

#[test]
fn what_the_user_keeps_is_retained_with_what_it_reaches() {
    let edit = |stack: &Stack, _: &Fun| {
        let dead = stack.resource("Dead", "AWS::SQS::Queue", tree!({}));
        let redrive = tree!({ "deadLetterTargetArn": dead.attribute("Arn"), "maxReceiveCount": 3 });
        stack.keep(&stack.resource("Queue", "AWS::SQS::Queue", tree!({ "RedrivePolicy": redrive })));
    };
    check(!PUBLISHED, edit, &["Dead", "Queue"]);
}

#[test]
fn log_groups_are_not_retained() {
    let edit = |stack: &Stack, _: &Fun| {
        let props = StateMachineProps::builder().logging(Logging::level(LogLevel::All)).build();
        calls_with(stack, "Greeting", &[], props);
    };
    check(PUBLISHED, edit, &["Greeting", "GreetingRole"]);
    let template = shop_template(|stack| {
        let props = StateMachineProps::builder().logging(Logging::level(LogLevel::All)).build();
        calls_with(stack, "Greeting", &[], props)
    });
    assert_eq!(resource(&template, "GreetingLog")["DeletionPolicy"], Json::Null);
}

#[test]
fn nothing_of_an_ephemeral_stack_is_retained() {
    let app = App::new();
    let stack = app.stack("Shop").ephemeral();
    let hello = function(&stack, "Hello");
    let kept = table(&stack);
    stack.keep(&kept);
    hello.environment("TABLE", kept.reference());
    hello.alias("live", &hello.publish());
    let greeting = calls(&stack, "Greeting", &[&hello.publish()]);
    nests(&stack, "Outer", &[&greeting.publish()]);
    let _approve: Activity<Json, Json> = Activity::new(&stack, "Approve");
    assert_eq!(retained(&app), [""; 0]);
}

#[test]
fn what_another_stack_reaches_is_retained() {
    let app = App::new();
    let queue = app.stack("Data").resource("Queue", "AWS::SQS::Queue", tree!({}));
    let hello = function(&app.stack("Shop"), "Hello");
    hello.environment("QUEUE", queue.reference());
    hello.publish();
    let data = template_of(&app, "Data", &SynthOptions::default());
    assert_eq!(resource(&data, "Queue")["DeletionPolicy"], "Retain");
}

/// A table that a published function reaches, with policies of the user's.
fn reached_table(policies: impl FnOnce(Resource) -> Resource) -> App {
    shop(|stack| {
        let hello = function(stack, "Hello");
        hello.environment("TABLE", policies(table(stack)).reference());
        hello.publish()
    })
}

#[test]
fn the_users_delete_stays_and_is_a_warning() {
    let app = reached_table(|table| table.deletion_policy(RetentionPolicy::Delete));
    let table = resource(&template(&app), "Table");
    assert_eq!([&table["DeletionPolicy"], &table["UpdateReplacePolicy"]], ["Delete", "Retain"]);
    one(&warnings(&app), &["Shop/Table: its DeletionPolicy is Delete", "`ephemeral()`"]);
}

#[test]
fn the_users_delete_on_replacement_stays_and_is_a_warning() {
    let app = reached_table(|table| table.update_replace_policy(RetentionPolicy::Delete));
    one(&warnings(&app), &["Shop/Table: its UpdateReplacePolicy is Delete"]);
}

#[test]
fn the_users_delete_on_what_nothing_reaches_is_no_warning() {
    let app = shop(|stack| table(stack).deletion_policy(RetentionPolicy::Delete));
    assert_eq!(warnings(&app), [""; 0]);
    assert_eq!(resource(&template(&app), "Table")["DeletionPolicy"], "Delete");
}

#[test]
fn the_users_retain_except_on_create_stays() {
    let app = reached_table(|table| table.deletion_policy(RetentionPolicy::RetainExceptOnCreate));
    assert_eq!(resource(&template(&app), "Table")["DeletionPolicy"], "RetainExceptOnCreate");
    assert_eq!(warnings(&app), [""; 0]);
}

#[test]
fn what_a_failed_deploy_has_created_can_be_given_up() {
    let app = App::new();
    let stack = app.stack("Shop").retain_except_on_create();
    calls(&stack, "Greeting", &[&function(&stack, "Hello").publish()]);
    let template = template_of(&app, "Shop", &SynthOptions::default());
    for (id, resource) in template["Resources"].as_object().unwrap() {
        let policies = (&resource["DeletionPolicy"], &resource["UpdateReplacePolicy"]);
        assert_eq!(policies, (&"RetainExceptOnCreate".into(), &"Retain".into()), "{id}");
    }
}
