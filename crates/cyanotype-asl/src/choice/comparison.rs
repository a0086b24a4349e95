//! A test of one value.

use indexmap::IndexMap;

use crate::{
    Json, Operator, Text,
    record::{Held, Reading},
};

/// A test of one value in the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Where the value is: a path such as `$.a`, `$$.Execution.Name` or `$variable`.
    pub variable: Text,
    /// How it is tested.
    pub operator: Operator,
    /// What it is tested with.
    pub operand: Operand,
}

/// What a value is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// This; `true` or `false` for the tests of a value's type.
    Value(Json),
    /// What is at a path: an operator whose name ends in `Path`. [Not all](Operator::takes_path) have one.
    Path(Text),
}

impl Comparison {
    /// A test of the value at this path.
    #[must_use]
    pub fn new(variable: impl Into<Text>, operator: Operator, operand: impl Into<Json>) -> Self {
        Self { variable: variable.into(), operator, operand: Operand::Value(operand.into()) }
    }

    /// A test of the value at this path with the value at another.
    #[must_use]
    pub fn with_path(variable: impl Into<Text>, operator: Operator, path: impl Into<Text>) -> Self {
        Self { variable: variable.into(), operator, operand: Operand::Path(path.into()) }
    }

    pub(super) fn members(&self) -> IndexMap<String, Json> {
        let operator = self.operator.as_str();
        let (operator, operand) = match &self.operand {
            Operand::Value(value) => (operator.into(), value.clone()),
            Operand::Path(path) => (format!("{operator}Path"), path.into()),
        };
        IndexMap::from([("Variable".into(), (&self.variable).into()), (operator, operand)])
    }

    /// Reads a variable and an operator, in either order.
    pub(super) fn of_tests(tests: &[(&str, &Json)], reading: &mut Reading) -> Option<Self> {
        let (variable, (name, operand)) = match tests {
            [("Variable", variable), test] | [test, ("Variable", variable)] => (variable, test),
            _ => {
                reading.wrong("a rule has a 'Variable' and one operator, or one of 'And', 'Or' and 'Not'");
                return None;
            }
        };
        let variable = reading.field("Variable", |reading| Text::of_json(variable, reading));
        let Some((operator, is_path)) = Operator::parse(name) else {
            reading.wrong(format!("Field '{name}' is not supported"));
            return None;
        };
        let operand = if is_path {
            reading.field(name, |reading| Text::of_json(operand, reading)).map(Operand::Path)
        } else {
            Some(Operand::Value((*operand).clone()))
        };
        Some(Self { variable: variable?, operator, operand: operand? })
    }
}
