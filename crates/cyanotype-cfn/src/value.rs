//! A value of a known type: written down, or known to CloudFormation alone.

use std::marker::PhantomData;

use indexmap::IndexMap;

use crate::{Intrinsic, Key, Pseudo, Tree};

/// A literal `T`, or an intrinsic that yields one.
///
/// Wherever a property takes a `Value<T>`, a plain `T` does too.
///
/// ```
/// use cyanotype_cfn::{Pseudo, Value};
///
/// let literal: Value<String> = "orders".into();
/// assert_eq!(literal.as_literal(), Some("orders"));
///
/// let arn = Value::concat(["arn:".into(), Value::pseudo(Pseudo::Partition), ":s3:::orders".into()]);
/// assert_eq!(arn.as_literal(), None);
/// ```
pub struct Value<T> {
    tree: Tree,
    // A function pointer: a Value is Send and Sync whatever T is, and owns no T.
    types: PhantomData<fn() -> T>,
}

impl<T> Value<T> {
    /// Takes the tree at its word.
    #[must_use]
    pub fn from_tree(tree: Tree) -> Self {
        Self { tree, types: PhantomData }
    }

    /// `Ref`.
    #[must_use]
    pub fn reference(to: Key) -> Self {
        Self::from_tree(Intrinsic::Ref(to).into())
    }

    /// `Fn::GetAtt`.
    #[must_use]
    pub fn attribute(of: Key, name: impl Into<String>) -> Self {
        Self::from_tree(Intrinsic::GetAtt(of, name.into()).into())
    }

    /// `Fn::ImportValue`: what another stack, outside this app, exports under a name.
    ///
    /// Only the deploy knows it, so a published function refuses it unless it is
    /// [acknowledged](Value::known_at_deploy).
    #[must_use]
    pub fn import(export: impl Into<Value<String>>) -> Self {
        Self::from_tree(Intrinsic::ImportValue(Box::new(export.into().tree)).into())
    }

    /// `AWS::NoValue`: removes the property that it is given to.
    #[must_use]
    pub fn none() -> Self {
        Self::from_tree(Intrinsic::NoValue.into())
    }

    /// Says that it is right for a published function to hold this although only the deploy knows it.
    ///
    /// A version's identity is fixed when the template is written. A parameter, an import or an attribute that changes
    /// in place would change the function under an unmoved version, so synth refuses these unless `reason` says why
    /// that cannot happen.
    #[must_use]
    pub fn known_at_deploy(self, reason: impl Into<String>) -> Self {
        let value = Box::new(self.tree);
        Self::from_tree(Intrinsic::Acknowledged { value, reason: reason.into() }.into())
    }

    /// The tree that it is.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.tree
    }
}

impl Value<String> {
    /// A pseudo parameter.
    #[must_use]
    pub fn pseudo(pseudo: Pseudo) -> Self {
        Self::from_tree(Intrinsic::Pseudo(pseudo).into())
    }

    /// Text put together from parts, written as one `Fn::Sub`.
    pub fn concat(parts: impl IntoIterator<Item = Value<String>>) -> Self {
        Self::from_tree(Intrinsic::Concat(parts.into_iter().map(|p| p.tree).collect()).into())
    }

    /// `Fn::Sub`: a text with `${Name}` for each variable. It may name pseudo parameters such as `${AWS::Region}` too,
    /// and nothing else; a literal `${` is written `${!`.
    pub fn sub<N: Into<String>>(
        text: impl Into<String>,
        variables: impl IntoIterator<Item = (N, Value<String>)>,
    ) -> Self {
        let variables: IndexMap<_, _> = variables.into_iter().map(|(n, v)| (n.into(), v.tree)).collect();
        Self::from_tree(Intrinsic::Sub { text: text.into(), variables: Box::new(variables) }.into())
    }

    /// `Fn::Join`.
    pub fn join(delimiter: impl Into<String>, values: impl Into<Value<Vec<String>>>) -> Self {
        let values = Box::new(values.into().tree);
        Self::from_tree(Intrinsic::Join { delimiter: delimiter.into(), values }.into())
    }

    /// `Fn::Select`: the item at a position, from 0.
    pub fn select(index: u32, values: impl Into<Value<Vec<String>>>) -> Self {
        Self::from_tree(Intrinsic::Select { index, values: Box::new(values.into().tree) }.into())
    }

    /// `Fn::Base64`.
    pub fn base64(text: impl Into<Value<String>>) -> Self {
        Self::from_tree(Intrinsic::Base64(Box::new(text.into().tree)).into())
    }

    /// The text, when it is written down.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        self.tree.as_text()
    }
}

impl Value<Vec<String>> {
    /// `Fn::Split`.
    pub fn split(delimiter: impl Into<String>, text: impl Into<Value<String>>) -> Self {
        let text = Box::new(text.into().tree);
        Self::from_tree(Intrinsic::Split { delimiter: delimiter.into(), text }.into())
    }
}

impl<T> Clone for Value<T> {
    fn clone(&self) -> Self {
        Self::from_tree(self.tree.clone())
    }
}

impl<T> PartialEq for Value<T> {
    fn eq(&self, other: &Self) -> bool {
        self.tree == other.tree
    }
}

impl<T> std::fmt::Debug for Value<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Value").field(&self.tree).finish()
    }
}

impl<T> From<Value<T>> for Tree {
    fn from(value: Value<T>) -> Self {
        value.tree
    }
}

impl<T> From<&Value<T>> for Tree {
    fn from(value: &Value<T>) -> Self {
        value.tree.clone()
    }
}

impl<T> From<&Value<T>> for Value<T> {
    fn from(value: &Value<T>) -> Self {
        value.clone()
    }
}

impl From<&str> for Value<String> {
    fn from(text: &str) -> Self {
        Self::from_tree(text.into())
    }
}

impl From<&String> for Value<String> {
    fn from(text: &String) -> Self {
        Self::from_tree(text.into())
    }
}

impl<T: Into<Value<String>>> From<Vec<T>> for Value<Vec<String>> {
    fn from(items: Vec<T>) -> Self {
        Self::from_tree(Tree::list(items.into_iter().map(|item| item.into().tree)))
    }
}

macro_rules! literals {
    ($($t:ty)+) => { $(
        impl From<$t> for Value<$t> {
            fn from(value: $t) -> Self {
                Self::from_tree(value.into())
            }
        }
    )+ };
}
literals! { String bool u16 u32 u64 i32 i64 f64 }
