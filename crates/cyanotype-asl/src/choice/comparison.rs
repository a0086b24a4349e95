//! A test of one value.

use crate::{Json, Operator, ReferencePath};

/// A test of one value in the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Where the value is.
    pub variable: ReferencePath,
    /// How it is tested.
    pub operator: Operator,
    /// What it is compared with; `true` or `false` for the tests of its type.
    pub operand: Json,
}

impl Comparison {
    /// A test of the value at this path.
    #[must_use]
    pub fn new(variable: ReferencePath, operator: Operator, operand: impl Into<Json>) -> Self {
        Self { variable, operator, operand: operand.into() }
    }
}
