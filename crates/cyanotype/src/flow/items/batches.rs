//! Items put together.

use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::flow::{
    Gives, JsonPath, Payload,
    body::DraftBatch,
    data::{Data, Part},
};

/// What an execution of a distributed Map with [`Batches`] takes.
///
/// <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html>
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Batch<T> {
    /// What every batch has beside its items, if it has something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch_input: Option<Value>,
    /// The items.
    pub items: Vec<T>,
}

/// How items are put together; [`batches`] makes it. It has one limit at least.
#[derive(Debug)]
#[must_use = "batches do nothing until items have them"]
pub struct Batches<In, L = JsonPath> {
    pub(super) draft: DraftBatch,
    types: PhantomData<fn(In, L)>,
}

/// Batches without a limit yet.
pub fn batches<In, L>() -> Batches<In, L> {
    Batches { draft: DraftBatch::default(), types: PhantomData }
}

impl<In, L> Batches<In, L> {
    /// The greatest number of items in one.
    pub fn max_items(mut self, number: u32) -> Self {
        self.draft.max_items = Some(Part::number(number));
        self
    }

    /// The same, by a number in the data.
    pub fn max_items_at(mut self, number: impl Gives<In, u32, L>) -> Self {
        self.draft.max_items = Some(number.part());
        self
    }

    /// The greatest size of one in bytes, up to 262,144.
    pub fn max_bytes(mut self, bytes: u32) -> Self {
        self.draft.max_bytes = Some(Part::number(bytes));
        self
    }

    /// The same, by a number in the data.
    pub fn max_bytes_at(mut self, bytes: impl Gives<In, u32, L>) -> Self {
        self.draft.max_bytes = Some(bytes.part());
        self
    }

    /// What each has beside its items.
    pub fn input(mut self, input: Payload<In, L>) -> Self {
        self.draft.input = Some(input.part());
        self
    }
}
