//! Conditions in JSONata.

use super::{
    comparison,
    reading::{self, Root},
};
use crate::flow::{
    condition::{Check, Kind, Node, Op},
    guard::Placed,
    schema::Place,
};

/// The condition as an expression that yields true or false.
///
/// It means what it means in JSONPath, where a value of another type makes a test false, but that one that is absent
/// does so too. JSONata would fail to order these, so an order asks for the type first, where the schema does not say
/// it.
pub(super) fn jsonata(nodes: &[Node], placed: &[Placed<'_>]) -> String {
    let mut placed = placed.iter();
    let mut done: Vec<String> = vec![];
    for node in nodes {
        let text = match node {
            Node::Test(_) => placed.next().map_or_else(String::new, one),
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

fn one(placed: &Placed<'_>) -> String {
    let Some(place) = placed.place else { return "false".into() };
    let value = text(place);
    match &placed.test.check {
        Check::Present => format!("$exists({value})"),
        Check::Null => format!("{value} = null"),
        Check::IsA(Kind::Timestamp) => {
            guarded(place, &value, "string", format!("$contains({value}, {TIMESTAMP})"))
        }
        Check::IsA(kind) => format!("$type({value}) = \"{}\"", name(*kind)),
        Check::Matches(pattern) => {
            guarded(place, &value, "string", format!("$contains({value}, {})", expression_of(pattern)))
        }
        Check::Compare(op, Ok(other)) if place.is_timestamp && other.is_string() => {
            let order = format!("$toMillis({value}) {} $toMillis({other})", sign(*op));
            guarded(place, &value, "string", order)
        }
        Check::Compare(Op::Is, Ok(other)) => format!("{value} = {other}"),
        Check::Compare(op, Ok(other)) => {
            let kind = if other.is_string() { "string" } else { "number" };
            guarded(place, &value, kind, format!("{value} {} {other}", sign(*op)))
        }
        Check::CompareWith(op, _) => {
            let Some(other) = placed.other else { return "false".into() };
            let with = text(other);
            if place.is_timestamp && other.is_timestamp {
                let order = format!("$toMillis({value}) {} $toMillis({with})", sign(*op));
                return guarded(place, &value, "string", guarded(other, &with, "string", order));
            }
            if *op == Op::Is {
                return format!("{value} = {with}");
            }
            let order = format!("{value} {} {with}", sign(*op));
            match comparison::kind_of_both(place, other) {
                Some(kind) => guarded(place, &value, name(kind), guarded(other, &with, name(kind), order)),
                None => format!(
                    "($type({value}) = $type({with}) and $type({value}) in [\"string\", \"number\"] and {order})"
                ),
            }
        }
        // It was reported.
        Check::Compare(_, Err(_)) => "false".into(),
    }
}

fn text(place: &Place) -> String {
    // A place has no placeholder.
    reading::jsonata(Root::Input, &place.spot).as_literal().unwrap_or_default().to_owned()
}

/// A timestamp as Step Functions takes it.
const TIMESTAMP: &str = r"/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/";

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::String | Kind::Timestamp => "string",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
    }
}

/// A pattern, in which `*` is any characters and `\\*` a star, as a regular expression.
fn expression_of(pattern: &str) -> String {
    let mut expression = String::from("/^");
    let mut characters = pattern.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '*' => expression.push_str("[\\s\\S]*"),
            '\\' if matches!(characters.peek(), Some('*' | '\\')) => {
                expression.push('\\');
                expression.extend(characters.next());
            }
            c if c.is_alphanumeric() || matches!(c, ' ' | '_' | '-') => expression.push(c),
            c if c.is_ascii() => expression.extend(['\\', c]),
            c => expression.push(c),
        }
    }
    expression + "$/"
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
