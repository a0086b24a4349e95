//! Whatever is called in whatever order, with whatever text: synth ends in an assembly or in diagnostics.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::sync::atomic::{AtomicUsize, Ordering};

use camino::Utf8Path;
use cyanotype::{
    cfn::Assembly,
    flow::{ExecutionType, expression, format, items, machine_from_asl},
    prelude::*,
};
use proptest::prelude::*;
use serde_json::Value as Json;

/// One call of the public API. A number picks among what there is by then.
#[derive(Debug, Clone)]
enum Call {
    Stack(String),
    Part(u8, String),
    Resource(u8, String, u8),
    Function(u8, String, String, u8),
    Image(u8, String, String, u8),
    Publish(u8),
    PublishMachine(u8),
    ImportMachine(u8, String),
    Activity(u8, String, u8),
    Alias(u8, u8, String),
    Allow(u8, u8),
    Environment(u8, String, u8),
    Raw(u8, String, u8),
    Machine(u8, String, Vec<u8>, u8),
    Flow(u8, String, String, u8),
    Asl(u8, String, String),
    Parameter(u8, String),
    Condition(u8, String, u8),
    Mapping(u8, String),
    Output(u8, String, u8),
    Tag(u8, String, u8),
    DependsOn(u8, u8),
    Keep(u8),
    Concat(Vec<u8>),
    Sub(String, String, u8),
    Import(String),
    Acknowledge(u8),
}

#[derive(Default)]
struct Made {
    stacks: Vec<Stack>,
    constructs: Vec<Construct>,
    resources: Vec<Resource>,
    functions: Vec<Function<Json, Json>>,
    versions: Vec<Version<Json, Json>>,
    machines: Vec<StateMachine<Json, Json>>,
    machine_versions: Vec<StateMachineVersion<Json, Json>>,
    values: Vec<Value<String>>,
}

const TOKEN: &str = "arn:aws:sns:eu-west-1:123456789012:things";

/// Names as people give them, and as nobody should.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        24 => "[A-Z][a-z]{2}",
        1 => "\\PC{0,4}",
        1 => ".{0,90}",
        1 => Just("${Hello}".to_owned()),
        1 => Just(String::new()),
    ]
}

fn call() -> impl Strategy<Value = Call> {
    let n = any::<u8>;
    prop_oneof![
        text().prop_map(Call::Stack),
        (n(), text()).prop_map(|(a, b)| Call::Part(a, b)),
        (n(), text(), n()).prop_map(|(a, b, c)| Call::Resource(a, b, c)),
        (n(), text(), text(), n()).prop_map(|(a, b, c, d)| Call::Function(a, b, c, d)),
        (n(), text(), text(), n()).prop_map(|(a, b, c, d)| Call::Image(a, b, c, d)),
        n().prop_map(Call::Publish),
        n().prop_map(Call::PublishMachine),
        (n(), text()).prop_map(|(a, b)| Call::ImportMachine(a, b)),
        (n(), text(), n()).prop_map(|(a, b, c)| Call::Activity(a, b, c)),
        (n(), n(), text()).prop_map(|(a, b, c)| Call::Alias(a, b, c)),
        (n(), n()).prop_map(|(a, b)| Call::Allow(a, b)),
        (n(), text(), n()).prop_map(|(a, b, c)| Call::Environment(a, b, c)),
        (n(), text(), n()).prop_map(|(a, b, c)| Call::Raw(a, b, c)),
        (n(), text(), proptest::collection::vec(n(), 0..4), n())
            .prop_map(|(a, b, c, d)| Call::Machine(a, b, c, d)),
        (n(), text(), text(), n()).prop_map(|(a, b, c, d)| Call::Flow(a, b, c, d)),
        (n(), text(), text()).prop_map(|(a, b, c)| Call::Asl(a, b, c)),
        (n(), text()).prop_map(|(a, b)| Call::Parameter(a, b)),
        (n(), text(), n()).prop_map(|(a, b, c)| Call::Condition(a, b, c)),
        (n(), text()).prop_map(|(a, b)| Call::Mapping(a, b)),
        (n(), text(), n()).prop_map(|(a, b, c)| Call::Output(a, b, c)),
        (n(), text(), n()).prop_map(|(a, b, c)| Call::Tag(a, b, c)),
        (n(), n()).prop_map(|(a, b)| Call::DependsOn(a, b)),
        n().prop_map(Call::Keep),
        proptest::collection::vec(n(), 0..4).prop_map(Call::Concat),
        (text(), text(), n()).prop_map(|(a, b, c)| Call::Sub(a, b, c)),
        text().prop_map(Call::Import),
        n().prop_map(Call::Acknowledge),
    ]
}

/// Picks one of what there is; nothing when there is nothing.
fn pick<T>(all: &[T], n: u8) -> Option<&T> {
    all.get(usize::from(n) % all.len().max(1))
}

impl Made {
    fn value(&self, n: u8) -> Value<String> {
        pick(&self.values, n).cloned().unwrap_or_else(|| "nothing yet".into())
    }

    /// Does one call, where there is what it needs.
    fn call(&mut self, app: &App, call: Call) -> Option<()> {
        match call {
            Call::Stack(name) => {
                let stack = app.stack(name);
                // CloudFormation takes no empty stack.
                stack.resource("Topic", "AWS::SNS::Topic", tree!({}));
                self.constructs.push(stack.part("Part"));
                self.stacks.push(stack);
            }
            Call::Part(n, id) => {
                let part = pick(&self.constructs, n)?.part(id);
                self.constructs.push(part);
            }
            Call::Resource(n, id, value) => {
                // A type that takes any property and has any attribute.
                let list = tree!([1, null, { "A": true }]);
                let properties = tree!({ "ServiceToken": TOKEN, "Value": self.value(value), "List": list });
                let resource = pick(&self.constructs, n)?.resource(id, "Custom::Thing", properties);
                self.values.extend([resource.reference(), resource.attribute("TopicArn")]);
                self.resources.push(resource);
            }
            Call::Function(n, id, source, value) => {
                let props = FunctionProps::builder()
                    .runtime(Runtime::NODEJS_22)
                    .handler(if value % 8 == 0 { self.value(value) } else { "index.handler".into() })
                    .code(Code::inline(source.as_str()))
                    .description(source.as_str())
                    .timeout(seconds(u32::from(value) * 4))
                    .build();
                let function = Function::new(pick(&self.constructs, n)?, id, props);
                self.values.extend([function.arn(), function.role_arn(), function.principal_pattern()]);
                self.functions.push(function);
            }
            Call::Image(n, id, text, value) => {
                let props = match (value % 4, pick(&self.resources, value)) {
                    (0, _) => FunctionProps::image(Image::registry(self.value(value))),
                    (1, Some(resource)) => FunctionProps::image(Image::in_repository(resource, text)),
                    (2, _) => {
                        FunctionProps::image(Image::context(text.as_str()).build_arg(id.as_str(), text))
                    }
                    _ => FunctionProps::image(Image::registry(text.as_str()).command([text])),
                };
                self.functions.push(Function::new(pick(&self.constructs, n)?, id, props.build()));
            }
            Call::Publish(n) => {
                let version = pick(&self.functions, n)?.publish();
                self.values.push(version.arn());
                self.versions.push(version);
            }
            Call::PublishMachine(n) => {
                let version = pick(&self.machines, n)?.publish();
                self.values.push(version.arn());
                self.machine_versions.push(version);
            }
            Call::ImportMachine(number, name) => {
                let arn = format!("arn:aws:states:eu-west-1:123456789012:stateMachine:{name}:{number}");
                self.machine_versions.push(StateMachineVersion::import(arn).ok()?);
            }
            Call::Activity(n, id, value) => {
                let activity = Activity::<Json, Json>::new(pick(&self.constructs, n)?, id.as_str());
                let activity = match value % 4 {
                    0 => activity.named(self.value(value)),
                    1 => activity.named(id.as_str()).tag(id, self.value(value)),
                    _ => activity,
                };
                self.values.extend([activity.arn(), activity.name()]);
            }
            Call::Alias(n, version, name) => {
                let alias = pick(&self.functions, n)?.alias(name, pick(&self.versions, version)?);
                self.values.push(alias.arn());
            }
            Call::Allow(n, value) => {
                let statement = Statement::allow(["states:StartExecution"]).on(self.value(value));
                pick(&self.functions, n)?.allow(statement);
            }
            Call::Environment(n, name, value) => {
                pick(&self.functions, n)?.environment(name, self.value(value));
            }
            Call::Raw(n, name, value) => {
                let locked = if value % 2 == 0 { VersionLocked::Yes } else { VersionLocked::No };
                pick(&self.functions, n)?.raw(name, self.value(value), locked);
            }
            Call::Machine(n, id, tasks, value) => {
                let definition = machine(|m| {
                    let mut path = m.pass(&id);
                    for (n, version) in tasks.iter().filter_map(|n| Some((n, pick(&self.versions, *n)?))) {
                        path = path.then(m.task(&format!("{id}{n}"), version));
                    }
                    for n in tasks.iter().filter(|n| *n % 2 == 0) {
                        if let Some(nested) = pick(&self.machine_versions, *n) {
                            let task = m.task(&format!("{id}{n} nested"), nested);
                            path = path.then(task.select(path!(Execution<Json> => output)));
                        }
                    }
                    let fail = m.fail("Fail").cause(&id);
                    let choice =
                        m.choice::<Json>("Choice").when(root::<Json>().get("a").is(id.as_str()), fail);
                    path.then(choice.otherwise(m.end()))
                });
                let props = StateMachineProps::builder()
                    .name_opt((value % 8 == 0).then(|| self.value(value)))
                    .comment(id.as_str())
                    .logging(Logging::level(LogLevel::All).keep_days(if value < 240 {
                        30
                    } else {
                        value.into()
                    }))
                    .build();
                let machine = StateMachine::new(pick(&self.constructs, n)?, id.as_str(), definition, props);
                machine.allow(Statement::deny(["lambda:InvokeFunction"]).on(self.value(value)));
                self.values.extend([machine.arn(), machine.name(), machine.role_arn()]);
                self.machines.push(machine);
            }
            Call::Flow(n, id, text, value) => {
                let value = self.value(value);
                let definition: Machine<Json, Json> = machine(|m| {
                    let shaped = payload!({ "a": (text.as_str()), "b": (value), "c": (format(&text).with(text.as_str())) });
                    let all =
                        items(root::<Json>().get("all")).distributed(ExecutionType::Express).label(&text);
                    let map = m.map(&id, all, |item| {
                        let each = branch(|b| b.pass(&format!("{id} each")).then(b.end()));
                        item.parallel(&text, vec![each]).assume::<Json>().then(item.end())
                    });
                    let sum = m.jsonata().evaluate(&format!("{id} sum"), expression::<Json>(&text));
                    let wait = m.wait_until(&format!("{id} wait"), &text);
                    let call = m.service(&format!("{id} call"), &text, shaped).credentials(text.as_str());
                    map.assume::<Json>().then(sum).then(wait).then(call).then(m.end())
                });
                let props = StateMachineProps::default();
                self.machines.push(StateMachine::new(
                    pick(&self.constructs, n)?,
                    id.as_str(),
                    definition,
                    props,
                ));
            }
            Call::Asl(n, id, text) => {
                let state = serde_json::json!({ "Type": "Task", "Resource": text, "Parameters": { "a.$": text }, "End": true });
                let definition = serde_json::json!({ "StartAt": id, "States": { (id.clone()): state } });
                let file = machine_from_asl(if n % 8 == 0 { text.clone() } else { definition.to_string() });
                let file = match pick(&self.versions, n) {
                    Some(version) => file.bind(text.as_str(), version),
                    None => file.substitute(text.as_str(), id.as_str()),
                };
                let machine: Machine<Json, Json> = file.machine();
                let props = StateMachineProps::default();
                self.machines.push(StateMachine::new(
                    pick(&self.constructs, n)?,
                    id.as_str(),
                    machine,
                    props,
                ));
            }
            Call::Parameter(n, id) => {
                let value = pick(&self.stacks, n)?.parameter(id, Parameter::string().default("x"));
                self.values.push(value);
            }
            Call::Condition(n, id, value) => {
                let expression = !ConditionExpression::equals(self.value(value), "x");
                let condition = pick(&self.stacks, n)?.condition(id, expression);
                self.values.push(condition.choose(self.value(value), Value::none()));
            }
            Call::Mapping(n, id) => {
                let mapping = pick(&self.stacks, n)?.mapping(id.as_str(), [(id.as_str(), [("a", "b")])]);
                self.values.push(mapping.find(id.as_str(), "a"));
            }
            Call::Output(n, id, value) => pick(&self.stacks, n)?.output(id, self.value(value)),
            Call::Tag(n, key, value) => {
                pick(&self.resources, n)?.clone().tag(key, self.value(value));
            }
            Call::DependsOn(n, other) => {
                pick(&self.resources, n)?.clone().depends_on(pick(&self.resources, other)?);
            }
            Call::Keep(n) => {
                let resource = pick(&self.resources, n)?;
                pick(&self.constructs, n)?.keep(resource);
            }
            Call::Concat(parts) => {
                let parts: Vec<_> = parts.into_iter().map(|n| self.value(n)).collect();
                self.values.push(Value::concat(parts));
            }
            Call::Sub(text, name, value) => {
                let value = Value::sub(text, [(name, self.value(value))]);
                self.values.push(value);
            }
            Call::Import(name) => self.values.push(Value::import(name.as_str())),
            Call::Acknowledge(n) => {
                let value = self.value(n).known_at_deploy("it is the same for ever");
                self.values.push(value);
            }
        }
        Some(())
    }
}

/// How many assemblies a checker is given.
const SAMPLES: usize = 100;

/// Writes an assembly to where a checker finds it, if one asked for samples by naming a directory.
fn sample(assembly: &Assembly) {
    static TAKEN: AtomicUsize = AtomicUsize::new(0);
    let Ok(directory) = std::env::var("CYANOTYPE_SAMPLES") else { return };
    let number = TAKEN.fetch_add(1, Ordering::Relaxed);
    if number < SAMPLES {
        assembly.write(&Utf8Path::new(&directory).join(number.to_string()), &mut |_| ()).unwrap();
    }
}

proptest! {
    // The same cases on every run: what a change breaks is then seen with that change.
    #![proptest_config(ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_calls_in_any_order_end_in_an_assembly_or_in_diagnostics(
        calls in proptest::collection::vec(call(), 0..40)
    ) {
        let app = App::new();
        let mut made = Made::default();
        made.call(&app, Call::Stack("Shop".into()));
        // A raw property is the user's word for one that nobody knows.
        let has_raw = calls.iter().any(|call| matches!(call, Call::Raw(..)));
        for call in calls {
            made.call(&app, call);
        }
        let synthesis = app.synth(&SynthOptions::default());
        if let (Some(assembly), [], false) = (synthesis.assembly(), synthesis.diagnostics(), has_raw) {
            sample(assembly);
        }
        let has_error = synthesis.diagnostics().iter().any(|d| d.severity() == Severity::Error);
        prop_assert_eq!(synthesis.assembly().is_none(), has_error);
        // What is said can be said, in both forms, and is the same when it is said again.
        let said = serde_json::to_string(synthesis.diagnostics()).unwrap();
        let again = app.synth(&SynthOptions::default());
        prop_assert_eq!(said, serde_json::to_string(again.diagnostics()).unwrap());
        if let Some(assembly) = synthesis.assembly() {
            for file in assembly.file_names().filter(|name| name.ends_with(".json")) {
                let json: Result<Json, _> = serde_json::from_str(assembly.text(file).unwrap());
                prop_assert!(json.is_ok(), "{} is no JSON", file);
            }
        }
    }
}
