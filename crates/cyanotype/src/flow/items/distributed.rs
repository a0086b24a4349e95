//! Items that run in executions of their own.

use std::{marker::PhantomData, panic::Location};

use cyanotype_asl::{ExecutionType, OutputType, WriterConfig, WriterTransformation};
use schemars::JsonSchema;

use super::{Batch, Batches, Over};
use crate::flow::{
    CalledOn, Gives, JsonPath, On, Payload, Shape,
    body::{DraftDistributed, DraftItems},
    data::{Data, Kind, Part},
};

/// Items of which each, or each batch, runs in an execution of its own.
/// [`Items::distributed`](super::Items::distributed) makes it, or a [reader](super::s3) of items in S3.
///
/// ```
/// use cyanotype::{flow::{ExecutionType, batches, items}, prelude::*};
///
/// let machine: Machine<Vec<u32>, Vec<u32>> = machine(|m| {
///     let all = items(root::<Vec<u32>>())
///         .distributed(ExecutionType::Express)
///         .max_concurrency(500)
///         .tolerated_failure_percentage(5.0)
///         .batched(batches().max_items(100));
///     let work = m.map("Work", all, |batch| batch.pass_result("Done", 1_u32).then(batch.end()));
///     work.then(m.end())
/// });
/// assert!(machine.diagnostics().is_empty());
/// ```
#[derive(Debug)]
#[must_use = "items do nothing until a Map has them"]
pub struct Distributed<In, T, L = JsonPath> {
    draft: DraftItems,
    map: DraftDistributed,
    types: PhantomData<fn(In, L) -> T>,
}

impl<In, T, L> Distributed<In, T, L> {
    pub(super) fn new(draft: DraftItems, children: ExecutionType) -> Self {
        let map = DraftDistributed {
            execution_type: children,
            label: None,
            tolerated_count: None,
            tolerated_percentage: None,
            batch: None,
            writer: None,
        };
        Self { draft, map, types: PhantomData }
    }

    /// How many executions may run at once; without it, up to 10,000.
    pub fn max_concurrency(mut self, number: u32) -> Self {
        self.draft.max_concurrency = Some(Part::number(number));
        self
    }

    /// The same, by a number in the data.
    pub fn max_concurrency_at(mut self, number: impl Gives<In, u32, L>) -> Self {
        self.draft.max_concurrency = Some(number.part());
        self
    }

    /// What an execution gets instead of the item, made of the data of the state: `ItemSelector`.
    pub fn selecting<O: JsonSchema>(mut self, shape: Shape<In, O, L>) -> Distributed<In, O, L> {
        self.draft.selector = Some(shape.part());
        self.cast()
    }

    /// The name of the Map in ARNs, up to 40 characters.
    pub fn label(mut self, label: &str) -> Self {
        self.map.label = Some(label.into());
        self
    }

    /// How many items may fail before the Map does.
    pub fn tolerated_failures(mut self, number: u32) -> Self {
        self.map.tolerated_count = Some(Part::number(number));
        self
    }

    /// The same, by a number in the data.
    pub fn tolerated_failures_at(mut self, number: impl Gives<In, u32, L>) -> Self {
        self.map.tolerated_count = Some(number.part());
        self
    }

    /// What part of the items may fail before the Map does, 0 to 100 percent.
    pub fn tolerated_failure_percentage(mut self, percent: f64) -> Self {
        let percent = serde_json::to_value(percent).map_err(|error| error.to_string());
        self.map.tolerated_percentage = Some(Part(Kind::Json(percent)));
        self
    }

    /// The same, by a number in the data.
    pub fn tolerated_failure_percentage_at(mut self, percent: impl Gives<In, f64, L>) -> Self {
        self.map.tolerated_percentage = Some(percent.part());
        self
    }

    /// Puts items together: an execution gets a [`Batch`].
    pub fn batched(mut self, batches: Batches<In, L>) -> Distributed<In, Batch<T>, L> {
        self.map.batch = Some(batches.draft);
        self.cast()
    }

    /// Writes the results to S3: `payload!({ "Bucket": .., "Prefix": .. })`.
    ///
    /// The Map then yields where they are; [`assume`](crate::flow::Fragment::assume) says so.
    pub fn write_to(mut self, bucket: Payload<In, L>) -> Self {
        self.map.writer.get_or_insert((None, None)).0 = Some(bucket.part());
        self
    }

    /// Says which buckets are read and written, where `Bucket` is known to an execution alone: the role's rights are
    /// then on these and no others. May be called again for more of them.
    ///
    /// ```
    /// use cyanotype::{flow::{ExecutionType, expression, s3}, payload, prelude::*};
    /// use serde_json::Value as Json;
    ///
    /// fn rows(orders: &Resource) -> Machine<Json, Json> {
    ///     jsonata_machine(|m| {
    ///         let bucket = expression::<String>("$states.input.bucket");
    ///         let rows = s3::csv(payload!({ "Bucket": (bucket), "Key": "today.csv" }));
    ///         let rows = rows.distributed::<Json>(ExecutionType::Express).on(orders);
    ///         m.map("Rows", rows, |row| row.pass("Work").then(row.end())).assume().then(m.end())
    ///     })
    /// }
    /// ```
    ///
    /// # Errors
    /// Synth reports what the Map does not read or write.
    #[track_caller]
    pub fn on(mut self, bucket: impl CalledOn) -> Self {
        self.draft.on.extend(On::all(bucket, Location::caller()));
        self
    }

    /// How the results are written.
    pub fn written_as(mut self, output: OutputType, transformation: WriterTransformation) -> Self {
        let mut config = WriterConfig::default();
        config.output_type = Some(output);
        config.transformation = Some(transformation);
        self.map.writer.get_or_insert((None, None)).1 = Some(config);
        self
    }

    fn cast<O>(self) -> Distributed<In, O, L> {
        Distributed { draft: self.draft, map: self.map, types: PhantomData }
    }
}

impl<In, T, L> Over<L> for Distributed<In, T, L> {
    type In = In;
    type Item = T;

    fn items(self) -> DraftItems {
        DraftItems { distributed: Some(self.map), ..self.draft }
    }
}
