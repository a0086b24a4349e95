//! What a Map goes over, and how.

mod batches;
mod distributed;
pub mod s3;

use std::marker::PhantomData;

use cyanotype_asl::ExecutionType;
use schemars::JsonSchema;
use serde_json::Value;

pub use self::{
    batches::{Batch, Batches, batches},
    distributed::Distributed,
};
use super::{
    Gives, JsonPath, Path, Shape,
    body::{DraftItems, DraftSource},
    data::{Data, Kind, Part},
};

/// What a Map goes over in a state that is written in `L`: a path to a list, [`items`], or [`Distributed`] ones.
#[diagnostic::on_unimplemented(
    message = "a Map goes over a list, and `{Self}` leads to none",
    label = "no path to a `Vec<_>`",
    note = "give a path to a list, or `items(path)` to say how many run at once"
)]
pub trait Over<L> {
    /// The data of the state.
    type In;
    /// What each iteration takes.
    type Item;
    #[doc(hidden)]
    fn items(self) -> DraftItems;
}

/// A list that a Map can go over.
#[diagnostic::on_unimplemented(
    message = "a Map goes over a list, and `{Self}` is none",
    label = "not a `Vec<_>`"
)]
pub trait List {
    /// One of them.
    type Item;
}

impl<T> List for Vec<T> {
    type Item = T;
}

impl List for Value {
    type Item = Value;
}

/// A list, and how a Map goes over it; [`items`] makes it.
#[derive(Debug)]
#[must_use = "items do nothing until a Map has them"]
pub struct Items<In, T, L = JsonPath> {
    draft: DraftItems,
    types: PhantomData<fn(In, L) -> T>,
}

/// The list at a path, for a Map.
///
/// ```
/// use cyanotype::{flow::items, prelude::*};
///
/// let machine: Machine<Vec<u32>, Vec<u32>> = machine(|m| {
///     let numbers = items(root::<Vec<u32>>()).max_concurrency(5);
///     m.map("Each", numbers, |each| each.pass("Work").then(each.end())).then(m.end())
/// });
/// assert!(machine.diagnostics().is_empty());
/// ```
pub fn items<In, V: List, L>(list: Path<In, V>) -> Items<In, V::Item, L> {
    Items { draft: of(list), types: PhantomData }
}

impl<In, T, L> Items<In, T, L> {
    /// How many iterations may run at once, up to 40; without it, as many as AWS sees fit.
    pub fn max_concurrency(mut self, number: u32) -> Self {
        self.draft.max_concurrency = Some(Part::number(number));
        self
    }

    /// The same, by a number in the data.
    pub fn max_concurrency_at(mut self, number: impl Gives<In, u32, L>) -> Self {
        self.draft.max_concurrency = Some(number.part());
        self
    }

    /// What an iteration gets instead of the item, made of the data of the state: `ItemSelector`.
    ///
    /// [`context::map_item_value`](crate::flow::context::map_item_value) is the item.
    pub fn selecting<O: JsonSchema>(mut self, shape: Shape<In, O, L>) -> Items<In, O, L> {
        self.draft.selector = Some(shape.part());
        Items { draft: self.draft, types: PhantomData }
    }

    /// Runs each iteration in an execution of its own: for more than 40 at once, and for long histories.
    ///
    /// The machine's role is allowed to start, describe and stop executions of the machine itself.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html>
    pub fn distributed(self, children: ExecutionType) -> Distributed<In, T, L> {
        Distributed::new(self.draft, children)
    }
}

impl<In, V: List, L> Over<L> for Path<In, V> {
    type In = In;
    type Item = V::Item;

    fn items(self) -> DraftItems {
        of(self)
    }
}

impl<In, T, L> Over<L> for Items<In, T, L> {
    type In = In;
    type Item = T;

    fn items(self) -> DraftItems {
        self.draft
    }
}

fn of<In, V>(list: Path<In, V>) -> DraftItems {
    let from = DraftSource::Data(Part(Kind::Place(list.to)));
    DraftItems { from, selector: None, max_concurrency: None, distributed: None, on: vec![] }
}
