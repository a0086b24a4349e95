//! Conditions in JSONata.

use super::reading::{self, Root};
use crate::flow::{
    condition::{Check, Node, Op, Test},
    guard::Placed,
    schema::Place,
};

/// The condition as an expression that yields true or false.
///
/// It means what it means in JSONPath, where a value of another type makes a test false, but that one that is absent does so
/// too. JSONata would fail to order these, so an order asks for the type first, where the schema does not say it.
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
        Check::Compare(op, Ok(other)) if place.is_timestamp && other.is_string() => {
            let order = format!("$toMillis({value}) {} $toMillis({other})", sign(*op));
            guarded(place, &value, "string", order)
        }
        Check::Compare(Op::Is, Ok(other)) => format!("{value} = {other}"),
        Check::Compare(op, Ok(other)) => {
            let kind = if other.is_string() { "string" } else { "number" };
            guarded(place, &value, kind, format!("{value} {} {other}", sign(*op)))
        }
        // It was reported.
        Check::Compare(_, Err(_)) => "false".into(),
    }
}

/// The test, which is made only where the value is of this kind, unless it always is.
fn guarded(place: &Place, value: &str, kind: &str, test: String) -> String {
    let is_known = !place.optional && place.types.as_deref() == Some(&[kind]);
    if is_known { test } else { format!("($type({value}) = \"{kind}\" and {test})") }
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
