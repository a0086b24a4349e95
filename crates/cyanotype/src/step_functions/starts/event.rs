//! Events that start executions.

use std::marker::PhantomData;

use cyanotype_cfn::{Key, Tree, Value, tree};
use indexmap::IndexMap;
use serde::Serialize;

use super::{Place, Retries, Starts, input_text, sealed};
use crate::{flow::Seconds, iam};

/// A rule of EventBridge: the events that it matches start executions of a machine that takes `I`.
///
/// The input is the whole event, unless [`input_path`](Self::input_path) or [`input`](Self::input) says otherwise. What
/// an event holds has no type here, so the machine's input type should be what such events are.
///
/// ```
/// use cyanotype::prelude::*;
///
/// let paid = Event::pattern(tree!({ "source": ["shop"], "detail-type": ["paid"] }))
///     .bus("orders")
///     .input_path("$.detail")
///     .retries(3, seconds(3_600));
/// # fn starts(_: impl cyanotype::step_functions::Starts<String>) {}
/// # starts(paid);
/// ```
///
/// Source: <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html>
#[derive(Debug, Clone)]
#[must_use = "it starts nothing until an alias or a version has it: `live.started_by(..)`"]
pub struct Event<I> {
    pattern: Tree,
    bus: Option<Value<String>>,
    input: Option<Input>,
    retries: Option<Retries>,
    types: PhantomData<fn(I)>,
}

#[derive(Debug, Clone)]
enum Input {
    Path(String),
    Text(Result<String, String>),
}

impl<I> Event<I> {
    /// Events that match a pattern.
    ///
    /// Source: <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html>
    pub fn pattern(pattern: impl Into<Tree>) -> Self {
        Self { pattern: pattern.into(), bus: None, input: None, retries: None, types: PhantomData }
    }

    /// Of this bus, by its name or ARN. Unset, the account's default bus.
    pub fn bus(self, bus: impl Into<Value<String>>) -> Self {
        Self { bus: Some(bus.into()), ..self }
    }

    /// The part of the event that is the input, as a path in JSONPath: `$.detail`.
    ///
    /// Source: <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html>
    pub fn input_path(self, path: impl Into<String>) -> Self {
        Self { input: Some(Input::Path(path.into())), ..self }
    }

    /// Always this input, whatever the event holds.
    pub fn input(self, input: I) -> Self
    where
        I: Serialize,
    {
        Self { input: Some(Input::Text(input_text(input))), ..self }
    }

    /// Tries again so many times (0 to 185) for so long (60 to 86,400 seconds) where an execution could not be started.
    /// Unset, 185 times within a day.
    pub fn retries(self, attempts: u32, within: Seconds) -> Self {
        Self { retries: Some(Retries { attempts, within }), ..self }
    }
}

impl<I> Starts<I> for Event<I> {}

impl<I> sealed::Starts for Event<I> {
    fn service(&self) -> iam::Starter {
        iam::Starter::EventBridge
    }

    fn add(self, place: &Place<'_>) -> Key {
        let mut target = IndexMap::from([
            ("Id".to_owned(), Tree::from("Machine")),
            ("Arn".into(), place.machine.arn.clone().into()),
            ("RoleArn".into(), place.role_arn()),
        ]);
        match self.input {
            None => {}
            Some(Input::Path(path)) => {
                if !path.starts_with('$') {
                    place.wrong(
                        format!("`{path}` is no path into an event"),
                        "it begins with `$`: `$.detail`",
                    );
                }
                target.insert("InputPath".into(), path.into());
            }
            Some(Input::Text(text)) => place.give_input(&mut target, text),
        }
        place.give_retries(&mut target, self.retries);
        let mut rule = IndexMap::from([("EventPattern".to_owned(), self.pattern)]);
        rule.extend(self.bus.map(|bus| ("EventBusName".to_owned(), bus.into())));
        rule.insert("Targets".into(), tree!([Tree::Map(target)]));
        place.add(None, "AWS::Events::Rule", rule)
    }
}
