//! Mappings of a template.

use cyanotype_cfn::{Intrinsic, Key, Value};

/// Literals by two keys, made by [`Stack::mapping`](super::Stack::mapping).
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/mappings-section-structure.html>
#[derive(Debug, Clone)]
pub struct Mapping {
    key: Key,
}

impl Mapping {
    pub(super) fn new(key: Key) -> Self {
        Self { key }
    }

    /// The literal at two keys: `Fn::FindInMap`.
    pub fn find<T>(&self, top: impl Into<Value<String>>, second: impl Into<Value<String>>) -> Value<T> {
        let (top, second) = (Box::new(top.into().into()), Box::new(second.into().into()));
        Value::from_tree(Intrinsic::FindInMap { mapping: self.key, top, second }.into())
    }
}
