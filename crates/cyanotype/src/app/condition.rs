//! Conditions of a template.

use cyanotype_cfn::{Intrinsic, Key, Tree, Value};

/// A condition of a stack, by its name. [`Stack::condition`](super::Stack::condition) makes it of a
/// [`ConditionExpression`].
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html>
#[derive(Debug, Clone)]
pub struct Condition {
    key: Key,
}

/// Something that holds or not when the template is deployed, given its parameters.
#[derive(Debug, Clone)]
pub struct ConditionExpression {
    tree: Tree,
}

impl Condition {
    /// One value when it holds, another when not: `Fn::If`.
    pub fn choose<T>(&self, then: impl Into<Value<T>>, otherwise: impl Into<Value<T>>) -> Value<T> {
        let (then, otherwise) = (Box::new(then.into().into()), Box::new(otherwise.into().into()));
        Value::from_tree(Intrinsic::If { condition: self.key, then, otherwise }.into())
    }

    pub(super) fn new(key: Key) -> Self {
        Self { key }
    }

    pub(super) fn key(&self) -> Key {
        self.key
    }
}

impl ConditionExpression {
    /// Whether two values are equal.
    pub fn equals(a: impl Into<Value<String>>, b: impl Into<Value<String>>) -> Self {
        let (a, b) = (a.into().into(), b.into().into());
        Self::of(Intrinsic::Equals(Box::new(a), Box::new(b)))
    }

    /// Whether all of 2 to 10 conditions hold.
    pub fn all<C: Into<Self>>(conditions: impl IntoIterator<Item = C>) -> Self {
        Self::of(Intrinsic::And(conditions.into_iter().map(|c| c.into().tree).collect()))
    }

    /// Whether one of 2 to 10 conditions holds.
    pub fn any<C: Into<Self>>(conditions: impl IntoIterator<Item = C>) -> Self {
        Self::of(Intrinsic::Or(conditions.into_iter().map(|c| c.into().tree).collect()))
    }

    pub(super) fn into_tree(self) -> Tree {
        self.tree
    }

    fn of(intrinsic: Intrinsic) -> Self {
        Self { tree: intrinsic.into() }
    }
}

impl From<&Condition> for ConditionExpression {
    fn from(condition: &Condition) -> Self {
        Self::of(Intrinsic::Condition(condition.key))
    }
}

impl std::ops::Not for ConditionExpression {
    type Output = Self;

    fn not(self) -> Self {
        Self::of(Intrinsic::Not(Box::new(self.tree)))
    }
}
