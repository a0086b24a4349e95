//! What can stand in data, and which type it has there.

use std::marker::PhantomData;

use cyanotype_cfn::Value;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as JsonValue;

use super::{Format, Kind, Part, Payload, Shape, Var};
use crate::flow::{JsonPath, Jsonata, Literal, Path};

/// What can stand in a payload of a state that takes `In`, written for the language `L`: a literal, a value of the
/// template, a place in the data, a field of the context object, a variable.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in a payload of a state that takes `{In}`, in the language `{L}`",
    label = "no literal, value, path, context field or variable that fits here",
    note = "a `Path<T, _>` reads the data `T` of this state; an `Expression` is for JSONata: `m.jsonata()`"
)]
pub trait Data<In, L> {
    #[doc(hidden)]
    fn part(self) -> Part;
}

/// [`Data`] of the type `F`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not give a `{F}`",
    label = "a `{F}` is wanted here",
    note = "give a path to a `{F}`, `literal(..)`, a `Var<{F}>`, or a `shape!` of it"
)]
pub trait Gives<In, F, L>: Data<In, L> {}

/// A place of type `Self` takes an `O`: its own type, or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "wrong data: an `{O}` is given where a `{Self}` is wanted",
    label = "gives `{O}`, not `{Self}`"
)]
pub trait Accepts<O> {}
impl<O> Accepts<O> for O {}
impl<O> Accepts<O> for Option<O> {}

/// A literal value; [`literal`] makes it.
#[derive(Debug, Clone)]
pub struct Literally<V> {
    value: Result<JsonValue, String>,
    types: PhantomData<V>,
}

/// This value, taken literally.
pub fn literal<V: Serialize>(value: V) -> Literally<V> {
    let value = serde_json::to_value(value).map_err(|error| error.to_string());
    Literally { value, types: PhantomData }
}

/// Nothing; [`absent`] makes it.
#[derive(Debug, Clone, Copy)]
pub struct Absent;

/// Leaves an optional field out.
#[must_use]
pub fn absent() -> Absent {
    Absent
}

/// JSONata that yields an `F`; [`expression`] makes it.
#[derive(Debug, Clone)]
pub struct Expression<F> {
    text: String,
    types: PhantomData<fn() -> F>,
}

/// A JSONata expression, without its `{%` and `%}`. That it yields an `F` is for you to know; its syntax is checked.
///
/// ```
/// use cyanotype::{flow::expression, prelude::*};
///
/// let machine: Machine<Vec<u32>, u32> =
///     jsonata_machine(|m| m.evaluate("Sum", expression("$sum($states.input)")).then(m.end()));
/// assert!(machine.diagnostics().is_empty());
/// ```
#[must_use]
pub fn expression<F>(text: &str) -> Expression<F> {
    Expression { text: text.into(), types: PhantomData }
}

/// JSONPath that yields an `F`; [`json_path`] makes it.
#[derive(Debug, Clone)]
pub struct JsonPathText<F> {
    text: String,
    types: PhantomData<fn() -> F>,
}

/// A JSONPath of any kind, or an intrinsic function: `$..lines[?(@.count > 1)]`, `States.ArrayLength($.lines)`. That it
/// yields an `F` is for you to know; its syntax is checked.
///
/// ```
/// use cyanotype::{flow::{json_path, variable}, prelude::*};
///
/// let count = variable::<u32>("count");
/// let machine: Machine<Vec<u32>, Vec<u32>> =
///     machine(|m| m.assign("Count", count, json_path("States.ArrayLength($)")).then(m.end()));
/// assert!(machine.diagnostics().is_empty());
/// ```
#[must_use]
pub fn json_path<F>(text: &str) -> JsonPathText<F> {
    JsonPathText { text: text.into(), types: PhantomData }
}

impl<In, F, L> Data<In, L> for Path<In, F> {
    fn part(self) -> Part {
        Part(Kind::Place(self.to))
    }
}
impl<In, O, F: Accepts<O>, L> Gives<In, F, L> for Path<In, O> {}

impl<In, V, L> Data<In, L> for Literally<V> {
    fn part(self) -> Part {
        Part(Kind::Json(self.value))
    }
}
impl<In, F, V: Literal<F>, L> Gives<In, F, L> for Literally<V> {}

impl<In, F, L> Data<In, L> for Var<F> {
    #[track_caller]
    fn part(self) -> Part {
        Part(Kind::Place(self.value::<In>().to))
    }
}
impl<In, O, F: Accepts<O>, L> Gives<In, F, L> for Var<O> {}

impl<In, L> Data<In, L> for Absent {
    fn part(self) -> Part {
        Part(Kind::Absent)
    }
}
impl<In, F, L> Gives<In, Option<F>, L> for Absent {}

impl<In, F> Data<In, JsonPath> for JsonPathText<F> {
    fn part(self) -> Part {
        Part(Kind::Expression(self.text))
    }
}
impl<In, O, F: Accepts<O>> Gives<In, F, JsonPath> for JsonPathText<O> {}

impl<In, F> Data<In, Jsonata> for Expression<F> {
    fn part(self) -> Part {
        Part(Kind::Expression(self.text))
    }
}
impl<In, O, F: Accepts<O>> Gives<In, F, Jsonata> for Expression<O> {}

impl<In, F: Accepts<String>, L> Gives<In, F, L> for Format<In, L> {}
impl<In, O: JsonSchema, F: Accepts<O>, L> Gives<In, F, L> for Shape<In, O, L> {}

impl<In, F: Accepts<JsonValue>, L> Gives<In, F, L> for Payload<In, L> {}

/// What a template alone knows, such as the name of a table.
impl<In, L> Data<In, L> for Value<String> {
    fn part(self) -> Part {
        Part(match self.as_literal() {
            Some(text) => Kind::Json(Ok(text.into())),
            None => Kind::Deploy(self),
        })
    }
}
impl<In, F: Accepts<String>, L> Gives<In, F, L> for Value<String> {}

macro_rules! plain {
    ($($type:ty)+) => { $(
        impl<In, L> Data<In, L> for $type {
            fn part(self) -> Part {
                Part(Kind::Json(Ok(self.into())))
            }
        }
    )+ };
}
plain! { &str String bool i32 i64 u32 u64 JsonValue }
