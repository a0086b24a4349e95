//! Logical IDs: what makes a resource another resource moves its ID.

use std::collections::HashMap;

use cyanotype_cfn::{Key, Tree};
use indexmap::IndexMap;

use super::{
    SynthOptions,
    canonical::{Canonical, short_hash},
    fingerprint::fingerprint,
    model::{Identity, Model, Node},
    names,
};
use crate::{app::Body, iam::Statement, lambda::is_unordered};

/// Digits of the suffix of a role, and of what a create-only property moves.
const SUFFIX: usize = 8;

/// Gives every resource its logical ID. `order` has each after those that it needs.
pub(super) fn identify(model: &mut Model, order: &[Key], options: &SynthOptions) {
    // First what needs no other's identity but its path.
    let suffixes: HashMap<Key, String> =
        model.nodes.values().map(|node| (node.key, create_only_suffix(model, node))).collect();
    for node in model.nodes.values_mut() {
        let owner = match node.identity {
            Identity::Of(owner) => owner,
            _ => node.key,
        };
        node.suffix = suffixes.get(&owner).cloned().unwrap_or_default();
    }
    // Then what does, after what it needs. Around a circle, which is an error, a path stands in for an identity.
    for key in order {
        let Some(node) = model.nodes.get(key) else { continue };
        let suffix = match &node.identity {
            Identity::Rights => rights_suffix(model, node),
            Identity::Fingerprint(function) => fingerprint(model, node, *function, options),
            Identity::Of(owner) => match model.nodes.get(owner) {
                Some(owner) => owner.suffix.clone(),
                None => String::new(),
            },
            Identity::Fixed | Identity::CreateOnly(_) => node.suffix.clone(),
        };
        let seen_as = match &node.identity {
            Identity::Fixed => fixed_identity(model, node),
            _ => node.base.with_suffix(&suffix).as_str().to_owned(),
        };
        if let Some(node) = model.nodes.get_mut(key) {
            (node.suffix, node.seen_as) = (suffix, Some(seen_as));
        }
    }
    let ids =
        model.nodes.values().map(|node| (node.key, node.base.with_suffix(&node.suffix).as_str().to_owned()));
    let ids: Vec<_> = ids.collect();
    model.ids.extend(ids);
    names::check_final(model);
}

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
fn shallow_identity_of(model: &Model, key: Key) -> String {
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

/// Empty when all create-only properties are at their defaults, so that the usual resource has the usual name.
fn create_only_suffix(model: &Model, node: &Node) -> String {
    match &node.identity {
        Identity::CreateOnly(properties) if !properties.is_empty() => {
            let tree = Tree::map(properties.iter().cloned());
            let text = canonical(&|key| model.path(key)).text(&tree);
            short_hash(&format!("cyanotype-create-only-1{text}"), SUFFIX)
        }
        _ => String::new(),
    }
}

/// A role is what it may do and who may assume it.
fn rights_suffix(model: &Model, node: &Node) -> String {
    let identity = |key: Key| identity_of(model, key);
    // What was taken out to break a cycle is hashed without the identities around that cycle.
    let shallow = |key: Key| shallow_identity_of(model, key);
    let own: IndexMap<_, _> = node
        .properties
        .iter()
        .filter(|(name, _)| *name != "Policies")
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect();
    let text = format!(
        "cyanotype-role-1{}{}{}",
        canonical(&identity).text(&Tree::Map(own)),
        statements_text(&node.statements, &identity),
        statements_text(&node.detached, &shallow),
    );
    short_hash(&text, SUFFIX)
}

/// Statements as a set.
fn statements_text(statements: &[Statement], identity: &dyn Fn(Key) -> String) -> String {
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

/// A resource that CloudFormation replaces in place. Which of its properties do that is not known here, so all count
/// but its tags: too fine publishes once too often, too coarse calls stale code.
fn fixed_identity(model: &Model, node: &Node) -> String {
    let type_name =
        model.app.element(node.key).and_then(|e| Some(e.resource()?.type_name.as_str())).unwrap_or_default();
    let counted =
        node.properties.iter().filter(|(name, _)| *name != "Tags").map(|(k, v)| (k.clone(), v.clone()));
    let text = canonical(&|key| identity_of(model, key)).text(&Tree::Map(counted.collect()));
    let hash = short_hash(&format!("{type_name}{text}"), 64);
    format!("{}:{hash}", node.base)
}
