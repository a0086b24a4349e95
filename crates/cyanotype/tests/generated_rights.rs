//! When rights that are generated make another role, what they are retained with, and what is said about them.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use common::*;
use cyanotype::{flow::machine_from_asl, prelude::*};

const OWN: &str = "${AWS::Region}:${AWS::AccountId}";

#[test]
fn a_definition_from_a_file_gets_what_it_needs_too() {
    let text = r#"{"StartAt": "Save", "States": {"Save": {
        "Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem", "End": true,
        "Parameters": {"TableName": "${Orders}", "Item.$": "$.item"}
    }}}"#;
    let template = shop_template(|stack| {
        let definition: Machine<Json, Json> =
            machine_from_asl(text).substitute("Orders", table(stack, "Orders").reference()).machine();
        StateMachine::new(stack, "Caller", definition, StateMachineProps::default())
    });
    assert_eq!(statements(&template, "CallerRole")[0]["Resource"], attribute("Orders", "Arn"));
}

/// Two calls, in either order, and a third if asked.
fn calls_of(swap: bool, third: bool) -> Json {
    shop_template(|stack| {
        let (one, two) = (table(stack, "One"), table(stack, "Two"));
        let queue = stack.resource("Queue", "AWS::SQS::Queue", tree!({}));
        let definition: Machine<Json, Json> = machine(|m| {
            let get = |name: &str, table: &Resource| {
                m.service(name, "dynamodb:getItem", payload!({ "TableName": (table.reference()), "Key": {} }))
            };
            let (first, second) = if swap { (&two, &one) } else { (&one, &two) };
            let send = || {
                m.service(
                    "Send",
                    "sqs:sendMessage",
                    payload!({ "QueueUrl": (queue.reference()), "MessageBody": "m" }),
                )
            };
            let two = get("First", first).assume::<Json>().then(get("Second", second)).assume::<Json>();
            if third { two.then(send().assume::<Json>()).then(m.end()) } else { two.then(m.end()) }
        });
        StateMachine::new(stack, "Caller", definition, StateMachineProps::default())
    })
}

#[test]
fn another_order_of_states_does_not_move_the_role() {
    let (one, other) = (calls_of(false, true), calls_of(true, true));
    assert_eq!(moved(&one, &other), [].into());
    assert_eq!(resource(&one, "CallerRole"), resource(&other, "CallerRole"));
    let expected = json!([attribute("One", "Arn"), attribute("Two", "Arn")]);
    assert!(statements(&one, "CallerRole").iter().any(|statement| statement["Resource"] == expected));
}

#[test]
fn a_service_that_is_called_no_more_makes_another_role_and_the_old_one_stays() {
    let (before, after) = (calls_of(false, true), calls_of(false, false));
    assert_eq!(moved(&before, &after), ["CallerRole".to_owned()].into());
    assert_eq!(resource(&before, "CallerRole")["DeletionPolicy"], "Retain");
    assert_eq!(resource(&before, "CallerRole")["UpdateReplacePolicy"], "Retain");
    assert_eq!(resource(&before, "Queue")["DeletionPolicy"], "Retain", "the old role's right is on it");
}

#[test]
fn a_table_that_is_replaced_makes_another_role() {
    let of = |name: &str| {
        shop_template(|stack| {
            let table = table_with(stack, "Orders", tree!({ "TableName": name }));
            one_call(stack, "dynamodb:getItem", payload!({ "TableName": (table.reference()), "Key": {} }))
        })
    };
    assert_eq!(moved(&of("a"), &of("b")), ["CallerRole".to_owned()].into());
}

#[test]
fn what_only_an_execution_knows_is_allowed_widely_with_a_warning_at_the_state() {
    let line = line!() + 4;
    let app = shop(|stack| {
        let definition: Machine<Json, Json> = machine(|m| {
            let url = payload!({ "QueueUrl": (root::<Json>()), "MessageBody": "m" });
            m.service("Send", "sqs:sendMessage", url).then(m.end())
        });
        StateMachine::new(stack, "Caller", definition, StateMachineProps::default())
    });
    one(
        &warnings(&app),
        &[
            "Shop/Caller: `sqs:SendMessage` is allowed on any queue",
            "give `QueueUrl` as a literal or as a reference",
        ],
    );
    let synthesis = synth(&app);
    let warning = &synthesis.diagnostics()[0];
    assert_eq!(warning.state_name(), Some("Send"));
    assert_eq!(warning.source().map(std::panic::Location::line), Some(line));
    let any = format!("arn:${{AWS::Partition}}:sqs:{OWN}:*");
    assert_eq!(statements(&template(&app), "CallerRole")[0]["Resource"], sub(&any));
}

#[test]
fn a_parameter_in_a_right_is_an_error_until_it_is_acknowledged() {
    let of = |value: fn(Value<String>) -> Value<String>| {
        shop(|stack| {
            let name: Value<String> = stack.parameter("Table", Parameter::string());
            let arguments = payload!({ "TableName": (value(name)), "Key": {} });
            one_call(stack, "dynamodb:getItem", arguments)
        })
    };
    let found = errors(&of(|name| name));
    let says = "Shop/Caller/Role: a statement names the parameter `Shop/Table`";
    assert!(found.iter().any(|error| error.contains(says)), "{found:?}");
    assert_eq!(errors(&of(|name| name.known_at_deploy("never changes"))), [""; 0]);
}

#[test]
fn an_acknowledged_reference_is_still_one_to_the_resource() {
    let template = shop_template(|stack| {
        let stage: Value<String> = stack.parameter("Stage", Parameter::string());
        let table = table_with(stack, "Orders", tree!({ "TableName": stage }));
        let name = table.reference().known_at_deploy("a stage keeps its name");
        one_call(stack, "dynamodb:getItem", payload!({ "TableName": (name), "Key": {} }))
    });
    assert_eq!(statements(&template, "CallerRole")[0]["Resource"], attribute("Orders", "Arn"));
}

#[test]
fn a_bucket_that_starts_the_machine_which_reads_it_makes_no_cycle() {
    let template = shop_template(|stack| {
        let start = function(stack, "Start");
        let configuration = tree!({ "Event": "s3:ObjectCreated:*", "Function": start.publish().arn() });
        let configuration = tree!({ "LambdaConfigurations": [configuration] });
        let properties = tree!({ "NotificationConfiguration": configuration });
        let bucket = stack.resource("Files", "AWS::S3::Bucket", properties);
        let arguments = payload!({ "Bucket": (bucket.reference()), "Key": "a.json" });
        let caller = one_call(stack, "aws-sdk:s3:getObject", arguments);
        start.allow(Statement::allow(["states:StartExecution"]).on(caller.arn()));
    });
    let start = statements(&template, "StartRole")[0]["Resource"].to_string();
    assert!(start.contains(":stateMachine:Caller-*"), "{start}");
}

#[test]
fn the_uploads_of_a_bucket_are_listed_on_the_bucket_and_written_on_what_is_in_it() {
    let on = |location: fn(&Resource) -> Value<String>| {
        let template = shop_template(|stack| {
            let bucket = stack.resource("Results", "AWS::S3::Bucket", tree!({}));
            let place = payload!({ "OutputLocation": (location(&bucket)) });
            let query = payload!({ "QueryString": "SELECT 1", "ResultConfiguration": (place) });
            one_call(stack, "athena:startQueryExecution", query)
        });
        let all = statements(&template, "CallerRole");
        ["s3:ListBucketMultipartUploads", "s3:PutObject"].map(|action| {
            let has = |statement: &&Json| statement["Action"].to_string().contains(action);
            all.iter().filter(has).map(|statement| statement["Resource"].clone()).collect::<Vec<_>>()
        })
    };
    let text = on(|_| "s3://results/a*/b".into());
    let arn = |rest: &str| vec![sub(&format!("arn:${{AWS::Partition}}:s3:::{rest}"))];
    assert_eq!(text, [arn("results"), arn("results/a${!*}/b/*")]);
    let of_app = on(|bucket| Value::concat(["s3://".into(), bucket.reference(), "/out/".into()]));
    assert_eq!(of_app, [vec![attribute("Results", "Arn")], vec![sub("${Results.Arn}/out/*")]]);
    let unknown = on(|bucket| bucket.attribute("WebsiteURL"));
    assert_eq!(unknown, [arn("*"), arn("*")]);
}
