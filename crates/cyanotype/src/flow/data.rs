//! Data that a state hands on or keeps: made of places, literals, and what Step Functions knows of the execution.

pub mod context;
mod format;
mod gives;
mod payload;
mod shape;
mod variable;

use serde_json::Value as JsonValue;

pub use self::{
    format::{Format, format},
    gives::{
        Absent, Accepts, Data, Expression, Gives, JsonPathText, Literally, absent, expression, json_path,
        literal,
    },
    payload::Payload,
    shape::Shape,
    variable::{Var, variable},
};
use super::path::{Field, Reference};
use cyanotype_cfn::Value;
use schemars::Schema;

/// A piece of data, as it was described. What it looks like depends on the language of the state that has it.
///
/// It is public in name only, for the methods of sealed traits.
#[derive(Debug, Clone)]
pub struct Part(pub(super) Kind);

#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// What stands there, or the reason why it has no JSON.
    Json(Result<JsonValue, String>),
    /// What only the deployment knows.
    Deploy(Value<String>),
    /// What is at a place in the data, in a variable or in the context object.
    Place(Reference),
    /// Text with `{}` for each of the arguments.
    Format(String, Vec<Part>),
    /// An expression in the language of the state, as the user wrote it.
    Expression(String),
    Array(Vec<Part>),
    Object(Vec<(String, Part)>),
    /// An object by the fields of a Rust type, whose JSON names its schema knows.
    Fields(Vec<(Field, Part)>, fn() -> Schema),
    /// Nothing: the member is left out.
    Absent,
}

impl Part {
    pub(super) fn number(number: u32) -> Self {
        Self(Kind::Json(Ok(number.into())))
    }

    /// Whether it, or a part of it, fits.
    pub(super) fn any(&self, fits: &mut impl FnMut(&Kind) -> bool) -> bool {
        if fits(&self.0) {
            return true;
        }
        match &self.0 {
            Kind::Array(parts) | Kind::Format(_, parts) => parts.iter().any(|part| part.any(fits)),
            Kind::Object(members) => members.iter().any(|(_, part)| part.any(fits)),
            Kind::Fields(members, _) => members.iter().any(|(_, part)| part.any(fits)),
            _ => false,
        }
    }
}
