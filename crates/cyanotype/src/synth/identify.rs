//! Logical IDs: what makes a resource another resource moves its ID.

use cyanotype_cfn::{Intrinsic, Key, Tree};

use super::{
    SynthOptions,
    canonical::{Seen, short_hash},
    fingerprint::fingerprint,
    identity::{canonical, identity_of, meanings, shallow_identity_of, statements_text},
    managed,
    model::{Identity, Model, Node},
    names,
    table::Table,
};
use crate::iam::Statement;

/// Digits of the suffix of a role, and of what a create-only property moves.
const SUFFIX: usize = 8;

/// Gives every resource its logical ID. `order` has each after those that it needs.
pub(super) fn identify(model: &mut Model, order: &[Key], options: &SynthOptions) {
    meanings(model);
    // First what needs no other's identity but its path and own properties.
    let mut suffixes = model.table();
    for node in model.nodes.values() {
        suffixes.insert(node.key, create_only_suffix(model, node));
    }
    for node in model.nodes.values_mut() {
        let owner = match node.identity {
            Identity::Of(owner) | Identity::Revision(owner) => owner,
            _ => node.key,
        };
        node.suffix = suffixes.get(owner).cloned().unwrap_or_default();
    }
    let shown_whole = shown_whole(model);
    // Then what does, after what it needs. Around a circle, which is an error, a path stands in for an identity.
    for key in order {
        let Some(node) = model.nodes.get(*key) else { continue };
        let suffix = match &node.identity {
            Identity::Rights => rights_suffix(model, node),
            Identity::Fingerprint(function) => fingerprint(model, node, *function, options),
            Identity::Of(owner) | Identity::Revision(owner) => match model.nodes.get(*owner) {
                Some(owner) => owner.suffix.clone(),
                None => String::new(),
            },
            Identity::Fixed | Identity::CreateOnly(_) | Identity::Stable => node.suffix.clone(),
        };
        let id = format!("{}{suffix}", node.base);
        let seen_as = match &node.identity {
            Identity::Fixed => Some(fixed_identity(model, node, node.counted())),
            Identity::Revision(machine) => Some(format!("{id}:{}", revision_identity(model, *machine))),
            _ => None,
        };
        let whole = shown_whole.get(*key).map(|()| fixed_identity(model, node, node.whole()));
        model.ids.insert(*key, id);
        if let Some(node) = model.nodes.get_mut(*key) {
            (node.suffix, node.seen_as, node.seen_whole) = (suffix, seen_as, whole);
        }
    }
    names::check_final(model);
}

/// The resources of which an attribute is read that may change with any of their properties.
fn shown_whole(model: &Model) -> Table<()> {
    let mut shown = model.table();
    for node in model.nodes.values() {
        let of_facts = |key: &Key| model.nodes.get(*key).is_some_and(|target| target.facts.is_some());
        if !node.needs.iter().any(of_facts) {
            continue;
        }
        let statements = node.statements.iter().chain(&node.detached).flat_map(Statement::trees);
        for tree in node.properties.values().chain(statements) {
            tree.walk(|tree| {
                if let Some(Intrinsic::GetAtt(key, attribute)) = tree.as_intrinsic()
                    && model.nodes.get(*key).is_some_and(|target| target.shows_whole(Some(attribute)))
                {
                    shown.insert(*key, ());
                }
                true
            });
        }
    }
    shown
}

/// Empty when all create-only properties are at their defaults, so that the usual resource has the usual name.
fn create_only_suffix(model: &Model, node: &Node) -> String {
    match &node.identity {
        Identity::CreateOnly(properties) if !properties.is_empty() => {
            let properties = properties.iter().map(|(name, tree)| (name.as_str(), tree));
            let text = canonical(&|key| shallow_identity_of(model, key)).object(properties);
            short_hash(&format!("cyanotype-create-only-1{text}"), SUFFIX)
        }
        _ => String::new(),
    }
}

/// A role is what it may do and who may assume it.
fn rights_suffix(model: &Model, node: &Node) -> String {
    let identity = |seen: Seen<'_>| identity_of(model, seen);
    // What was taken out to break a cycle is hashed without the identities around that cycle.
    let shallow = |seen: Seen<'_>| shallow_identity_of(model, seen);
    let own = node.properties.iter().filter(|(name, _)| *name != "Policies");
    let text = format!(
        "cyanotype-role-1{}{}{}",
        canonical(&identity).object(own),
        statements_text(&node.statements, &identity),
        statements_text(&node.detached, &shallow),
    ) + &managed::said_in_place(model, node);
    short_hash(&text, SUFFIX)
}

/// A resource that CloudFormation replaces in place: its type, and what counts of its properties.
fn fixed_identity<'t>(
    model: &Model,
    node: &Node,
    properties: impl Iterator<Item = (&'t str, &'t Tree)>,
) -> String {
    let type_name = model.element(node.key).and_then(|e| Some(&*e.resource()?.type_name)).unwrap_or_default();
    let text = canonical(&|key| identity_of(model, key)).object(properties);
    let hash = short_hash(&format!("{type_name}{text}"), 64);
    format!("{}:{hash}", node.base)
}

/// What makes another revision of a machine, and so another version under the same logical ID.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-version.html>
fn revision_identity(model: &Model, machine: Key) -> String {
    let properties = model.nodes.get(machine).map(|node| node.revised()).into_iter().flatten();
    short_hash(&canonical(&|key| identity_of(model, key)).object(properties), 64)
}
