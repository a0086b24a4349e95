//! Published machines: their versions, what moves these, and who calls them.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod common;

use common::*;
use cyanotype::{prelude::*, step_functions::StateMachineVersionArnError};

/// A published machine that waits for some seconds.
fn nap(under: &Construct, time: u32, props: StateMachineProps) -> StateMachine<Json, Json> {
    let definition = machine(|m| m.wait("Wait", seconds(time)).then(m.end()));
    let nap = StateMachine::new(under, "Nap", definition, props);
    nap.publish();
    nap
}

fn published(time: u32, props: StateMachineProps) -> Json {
    shop_template(|stack| nap(stack, time, props))
}

fn plain() -> Json {
    published(5, StateMachineProps::default())
}

#[test]
fn a_version_is_published_once_for_each_revision_and_kept() {
    let expected = json!({
        "Type": "AWS::StepFunctions::StateMachineVersion",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": {
            "StateMachineArn": { "Ref": "Nap" },
            "StateMachineRevisionId": { "Fn::GetAtt": ["Nap", "StateMachineRevisionId"] },
        },
    });
    assert_eq!(plain()["Resources"]["NapVersion"], expected);
}

#[test]
fn publishing_a_machine_twice_is_one_version() {
    let twice = shop_template(|stack| {
        let nap = nap(stack, 5, StateMachineProps::default());
        stack.output("Again", nap.publish().arn());
        stack.output("Once", nap.clone().publish().arn());
    });
    moves(&plain(), &twice, &[]);
    for output in ["Again", "Once"] {
        assert_eq!(twice["Outputs"][output]["Value"], json!({ "Ref": "NapVersion" }));
    }
}

#[test]
fn a_machine_that_is_not_published_has_no_version() {
    moves(&plain(), &shop_template(|stack| calls(stack, "Nap", &[])), &["-NapVersion"]);
}

#[test]
fn a_changed_definition_does_not_move_the_versions_logical_id() {
    moves(&plain(), &published(6, StateMachineProps::default()), &[]);
}

#[test]
fn a_changed_right_moves_the_role_and_not_the_version() {
    let more = shop_template(|stack| {
        let right = Statement::allow(["dynamodb:GetItem"]).on("arn:aws:dynamodb:*:*:table/a");
        nap(stack, 5, StateMachineProps::default()).allow(right);
    });
    moves(&plain(), &more, &["NapRole"]);
}

#[test]
fn a_machine_with_another_type_moves_its_version_with_it() {
    let express = published(5, StateMachineProps::builder().machine_type(StateMachineType::Express).build());
    moves(&plain(), &express, &["Nap", "NapVersion"]);
    assert_eq!(id(&express, "NapVersion"), id(&express, "Nap").replace("Nap", "NapVersion"));
}

#[test]
fn a_machine_with_another_name_moves_its_version_with_it() {
    moves(&plain(), &published(5, StateMachineProps::builder().name("nap").build()), &["Nap", "NapVersion"]);
}

#[test]
fn a_version_is_named_by_the_path_of_its_machine() {
    let template = shop_template(|stack| nap(&stack.part("Night"), 5, StateMachineProps::default()));
    assert_eq!(id(&template, "NightNapVersion"), "NightNapVersion");
}

/// A function that is told a version of a machine, and a machine that calls the function's version.
fn told(time: u32, props: StateMachineProps) -> Json {
    shop_template(|stack| {
        let hello = function(stack, "Hello");
        hello.environment("NAP", nap(stack, time, props).publish().arn());
        calls(stack, "Greeting", &[&hello.publish()])
    })
}

#[test]
fn a_function_that_is_told_a_version_is_published_with_each_revision() {
    let before = told(5, StateMachineProps::default());
    moves(&before, &told(6, StateMachineProps::default()), &["HelloVersion"]);
}

#[test]
fn what_makes_no_revision_publishes_nobody() {
    let tagged = StateMachineProps::builder().tags([("team", "shop")]).build();
    moves(&told(5, StateMachineProps::default()), &told(5, tagged), &[]);
}

#[test]
fn a_nested_machines_own_nested_machine_counts_for_the_revision() {
    let of = |time| {
        shop_template(|stack| {
            let inner = nap(stack, time, StateMachineProps::default());
            let middle = nests(stack, "Middle", &[&inner.publish()]);
            let hello = function(stack, "Hello");
            hello.environment("MIDDLE", middle.publish().arn());
            hello.publish()
        })
    };
    moves(&of(5), &of(6), &["HelloVersion"]);
}

#[test]
fn a_task_runs_the_version_with_its_data_and_waits() {
    let template = shop_template(|stack| {
        let nap = nap(stack, 5, StateMachineProps::default());
        nests(stack, "Parent", &[&nap.publish()])
    });
    let definition = property(&template, "Parent", "DefinitionString")["Fn::Sub"].clone();
    let partition = json!({ "Ref": "AWS::Partition" });
    assert_eq!(definition[1], json!({ "Partition": partition, "NapVersion": { "Ref": "NapVersion" } }));
    let call = r#""Resource":"arn:${Partition}:states:::states:startExecution.sync:2","Parameters":{"StateMachineArn":"${NapVersion}","Input.$":"$"}"#;
    assert!(definition[0].as_str().unwrap().contains(call), "{definition}");
}

#[test]
fn a_task_that_waits_for_an_express_machine_is_a_warning() {
    let app = shop(|stack| {
        let express = StateMachineProps::builder().machine_type(StateMachineType::Express).build();
        nests(stack, "Parent", &[&nap(stack, 5, express).publish()])
    });
    one(
        &warnings(&app),
        &["Shop/Parent: this Task waits for an execution of `Shop/Nap`, an Express machine"],
    );
    let diagnostics = synth(&app);
    assert_eq!(diagnostics.diagnostics()[0].state_name(), Some("Nest 0"));
}

#[test]
fn a_right_on_a_version_is_a_warning_that_names_the_machine() {
    let app = shop(|stack| {
        let version = nap(stack, 5, StateMachineProps::default()).publish();
        function(stack, "Hello").allow(Statement::allow(["states:StartExecution"]).on(version.arn()));
    });
    one(
        &warnings(&app),
        &["Shop/Hello/Role: a statement names the resource `Shop/Nap/Version`", "`.on(machine.arn())`"],
    );
}

#[test]
fn what_is_imported_without_a_number_says_what_would_be_right() {
    let arn = "arn:aws:states:eu-west-1:123456789012:stateMachine:nap";
    let import = |arn: &str| StateMachineVersion::<Json, Json>::import(arn).map(|version| version.arn());
    assert_eq!(import(&format!("{arn}:7")).unwrap().as_literal(), Some(format!("{arn}:7").as_str()));
    let unqualified = import(arn).unwrap_err();
    assert_eq!(unqualified, StateMachineVersionArnError::Unqualified(arn.into()));
    assert!(unqualified.to_string().contains(&format!("end it with a version's number, `{arn}:7`")));
    let alias = import(&format!("{arn}:live")).unwrap_err();
    assert!(alias.to_string().contains("names an alias, which can be moved while an execution runs"));
    let function = import("arn:aws:lambda:eu-west-1:123456789012:function:hello:7").unwrap_err();
    assert!(function.to_string().contains("is not the ARN of a state machine's version, such as"));
}
