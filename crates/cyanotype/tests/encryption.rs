//! Keys of the user's own: of machines, their logs, and activities.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use common::*;
use cyanotype::prelude::*;

const NOTHING: [&str; 0] = [];

fn key(stack: &Stack) -> Resource {
    stack.resource("Key", "AWS::KMS::Key", tree!({ "KeyPolicy": {} }))
}

/// A machine with these properties, which are made of a key.
fn with(props: impl Fn(&Resource) -> StateMachineProps) -> App {
    shop(|stack| {
        let key = key(stack);
        calls_with(stack, "Greeting", &[], props(&key));
    })
}

fn allow(action: Json, resource: Json, operator: &str, key: &str, value: Json) -> Json {
    let condition = json!({ operator: { key: value } });
    json!({ "Effect": "Allow", "Action": action, "Resource": resource, "Condition": condition })
}

const MACHINE: &str = "kms:EncryptionContext:aws:states:stateMachineArn";

fn own(end: &str) -> Json {
    sub(&format!("arn:${{AWS::Partition}}:states:${{AWS::Region}}:${{AWS::AccountId}}:{end}"))
}

#[test]
fn a_key_encrypts_a_machine_whose_role_may_use_it_for_that_machine_alone() {
    let app = with(|key| StateMachineProps::builder().kms_key(key, seconds(300)).build());
    assert_eq!(warnings(&app), NOTHING);
    let template = template(&app);
    let key = attribute("Key", "Arn");
    let configuration =
        json!({ "Type": "CUSTOMER_MANAGED_KMS_KEY", "KmsKeyId": key, "KmsDataKeyReusePeriodSeconds": 300 });
    assert_eq!(property(&template, "Greeting", "EncryptionConfiguration"), configuration);
    let actions = json!(["kms:Decrypt", "kms:GenerateDataKey"]);
    let expected = allow(actions, key, "StringLike", MACHINE, own("stateMachine:Greeting-*"));
    assert_eq!(statements(&template, "GreetingRole"), [expected]);
    assert_eq!(resource(&template, "Key")["DeletionPolicy"], "Retain");
}

#[test]
fn a_machine_with_a_name_is_named_by_it() {
    let app = with(|key| StateMachineProps::builder().name("greeting").kms_key(key, seconds(60)).build());
    let condition = statements(&template(&app), "GreetingRole")[0]["Condition"].clone();
    assert_eq!(condition, json!({ "StringEquals": { MACHINE: own("stateMachine:greeting") } }));
}

#[test]
fn the_role_may_have_log_events_encrypted() {
    let logging = || Logging::level(LogLevel::All);
    let delivered = |app: &App| {
        let statements = statements(&template(app), "GreetingRole");
        let deliver = statements.iter().filter(|s| s["Action"] == "kms:GenerateDataKey");
        deliver.map(|s| (s["Resource"].clone(), s["Condition"].clone())).collect::<Vec<_>>()
    };
    let logs = json!({ "StringEquals": { "kms:EncryptionContext:SourceArn":
        sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*") } });
    let expected = [(attribute("Key", "Arn"), logs)];
    let of_machine =
        with(|key| StateMachineProps::builder().kms_key(key, seconds(300)).logging(logging()).build());
    assert_eq!(delivered(&of_machine), expected);
    let of_log = with(|key| StateMachineProps::builder().logging(logging().kms_key(key)).build());
    assert_eq!(delivered(&of_log), expected);
    assert_eq!(property(&template(&of_log), "GreetingLog", "KmsKeyId"), attribute("Key", "Arn"));
    assert_eq!(resource(&template(&of_log), "Key")["DeletionPolicy"], "Retain");
    let both = with(|key| {
        let logging = logging().kms_key(key);
        StateMachineProps::builder().kms_key(key, seconds(300)).logging(logging).build()
    });
    assert_eq!(delivered(&both), expected);
}

#[test]
fn the_key_of_an_activity_is_that_of_the_machines_that_wait_for_it() {
    let of = |reuse: u32| {
        shop_template(|stack| {
            let key = key(stack);
            let pack: Activity<Json, Json> = Activity::new(stack, "Pack").kms_key(&key, seconds(reuse));
            let definition: Machine<Json, Json> = machine(|m| m.activity("Pack", &pack).then(m.end()));
            StateMachine::new(stack, "Shipping", definition, StateMachineProps::default());
        })
    };
    let template = of(300);
    let pack = id(&template, "Pack");
    let context = "kms:EncryptionContext:aws:states:activityArn";
    let actions = json!(["kms:Decrypt", "kms:GenerateDataKey"]);
    let expected = allow(actions, attribute("Key", "Arn"), "StringEquals", context, json!({ "Ref": pack }));
    assert_eq!(statements(&template, "ShippingRole"), [expected]);
    let moved = moved(&template, &of(60));
    assert_eq!(moved, ["Pack".to_owned(), "ShippingRole".into()].into(), "it cannot change in place");
}

#[test]
fn a_key_whose_policy_names_the_roles_by_their_pattern_makes_no_cycle() {
    let app = shop(|stack| {
        let roles = stack.principal_pattern("Greeting");
        let only = tree!({ "ArnLike": tree!({ "aws:PrincipalArn": roles }) });
        let statement = tree!({
            "Effect": "Allow",
            "Principal": tree!({ "AWS": "*" }),
            "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
            "Resource": "*",
            "Condition": only,
        });
        let policy = tree!({ "Version": "2012-10-17", "Statement": [statement] });
        let key = stack.resource("Key", "AWS::KMS::Key", tree!({ "KeyPolicy": policy }));
        let props = StateMachineProps::builder().kms_key(&key, seconds(300)).build();
        let machine = calls_with(stack, "Greeting", &[], props);
        assert_eq!(machine.principal_pattern(), stack.principal_pattern("Greeting"));
    });
    assert_eq!(errors(&app), NOTHING);
    assert_eq!(warnings(&app), NOTHING);
}

#[test]
fn a_data_key_is_reused_for_60_to_900_seconds() {
    for (reuse, fits) in [(59, false), (60, true), (900, true), (901, false)] {
        let app = with(|key| StateMachineProps::builder().kms_key(key, seconds(reuse)).build());
        assert_eq!(errors(&app).is_empty(), fits, "{reuse}");
    }
    let app = with(|key| StateMachineProps::builder().kms_key(key, seconds(59)).build());
    let expected = "Step Functions does not reuse a data key for 59 seconds / it takes 60 to 900 seconds";
    one_error(&app, &[expected]);
}

#[test]
fn what_is_no_key_is_refused() {
    let of = |key: fn(&Stack) -> KmsKey| {
        shop(|stack| {
            let props = StateMachineProps::builder().kms_key(key(stack), seconds(300)).build();
            calls_with(stack, "Greeting", &[], props);
        })
    };
    one_error(
        &of(|_| "alias/shop".into()),
        &["`alias/shop` is not the ARN of a key of KMS / give the key, `&key`"],
    );
    one_error(&of(|stack| (&table(stack, "Orders")).into()), &["an `AWS::DynamoDB::Table` is no key of KMS"]);
    one_error(&of(|stack| key(stack).reference().into()), &["a key is named by its ID"]);
    const ARN: &str = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    assert_eq!(errors(&of(|_| ARN.into())), NOTHING);
}
