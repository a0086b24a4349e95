//! Conditions on data.

use std::{fmt, marker::PhantomData, ops::Not, panic::Location};

use serde::Serialize;
use serde_json::Value;

use super::{
    literal::{Literal, Nullable, Ordered, Textual},
    path::{Path, Reference},
};

/// A test of a `T`, for a rule of a Choice.
///
/// ```
/// # use cyanotype::prelude::*;
/// # use serde_json::Value;
/// let age = || root::<Value>().get("age");
/// let grown_up: Cond<Value> = age().is_present().and(age().at_least(18));
/// let others = !grown_up;
/// ```
#[must_use = "a condition does nothing until a Choice takes it: `.when(condition, target)`"]
pub struct Cond<T> {
    /// In postfix order: what is combined comes before what combines it. Flat, so that no depth of nesting can
    /// overflow the stack; and a chain of `and` or of `or` is one node, so that chains have no depth.
    pub(super) nodes: Vec<Node>,
    types: PhantomData<fn(T)>,
}

/// One node of a [`Cond`].
#[derive(Debug, Clone)]
pub(super) enum Node {
    Test(Test),
    /// All of the last so many.
    All(usize),
    /// One of the last so many.
    Any(usize),
    /// Not the last.
    Not,
}

impl Node {
    pub(super) fn test(&self) -> Option<&Test> {
        match self {
            Self::Test(test) => Some(test),
            Self::All(_) | Self::Any(_) | Self::Not => None,
        }
    }
}

/// A test of one place.
#[derive(Debug, Clone)]
pub(super) struct Test {
    pub(super) place: Reference,
    pub(super) check: Check,
}

#[derive(Debug, Clone)]
pub(super) enum Check {
    Present,
    Null,
    /// With a value, or the reason why it has no JSON.
    Compare(Op, Result<Value, String>),
    /// With what is at another place.
    CompareWith(Op, Reference),
    /// With a pattern.
    Matches(String),
    /// The kind of the value.
    IsA(Kind),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    String,
    Number,
    Boolean,
    Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    Is,
    LessThan,
    AtMost,
    MoreThan,
    AtLeast,
}

impl<T, F> Path<T, F> {
    /// The value is this one.
    ///
    /// A value that JSON does not write as a string, a number or a boolean is an error: compare one of its
    /// fields. So is one that the schema says is never there.
    #[track_caller]
    pub fn is<V: Literal<F> + Serialize>(self, value: V) -> Cond<T> {
        self.compare(Op::Is, &value)
    }

    /// The value is less than this one; a string or a timestamp comes before it.
    #[track_caller]
    pub fn less_than<V: Literal<F> + Serialize>(self, value: V) -> Cond<T>
    where
        F: Ordered,
    {
        self.compare(Op::LessThan, &value)
    }

    /// The value is this one or less.
    #[track_caller]
    pub fn at_most<V: Literal<F> + Serialize>(self, value: V) -> Cond<T>
    where
        F: Ordered,
    {
        self.compare(Op::AtMost, &value)
    }

    /// The value is more than this one; a string or a timestamp comes after it.
    #[track_caller]
    pub fn more_than<V: Literal<F> + Serialize>(self, value: V) -> Cond<T>
    where
        F: Ordered,
    {
        self.compare(Op::MoreThan, &value)
    }

    /// The value is this one or more.
    #[track_caller]
    pub fn at_least<V: Literal<F> + Serialize>(self, value: V) -> Cond<T>
    where
        F: Ordered,
    {
        self.compare(Op::AtLeast, &value)
    }

    /// There is something at the path, be it null.
    ///
    /// Any path can be tested, since `customer?.tier` may be absent too; it guards what is read after it.
    #[track_caller]
    pub fn is_present(self) -> Cond<T> {
        self.test(Check::Present)
    }

    /// Null is at the path.
    #[track_caller]
    pub fn is_null(self) -> Cond<T>
    where
        F: Nullable,
    {
        self.test(Check::Null)
    }

    /// The value is that at another place: of the data, a variable, the context object.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    /// # use schemars::JsonSchema;
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, JsonSchema)]
    /// # struct Order { paid: u32, total: u32 }
    /// let settled = path!(Order => paid).at_least_value_of(path!(Order => total));
    /// ```
    #[track_caller]
    pub fn is_value_of(self, other: Self) -> Cond<T> {
        self.compare_with(Op::Is, other)
    }

    /// The value is less than that at another place.
    #[track_caller]
    pub fn less_than_value_of(self, other: Self) -> Cond<T>
    where
        F: Ordered,
    {
        self.compare_with(Op::LessThan, other)
    }

    /// The value is that at another place, or less.
    #[track_caller]
    pub fn at_most_value_of(self, other: Self) -> Cond<T>
    where
        F: Ordered,
    {
        self.compare_with(Op::AtMost, other)
    }

    /// The value is more than that at another place.
    #[track_caller]
    pub fn more_than_value_of(self, other: Self) -> Cond<T>
    where
        F: Ordered,
    {
        self.compare_with(Op::MoreThan, other)
    }

    /// The value is that at another place, or more.
    #[track_caller]
    pub fn at_least_value_of(self, other: Self) -> Cond<T>
    where
        F: Ordered,
    {
        self.compare_with(Op::AtLeast, other)
    }

    /// The text fits a pattern, in which `*` is any characters and `\\*` a star: `log-*.txt`.
    #[track_caller]
    pub fn matches(self, pattern: &str) -> Cond<T>
    where
        F: Textual,
    {
        self.test(Check::Matches(pattern.into()))
    }

    /// The value is a string, in data that may be of another type.
    #[track_caller]
    pub fn is_string(self) -> Cond<T> {
        self.test(Check::IsA(Kind::String))
    }

    /// The value is a number, in data that may be of another type.
    #[track_caller]
    pub fn is_number(self) -> Cond<T> {
        self.test(Check::IsA(Kind::Number))
    }

    /// The value is true or false, in data that may be of another type.
    #[track_caller]
    pub fn is_boolean(self) -> Cond<T> {
        self.test(Check::IsA(Kind::Boolean))
    }

    /// The value is a timestamp, in data that may be of another type.
    #[track_caller]
    pub fn is_timestamp(self) -> Cond<T> {
        self.test(Check::IsA(Kind::Timestamp))
    }

    #[track_caller]
    fn compare_with(self, op: Op, other: Self) -> Cond<T> {
        self.test(Check::CompareWith(op, other.to))
    }

    #[track_caller]
    fn compare(self, op: Op, value: &impl Serialize) -> Cond<T> {
        self.test(Check::Compare(op, serde_json::to_value(value).map_err(|error| error.to_string())))
    }

    #[track_caller]
    fn test(mut self, check: Check) -> Cond<T> {
        self.to.at = Location::caller();
        Cond { nodes: vec![Node::Test(Test { place: self.to, check })], types: PhantomData }
    }
}

impl<T> Cond<T> {
    /// Both hold. A test on the left guards what the right one reads: `note.is_present().and(note.is("x"))`.
    pub fn and(self, other: Self) -> Self {
        let part = |node: &Node| match node {
            Node::All(parts) => Some(*parts),
            _ => None,
        };
        self.combine(other, part, Node::All)
    }

    /// One of them holds, or both.
    pub fn or(self, other: Self) -> Self {
        let part = |node: &Node| match node {
            Node::Any(parts) => Some(*parts),
            _ => None,
        };
        self.combine(other, part, Node::Any)
    }

    /// Parts that are combinations of the same kind are taken over part by part.
    fn combine(mut self, mut other: Self, same: fn(&Node) -> Option<usize>, node: fn(usize) -> Node) -> Self {
        let mut parts = 0;
        for nodes in [&mut self.nodes, &mut other.nodes] {
            let inner = nodes.last().and_then(same);
            if inner.is_some() {
                nodes.pop();
            }
            parts += inner.unwrap_or(1);
        }
        self.nodes.append(&mut other.nodes);
        self.nodes.push(node(parts));
        self
    }
}

/// The condition does not hold.
impl<T> Not for Cond<T> {
    type Output = Self;

    fn not(mut self) -> Self {
        match self.nodes.last() {
            Some(Node::Not) => drop(self.nodes.pop()),
            _ => self.nodes.push(Node::Not),
        }
        self
    }
}

impl<T> Clone for Cond<T> {
    fn clone(&self) -> Self {
        Self { nodes: self.nodes.clone(), types: PhantomData }
    }
}

impl<T> fmt::Debug for Cond<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cond").field(&self.nodes).finish()
    }
}
