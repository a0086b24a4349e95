//! Conditions in JSONPath.

use cyanotype_asl::{Comparison, Json, Operator, ReferencePath, Rule};
use serde_json::Value;

use crate::flow::{
    condition::{Check, Kind, Node, Op},
    guard::Placed,
    schema::Place,
};

/// The condition as a rule.
pub(super) fn rule(nodes: &[Node], placed: &[Placed<'_>]) -> Rule {
    let mut placed = placed.iter();
    let mut done: Vec<Rule> = vec![];
    for node in nodes {
        let rule = match node {
            Node::Test(_) => placed.next().and_then(comparison).map_or_else(stand_in, Rule::compare),
            Node::Not => done.pop().map_or_else(stand_in, |rule| !rule),
            Node::All(parts) => Rule::all(done.split_off(done.len().saturating_sub(*parts))),
            Node::Any(parts) => Rule::any(done.split_off(done.len().saturating_sub(*parts))),
        };
        done.push(rule);
    }
    done.pop().unwrap_or_else(stand_in)
}

/// What two places certainly both are, so that they can be compared.
pub(super) fn kind_of_both(one: &Place, other: &Place) -> Option<Kind> {
    let kind = |place: &Place| match place.types.as_deref() {
        Some(["string"]) if place.is_timestamp => Some(Kind::Timestamp),
        Some(["string"]) => Some(Kind::String),
        Some(["number"]) => Some(Kind::Number),
        Some(["boolean"]) => Some(Kind::Boolean),
        _ => None,
    };
    // One whose type is known says how the other is read.
    match (kind(one), kind(other)) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (one, other) => one.or(other),
    }
}

/// Nothing for a test that cannot be written, which was reported.
fn comparison(placed: &Placed<'_>) -> Option<Comparison> {
    let place = placed.place?;
    let variable = place.spot.to_string();
    let compare = |operator, operand: Json| Some(Comparison::new(variable.clone(), operator, operand));
    match &placed.test.check {
        Check::Present => compare(Operator::IsPresent, true.into()),
        Check::Null => compare(Operator::IsNull, true.into()),
        Check::IsA(kind) => compare(
            match kind {
                Kind::String => Operator::IsString,
                Kind::Number => Operator::IsNumeric,
                Kind::Boolean => Operator::IsBoolean,
                Kind::Timestamp => Operator::IsTimestamp,
            },
            true.into(),
        ),
        Check::Matches(pattern) => compare(Operator::StringMatches, pattern.into()),
        Check::Compare(op, value) => {
            let value = value.as_ref().ok()?;
            let kind = match value {
                Value::Number(_) => Kind::Number,
                Value::String(_) if place.is_timestamp => Kind::Timestamp,
                Value::String(_) => Kind::String,
                Value::Bool(_) => Kind::Boolean,
                Value::Null | Value::Array(_) | Value::Object(_) => return None,
            };
            compare(operator(*op, kind)?, value.clone().into())
        }
        Check::CompareWith(op, _) => {
            let other = placed.other?;
            let operator = operator(*op, kind_of_both(place, other)?)?;
            Some(Comparison::with_path(variable, operator, other.spot.to_string()))
        }
    }
}

/// Stands for a test that cannot be written, so that the rest can still be checked.
fn stand_in() -> Rule {
    Rule::compare(Comparison::new(ReferencePath::root(), Operator::IsPresent, true))
}

fn operator(op: Op, kind: Kind) -> Option<Operator> {
    let [is, less_than, at_most, more_than, at_least] = match kind {
        Kind::Number => [
            Operator::NumericEquals,
            Operator::NumericLessThan,
            Operator::NumericLessThanEquals,
            Operator::NumericGreaterThan,
            Operator::NumericGreaterThanEquals,
        ],
        Kind::Timestamp => [
            Operator::TimestampEquals,
            Operator::TimestampLessThan,
            Operator::TimestampLessThanEquals,
            Operator::TimestampGreaterThan,
            Operator::TimestampGreaterThanEquals,
        ],
        Kind::String => [
            Operator::StringEquals,
            Operator::StringLessThan,
            Operator::StringLessThanEquals,
            Operator::StringGreaterThan,
            Operator::StringGreaterThanEquals,
        ],
        Kind::Boolean => return (op == Op::Is).then_some(Operator::BooleanEquals),
    };
    Some(match op {
        Op::Is => is,
        Op::LessThan => less_than,
        Op::AtMost => at_most,
        Op::MoreThan => more_than,
        Op::AtLeast => at_least,
    })
}
