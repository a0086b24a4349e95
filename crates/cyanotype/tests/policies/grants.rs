//! Grants have actions that exist, on resources that these take.

use std::{collections::BTreeSet, fs, path::Path};

use cyanotype::{iam::Grant, prelude::*};
use serde_json::Value as Json;

use super::golden;

/// Every grant, on what is known by its ARN.
fn all() -> Vec<(&'static str, Grant)> {
    use grants::{dynamodb, events, kms, s3, secrets_manager, sns, sqs, ssm, step_functions};
    let (table, queue) = ("arn:aws:dynamodb:eu-west-1:1:table/t", "arn:aws:sqs:eu-west-1:1:q");
    let (topic, bus) = ("arn:aws:sns:eu-west-1:1:t", "arn:aws:events:eu-west-1:1:event-bus/b");
    let (bucket, secret) = ("arn:aws:s3:::b", "arn:aws:secretsmanager:eu-west-1:1:secret:s-abcdef");
    let (parameter, key) = ("arn:aws:ssm:eu-west-1:1:parameter/a/b", "arn:aws:kms:eu-west-1:1:key/k");
    let machine = "arn:aws:states:eu-west-1:1:stateMachine:m";
    vec![
        ("dynamodb::read", dynamodb::read(table)),
        ("dynamodb::write", dynamodb::write(table)),
        ("dynamodb::read_stream", dynamodb::read_stream(table)),
        ("s3::read", s3::read(bucket).into()),
        ("s3::read under", s3::read(bucket).under("a/").into()),
        ("s3::write", s3::write(bucket).into()),
        ("s3::delete", s3::delete(bucket).into()),
        ("sqs::send", sqs::send(queue)),
        ("sqs::consume", sqs::consume(queue)),
        ("sns::publish", sns::publish(topic)),
        ("events::put", events::put(bus)),
        ("events::put_on_default", events::put_on_default()),
        ("secrets_manager::read", secrets_manager::read(secret)),
        ("secrets_manager::write", secrets_manager::write(secret)),
        ("ssm::read", ssm::read(parameter)),
        ("ssm::write", ssm::write(parameter)),
        ("kms::decrypt", kms::decrypt(key)),
        ("kms::encrypt", kms::encrypt(key)),
        ("step_functions::start", step_functions::start(machine)),
        ("step_functions::start_sync", step_functions::start_sync(machine)),
        ("step_functions::follow", step_functions::follow(machine)),
        ("step_functions::stop", step_functions::stop(machine)),
        ("step_functions::answer", step_functions::answer()),
    ]
}

#[test]
fn every_grant_is_among_these() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/iam/grants");
    let known: BTreeSet<_> =
        all().into_iter().filter_map(|(name, _)| name.split(' ').next()).map(str::to_owned).collect();
    let mut written = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().and_then(|stem| stem.to_str()).unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().filter(|line| line.ends_with("Grant {"));
        let names = lines.filter_map(|line| line.strip_prefix("pub fn ")?.split('(').next());
        written.extend(names.map(|name| format!("{module}::{name}")));
    }
    assert_eq!(known, written);
}

/// The statements as a template has them.
fn statements(grant: Grant) -> Vec<Json> {
    let app = App::new();
    let stack = app.stack("Shop");
    let props = FunctionProps::builder()
        .runtime(Runtime::NODEJS_22)
        .handler("index.handler")
        .code(Code::inline(""))
        .build();
    Function::<u32, u32>::new(&stack, "Hello", props).may(grant);
    let synthesis = app.synth(&SynthOptions::default());
    let Some(assembly) = synthesis.assembly() else { panic!("{:?}", synthesis.diagnostics()) };
    let template: Json = serde_json::from_str(assembly.text("Shop.template.json").unwrap()).unwrap();
    let roles = template["Resources"].as_object().unwrap().values();
    let policies = roles.filter_map(|resource| resource["Properties"]["Policies"][0].as_object());
    let statements = policies.flat_map(|policy| policy["PolicyDocument"]["Statement"].as_array().unwrap());
    statements.cloned().collect()
}

/// One or many texts. An intrinsic is its text.
fn texts(value: &Json) -> Vec<String> {
    match value {
        Json::Array(items) => items.iter().flat_map(texts).collect(),
        Json::Object(entries) => entries.values().flat_map(texts).collect(),
        other => vec![other.as_str().unwrap().to_owned()],
    }
}

/// Whether an ARN has the form of a kind of resource: as many parts, the same where the form has no variable. An
/// object's key and a parameter's name have any number of parts.
fn has_form(arn: &str, form: &str) -> bool {
    // So that pseudo parameters have no colons of their own.
    let arn = arn.replace("AWS::", "");
    let parts = |text: &str| text.split([':', '/']).map(str::to_owned).collect::<Vec<_>>();
    let (arn, form) = (parts(&arn), parts(form));
    let is_open =
        matches!(form.last().unwrap().as_str(), "${ObjectName}" | "${ParameterNameWithoutLeadingSlash}");
    let fits = arn.len() == form.len() || is_open && arn.len() > form.len();
    fits && arn.iter().zip(&form).all(|(part, of)| of.starts_with("${") || part == of)
}

/// The actions that a text is: those that begin so where it ends in `*`.
fn named<'k>(known: &'k Json, action: &str) -> Vec<(&'k str, &'k Json)> {
    let (prefix, name) = action.split_once(':').unwrap();
    let all = known[prefix]["actions"].as_object().unwrap();
    let is_named = |candidate: &str| match name.strip_suffix('*') {
        Some(beginning) => candidate.starts_with(beginning),
        None => candidate == name,
    };
    all.iter().filter(|(name, _)| is_named(name)).map(|(name, facts)| (name.as_str(), facts)).collect()
}

#[test]
fn every_action_of_a_grant_exists_and_takes_its_resource() {
    let Some(root) = golden() else { return };
    let text = fs::read_to_string(root.join("iam/service-authorization.json")).unwrap();
    let known: Json = serde_json::from_str(&text).unwrap();
    let (mut wrong, mut checked) = (vec![], 0);
    for (grant_name, grant) in all() {
        let statements = statements(grant);
        assert!(!statements.is_empty(), "{grant_name} allows nothing");
        for statement in &statements {
            for action in texts(&statement["Action"]) {
                let (prefix, _) = action.split_once(':').unwrap();
                let found = named(&known, &action);
                if found.is_empty() {
                    wrong.push(format!("{grant_name}: no action `{action}`"));
                }
                for ((name, facts), resource) in found
                    .iter()
                    .flat_map(|found| texts(&statement["Resource"]).into_iter().map(move |r| (found, r)))
                {
                    let kinds: Vec<_> = facts["resources"].as_array().unwrap().iter().collect();
                    let fits = kinds.iter().any(|kind| {
                        let kind = kind.as_str().unwrap().trim_end_matches('*');
                        has_form(&resource, known[prefix]["resources"][kind].as_str().unwrap())
                    });
                    checked += 1;
                    if fits == kinds.is_empty() || kinds.is_empty() != (resource == "*") {
                        wrong.push(format!("{grant_name}: `{name}` is not on `{resource}`"));
                    }
                }
            }
        }
    }
    println!("grants: {} with {checked} actions on resources", all().len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}
