//! Calls that say how functions and machines are reached: by aliases, addresses, queues and schedules.

use cyanotype::prelude::*;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::{
    call::{number, text},
    made::{Fun, Live, Made, pick},
};

/// One call. A number picks among what there is by then.
#[derive(Debug, Clone)]
pub(crate) enum TrafficCall {
    Shift(u8, u8, u32, String),
    Route(u8, u8, u32),
    Provisioned(u8, u32),
    Url(u8, u8, String, u32),
    Asynchronous(u8, u8, String, u32),
    Queue(u8, u8, String, u32),
    Permission(u8, u8, String, String),
    Layer(u8, String, String),
    Layered(u8, String, Vec<u8>),
    MachineAlias(u8, u8, String, u32),
    StartedBy(u8, u8, String, String),
    UpdatePolicy(u8, String, u8),
}

pub(crate) fn call(wild: bool) -> impl Strategy<Value = TrafficCall> {
    let n = any::<u8>;
    let text = || text(wild);
    let number = || number(wild);
    prop_oneof![
        (n(), n(), number(), text()).prop_map(|(a, b, c, d)| TrafficCall::Shift(a, b, c, d)),
        (n(), n(), number()).prop_map(|(a, b, c)| TrafficCall::Route(a, b, c)),
        (n(), number()).prop_map(|(a, b)| TrafficCall::Provisioned(a, b)),
        (n(), n(), text(), number()).prop_map(|(a, b, c, d)| TrafficCall::Url(a, b, c, d)),
        (n(), n(), text(), number()).prop_map(|(a, b, c, d)| TrafficCall::Asynchronous(a, b, c, d)),
        (n(), n(), text(), number()).prop_map(|(a, b, c, d)| TrafficCall::Queue(a, b, c, d)),
        (n(), n(), text(), text()).prop_map(|(a, b, c, d)| TrafficCall::Permission(a, b, c, d)),
        (n(), text(), text()).prop_map(|(a, b, c)| TrafficCall::Layer(a, b, c)),
        (n(), text(), proptest::collection::vec(n(), 0..3))
            .prop_map(|(a, b, c)| TrafficCall::Layered(a, b, c)),
        (n(), n(), text(), number()).prop_map(|(a, b, c, d)| TrafficCall::MachineAlias(a, b, c, d)),
        (n(), n(), text(), text()).prop_map(|(a, b, c, d)| TrafficCall::StartedBy(a, b, c, d)),
        (n(), text(), n()).prop_map(|(a, b, c)| TrafficCall::UpdatePolicy(a, b, c)),
    ]
}

fn shift(kind: u8, number: u32, alarm: &str) -> Shift {
    let shift = match kind % 3 {
        0 => Shift::all_at_once(),
        1 => Shift::linear(number, number),
        _ => Shift::canary(number, number),
    };
    if kind.is_multiple_of(4) { shift.alarm(alarm) } else { shift }
}

impl Made {
    /// An alias with the function that it is of; in a wild app with any.
    fn alias(&self, n: u8) -> Option<(&Fun, &Live)> {
        let (function, alias) = pick(&self.aliases, n)?;
        let any = pick(&self.functions, n.wrapping_mul(7)).filter(|_| self.wild);
        Some((any.unwrap_or(function), alias))
    }

    /// A version of a function that can be an alias's own.
    fn version_of(&self, alias: u8, n: u8) -> Option<Version<Json, Json>> {
        let (function, _) = self.alias(alias)?;
        if self.wild { pick(&self.versions, n).cloned() } else { Some(function.publish()) }
    }

    pub(crate) fn traffic(&mut self, call: TrafficCall) -> Option<()> {
        match call {
            TrafficCall::Shift(n, kind, number, alarm) => {
                let (_, alias) = self.alias(n)?;
                let shift = shift(kind, number, &alarm);
                match pick(&self.functions, kind).filter(|_| kind.is_multiple_of(2)) {
                    Some(check) => alias.shift(shift.before_traffic(check).after_traffic(check)),
                    None => alias.shift(shift),
                }
            }
            TrafficCall::Route(n, version, percent) => {
                let version = self.version_of(n, version)?;
                self.alias(n)?.1.route(&version, percent);
            }
            TrafficCall::Provisioned(n, instances) => self.alias(n)?.1.provisioned_concurrency(instances),
            TrafficCall::Url(n, auth, origin, age) => {
                let (function, alias) = self.alias(n)?;
                let url =
                    function.url(alias, if auth.is_multiple_of(2) { UrlAuth::Iam } else { UrlAuth::Public });
                let origin = if self.wild { origin } else { format!("https://{origin}.example") };
                url.cors(
                    Cors::new()
                        .allow_origins([origin.as_str(), "*"].get(..usize::from(auth % 3))?.iter().copied())
                        .allow_headers([origin.as_str(), ""].get(..usize::from(auth % 2))?.iter().copied())
                        .expose_headers((0..auth % 5).map(|n| format!("x-{n}")))
                        .allow_methods(
                            [HttpMethod::Any, HttpMethod::Get].get(..usize::from(auth % 2))?.iter().copied(),
                        )
                        .max_age(seconds(age)),
                );
                self.values.push(url.address());
            }
            TrafficCall::Asynchronous(n, value, id, number) => {
                let (function, alias) = self.alias(n)?;
                let to = self.arn_of("AWS::SQS::Queue", value)?;
                let calls = AsyncInvocation::new()
                    .retries(if self.wild { number } else { number % 3 })
                    .max_age(seconds(number.saturating_add(60)))
                    .on_failure(match value % 3 {
                        0 if self.wild => Destination::Topic(to),
                        1 if self.wild => Destination::EventBus(to),
                        _ => Destination::Queue(to),
                    });
                function.asynchronous(id, alias, calls);
            }
            TrafficCall::Queue(n, value, id, number) => {
                let (function, alias) = self.alias(n)?;
                let source = match value % 3 {
                    0 => EventSource::table(self.arn_of("AWS::DynamoDB::Table", value)?).from_start(),
                    1 if self.wild => EventSource::kinesis(self.value(value)).filter(id.as_str()),
                    _ => EventSource::queue(self.arn_of("AWS::SQS::Queue", value)?).reports_failures(),
                };
                let source = source.batch_size(number).window(seconds(number));
                function.event_source(id, alias, source.filter(r#"{ "body": ["a"] }"#));
            }
            TrafficCall::Permission(n, value, id, principal) => {
                let (function, alias) = self.alias(n)?;
                let principal = if self.wild { principal.into() } else { Value::from("sns.amazonaws.com") };
                let permission = Permission::of(principal).source_account("123456789012");
                let source = self.arn_of("AWS::SNS::Topic", value)?;
                match pick(&self.versions, n).filter(|_| self.wild) {
                    Some(version) => function.permit(id, version, permission.source_arn(source)),
                    None => function.permit(id, alias, permission.source_arn(source)),
                }
            }
            TrafficCall::Layer(n, id, text) => {
                let content = if self.wild && n.is_multiple_of(4) {
                    Code::inline(text.as_str())
                } else {
                    Code::s3("bucket", text.as_str()).version("1").into()
                };
                let props = LayerProps::builder()
                    .content(content)
                    .description(text.as_str())
                    .runtimes((0..n % 20).map(|_| Runtime::NODEJS_22).take(if self.wild { 20 } else { 1 }))
                    .build();
                self.layers.push(LayerVersion::new(pick(&self.constructs, n)?, id, props));
            }
            TrafficCall::Layered(n, id, layers) => {
                let mut layers: Vec<_> = layers.iter().filter_map(|n| pick(&self.layers, *n)).collect();
                if !self.wild {
                    layers.truncate(1);
                }
                let props = FunctionProps::builder()
                    .runtime(Runtime::NODEJS_22)
                    .handler("index.handler")
                    .code(Code::inline("exports.handler = async () => 1"))
                    .layers(layers)
                    .build();
                self.functions.push(Function::new(pick(&self.constructs, n)?, id, props));
            }
            TrafficCall::MachineAlias(n, kind, name, number) => {
                let machine = pick(&self.machines, n)?;
                let version = pick(&self.machine_versions, kind).filter(|_| self.wild).cloned();
                let alias = machine.alias(name.as_str(), &version.unwrap_or_else(|| machine.publish()));
                let alias =
                    if kind.is_multiple_of(2) { alias } else { alias.shift(shift(kind, number, &name)) };
                self.values.push(alias.arn());
                self.machine_aliases.push(alias);
            }
            TrafficCall::StartedBy(n, kind, id, text) => self.started(n, kind, &id, &text)?,
            TrafficCall::UpdatePolicy(n, key, value) => {
                pick(&self.resources, n).filter(|_| self.wild)?.clone().update_policy(key, self.value(value));
            }
        }
        Some(())
    }

    fn started(&self, n: u8, kind: u8, id: &str, text: &str) -> Option<()> {
        let under = pick(&self.constructs, n)?;
        let pattern =
            if self.wild && kind.is_multiple_of(2) { Tree::from(text) } else { tree!({ "source": [text] }) };
        let event = Event::pattern(pattern).retries(u32::from(kind), seconds(60 + u32::from(n)));
        let event = if kind.is_multiple_of(3) { event.input(json!({ "a": text })) } else { event };
        let event = if self.wild && kind.is_multiple_of(5) { event.input_path(text) } else { event };
        let schedule = match kind % 5 {
            0 => Schedule::every_minutes(if self.wild { u32::from(kind) } else { 5 }, json!({ "a": text })),
            1 => Schedule::every_hours(2, json!(text)),
            2 => Schedule::every_days(3, json!(text)).flexible_minutes(u32::from(kind)),
            3 if self.wild => Schedule::cron(text, json!(text)),
            3 => Schedule::cron("0 3 * * ? *", json!(text)),
            _ if self.wild => Schedule::at(text, json!(text)),
            _ => Schedule::at("2030-01-01T00:00:00", json!(text)),
        };
        let schedule = if self.wild { schedule.time_zone(text) } else { schedule.time_zone("Europe/Berlin") };
        let key = if self.wild { text.to_owned() } else { format!("POST /{text}") };
        let route = HttpRoute::of(if self.wild { self.value(kind) } else { "abc".into() }, key);
        let alias = pick(&self.machine_aliases, n).filter(|_| kind.is_multiple_of(2));
        match (alias, pick(&self.machine_versions, kind)) {
            (Some(alias), _) if n.is_multiple_of(3) => alias.started_by(under, id, event),
            (Some(alias), _) if n % 3 == 1 => alias.started_by(under, id, schedule),
            (Some(alias), _) => alias.started_by(under, id, route),
            (None, Some(version)) if n.is_multiple_of(3) => version.started_by(under, id, event),
            (None, Some(version)) if n % 3 == 1 => version.started_by(under, id, schedule),
            (None, Some(version)) => version.started_by(under, id, route),
            (None, None) => {}
        }
        Some(())
    }

    /// The ARN by which a resource of a type is named; in a wild app any value.
    fn arn_of(&self, type_name: &str, n: u8) -> Option<Value<String>> {
        let resource = self.of_type(type_name, n)?;
        Some(match type_name {
            _ if self.wild && n.is_multiple_of(2) => self.value(n),
            "AWS::DynamoDB::Table" => resource.attribute("StreamArn"),
            "AWS::SNS::Topic" => resource.reference(),
            _ => resource.attribute("Arn"),
        })
    }
}
