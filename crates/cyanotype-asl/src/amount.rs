//! Numbers that an expression may give.

use serde_json::Number;

use crate::{
    Json, Text,
    record::{Held, Reading, kind_of},
};

/// A number, or the text that gives one when an execution comes there: `{% … %}` in JSONata.
#[derive(Debug, Clone, PartialEq)]
pub enum Amount {
    /// A number.
    Number(Number),
    /// An expression, or a placeholder.
    Expression(Text),
}

impl Held for Amount {
    fn of_json(json: &Json, reading: &mut Reading) -> Option<Self> {
        match json {
            Json::Number(number) => Some(Self::Number(number.clone())),
            Json::String(text) => Some(Self::Expression(text.clone())),
            _ => {
                reading.wrong(format!("Expected a number, and this is {}", kind_of(json)));
                None
            }
        }
    }

    fn json(&self) -> Json {
        match self {
            Self::Number(number) => Json::Number(number.clone()),
            Self::Expression(text) => text.into(),
        }
    }
}

impl From<u32> for Amount {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<Text> for Amount {
    fn from(expression: Text) -> Self {
        Self::Expression(expression)
    }
}
