//! Conditions in JSONata.

use serde_json::Value;

use super::reading::{self, Root};
use crate::flow::{
    condition::{Check, Node, Op, Test},
    guard::Placed,
    schema::Place,
};

/// The condition as an expression that yields true or false.
///
/// It means what it means in JSONPath: a value of another type makes a test false. JSONata would fail to order it, so an
/// order asks for the type first, where the schema does not say it.
pub(super) fn jsonata(nodes: &[Node], placed: &[Placed<'_>]) -> String {
    let mut placed = placed.iter();
    let mut done: Vec<String> = vec![];
    for node in nodes {
        let text = match node {
            Node::Test(test) => {
                placed.next().and_then(|(_, place)| *place).map_or_else(String::new, |place| one(test, place))
            }
            Node::Not => format!("$not({})", done.pop().unwrap_or_default()),
            Node::All(parts) => joined(&mut done, *parts, " and "),
            Node::Any(parts) => joined(&mut done, *parts, " or "),
        };
        done.push(text);
    }
    done.pop().unwrap_or_default()
}

fn joined(done: &mut Vec<String>, parts: usize, word: &str) -> String {
    let parts = done.split_off(done.len().saturating_sub(parts));
    format!("({})", parts.join(word))
}

fn one(test: &Test, place: &Place) -> String {
    let value = reading::jsonata(Root::Input, &place.path);
    match &test.check {
        Check::Present => format!("$exists({value})"),
        Check::Null => format!("{value} = null"),
        Check::Compare(Op::Is, Ok(other)) if place.is_timestamp && other.is_string() => {
            instants(&value, "=", other)
        }
        Check::Compare(Op::Is, Ok(other)) => format!("{value} = {other}"),
        Check::Compare(op, Ok(other)) if place.is_timestamp && other.is_string() => {
            instants(&value, sign(*op), other)
        }
        Check::Compare(op, Ok(other)) => {
            let kind = if other.is_string() { "string" } else { "number" };
            let order = format!("{value} {} {other}", sign(*op));
            let is_known = !place.optional && place.types.as_deref() == Some(&[kind]);
            if is_known { order } else { format!("($type({value}) = \"{kind}\" and {order})") }
        }
        // It was reported.
        Check::Compare(_, Err(_)) => "false".into(),
    }
}

fn instants(value: &str, sign: &str, other: &Value) -> String {
    format!("$toMillis({value}) {sign} $toMillis({other})")
}

fn sign(op: Op) -> &'static str {
    match op {
        Op::Is => "=",
        Op::LessThan => "<",
        Op::AtMost => "<=",
        Op::MoreThan => ">",
        Op::AtLeast => ">=",
    }
}
