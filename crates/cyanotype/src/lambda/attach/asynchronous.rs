//! What becomes of calls whose caller does not wait.

use std::panic::Location;

use cyanotype_cfn::{Tree, Value};

use super::{Qualified, body};
use crate::{
    diagnostic::{Diagnostic, Source},
    flow::Seconds,
    iam::Statement,
    lambda::Function,
};

/// How Lambda treats calls whose caller does not wait for an answer.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html>
#[derive(Debug, Clone)]
#[must_use = "it does nothing until a function has it: `function.asynchronous(..)`"]
pub struct AsyncInvocation {
    max_age: Option<u32>,
    retries: Option<u32>,
    on_success: Option<Destination>,
    on_failure: Option<Destination>,
    at: Source,
}

/// Where the record of a call goes.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html>
#[derive(Debug, Clone)]
pub enum Destination {
    /// A queue, by its ARN.
    Queue(Value<String>),
    /// A topic, by its ARN.
    Topic(Value<String>),
    /// An event bus, by its ARN.
    EventBus(Value<String>),
}

impl AsyncInvocation {
    /// As Lambda does it when nothing is said: two retries, within six hours.
    #[track_caller]
    pub fn new() -> Self {
        let at = Location::caller();
        Self { max_age: None, retries: None, on_success: None, on_failure: None, at }
    }

    /// How long a call may wait for its turn: 60 to 21,600 seconds.
    pub fn max_age(self, age: Seconds) -> Self {
        Self { max_age: Some(age.get()), ..self }
    }

    /// How often a call is tried again that failed: 0 to 2 times.
    pub fn retries(self, number: u32) -> Self {
        Self { retries: Some(number), ..self }
    }

    /// Where the record of a call goes that was answered.
    pub fn on_success(self, destination: Destination) -> Self {
        Self { on_success: Some(destination), ..self }
    }

    /// Where the record of a call goes that failed for good.
    pub fn on_failure(self, destination: Destination) -> Self {
        Self { on_failure: Some(destination), ..self }
    }

    fn problems(&self) -> Vec<Diagnostic> {
        let outside = |name: &str, is: Option<u32>, least: u32, most: u32| {
            let is = is.filter(|is| !(least..=most).contains(is))?;
            let problem = format!("{name} is {is}, and Lambda takes {least} to {most}");
            Some(Diagnostic::error(problem).at(self.at).help(format!("give it {least} to {most}")))
        };
        let age = outside("the age of a call", self.max_age, 60, 21_600);
        age.into_iter().chain(outside("the number of retries", self.retries, 0, 2)).collect()
    }
}

impl Default for AsyncInvocation {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl Destination {
    /// Its ARN, and the action with which Lambda sends to it.
    fn target(&self) -> (&Value<String>, &'static str) {
        match self {
            Self::Queue(arn) => (arn, "sqs:SendMessage"),
            Self::Topic(arn) => (arn, "sns:Publish"),
            Self::EventBus(arn) => (arn, "events:PutEvents"),
        }
    }
}

impl<I, O> Function<I, O> {
    /// Says how an alias or a version of this function is called by those who do not wait. Each has one such setting,
    /// so a second one is an error. The function's role may send to the destinations.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let stack = App::new().stack("Shop");
    /// let hello: Function<String, String> = Function::new(
    ///     &stack,
    ///     "Hello",
    ///     FunctionProps::builder()
    ///         .runtime(Runtime::NODEJS_22)
    ///         .handler("index.handler")
    ///         .code(Code::inline("exports.handler = async () => 'Hello'"))
    ///         .build(),
    /// );
    /// let live = hello.alias("live", &hello.publish());
    /// let lost = stack.resource("Lost", "AWS::SQS::Queue", tree!({}));
    /// let calls = AsyncInvocation::new()
    ///     .max_age(seconds(600))
    ///     .retries(1)
    ///     .on_failure(Destination::Queue(lost.attribute("Arn")));
    /// hello.asynchronous("Calls", &live, calls);
    /// ```
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html>
    #[track_caller]
    pub fn asynchronous(&self, id: impl Into<String>, target: &impl Qualified, calls: AsyncInvocation) {
        let mut body = body("AWS::Lambda::EventInvokeConfig");
        body.problems.extend(calls.problems());
        let mut set = |name: &str, value: Tree| drop(body.properties.insert(name.into(), value));
        set("FunctionName", self.name().into());
        set("Qualifier", target.qualifier().into());
        calls.max_age.into_iter().for_each(|age| set("MaximumEventAgeInSeconds", age.into()));
        calls.retries.into_iter().for_each(|number| set("MaximumRetryAttempts", number.into()));
        let mut destinations = vec![];
        for (name, destination) in [("OnSuccess", calls.on_success), ("OnFailure", calls.on_failure)] {
            let Some((arn, action)) = destination.as_ref().map(Destination::target) else { continue };
            self.needs(Statement::new([action], calls.at).on(arn.clone()));
            destinations.push((name, Tree::map([("Destination", Tree::from(arn))])));
        }
        if !destinations.is_empty() {
            set("DestinationConfig", Tree::map(destinations));
        }
        // The name of an alias refers to nothing.
        body.depends_on.extend(target.needs());
        self.attach(id.into(), target, body, Location::caller());
    }
}
