//! Aliases, versions and deployment preferences beside those of AWS SAM, which many teams come from: the same templates
//! but for differences with a reason each.
//!
//! The pairs are SAM's own test data; `CYANOTYPE_GOLDEN` says where.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should say where"
)]

mod common;

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
};

use common::{Fun, template};
use cyanotype::prelude::*;
use serde_json::{Value as Json, json};

/// What differs, by type and place in the resource, and why that is well.
const DIFFERENCES: &[(&str, &str, &str)] = &[
    (
        "AWS::Lambda::Version",
        "DeletionPolicy",
        "SAM can be told to delete versions that something may still call; here an ephemeral stack does",
    ),
    (
        "AWS::StepFunctions::StateMachineVersion",
        "DeletionPolicy",
        "SAM can be told to delete versions that something may still call; here an ephemeral stack does",
    ),
    (
        "AWS::Lambda::Alias",
        "Properties.ProvisionedConcurrencyConfig",
        "that pair has it under a condition, which is not read here",
    ),
    (
        "AWS::Lambda::Version",
        "UpdateReplacePolicy",
        "a version that is replaced is needed by executions as one that is removed",
    ),
    (
        "AWS::Lambda::Version",
        "Properties.Description",
        "the build is in the function's description, which a version copies; a version's own would replace it",
    ),
    ("AWS::Lambda::Alias", "DeletionPolicy", "whoever calls an alias goes on to call it"),
    ("AWS::Lambda::Alias", "UpdateReplacePolicy", "whoever calls an alias goes on to call it"),
    (
        "AWS::CodeDeploy::DeploymentGroup",
        "Properties.DeploymentConfigName",
        "SAM substitutes a literal into a literal, or names a configuration of the user's; here steps are numbers",
    ),
    (
        "AWS::CodeDeploy::DeploymentGroup",
        "Properties.TriggerConfigurations",
        "notices go to a topic by an event rule, which knows CodeDeploy's events",
    ),
    (
        "AWS::StepFunctions::StateMachineAlias",
        "DeletionPolicy",
        "whoever starts executions by an alias goes on to do so",
    ),
    (
        "AWS::StepFunctions::StateMachineAlias",
        "UpdateReplacePolicy",
        "whoever starts executions by an alias goes on to do so",
    ),
    (
        "AWS::StepFunctions::StateMachineAlias",
        "Properties.DeploymentPreference",
        "an alias that was not told how to move has a route, which CloudFormation moves at once as well",
    ),
    (
        "AWS::StepFunctions::StateMachineAlias",
        "Properties.RoutingConfiguration",
        "an alias that was not told how to move has a route, which CloudFormation moves at once as well",
    ),
];

/// The types that are compared. Functions, roles and machines are other tests' business.
const COMPARED: [&str; 6] = [
    "AWS::Lambda::Version",
    "AWS::Lambda::Alias",
    "AWS::CodeDeploy::Application",
    "AWS::CodeDeploy::DeploymentGroup",
    "AWS::StepFunctions::StateMachineVersion",
    "AWS::StepFunctions::StateMachineAlias",
];

#[test]
fn all_that_differs_from_sam_has_a_reason() {
    let Ok(golden) = env::var("CYANOTYPE_GOLDEN") else {
        eprintln!("skipped: CYANOTYPE_GOLDEN does not say where the pairs are");
        return;
    };
    let mut files: Vec<_> =
        fs::read_dir(Path::new(&golden).join("sam")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let (mut pairs, mut resources, mut used) = (0, 0, BTreeSet::new());
    let mut without_reason = vec![];
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "json")) {
        let pair: Json = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let Some(theirs) = pair.get("expected_output") else { continue };
        let name = file.file_stem().unwrap().to_str().unwrap();
        let Some(ours) = ours(&pair["input"]) else { continue };
        pairs += 1;
        let (ours, theirs) = (compared(&ours), compared(theirs));
        resources += theirs.len();
        for id in ours.keys().chain(theirs.keys()).collect::<BTreeSet<_>>() {
            let (Some(ours), Some(theirs)) = (ours.get(id), theirs.get(id)) else {
                without_reason.push(format!("{name}: one has no {id}"));
                continue;
            };
            for place in differences(ours, theirs) {
                let of_type = ours["Type"].as_str().unwrap();
                match DIFFERENCES.iter().find(|(t, p, _)| *t == of_type && *p == place) {
                    Some(known) => drop(used.insert(known)),
                    None => without_reason.push(format!(
                        "{name}: {id} {place}: {} {}",
                        at(ours, &place),
                        at(theirs, &place)
                    )),
                }
            }
        }
    }
    println!("{pairs} pairs, {resources} resources, differences with a reason: {used:#?}");
    assert!(without_reason.is_empty(), "{without_reason:#?}");
    assert!(pairs >= 15, "only {pairs} pairs were compared");
    let unused: Vec<_> = DIFFERENCES.iter().filter(|known| !used.contains(known)).collect();
    assert!(unused.is_empty(), "reasons without a difference: {unused:#?}");
}

/// The template of an app that says what a SAM template says; None where that has no functions or machines with an
/// alias, or says it by conditions and parameters, which here are Rust.
fn ours(input: &Json) -> Option<Json> {
    let resources = input["Resources"].as_object()?;
    let app = App::new();
    let stack = app.stack("Shop");
    let mut functions: BTreeMap<&str, Fun> = BTreeMap::new();
    let mut any = false;
    let mut alarms = BTreeMap::new();
    for (id, resource) in resources {
        if resource["Type"] == "AWS::CloudWatch::Alarm" {
            alarms.insert(
                id.as_str(),
                stack.resource(id, "AWS::CloudWatch::Alarm", resource["Properties"].clone()).reference(),
            );
        }
        if resource["Type"] == "AWS::Serverless::Function" {
            let props = FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler");
            let scaling = &resource["Properties"]["FunctionScalingConfig"];
            let number = |name: &str| scaling[name].as_u64().map(|number| number as u32);
            let scaling = number("MinExecutionEnvironments").zip(number("MaxExecutionEnvironments"));
            let props = props
                .code(Code::inline("0"))
                .scaling_opt(scaling.map(|(least, most)| Scaling::new(least, most)));
            functions.insert(id, Function::new(&stack, id, props.build()));
        }
    }
    for (id, resource) in resources {
        let properties = &resource["Properties"];
        let preference = &properties["DeploymentPreference"];
        let Some(alias) = properties["AutoPublishAlias"].as_str() else {
            // A name that is no text is a parameter; none is no alias.
            if properties.get("AutoPublishAlias").is_some() {
                return None;
            }
            continue;
        };
        if resource.get("Condition").is_some() {
            return None;
        }
        any = true;
        match resource["Type"].as_str()? {
            "AWS::Serverless::Function" => {
                let function = functions.get(id.as_str())?;
                let live = function.alias(alias, &function.publish());
                match shift_of_function(preference, &functions, &alarms) {
                    Preference::None => {}
                    Preference::Unclear => return None,
                    Preference::Shift(shift) => live.shift(shift),
                }
            }
            "AWS::Serverless::StateMachine" => {
                let nap: Machine<Json, Json> = machine(|m| m.pass("HelloWorld").then(m.end()));
                let nap = StateMachine::new(&stack, id, nap, StateMachineProps::default());
                let live = nap.alias(alias, &nap.publish());
                if let Some(shift) = shift_of_machine(preference) {
                    live.shift(shift);
                }
            }
            _ => return None,
        }
    }
    any.then(|| template(&app))
}

enum Preference {
    None,
    Shift(cyanotype::lambda::TrafficShift),
    /// It turns on a parameter.
    Unclear,
}

fn shift_of_function(
    preference: &Json,
    functions: &BTreeMap<&str, Fun>,
    known: &BTreeMap<&str, Value<String>>,
) -> Preference {
    match &preference["Enabled"] {
        Json::Bool(false) => return Preference::None,
        Json::Null | Json::Bool(true) => {}
        _ => return Preference::Unclear,
    }
    let Some(kind) = preference["Type"].as_str() else {
        return if preference.is_null() { Preference::None } else { Preference::Unclear };
    };
    // `Linear10PercentEvery3Minutes`, `Canary10Percent5Minutes`; another name is the user's own configuration.
    let numbers: Vec<u32> =
        kind.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    let shift = match (kind, numbers.as_slice()) {
        (kind, [percent, minutes]) if kind.starts_with("Linear") => Shift::linear(*percent, *minutes),
        (kind, [percent, minutes]) if kind.starts_with("Canary") => Shift::canary(*percent, *minutes),
        _ => Shift::all_at_once(),
    };
    let alarms = match &preference["Alarms"] {
        Json::Null => vec![],
        Json::Array(alarms) => alarms.clone(),
        _ => return Preference::Unclear,
    };
    let named = |name: &Json| match name["Ref"].as_str() {
        Some(id) => known[id].clone(),
        None => Value::from(name.as_str().unwrap()),
    };
    let shift = alarms.iter().fold(shift, |shift, alarm| shift.alarm(named(alarm)));
    let hook = |name: &str| functions.get(preference["Hooks"][name]["Ref"].as_str()?);
    let mut shift = cyanotype::lambda::TrafficShift::from(shift);
    if let Some(before) = hook("PreTraffic") {
        shift = shift.before_traffic(before);
    }
    if let Some(after) = hook("PostTraffic") {
        shift = shift.after_traffic(after);
    }
    Preference::Shift(shift)
}

fn shift_of_machine(preference: &Json) -> Option<Shift> {
    let number = |name: &str| preference[name].as_u64().map(|number| number as u32);
    let shift = match preference["Type"].as_str()? {
        "LINEAR" => Shift::linear(number("Percentage")?, number("Interval")?),
        "CANARY" => Shift::canary(number("Percentage")?, number("Interval")?),
        _ => Shift::all_at_once(),
    };
    let alarms = preference["Alarms"].as_array().cloned().unwrap_or_default();
    Some(alarms.iter().fold(shift, |shift, alarm| shift.alarm(alarm.as_str().unwrap())))
}

/// The resources that are compared, by IDs that both would give them.
fn compared(template: &Json) -> BTreeMap<String, Json> {
    let resources = template["Resources"].as_object().unwrap();
    let names: BTreeMap<&str, String> =
        resources.iter().map(|(id, resource)| (id.as_str(), neutral(id, resource))).collect();
    let of_type = |resource: &&Json| COMPARED.iter().any(|name| resource["Type"] == *name);
    let wanted = resources.iter().filter(|(_, resource)| of_type(resource));
    wanted.map(|(id, resource)| (names[id.as_str()].clone(), renamed(resource, &names))).collect()
}

fn neutral(id: &str, resource: &Json) -> String {
    let owner = |property: &str| resource["Properties"][property]["Ref"].as_str().unwrap_or(id).to_owned();
    match resource["Type"].as_str().unwrap() {
        "AWS::Lambda::Version" => format!("{}'s version", owner("FunctionName")),
        "AWS::Lambda::Alias" => {
            format!("{}'s alias {}", owner("FunctionName"), resource["Properties"]["Name"])
        }
        "AWS::CodeDeploy::Application" => "the application".into(),
        "AWS::CodeDeploy::DeploymentGroup" => {
            let end = if id.ends_with("DeploymentGroup") { "DeploymentGroup" } else { "Alias" };
            format!("{}'s deployments", &id[..id.rfind(end).unwrap()])
        }
        "AWS::IAM::Role" if id.starts_with("CodeDeploy") => "the role".into(),
        "AWS::StepFunctions::StateMachineVersion" => format!("{}'s version", owner("StateMachineArn")),
        "AWS::StepFunctions::StateMachineAlias" => {
            format!("the machine's alias {}", resource["Properties"]["Name"])
        }
        _ => id.to_owned(),
    }
}

fn renamed(value: &Json, names: &BTreeMap<&str, String>) -> Json {
    let name = |id: &Json| names.get(id.as_str().unwrap_or_default()).map_or(id.clone(), |name| json!(name));
    match value {
        Json::Object(entries) => entries
            .iter()
            .map(|(key, value)| match (key.as_str(), value) {
                // What the stack does not have was named by its ID here.
                ("Ref", id) if !names.contains_key(id.as_str().unwrap_or_default()) => {
                    (key.clone(), id.clone())
                }
                ("Ref", id) => (key.clone(), name(id)),
                ("Fn::GetAtt", Json::Array(parts)) => (key.clone(), json!([name(&parts[0]), parts[1]])),
                _ => (key.clone(), renamed(value, names)),
            })
            .collect(),
        Json::Array(items) => items.iter().map(|item| renamed(item, names)).collect(),
        other => other.clone(),
    }
}

/// The attributes and properties in which two resources differ.
fn differences(ours: &Json, theirs: &Json) -> Vec<String> {
    let keys = |a: &Json, b: &Json| -> BTreeSet<String> {
        [a, b]
            .iter()
            .flat_map(|json| json.as_object().into_iter().flatten().map(|(key, _)| key.clone()))
            .collect()
    };
    let mut found = vec![];
    for key in keys(ours, theirs) {
        if key == "Properties" {
            let differs = |name: &String| ours[&key][name] != theirs[&key][name];
            found.extend(
                keys(&ours[&key], &theirs[&key])
                    .into_iter()
                    .filter(differs)
                    .map(|name| format!("{key}.{name}")),
            );
        } else if ours[&key] != theirs[&key] {
            found.push(key);
        }
    }
    found
}

fn at<'j>(resource: &'j Json, place: &str) -> &'j Json {
    place.split('.').fold(resource, |json, key| &json[key])
}
