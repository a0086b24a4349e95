//! What one stack hands to another.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod common;

use common::*;
use cyanotype::prelude::*;

/// A stack `Web` with a queue that names something of the stack `Data`, which is made after it.
fn across(value: impl FnOnce(&Stack) -> Value<String>) -> App {
    let app = App::new();
    let (web, data) = (app.stack("Web"), app.stack("Data"));
    web.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": value(&data) }));
    app
}

fn queue_in(data: &Stack) -> Resource {
    data.resource("Store", "AWS::SQS::Queue", tree!({}))
}

#[test]
fn a_reference_is_an_export_and_an_import() {
    let app = across(|data| queue_in(data).attribute("Arn"));
    let options = SynthOptions::default();
    let (web, data) = (template_of(&app, "Web", &options), template_of(&app, "Data", &options));
    let name = &web["Resources"]["Queue"]["Properties"]["QueueName"];
    assert_eq!(name, &json!({ "Fn::ImportValue": "Data:Store:Arn" }));
    let export = &data["Outputs"]["ExportStoreArn"];
    let expected =
        json!({ "Value": { "Fn::GetAtt": ["Store", "Arn"] }, "Export": { "Name": "Data:Store:Arn" } });
    assert_eq!(export, &expected);
}

#[test]
fn a_text_of_parts_imports_by_a_variable() {
    let app = across(|data| Value::concat([queue_in(data).reference(), "/x".into()]));
    let web = template_of(&app, "Web", &SynthOptions::default());
    let name = &web["Resources"]["Queue"]["Properties"]["QueueName"];
    let variables = json!({ "Part1": { "Fn::ImportValue": "Data:Store" } });
    assert_eq!(name, &json!({ "Fn::Sub": ["${Part1}/x", variables] }));
}

#[test]
fn the_importing_stack_is_deployed_after_the_exporting_one() {
    let app = across(|data| queue_in(data).reference());
    let synthesis = synth(&app);
    let assembly = synthesis.assembly().unwrap();
    assert_eq!(assembly.stacks(), ["Data", "Web"]);
    let manifest: Json = serde_json::from_str(assembly.text("manifest.json").unwrap()).unwrap();
    assert_eq!(manifest["artifacts"]["Web"]["dependencies"], json!(["Data", "Web.assets"]));
    assert_eq!(manifest["artifacts"]["Data"]["dependencies"], json!(["Data.assets"]));
}

#[test]
fn stacks_that_are_chosen_bring_those_that_they_import_from() {
    let app = across(|data| queue_in(data).reference());
    app.stack("Other").resource("Queue", "AWS::SQS::Queue", tree!({}));
    let stacks = |name: &str| {
        let synthesis = app.synth(&SynthOptions::default().stacks([name]));
        synthesis.assembly().unwrap().stacks().to_vec()
    };
    assert_eq!(stacks("Web"), ["Data", "Web"]);
    assert_eq!(stacks("Data"), ["Data"]);
    assert_eq!(stacks("Other"), ["Other"]);
}

#[test]
fn what_only_the_importing_stack_s_publishing_reaches_is_retained() {
    let app = App::new();
    let (data, web) = (app.stack("Data"), app.stack("Web"));
    let store = queue_in(&data);
    let hello = function(&web, "Hello");
    hello.environment("QUEUE", store.reference());
    hello.publish();
    let data = template_of(&app, "Data", &SynthOptions::default());
    assert_eq!(data["Resources"]["Store"]["DeletionPolicy"], "Retain");
}

#[track_caller]
fn refused(value: impl FnOnce(&Stack) -> Value<String>, says: &[&str]) {
    let app = across(value);
    one_error(&app, &[&["Web/Queue: it names `Data/"], says].concat());
}

#[test]
fn a_function_is_not_exported() {
    refused(
        |data| function(data, "Hello").arn(),
        &["Hello` of another stack in `QueueName`: its logical ID moves"],
    );
}

#[test]
fn a_version_is_not_exported() {
    refused(
        |data| function(data, "Hello").publish().arn(),
        &["a version's logical ID moves with its code", "in one stack"],
    );
}

#[test]
fn an_alias_is_not_exported() {
    let alias = |data: &Stack| {
        let hello = function(data, "Hello");
        hello.alias("live", &hello.publish()).arn()
    };
    refused(alias, &["its logical ID moves"]);
}

#[test]
fn a_role_is_not_exported() {
    refused(|data| function(data, "Hello").role_arn(), &["moves with its rights", "`principal_pattern()`"]);
}

#[test]
fn a_machine_is_not_exported() {
    refused(|data| calls(data, "Greeting", &[]).arn(), &["its logical ID moves"]);
}

#[test]
fn a_parameter_belongs_to_its_stack() {
    let app = across(|data| {
        queue_in(data);
        data.parameter("Stage", Parameter::string())
    });
    one_error(&app, &["Web/Queue: it names `Data/Stage`", "belong to one stack"]);
}

#[test]
fn a_machine_cannot_call_a_version_of_another_stack() {
    let app = App::new();
    let version = function(&app.stack("Data"), "Hello").publish();
    calls(&app.stack("Web"), "Greeting", &[&version]);
    let errors = errors(&app);
    assert!(errors.iter().any(|e| e.contains("Web/Greeting: it names `Data/Hello/Version`")), "{errors:#?}");
}

#[test]
fn stacks_that_import_from_each_other_are_an_error() {
    let app = App::new();
    let (web, data) = (app.stack("Web"), app.stack("Data"));
    let a = web.resource("One", "AWS::SQS::Queue", tree!({}));
    let b = data.resource("Two", "AWS::SQS::Queue", tree!({ "QueueName": a.reference() }));
    web.resource("Three", "AWS::SQS::Queue", tree!({ "QueueName": b.reference() }));
    one_error(&app, &["Web: the stacks `Web`, `Data` import from each other"]);
}

#[test]
fn depends_on_works_within_a_stack() {
    let app = App::new();
    let other = queue_in(&app.stack("Data"));
    app.stack("Web").resource("Queue", "AWS::SQS::Queue", tree!({})).depends_on(&other);
    one_error(&app, &["`depends_on` works within a stack alone"]);
}

#[test]
fn a_resource_of_another_app_is_an_error() {
    let elsewhere = queue_in(&App::new().stack("Data"));
    let app = shop(|stack| {
        stack.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": elsewhere.reference() }))
    });
    one_error(&app, &["Shop/Queue: it names a resource of another app", "by a parameter or an import"]);
}

#[test]
fn an_output_says_something_of_its_own_stack() {
    let app = App::new();
    let (web, data) = (app.stack("Web"), app.stack("Data"));
    web.resource("Topic", "AWS::SNS::Topic", tree!({}));
    web.output("Other", queue_in(&data).reference());
    one_error(&app, &["Web/Other: an output names something of another stack"]);
}

#[test]
fn an_output_does_not_take_the_place_of_an_export() {
    let app = across(|data| {
        data.output("ExportStoreArn", Value::from("mine"));
        queue_in(data).attribute("Arn")
    });
    one_error(
        &app,
        &["Data/ExportStoreArn: its logical ID is `ExportStoreArn`, which the export of `Data/Store` has"],
    );
}

#[test]
fn a_condition_or_mapping_of_another_stack_is_an_error() {
    let condition = |data: &Stack| {
        queue_in(data);
        data.condition("IsLive", ConditionExpression::equals(Value::pseudo(Pseudo::Region), "x"))
    };
    let says = ["Web/Queue: it names `Data/IsLive`, a condition or mapping of another stack"];
    one_error(&across(|data| condition(data).choose("a", "b")), &says);
    let app = App::new();
    let (web, data) = (app.stack("Web"), app.stack("Data"));
    web.resource("Queue", "AWS::SQS::Queue", tree!({})).when(&condition(&data));
    one_error(&app, &says);
}

#[test]
fn metadata_names_nothing_of_another_stack() {
    let app = App::new();
    let (web, data) = (app.stack("Web"), app.stack("Data"));
    web.resource("Queue", "AWS::SQS::Queue", tree!({})).metadata("Other", queue_in(&data).reference());
    one_error(&app, &["Web/Queue: its metadata names something of another stack"]);
}
