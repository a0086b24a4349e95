//! What a stack tells whoever deployed it.

use cyanotype_cfn::{Key, Tree, Value};

use super::Condition;

/// An output of a stack.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html>
#[derive(Debug, Clone)]
pub struct Output {
    pub(crate) value: Tree,
    pub(crate) description: Option<String>,
    pub(crate) export: Option<Tree>,
    pub(crate) condition: Option<Key>,
}

impl Output {
    /// An output with a value.
    #[must_use]
    pub fn of<T>(value: impl Into<Value<T>>) -> Self {
        Self { value: value.into().into(), description: None, export: None, condition: None }
    }

    /// What it is, for people: 1,024 bytes at most.
    #[must_use]
    pub fn description(self, text: impl Into<String>) -> Self {
        Self { description: Some(text.into()), ..self }
    }

    /// The name under which stacks of other apps import it. Between stacks of one app a reference is enough.
    #[must_use]
    pub fn export(self, name: impl Into<Value<String>>) -> Self {
        Self { export: Some(name.into().into()), ..self }
    }

    /// Exists only when a condition holds.
    #[must_use]
    pub fn when(self, condition: &Condition) -> Self {
        Self { condition: Some(condition.key()), ..self }
    }
}

impl<T> From<Value<T>> for Output {
    fn from(value: Value<T>) -> Self {
        Self::of(value)
    }
}
