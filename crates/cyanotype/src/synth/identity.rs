//! What an element is to whoever refers to it, and the canonical texts that are made of that.

use cyanotype_cfn::{Key, Tree};

use super::{
    canonical::Canonical,
    model::{Identity, Model},
};
use crate::{app::Body, iam::Statement, lambda::is_unordered};

/// What an element is to whoever refers to it.
pub(super) fn identity_of(model: &Model, key: Key) -> String {
    let Some(element) = model.app.element(key) else { return String::new() };
    let path = || model.path(key);
    match &element.body {
        Body::Resource(_) => {
            let node = model.nodes.get(&key);
            node.and_then(|node| node.seen_as.clone()).unwrap_or_else(|| shallow_identity_of(model, key))
        }
        // Names are unique; what they stand for is known to the deploy, or fixed for the stack.
        Body::Parameter(_) | Body::Output(_) => path(),
        Body::Condition(tree) => canonical(&|key| identity_of(model, key)).text(tree),
        Body::Mapping(entries) => {
            let tree = Tree::map(entries.iter().map(|(key, inner)| (key, Tree::map(inner.clone()))));
            canonical(&|key| identity_of(model, key)).text(&tree)
        }
    }
}

/// The same as far as paths and create-only properties say it: what is known before anything else is.
pub(super) fn shallow_identity_of(model: &Model, key: Key) -> String {
    match model.nodes.get(&key) {
        Some(node) if matches!(node.identity, Identity::CreateOnly(_)) => {
            node.base.with_suffix(&node.suffix).as_str().to_owned()
        }
        Some(node) => node.base.as_str().to_owned(),
        None => model.path(key),
    }
}

/// The writer for everything that is no policy.
pub(super) fn canonical(identity: &dyn Fn(Key) -> String) -> Canonical<'_> {
    Canonical { identity, is_set: is_unordered }
}

/// Statements as a set.
pub(super) fn statements_text(statements: &[Statement], identity: &dyn Fn(Key) -> String) -> String {
    let mut texts: Vec<_> = statements.iter().map(|statement| statement_text(statement, identity)).collect();
    texts.sort();
    texts.dedup();
    format!("[{}]", texts.join(","))
}

/// A statement in its canonical form, with its actions and resources as sets.
pub(super) fn statement_text(statement: &Statement, identity: &dyn Fn(Key) -> String) -> String {
    let writer = Canonical { identity, is_set: |key| matches!(key, "Action" | "Resource") };
    let conditions =
        Tree::map(statement.conditions.iter().map(|(key, value)| (key, Tree::map(value.clone()))));
    writer.text(&Tree::map([
        ("Effect", statement.effect.name().into()),
        ("Action", Tree::list(&statement.actions)),
        ("Resource", Tree::List(statement.resources.clone())),
        ("Condition", conditions),
    ]))
}
