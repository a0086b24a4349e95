//! What one stack hands to another.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod common;

use std::collections::BTreeSet;

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

/// What the queue of `Web` has of `Data`, and what it gets it from: the name of an output there, and its value.
#[track_caller]
fn handed_over(value: impl Fn(&Stack) -> Value<String>) -> (String, Json) {
    let app = across(value);
    assert!(!synth(&app).assembly().unwrap().text("manifest.json").unwrap().is_empty());
    let options = SynthOptions::default();
    let (web, data) = (template_of(&app, "Web", &options), template_of(&app, "Data", &options));
    let got = &web["Resources"]["Queue"]["Properties"]["QueueName"]["Fn::GetStackOutput"];
    assert_eq!(got["StackName"], "Data", "{web:#}");
    let name = got["OutputName"].as_str().unwrap().to_owned();
    let output = data["Outputs"][&name].clone();
    assert!(output.get("Export").is_none(), "what moves cannot be exported: {output}");
    (name, output["Value"].clone())
}

#[test]
fn a_function_is_handed_over_by_an_output_of_its_id() {
    let (name, value) = handed_over(|data| function(data, "Hello").arn());
    assert_eq!((name.as_str(), value), ("HandOverHelloArn", json!({ "Fn::GetAtt": ["Hello", "Arn"] })));
    let named = |data: &Stack| Function::<Json, Json>::new(data, "Hello", props!(name("hello"))).arn();
    assert_ne!(handed_over(named).0, name, "another function is another output");
}

#[test]
fn a_version_is_handed_over_by_an_output_of_its_build() {
    let of = |memory: u32| {
        handed_over(move |data| {
            Function::<Json, Json>::new(data, "Hello", props!(memory_mib(memory))).publish().arn()
        })
    };
    let (name, value) = of(128);
    let version = value["Ref"].as_str().unwrap();
    assert!(version.starts_with("HelloVersion") && name == format!("HandOver{version}"), "{name}, {version}");
    assert_ne!(of(256).0, name, "another build is another output");
}

#[test]
fn a_machine_s_version_is_handed_over_by_an_output_that_moves_with_its_definition() {
    let of = |state: &'static str| {
        handed_over(move |data| {
            let nap: Machine<Json, Json> = machine(|m| m.pass(state).then(m.end()));
            StateMachine::new(data, "Nap", nap, StateMachineProps::default()).publish().arn()
        })
    };
    let (name, value) = of("One");
    assert_eq!(value, json!({ "Ref": "NapVersion" }));
    assert_ne!(of("Two").0, name);
    assert_eq!(of("One").0, name);
}

#[test]
fn a_layer_is_handed_over_by_an_output_that_moves_with_its_content() {
    let of = |content: &'static str| {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("lib.js"), content).unwrap();
        let path = directory.path().to_str().unwrap();
        handed_over(|data| {
            let content = Code::directory(path);
            LayerVersion::new(data, "Tools", LayerProps::builder().content(content).build()).arn()
        })
    };
    assert_ne!(of("1").0, of("2").0);
}

#[test]
fn an_alias_a_role_and_a_machine_are_handed_over() {
    let alias = |data: &Stack| {
        let hello = function(data, "Hello");
        hello.alias("live", &hello.publish()).arn()
    };
    assert_eq!(handed_over(alias).0, "HandOverHelloAliasLive");
    let role = handed_over(|data| function(data, "Hello").role_arn());
    assert!(role.0.starts_with("HandOverHelloRole") && role.0.ends_with("Arn"), "{}", role.0);
    assert_eq!(handed_over(|data| calls(data, "Greeting", &[]).arn()).0, "HandOverGreeting");
}

#[test]
fn a_stack_whose_input_moves_has_another_template() {
    let of = |memory: u32| {
        let app = App::new();
        let (data, web) = (app.stack("Data"), app.stack("Web"));
        let version = Function::<Json, Json>::new(&data, "Hello", props!(memory_mib(memory))).publish();
        calls(&web, "Greeting", &[&version]);
        template_of(&app, "Web", &SynthOptions::default())
    };
    assert_ne!(of(128), of(256));
    assert_eq!(moved(&of(128), &of(256)), BTreeSet::new(), "the role covers every version");
}

#[test]
fn a_machine_calls_a_version_of_another_stack() {
    let app = App::new();
    let (web, data) = (app.stack("Web"), app.stack("Data"));
    let version = function(&data, "Hello").publish();
    let nap: Machine<Json, Json> = machine(|m| m.pass("Nap").then(m.end()));
    let nap = StateMachine::new(&data, "Nap", nap, StateMachineProps::default()).publish();
    calls(&web, "Greeting", &[&version]);
    nests(&web, "Twice", &[&nap]);
    let options = SynthOptions::default();
    insta::assert_json_snapshot!("data.template", template_of(&app, "Data", &options));
    insta::assert_json_snapshot!("web.template", template_of(&app, "Web", &options));
}

#[test]
fn a_right_that_would_close_a_circle_of_stacks_is_no_reason_for_one() {
    let app = App::new();
    let (web, data) = (app.stack("Web"), app.stack("Data"));
    let hello = function(&data, "Hello");
    let machine = calls(&web, "Greeting", &[&hello.publish()]);
    hello.may(grants::step_functions::start(&machine));
    let data = template_of(&app, "Data", &SynthOptions::default());
    let text = data.to_string();
    assert!(text.contains("stateMachine:Greeting-*"), "{data:#}");
}

#[test]
fn stacks_of_two_places_have_nothing_of_each_other() {
    let app = App::new();
    let web = app.stack("Web").environment("123456789012", "eu-west-1");
    let data = app.stack("Data").environment("123456789012", "us-east-1");
    let queue = queue_in(&data);
    web.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": queue.reference() }));
    one_error(
        &app,
        &[
            "Web/Queue: it names `Data/Store` of another stack in `QueueName`",
            "it is in us-east-1 of 123456789012, and this is for eu-west-1 of 123456789012",
            "one account and Region",
        ],
    );
}

#[test]
fn a_machine_that_stays_should_not_call_what_vanishes() {
    let app = App::new();
    let (web, data) = (app.stack("Web"), app.stack("Data").ephemeral());
    calls(&web, "Greeting", &[&function(&data, "Hello").publish()]);
    let found = warnings(&app);
    let says = "Web/Greeting: it names `Data/Hello/Version` of the stack `Data`, which is ephemeral";
    assert!(found.iter().any(|warning| warning.starts_with(says)), "{found:#?}");
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
fn stacks_that_need_each_other_are_an_error() {
    let app = App::new();
    let (web, data) = (app.stack("Web"), app.stack("Data"));
    let a = web.resource("One", "AWS::SQS::Queue", tree!({}));
    let b = data.resource("Two", "AWS::SQS::Queue", tree!({ "QueueName": a.reference() }));
    web.resource("Three", "AWS::SQS::Queue", tree!({ "QueueName": b.reference() }));
    one_error(&app, &["Web: the stacks `Web`, `Data` need each other"]);
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
        &[
            "Data/ExportStoreArn: its logical ID is `ExportStoreArn`, which the output of `Data/Store` for other stacks has",
        ],
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

#[test]
fn what_a_call_is_said_to_be_on_is_handed_over_and_stays() {
    let app = App::new();
    let (web, data) = (app.stack("Web"), app.stack("Data"));
    let orders = table(&data, "Orders");
    let definition: Machine<Json, Json> = machine(|m| {
        let arguments = payload!({ "RequestItems": {} });
        m.service("Save", "aws-sdk:dynamodb:batchWriteItem", arguments).on(&orders).then(m.end())
    });
    StateMachine::new(&web, "Keeper", definition, StateMachineProps::default());
    let options = SynthOptions::default();
    let (web, data) = (template_of(&app, "Web", &options), template_of(&app, "Data", &options));
    let import = json!({ "Fn::ImportValue": "Data:Orders:Arn" });
    let expected = json!({ "Effect": "Allow", "Action": "dynamodb:BatchWriteItem", "Resource": import });
    assert_eq!(statements(&web, "KeeperRole"), [expected]);
    assert_eq!(data["Outputs"]["ExportOrdersArn"]["Export"]["Name"], "Data:Orders:Arn");
    assert_eq!(data["Resources"]["Orders"]["DeletionPolicy"], "Retain");
}
