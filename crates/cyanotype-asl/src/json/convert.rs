//! What becomes JSON.

use serde_json::Value;

use super::Json;
use crate::{ReferencePath, Text};

/// Members are sorted by name: the order in a [`Value`] depends on a feature that any crate of a build can
/// switch on, so it cannot be taken over.
impl From<Value> for Json {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(value) => Self::Number(value),
            Value::String(value) => value.into(),
            Value::Array(values) => Self::Array(values.into_iter().map(Self::from).collect()),
            Value::Object(members) => {
                let mut members: Vec<_> = members.into_iter().collect();
                members.sort_by(|(a, _), (b, _)| a.cmp(b));
                Self::object(members)
            }
        }
    }
}

impl From<Text> for Json {
    fn from(text: Text) -> Self {
        Self::String(text)
    }
}

impl From<&Text> for Json {
    fn from(text: &Text) -> Self {
        text.clone().into()
    }
}

impl From<String> for Json {
    fn from(literal: String) -> Self {
        Text::from(literal).into()
    }
}

impl From<&String> for Json {
    fn from(literal: &String) -> Self {
        literal.as_str().into()
    }
}

impl From<&str> for Json {
    fn from(literal: &str) -> Self {
        Text::from(literal).into()
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

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

impl From<&ReferencePath> for Json {
    fn from(path: &ReferencePath) -> Self {
        path.to_string().into()
    }
}

impl From<&Json> for Json {
    fn from(value: &Json) -> Self {
        value.clone()
    }
}

impl From<Vec<Json>> for Json {
    fn from(values: Vec<Json>) -> Self {
        Self::Array(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_a_serde_json_value_are_sorted() {
        let value = serde_json::json!({ "b": [{ "z": 1, "y": 2 }], "a": null });
        assert_eq!(Json::from(value).to_compact(), r#"{"a":null,"b":[{"y":2,"z":1}]}"#);
    }
}
