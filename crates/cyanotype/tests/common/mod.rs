//! What the tests of synthesis share: small apps, and their templates as JSON.

#![allow(
    clippy::panic,
    dead_code,
    reason = "each file of tests uses a part of it, and stops where it cannot go on"
)]

use std::collections::{BTreeMap, BTreeSet};

use cyanotype::{diagnostic::Severity, prelude::*, synth::Synthesis};
#[allow(unused_imports, reason = "each file of tests uses a part of it")]
pub(crate) use serde_json::{Value as Json, json};

/// A function without types.
pub(crate) type Fun = Function<Json, Json>;

/// Properties of a function, beyond the three that all have.
macro_rules! props {
    ($($name:ident($value:expr)),* $(,)?) => {
        FunctionProps::builder()
            .runtime(Runtime::NODEJS_22)
            .handler("index.handler")
            .code(Code::inline("exports.handler = async () => 1"))
            $(.$name($value))*
            .build()
    };
}
#[allow(unused_imports, reason = "each file of tests uses a part of it")]
pub(crate) use props;

/// A function with nothing set.
#[track_caller]
pub(crate) fn function(under: &Construct, id: &str) -> Fun {
    Function::new(under, id, props!())
}

/// A machine that calls some versions, one after the other.
#[track_caller]
pub(crate) fn calls(
    under: &Construct,
    id: &str,
    versions: &[&Version<Json, Json>],
) -> StateMachine<Json, Json> {
    calls_with(under, id, versions, StateMachineProps::default())
}

/// The same, with properties.
#[track_caller]
pub(crate) fn calls_with(
    under: &Construct,
    id: &str,
    versions: &[&Version<Json, Json>],
    props: StateMachineProps,
) -> StateMachine<Json, Json> {
    let definition = machine(|m| {
        let mut path = m.pass("Start");
        for (n, version) in versions.iter().enumerate() {
            path = path.then(m.task(&format!("Call {n}"), *version));
        }
        path.then(m.end())
    });
    StateMachine::new(under, id, definition, props)
}

/// A machine that starts other machines, one after the other.
#[track_caller]
pub(crate) fn nests(
    under: &Construct,
    id: &str,
    versions: &[&StateMachineVersion<Json, Json>],
) -> StateMachine<Json, Json> {
    let definition = machine(|m| {
        let mut path = m.pass("Start");
        for (n, version) in versions.iter().enumerate() {
            path = path.then(m.task(&format!("Nest {n}"), *version).select(path!(Execution<Json> => output)));
        }
        path.then(m.end())
    });
    StateMachine::new(under, id, definition, StateMachineProps::default())
}

/// A machine, `Caller`, that makes one call of a service.
#[track_caller]
pub(crate) fn one_call(
    stack: &Stack,
    action: &str,
    arguments: cyanotype::flow::Payload<Json>,
) -> StateMachine<Json, Json> {
    let definition = machine(|m| m.service("Call", action, arguments).then(m.end()));
    StateMachine::new(stack, "Caller", definition, StateMachineProps::default())
}

/// A table with nothing set but what it must have.
#[track_caller]
pub(crate) fn table(stack: &Stack, id: &str) -> Resource {
    table_with(stack, id, tree!({}))
}

/// A table with these properties beside its key.
#[track_caller]
pub(crate) fn table_with(stack: &Stack, id: &str, properties: Tree) -> Resource {
    let Tree::Map(mut properties) = properties else { panic!("no properties: {properties:?}") };
    let key = tree!([{ "AttributeName": "Id", "KeyType": "HASH" }]);
    properties.entry("KeySchema".into()).or_insert(key);
    stack.resource(id, "AWS::DynamoDB::Table", Tree::Map(properties))
}

/// `Fn::GetAtt` as templates have it.
pub(crate) fn attribute(id: &str, name: &str) -> Json {
    json!({ "Fn::GetAtt": [id, name] })
}

/// `Fn::Sub` without variables of its own.
pub(crate) fn sub(text: &str) -> Json {
    json!({ "Fn::Sub": text })
}

/// An app of one stack, `Shop`.
pub(crate) fn shop<T>(define: impl FnOnce(&Stack) -> T) -> App {
    let app = App::new();
    define(&app.stack("Shop"));
    app
}

pub(crate) fn synth(app: &App) -> Synthesis {
    app.synth(&SynthOptions::default())
}

/// The template of a stack of an app without errors.
#[track_caller]
pub(crate) fn template_of(app: &App, stack: &str, options: &SynthOptions) -> Json {
    let synthesis = app.synth(options);
    let Some(assembly) = synthesis.assembly() else { panic!("{:#?}", synthesis.diagnostics()) };
    let text =
        assembly.text(&format!("{stack}.template.json")).unwrap_or_else(|| panic!("no stack `{stack}`"));
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The template of `Shop`.
#[track_caller]
pub(crate) fn template(app: &App) -> Json {
    template_of(app, "Shop", &SynthOptions::default())
}

/// The template of an app of one stack.
#[track_caller]
pub(crate) fn shop_template<T>(define: impl FnOnce(&Stack) -> T) -> Json {
    template(&shop(define))
}

/// What is found of a severity, as `construct: message / help`.
pub(crate) fn found(app: &App, severity: Severity) -> Vec<String> {
    let synthesis = synth(app);
    let of = synthesis.diagnostics().iter().filter(|d| d.severity() == severity);
    of.map(|d| {
        let construct = d.construct_path().unwrap_or("-");
        let help = d.hint().map(|help| format!(" / {help}")).unwrap_or_default();
        format!("{construct}: {}{help}", d.message())
    })
    .collect()
}

pub(crate) fn errors(app: &App) -> Vec<String> {
    let errors = found(app, Severity::Error);
    assert_eq!(errors.is_empty(), synth(app).assembly().is_some(), "an assembly, or errors: {errors:#?}");
    errors
}

pub(crate) fn warnings(app: &App) -> Vec<String> {
    found(app, Severity::Warning)
}

/// Asserts that there is one error, and that it says all of this.
#[track_caller]
pub(crate) fn one_error(app: &App, says: &[&str]) {
    one(&errors(app), says);
}

#[track_caller]
pub(crate) fn one(found: &[String], says: &[&str]) {
    let [one] = found else { panic!("not one: {found:#?}") };
    for text in says {
        assert!(one.contains(text), "`{text}` is not in: {one}");
    }
}

/// The resources by their IDs without the hash that moves them, each with its ID and itself.
///
/// The IDs of roles and their policies end with 8 digits and those of versions with 12; functions, aliases, machines,
/// their versions and activities may have 8.
pub(crate) fn by_base(template: &Json) -> BTreeMap<String, (String, Json)> {
    let resources = template["Resources"].as_object().into_iter().flatten();
    let mut all = BTreeMap::new();
    for (id, resource) in resources {
        let digits = |n: usize| {
            let tail = id.len().checked_sub(n).and_then(|at| id.get(at..))?;
            tail.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')).then_some(n)
        };
        let hash = match resource["Type"].as_str() {
            Some("AWS::Lambda::Version") => digits(12),
            Some("AWS::IAM::Role" | "AWS::IAM::Policy" | "AWS::IAM::ManagedPolicy") => digits(8),
            Some("AWS::Lambda::Function" | "AWS::Lambda::Alias") => digits(8),
            Some(other) if other.starts_with("AWS::StepFunctions::") => digits(8),
            _ => None,
        };
        let base = id[..id.len() - hash.unwrap_or_default()].to_owned();
        let twice = all.insert(base, (id.clone(), resource.clone()));
        assert!(twice.is_none(), "two resources of one base: {id}");
    }
    all
}

/// A resource by its ID without its hash.
#[track_caller]
pub(crate) fn resource(template: &Json, base: &str) -> Json {
    let all = by_base(template);
    let Some((_, resource)) = all.get(base) else { panic!("no `{base}` in {:?}", all.keys()) };
    resource.clone()
}

/// A property of it.
#[track_caller]
pub(crate) fn property(template: &Json, base: &str, name: &str) -> Json {
    resource(template, base)["Properties"][name].clone()
}

/// Its whole ID.
#[track_caller]
pub(crate) fn id(template: &Json, base: &str) -> String {
    let all = by_base(template);
    let Some((id, _)) = all.get(base) else { panic!("no `{base}` in {:?}", all.keys()) };
    id.clone()
}

/// The bases of the resources that are in both templates under different IDs, and with a sign those that are in one.
pub(crate) fn moved(before: &Json, after: &Json) -> BTreeSet<String> {
    let (before, after) = (by_base(before), by_base(after));
    let mut moved = BTreeSet::new();
    for (base, (id, _)) in &before {
        match after.get(base) {
            Some((same, _)) if same == id => {}
            Some(_) => drop(moved.insert(base.clone())),
            None => drop(moved.insert(format!("-{base}"))),
        }
    }
    moved.extend(after.keys().filter(|base| !before.contains_key(*base)).map(|base| format!("+{base}")));
    moved
}

/// Asserts which bases move from one template to the next.
#[track_caller]
pub(crate) fn moves(before: &Json, after: &Json, expected: &[&str]) {
    assert_eq!(moved(before, after).into_iter().collect::<Vec<_>>(), expected);
}

/// The statements of a role's own policy.
#[track_caller]
pub(crate) fn statements(template: &Json, role: &str) -> Vec<Json> {
    let policies = property(template, role, "Policies");
    policies[0]["PolicyDocument"]["Statement"].as_array().cloned().unwrap_or_default()
}
