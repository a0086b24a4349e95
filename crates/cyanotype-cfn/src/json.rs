//! JSON that keeps its order.

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

/// JSON whose objects keep the order in which they were made.
///
/// `serde_json::Value` does so only with a feature that any crate of the user can switch on, so its bytes are not ours
/// to promise.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(serde_json::Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(IndexMap<String, Json>),
}

impl Json {
    /// An object.
    pub fn object<K: Into<String>, V: Into<Json>>(entries: impl IntoIterator<Item = (K, V)>) -> Self {
        Self::Object(entries.into_iter().map(|(k, v)| (k.into(), v.into())).collect())
    }

    /// A member of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Self::Object(entries) => entries.get(key),
            _ => None,
        }
    }

    /// The string, when it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// For files: two spaces, and a line's end at the end.
    #[must_use]
    pub fn to_pretty(&self) -> String {
        pretty(self, 0)
    }
}

/// The text of a file: two spaces, and a line's end at the end. It has about so many bytes, for which there is room
/// from the start.
pub(crate) fn pretty(value: &impl Serialize, bytes: usize) -> String {
    let mut text = Vec::with_capacity(bytes);
    // Keys are strings, the writer is memory and what it writes is UTF-8, so nothing here can fail.
    let _ = serde_json::to_writer_pretty(&mut text, value);
    let mut text = String::from_utf8(text).unwrap_or_default();
    text.push('\n');
    // Bytes first: whoever has one of these characters has one of these bytes, and almost no text has any.
    let suspicious = text.bytes().any(|byte| matches!(byte, 0x7f | 0xc2 | 0xef));
    match suspicious && text.contains(is_not_yaml) {
        true => escaped(&text),
        false => text,
    }
}

/// JSON takes these as they are, but templates are read as YAML too, which does not.
fn is_not_yaml(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

/// They stand in strings alone, so that an escape means the same.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match is_not_yaml(c) {
            true => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => out.push(c),
        }
    }
    out
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_unit(),
            Self::Bool(b) => to.serialize_bool(*b),
            Self::Number(n) => n.serialize(to),
            Self::String(s) => to.serialize_str(s),
            Self::Array(items) => to.collect_seq(items),
            Self::Object(entries) => to.collect_map(entries),
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<u32> for Json {
    fn from(value: u32) -> Self {
        Self::Number(value.into())
    }
}

impl From<Vec<Json>> for Json {
    fn from(items: Vec<Json>) -> Self {
        Self::Array(items)
    }
}

impl From<IndexMap<String, Json>> for Json {
    fn from(entries: IndexMap<String, Json>) -> Self {
        Self::Object(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_json_but_not_yaml_is_escaped() {
        let text = "é\u{7f}\u{85}\u{ffff}🦀";
        assert_eq!(Json::from(text).to_pretty(), "\"é\\u007f\\u0085\\uffff🦀\"\n");
        assert_eq!(serde_json::from_str::<String>(&Json::from(text).to_pretty()).unwrap(), text);
    }
}
