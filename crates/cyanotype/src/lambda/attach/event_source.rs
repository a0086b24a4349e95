//! Queues and streams from which Lambda calls a function.

use std::panic::Location;

use cyanotype_cfn::{Tree, Value, tree};

use super::{Qualified, body};
use crate::{
    diagnostic::{Diagnostic, Source},
    flow::Seconds,
    iam::{Statement, grants},
    lambda::Function,
};

/// A queue or a stream that Lambda reads, calling a function with what it finds.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html>
#[derive(Debug, Clone)]
#[must_use = "it does nothing until a function has it: `function.event_source(..)`"]
pub struct EventSource {
    kind: Kind,
    arn: Value<String>,
    batch_size: Option<u32>,
    window: Option<u32>,
    filters: Vec<String>,
    reports_failures: bool,
    at: Source,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Queue,
    Table { from_start: bool },
    Kinesis { from_start: bool },
}

/// Reading each, and what has no resource of its own.
///
/// Sources: <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html>,
/// <https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html>,
/// <https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html>
const QUEUE: &[&str] = &["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"];
const KINESIS: &[&str] = &[
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
];

impl EventSource {
    /// An SQS queue, by its ARN.
    #[track_caller]
    pub fn queue(arn: impl Into<Value<String>>) -> Self {
        Self::of(Kind::Queue, arn.into(), Location::caller())
    }

    /// The changes of a DynamoDB table from now on, by the ARN of its stream: `table.attribute("StreamArn")`.
    #[track_caller]
    pub fn table(stream: impl Into<Value<String>>) -> Self {
        Self::of(Kind::Table { from_start: false }, stream.into(), Location::caller())
    }

    /// The records of a Kinesis stream from now on, by its ARN.
    #[track_caller]
    pub fn kinesis(arn: impl Into<Value<String>>) -> Self {
        Self::of(Kind::Kinesis { from_start: false }, arn.into(), Location::caller())
    }

    /// All that a stream still holds, and not only what comes from now on. A queue has no such place.
    pub fn from_start(self) -> Self {
        let kind = match self.kind {
            Kind::Queue => Kind::Queue,
            Kind::Table { .. } => Kind::Table { from_start: true },
            Kind::Kinesis { .. } => Kind::Kinesis { from_start: true },
        };
        Self { kind, ..self }
    }

    /// How many messages or records a call has at most: 1 to 10,000. Unset, 10 of a queue and 100 of a stream.
    pub fn batch_size(self, size: u32) -> Self {
        Self { batch_size: Some(size), ..self }
    }

    /// How long Lambda waits for a batch to fill: 0 to 300 seconds.
    pub fn window(self, window: Seconds) -> Self {
        Self { window: Some(window.get()), ..self }
    }

    /// Only what matches this pattern, as JSON, or another one that is given: up to 5.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html>
    pub fn filter(mut self, pattern: impl Into<String>) -> Self {
        self.filters.push(pattern.into());
        self
    }

    /// The function answers which of a batch failed (`batchItemFailures`), and only these come again.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html>
    pub fn reports_failures(self) -> Self {
        Self { reports_failures: true, ..self }
    }

    fn of(kind: Kind, arn: Value<String>, at: Source) -> Self {
        let (batch_size, window, filters) = (None, None, vec![]);
        Self { kind, arn, batch_size, window, filters, reports_failures: false, at }
    }

    fn actions(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Queue => QUEUE,
            Kind::Table { .. } => grants::dynamodb::STREAM,
            Kind::Kinesis { .. } => KINESIS,
        }
    }

    fn start(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Queue => None,
            Kind::Table { from_start } | Kind::Kinesis { from_start } => {
                Some(if from_start { "TRIM_HORIZON" } else { "LATEST" })
            }
        }
    }

    fn problems(&self) -> Vec<Diagnostic> {
        let mut found = vec![];
        let mut wrong = |problem: String, help: &str| {
            found.push(Diagnostic::error(problem).at(self.at).help(help));
        };
        if let Some(size) = self.batch_size.filter(|size| !(1..=10_000).contains(size)) {
            wrong(format!("a batch of {size} is none: Lambda takes 1 to 10000"), "give it 1 to 10000");
        }
        if let Some(window) = self.window.filter(|window| *window > 300) {
            wrong(format!("its window is {window} seconds, and Lambda takes 300 at most"), "make it shorter");
        }
        let many = matches!(self.kind, Kind::Queue) && self.batch_size.is_some_and(|size| size > 10);
        if many && self.window.is_none_or(|window| window == 0) {
            let problem = "more than 10 messages of a queue come together only when Lambda waits for them";
            wrong(problem.into(), "give it a window: `.window(seconds(1))`");
        }
        if self.filters.len() > 5 {
            wrong(
                format!("it has {} filters, and Lambda takes 5", self.filters.len()),
                "join some: a pattern lists values",
            );
        }
        for filter in &self.filters {
            let is_object =
                serde_json::from_str::<serde_json::Value>(filter).is_ok_and(|json| json.is_object());
            if !is_object {
                wrong(
                    format!("the filter `{filter}` is no object of JSON"),
                    "write it as `{ \"body\": { \"kind\": [\"new\"] } }`",
                );
            }
        }
        found
    }
}

impl<I, O> Function<I, O> {
    /// Has Lambda read a queue or a stream, and call an alias or a version with what it finds. The function's role may
    /// read it. The same queue or stream a second time for the same alias or version is an error.
    ///
    /// It goes when the app no longer has it, so that nothing is read by a function that nobody maintains.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let stack = App::new().stack("Shop");
    /// let ship: Function<String, String> = Function::new(
    ///     &stack,
    ///     "Ship",
    ///     FunctionProps::builder()
    ///         .runtime(Runtime::NODEJS_22)
    ///         .handler("index.handler")
    ///         .code(Code::inline("exports.handler = async () => ({ batchItemFailures: [] })"))
    ///         .build(),
    /// );
    /// let live = ship.alias("live", &ship.publish());
    /// let orders = stack.resource("Orders", "AWS::SQS::Queue", tree!({}));
    /// let source = EventSource::queue(orders.attribute("Arn")).batch_size(10).reports_failures();
    /// ship.event_source("Orders", &live, source);
    /// ```
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html>
    #[track_caller]
    pub fn event_source(&self, id: impl Into<String>, target: &impl Qualified, source: EventSource) {
        self.needs(Statement::new(source.actions().iter().copied(), source.at).on(source.arn.clone()));
        let mut body = body("AWS::Lambda::EventSourceMapping");
        body.problems.extend(source.problems());
        let start = source.start();
        let mut set = |name: &str, value: Tree| drop(body.properties.insert(name.into(), value));
        set("FunctionName", target.qualified_arn().into());
        set("EventSourceArn", source.arn.into());
        start.into_iter().for_each(|start| set("StartingPosition", start.into()));
        source.batch_size.into_iter().for_each(|size| set("BatchSize", size.into()));
        source.window.into_iter().for_each(|window| set("MaximumBatchingWindowInSeconds", window.into()));
        if !source.filters.is_empty() {
            let filters = source.filters.into_iter().map(|pattern| tree!({ "Pattern": pattern }));
            set("FilterCriteria", Tree::map([("Filters", Tree::list(filters))]));
        }
        if source.reports_failures {
            set("FunctionResponseTypes", Tree::list(["ReportBatchItemFailures"]));
        }
        self.attach(id.into(), target, body, Location::caller());
    }
}
