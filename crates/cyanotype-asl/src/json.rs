//! JSON whose order is ours and whose strings may hold placeholders.

mod convert;
mod placeholders;
mod write;

use std::fmt;

use indexmap::IndexMap;
use serde_json::Number;

use crate::Text;

/// A JSON value.
///
/// Objects keep the order in which they were made, whatever features of `serde_json` other crates of a build
/// switch on; two objects are equal when they have the same members, in any order, as JSON has it.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(Text),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(IndexMap<String, Json>),
}

impl Json {
    /// An object of these members, in this order.
    #[must_use]
    pub fn object<K: Into<String>, V: Into<Json>>(members: impl IntoIterator<Item = (K, V)>) -> Self {
        Self::Object(members.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }

    /// The text on one line, without spaces.
    #[must_use]
    pub fn to_compact(&self) -> String {
        write::compact(self)
    }

    /// The text on many lines, indented by two spaces, without a line end at the end.
    #[must_use]
    pub fn to_pretty(&self) -> String {
        write::pretty(self)
    }
}

/// The [compact](Json::to_compact) text.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_compact())
    }
}
