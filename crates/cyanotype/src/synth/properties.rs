//! A resource's properties while it is synthesized.

use std::borrow::Cow;

use cyanotype_cfn::Tree;
use indexmap::IndexMap;

/// Properties by their names. What the application has given, or many resources have in common, is not copied.
#[derive(Debug, Default)]
pub(crate) struct Properties<'a>(IndexMap<&'a str, Cow<'a, Tree>>);

/// How many properties the passes add to those that are given: `Code` and `Description`.
const ADDED: usize = 2;

impl<'a> Properties<'a> {
    pub(crate) fn get(&self, name: &str) -> Option<&Tree> {
        self.0.get(name).map(|tree| &**tree)
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &Tree)> + Clone {
        self.0.iter().map(|(name, tree)| (*name, &**tree))
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &Tree> {
        self.0.values().map(|tree| &**tree)
    }

    /// For templates.
    pub(crate) fn as_map(&self) -> &IndexMap<&'a str, Cow<'a, Tree>> {
        &self.0
    }

    /// Sets a property: in its place where it is there already, last where it is not.
    pub(crate) fn insert(&mut self, name: &'a str, tree: impl Into<Tree>) {
        self.0.insert(name, Cow::Owned(tree.into()));
    }

    /// Sets a property: in its place where it is there already, first where it is not.
    pub(crate) fn insert_first(&mut self, name: &'a str, tree: Tree) {
        match self.0.get_mut(name) {
            Some(present) => *present = Cow::Owned(tree),
            None => drop(self.0.shift_insert(0, name, Cow::Owned(tree))),
        }
    }

    /// Adds to the end of a list, which is made where there is none.
    pub(crate) fn push(&mut self, name: &'a str, item: impl Into<Tree>) {
        let item = item.into();
        match self.0.get_mut(name).map(Cow::to_mut) {
            Some(Tree::List(items)) => items.push(item),
            _ => self.insert(name, Tree::List(vec![item])),
        }
    }

    /// Empties a property, if it is there.
    pub(crate) fn clear(&mut self, name: &str) {
        if let Some(present) = self.0.get_mut(name) {
            *present = Cow::Owned(Tree::Null);
        }
    }
}

impl<'a> From<&'a IndexMap<String, Tree>> for Properties<'a> {
    fn from(given: &'a IndexMap<String, Tree>) -> Self {
        let mut properties = IndexMap::with_capacity(given.len() + ADDED);
        properties.extend(given.iter().map(|(name, tree)| (name.as_str(), Cow::Borrowed(tree))));
        Self(properties)
    }
}

impl<'a, const N: usize> From<[(&'a str, Cow<'a, Tree>); N]> for Properties<'a> {
    fn from(properties: [(&'a str, Cow<'a, Tree>); N]) -> Self {
        Self(properties.into())
    }
}
