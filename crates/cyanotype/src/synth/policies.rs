//! A role's statements as policies: in the role, attached to it, and beside it.

use std::borrow::Cow;

use cyanotype_cfn::{Intrinsic, Key, LogicalId, Tree};

use super::{
    canonical::Seen,
    identity::{canonical, statement_text},
    merge,
    model::{Identity, Model, Node},
    properties::Properties,
    spill,
};
use crate::{
    app::{Body, Element, ResourceBody, ResourceKind},
    iam::{self, Statement},
};

/// Turns each role's statements into its `Policies`, those for which it has no room into managed policies that are
/// attached to it, and what was detached into a policy beside it. Says whether there are any but the first.
pub(super) fn write(model: &mut Model) -> bool {
    let mut beside = vec![];
    for key in model.nodes.keys().collect::<Vec<_>>() {
        let Some(node) = model.nodes.get(key) else { continue };
        let (inline, detached) = (sorted(model, &node.statements), sorted(model, &node.detached));
        if inline.is_empty() && detached.is_empty() {
            continue;
        }
        let attached = match node.properties.get("ManagedPolicyArns") {
            Some(Tree::List(policies)) => policies.len(),
            _ => 0,
        };
        let (inline, detached) = merge::merged(inline, detached, |tree| canonical_text(model, tree));
        let (inline, detached) = (sorted(model, &inline), sorted(model, &detached));
        let placed = match spill::place(inline, &detached, attached) {
            Ok(placed) => placed,
            Err(size) => {
                let found = spill::too_many(size, attached).at(node.at).construct(model.path(key));
                model.diagnostics.push(found);
                continue;
            }
        };
        let Some(node) = model.nodes.get_mut(key) else { continue };
        if !placed.inline.is_empty() {
            let policy = Tree::map([
                ("PolicyName", "Rights".into()),
                ("PolicyDocument", iam::policy_document(placed.inline)),
            ]);
            node.properties.insert("Policies", Tree::List(vec![policy]));
        }
        for (number, statements) in (1..).zip(placed.managed) {
            let document = iam::policy_document(statements);
            beside.push(Beside::attached(node, number, document));
        }
        if !detached.is_empty() {
            beside.push(Beside::detached(node, iam::policy_document(detached)));
        }
    }
    let any = !beside.is_empty();
    for policy in beside {
        add(model, policy);
    }
    any
}

/// A policy that is a resource of its own.
struct Beside<'a> {
    role: Key,
    /// Its own part of its path, after the role's.
    id: String,
    type_name: &'static str,
    identity: Identity,
    properties: Properties<'a>,
}

impl<'a> Beside<'a> {
    fn attached(role: &Node<'a>, number: usize, document: Tree) -> Self {
        // The path is that of the role, so that what is to be cleaned up one day is found.
        let mut properties = Properties::default();
        if let Some(path) = role.properties.get("Path") {
            properties.insert("Path", path.clone());
        }
        properties.insert("PolicyDocument", document);
        let (id, type_name) = (format!("Rights{number}"), "AWS::IAM::ManagedPolicy");
        Self { role: role.key, id, type_name, identity: Identity::Rights, properties }
    }

    fn detached(role: &Node<'a>, document: Tree) -> Self {
        let properties = Properties::from([
            ("PolicyName", Cow::Owned("DetachedRights".into())),
            ("PolicyDocument", Cow::Owned(document)),
            ("Roles", Cow::Owned(Tree::List(vec![Intrinsic::Ref(role.key).into()]))),
        ]);
        let (id, type_name) = ("Detached".into(), "AWS::IAM::Policy");
        Self { role: role.key, id, type_name, identity: Identity::Of(role.key), properties }
    }
}

/// Adds the policy to its role's stack, and to the role where it is attached to that.
fn add<'a>(model: &mut Model<'a>, policy: Beside<'a>) {
    let Beside { role, id, type_name, identity, properties } = policy;
    let Some(Element { path, at, .. }) = model.element(role) else { return };
    let (path, at) = (path.iter().cloned().chain([id]).collect::<Vec<_>>(), *at);
    let Some(stack) = model.app.stacks.get(role.stack as usize) else { return };
    let element = (stack.elements.len() + model.beside.of_stack(role.stack).count()) as u32;
    let key = Key { element, ..role };
    if matches!(identity, Identity::Rights)
        && let Some(role) = model.nodes.get_mut(role)
    {
        role.properties.push("ManagedPolicyArns", Intrinsic::Ref(key));
    }
    let mut node = Node::new(key, at, LogicalId::from_path(&path).unwrap_or_default());
    (node.identity, node.properties) = (identity, properties);
    let body = ResourceBody::new(type_name, ResourceKind::Plain);
    model.beside.insert(key, Element { path, at, body: Body::Resource(Box::new(body)) });
    model.nodes.insert(key, node);
}

/// What a tree says, with paths for elements.
fn canonical_text(model: &Model, tree: &Tree) -> String {
    canonical(&|seen: Seen<'_>| model.path(seen.key).into()).text(tree)
}

/// Each statement once, and its actions and resources, in an order that depends on what they say and not on that of
/// the calls.
pub(super) fn sorted(model: &Model, statements: &[Statement]) -> Vec<Statement> {
    let identity = |seen: Seen<'_>| model.path(seen.key).into();
    let mut statements: Vec<_> = statements
        .iter()
        .cloned()
        .map(|mut statement| {
            statement.actions.sort();
            statement.actions.dedup();
            if statement.resources.len() > 1 {
                statement.resources.sort_by_cached_key(|resource| canonical(&identity).text(resource));
            }
            statement.resources.dedup();
            (statement_text(&statement, &identity), statement)
        })
        .collect();
    statements.sort_by(|a, b| a.0.cmp(&b.0));
    statements.dedup_by(|a, b| a.0 == b.0);
    statements.into_iter().map(|(_, statement)| statement).collect()
}
