//! JSON in which a value may be an intrinsic.

use indexmap::IndexMap;

use crate::{Intrinsic, Key};

/// A property's value before logical IDs are known: JSON, or an [`Intrinsic`] in any place.
///
/// [`tree!`](crate::tree) writes one as it will look in the template.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(serde_json::Number),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Tree>),
    /// An object, in the order in which it was written.
    Map(IndexMap<String, Tree>),
    /// What only CloudFormation knows.
    Intrinsic(Box<Intrinsic>),
}

impl Tree {
    /// An object.
    pub fn map<K: Into<String>, V: Into<Tree>>(entries: impl IntoIterator<Item = (K, V)>) -> Self {
        Self::Map(entries.into_iter().map(|(k, v)| (k.into(), v.into())).collect())
    }

    /// An array.
    pub fn list<V: Into<Tree>>(items: impl IntoIterator<Item = V>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }

    /// The text, when it is plain text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The intrinsic, when it is one.
    #[must_use]
    pub fn as_intrinsic(&self) -> Option<&Intrinsic> {
        match self {
            Self::Intrinsic(intrinsic) => Some(intrinsic),
            _ => None,
        }
    }

    /// Visits this tree and all in it, parents first. `visit` says whether to go on below.
    ///
    /// It keeps a list of its own instead of recursing, so that no depth exhausts the stack.
    pub fn walk<'a>(&'a self, visit: impl FnMut(&'a Tree) -> bool) {
        Self::walk_all([self], visit);
    }

    /// [`walk`](Self::walk) over one tree after the other.
    pub fn walk_all<'a>(trees: impl IntoIterator<Item = &'a Tree>, mut visit: impl FnMut(&'a Tree) -> bool) {
        // Most trees are a single scalar, for which no list is made.
        let mut todo = vec![];
        for tree in trees {
            let mut next = Some(tree);
            while let Some(tree) = next {
                if visit(tree) {
                    let below = todo.len();
                    tree.each_child(|child| todo.push(child));
                    if let Some(children) = todo.get_mut(below..) {
                        children.reverse();
                    }
                }
                next = todo.pop();
            }
        }
    }

    /// Calls `visit` with each tree directly below, in the order in which they are written.
    pub(crate) fn each_child<'a>(&'a self, visit: impl FnMut(&'a Tree)) {
        match self {
            Self::List(items) => items.iter().for_each(visit),
            Self::Map(entries) => entries.values().for_each(visit),
            Self::Intrinsic(intrinsic) => intrinsic.each_child(visit),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => {}
        }
    }

    /// Every element that it depends on, in order, each as often as it is named.
    #[must_use]
    pub fn targets(&self) -> Vec<Key> {
        Self::targets_of([self])
    }

    /// The [targets](Self::targets) of one tree after the other.
    pub fn targets_of<'a>(trees: impl IntoIterator<Item = &'a Tree>) -> Vec<Key> {
        let mut targets = vec![];
        Self::walk_all(trees, |tree| {
            targets.extend(tree.as_intrinsic().and_then(Intrinsic::target));
            true
        });
        targets
    }

    /// How deep it nests: 1 for a scalar. Counted without recursion, to refuse what the other passes would recurse on.
    #[must_use]
    pub fn depth(&self) -> usize {
        let mut deepest = 0;
        let mut todo = vec![];
        let mut next = Some((self, 1));
        while let Some((tree, depth)) = next {
            deepest = deepest.max(depth);
            tree.each_child(|child| todo.push((child, depth + 1)));
            next = todo.pop();
        }
        deepest
    }
}

impl From<Intrinsic> for Tree {
    fn from(intrinsic: Intrinsic) -> Self {
        Self::Intrinsic(Box::new(intrinsic))
    }
}

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Tree {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Tree {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<bool> for Tree {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

macro_rules! integers {
    ($($t:ty)+) => { $(
        impl From<$t> for Tree {
            fn from(value: $t) -> Self {
                Self::Number(value.into())
            }
        }
    )+ };
}
integers! { u8 u16 u32 u64 i8 i16 i32 i64 }

/// JSON has no NaN and no infinity; either becomes `null`.
impl From<f64> for Tree {
    fn from(value: f64) -> Self {
        serde_json::Number::from_f64(value).map_or(Self::Null, Self::Number)
    }
}

impl<T: Into<Tree>> From<Vec<T>> for Tree {
    fn from(items: Vec<T>) -> Self {
        Self::list(items)
    }
}

impl<T: Into<Tree>> From<IndexMap<String, T>> for Tree {
    fn from(entries: IndexMap<String, T>) -> Self {
        Self::map(entries)
    }
}

/// Keys are sorted: whether `serde_json` keeps their order is a matter of the features of the user's other crates.
impl From<serde_json::Value> for Tree {
    fn from(value: serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(b) => Self::Bool(b),
            serde_json::Value::Number(n) => Self::Number(n),
            serde_json::Value::String(s) => Self::Text(s),
            serde_json::Value::Array(items) => Self::list(items),
            serde_json::Value::Object(entries) => {
                let mut entries: Vec<_> = entries.into_iter().collect();
                entries.sort_by(|a, b| a.0.cmp(&b.0));
                Self::map(entries)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(element: u32) -> Key {
        Key { app: 0, stack: 0, element }
    }

    #[test]
    fn targets_are_found_in_lists_maps_and_intrinsics_in_order() {
        let tree = Tree::map([
            ("A", Tree::list([Tree::from(Intrinsic::Ref(key(1)))])),
            (
                "B",
                Intrinsic::Concat(vec![Intrinsic::GetAtt(key(2), "Arn".into()).into(), ":*".into()]).into(),
            ),
            ("C", Intrinsic::LogicalId(key(3)).into()),
        ]);
        assert_eq!(tree.targets(), [key(1), key(2)]);
    }

    #[test]
    fn depth_is_counted_without_recursion() {
        let mut tree = Tree::Null;
        for _ in 0..2_000 {
            tree = Tree::List(vec![tree]);
        }
        assert_eq!(tree.depth(), 2_001);
    }

    #[test]
    fn json_objects_come_in_sorted() {
        let tree = Tree::from(serde_json::json!({ "b": 1, "a": [true] }));
        assert_eq!(tree, Tree::map([("a", Tree::list([true])), ("b", Tree::from(1))]));
    }
}
