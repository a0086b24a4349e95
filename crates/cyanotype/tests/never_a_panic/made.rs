//! What an app has by now, and how a call adds to it.

use cyanotype::{
    flow::{ExecutionType, expression, format, items, machine_from_asl},
    prelude::*,
};
use serde_json::Value as Json;

use crate::call::Call;

/// A function without types, and an alias of one.
pub(crate) type Fun = Function<Json, Json>;
pub(crate) type Live = Alias<Json, Json>;

/// What there is by now.
#[derive(Default)]
pub(crate) struct Made {
    pub(crate) stacks: Vec<Stack>,
    pub(crate) constructs: Vec<Construct>,
    pub(crate) resources: Vec<Resource>,
    pub(crate) functions: Vec<Fun>,
    pub(crate) versions: Vec<Version<Json, Json>>,
    pub(crate) machines: Vec<StateMachine<Json, Json>>,
    pub(crate) aliases: Vec<(Fun, Live)>,
    pub(crate) layers: Vec<LayerVersion>,
    pub(crate) machine_aliases: Vec<StateMachineAlias<Json, Json>>,
    /// Resources of AWS's types.
    pub(crate) things: Vec<(&'static str, Resource)>,
    /// Whether arguments are also what nobody should give.
    pub(crate) wild: bool,
    pub(crate) machine_versions: Vec<StateMachineVersion<Json, Json>>,
    pub(crate) values: Vec<Value<String>>,
}

const TOKEN: &str = "arn:aws:sns:eu-west-1:123456789012:things";

/// Picks one of what there is; nothing when there is nothing.
pub(crate) fn pick<T>(all: &[T], n: u8) -> Option<&T> {
    all.get(usize::from(n) % all.len().max(1))
}

impl Made {
    pub(crate) fn value(&self, n: u8) -> Value<String> {
        pick(&self.values, n).cloned().unwrap_or_else(|| "nothing yet".into())
    }

    /// Any value; in an app that is not wild this text.
    fn own_or(&self, n: u8, text: &str) -> Value<String> {
        if self.wild { self.value(n) } else { text.into() }
    }

    /// Does one call, where there is what it needs.
    pub(crate) fn call(&mut self, app: &App, call: Call) -> Option<()> {
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
                    .handler(if value % 8 == 0 { self.own_or(value, "a.b") } else { "index.handler".into() })
                    .code(Code::inline(source.as_str()))
                    .description(source.as_str())
                    .timeout(seconds(if self.wild { u32::from(value) * 4 } else { 3 }))
                    .build();
                let function = Function::new(pick(&self.constructs, n)?, id, props);
                self.values.extend([function.arn(), function.role_arn(), function.principal_pattern()]);
                self.functions.push(function);
            }
            Call::Image(n, id, text, value) => {
                let digest = format!("sha256:{value:064}");
                let repository = self.of_type("AWS::ECR::Repository", value);
                let props = match (value % 4, pick(&self.resources, value)) {
                    _ if !self.wild => FunctionProps::image(Image::in_repository(repository?, digest)),
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
                    0 => activity.named(self.own_or(value, &id)),
                    1 => activity.named(id.as_str()).tag(id, self.value(value)),
                    _ => activity,
                };
                self.values.extend([activity.arn(), activity.name()]);
            }
            Call::Alias(n, version, name) => {
                let function = pick(&self.functions, n)?.clone();
                let version = pick(&self.versions, version).filter(|_| self.wild).cloned();
                let alias = function.alias(name, &version.unwrap_or_else(|| function.publish()));
                self.values.push(alias.arn());
                self.aliases.push((function, alias));
            }
            Call::Allow(n, value) => {
                let statement = Statement::allow(["states:StartExecution"]).on(self.own_or(value, "*"));
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
                    .name_opt((value % 8 == 0 && self.wild).then(|| self.value(value)))
                    .comment(id.as_str())
                    .logging(Logging::level(LogLevel::All).keep_days(if value < 240 || !self.wild {
                        30
                    } else {
                        value.into()
                    }))
                    .build();
                let machine = StateMachine::new(pick(&self.constructs, n)?, id.as_str(), definition, props);
                machine.allow(Statement::deny(["lambda:InvokeFunction"]).on(self.own_or(value, "*")));
                self.values.extend([machine.arn(), machine.name(), machine.role_arn()]);
                self.machines.push(machine);
            }
            Call::Flow(n, id, text, value) => {
                let value = self.value(value);
                let wild = self.wild;
                let own_or = |own: &str| if wild { text.clone() } else { own.to_owned() };
                let (time, action) = (own_or("2030-01-01T00:00:00Z"), own_or("aws-sdk:sqs:listQueues"));
                let (sum, role) = (own_or("1 + 1"), own_or("arn:aws:iam::123456789012:role/Other"));
                let definition: Machine<Json, Json> = machine(|m| {
                    let shaped = payload!({ "a": (text.as_str()), "b": (value), "c": (format(&text).with(text.as_str())) });
                    let all =
                        items(root::<Json>().get("all")).distributed(ExecutionType::Express).label(&text);
                    let map = m.map(&id, all, |item| {
                        let each = branch(|b| b.pass(&format!("{id} each")).then(b.end()));
                        item.parallel(&text, vec![each]).assume::<Json>().then(item.end())
                    });
                    let sum = m.jsonata().evaluate(&format!("{id} sum"), expression::<Json>(&sum));
                    let wait = m.wait_until(&format!("{id} wait"), &time);
                    let call = m.service(&format!("{id} call"), &action, shaped).credentials(role);
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
                // Whatever is said of it, the file does not have it.
                self.wild.then_some(())?;
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
                self.values.push(if self.wild { value } else { value.known_at_deploy("nobody changes it") });
            }
            Call::Condition(n, id, value) => {
                let expression = !ConditionExpression::equals(self.own_or(value, "y"), "x");
                let condition = pick(&self.stacks, n)?.condition(id, expression);
                let value = condition.choose(self.value(value), Value::none());
                // Another stack cannot name it.
                self.values.extend(self.wild.then_some(value));
            }
            Call::Mapping(n, id) => {
                let mapping = pick(&self.stacks, n)?.mapping(id.as_str(), [(id.as_str(), [("a", "b")])]);
                self.values.extend(self.wild.then(|| mapping.find(id.as_str(), "a")));
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
                let text = if self.wild { text } else { format!("{text}-${{{name}}}") };
                let value = Value::sub(text, [(name, self.value(value))]);
                self.values.push(value);
            }
            Call::Import(name) => self.values.extend(self.wild.then(|| Value::import(name.as_str()))),
            Call::Acknowledge(n) => {
                let value = self.value(n).known_at_deploy("it is the same for ever");
                self.values.push(value);
            }
        }
        Some(())
    }
}
