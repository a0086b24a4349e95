//! Text made of data.

use std::marker::PhantomData;

use super::{Data, Kind, Part};
use crate::flow::JsonPath;

/// A text with data in it; [`format()`] makes it.
#[derive(Debug, Clone)]
#[must_use = "a text does nothing until a state has it"]
pub struct Format<In, L = JsonPath> {
    template: String,
    arguments: Vec<Part>,
    types: PhantomData<fn(In, L)>,
}

/// A text in which each `{}` stands for what [`with`](Format::with) gives, in order.
///
/// ```
/// use cyanotype::{flow::format, prelude::*};
/// use schemars::JsonSchema;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, JsonSchema)]
/// struct Parcel {
///     tracking: String,
/// }
/// #[derive(Serialize, Deserialize, JsonSchema)]
/// struct Label {
///     text: String,
/// }
///
/// let machine: Machine<Parcel, Label> = machine(|m| {
///     let text = format("parcel {}").with(path!(Parcel => tracking));
///     m.shape("Label", shape!(Parcel => Label { text: (text) })).then(m.end())
/// });
/// assert!(machine.diagnostics().is_empty());
/// ```
///
/// It is `States.Format` in JSONPath, and text that is put together in JSONata.
pub fn format<In, L>(template: &str) -> Format<In, L> {
    Format { template: template.into(), arguments: vec![], types: PhantomData }
}

impl<In, L> Format<In, L> {
    /// What the next `{}` stands for: a place in the data, or anything else that a payload takes.
    pub fn with(mut self, argument: impl Data<In, L>) -> Self {
        self.arguments.push(argument.part());
        self
    }
}

impl<In, L> Data<In, L> for Format<In, L> {
    fn part(self) -> Part {
        Part(Kind::Format(self.template, self.arguments))
    }
}
