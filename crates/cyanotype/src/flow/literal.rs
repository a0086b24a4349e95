//! Which values go with which fields.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An instant as RFC 3339 writes it, with an upper-case `T` and `Z` or an offset: `2026-11-24T10:00:00Z`.
///
/// A Choice compares it as an instant, like any field whose schema says `format: date-time`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Timestamp(#[schemars(extend("format" = "date-time"))] pub String);

/// A value that a field of type `F` can be compared with: an `F`, or what is written for one.
#[diagnostic::on_unimplemented(
    message = "this field is `{F}`, so it is never equal to a `{Self}`",
    label = "not a `{F}`",
    note = "compare it with a `{F}`; an `Option` is read with `?`, behind a guard: `path!(T => field?)`"
)]
pub trait Literal<F> {}
// For every type, so that none must implement it: they live in the handler's crate, which must not need this one.
impl<F> Literal<F> for F {}
impl Literal<String> for &str {}
impl Literal<Timestamp> for &str {}

// Open data takes what JSON has. One by one, since rustc shows these lines where a value does not fit.
impl Literal<Value> for &str {}
impl Literal<Value> for String {}
impl Literal<Value> for bool {}
impl Literal<Value> for i32 {}
impl Literal<Value> for i64 {}
impl Literal<Value> for u32 {}
impl Literal<Value> for u64 {}
impl Literal<Value> for f64 {}

/// What a Choice can order.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no order in a Choice: only numbers, strings and timestamps have",
    label = "cannot be ordered",
    note = "compare an enum with `.is(..)`; read an `Option` with `?`, behind a guard: `path!(T => field?)`"
)]
pub trait Ordered: sealed::Sealed {}

mod sealed {
    pub trait Sealed {}
}

macro_rules! ordered {
    ($($t:ty)+) => { $(
        impl sealed::Sealed for $t {}
        impl Ordered for $t {}
    )+ };
}
ordered! { u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 usize isize String Timestamp Value }

/// What a Choice can compare with a pattern.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no text, and a pattern is for texts",
    label = "not a `String`",
    note = "compare an enum with `.is(..)`; read an `Option` with `?`, behind a guard: `path!(T => field?)`"
)]
pub trait Textual: sealed::Sealed {}
impl Textual for String {}
impl Textual for Value {}

/// What can be null.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is never null: only an `Option` is",
    label = "not an `Option`"
)]
pub trait Nullable {}
impl<F> Nullable for Option<F> {}
impl Nullable for Value {}

/// A field that can hold a state's result: absent before, so an `Option` of it (or open data).
#[diagnostic::on_unimplemented(
    message = "a `{Self}` field cannot hold a result of type `{O}`",
    label = "must be a path to an `Option<{O}>`",
    note = "the field is absent until the state has run, so its type is `Option<{O}>`"
)]
pub trait Holds<O> {}
impl<O> Holds<O> for Option<O> {}
impl<O> Holds<O> for Value {}
