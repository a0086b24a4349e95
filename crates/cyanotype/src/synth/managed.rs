//! The managed policies that generated roles have: the permissions boundary of their stack, and what is attached to each.

use cyanotype_cfn::{Key, Tree};

use super::{
    canonical::Seen,
    identity::{canonical, identity_of},
    model::{Identity, Model, Node},
};
use crate::{
    app::{Body, Element, ResourceKind, StackData},
    diagnostic::{Diagnostic, Source},
    iam::{is_account, is_iam_arn},
};

const BOUNDARY: &str = "PermissionsBoundary";
const ATTACHED: &str = "ManagedPolicyArns";
const POLICY: &str = "AWS::IAM::ManagedPolicy";

/// A policy that a role is to have, as its user has given it.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) tree: &'a Tree,
    pub(super) at: Source,
    /// What it is to the role.
    pub(super) what: &'static str,
}

/// Gives each generated role its policies, and finds out which policies move with what they say.
pub(super) fn lower(model: &mut Model<'_>) {
    let mut moving: Vec<Key> = vec![];
    let mut in_place: Vec<Key> = vec![];
    let mut found = vec![];
    for (stack, data) in model.stacks() {
        let is_of_stack = |key: &Key| key.stack == stack && is_role(model, *key);
        let roles: Vec<Key> = model.nodes.keys().filter(is_of_stack).collect();
        // The boundary is said once, of the stack.
        let of_stack = boundary(data).map(|given| (given, data.name.clone()));
        let of_roles =
            roles.iter().flat_map(|role| attached(model, *role).map(|given| (given, model.path(*role))));
        for (given, construct) in of_stack.into_iter().chain(of_roles) {
            let problem = |found: Diagnostic| found.at(given.at).construct(&construct);
            found.extend(wrong_text(given.tree, given.what).map(problem));
            for key in given.tree.targets() {
                let Some(Element { body: Body::Resource(body), .. }) = model.element(key) else { continue };
                if body.type_name != POLICY {
                    found.push(problem(no_policy(model, key, &body.type_name, given.what)));
                } else if key.stack != stack || body.properties.contains_key("ManagedPolicyName") {
                    in_place.push(key);
                    // What an ephemeral stack has is promised nothing.
                    found
                        .extend((!data.ephemeral).then(|| problem(changed_in_place(model, key, given.what))));
                } else {
                    moving.push(key);
                }
            }
        }
        for role in roles {
            let attached: Vec<_> = attached(model, role).map(|given| given.tree.clone()).collect();
            let Some(node) = model.nodes.get_mut(role) else { continue };
            if let Some((tree, _)) = &data.boundary {
                node.properties.insert(BOUNDARY, tree.clone());
            }
            for tree in attached {
                if !has(node, &tree) {
                    node.properties.push(ATTACHED, tree);
                }
            }
        }
    }
    // One that another stack imports cannot move.
    for key in moving.into_iter().filter(|key| !in_place.contains(key)) {
        if let Some(node) = model.nodes.get_mut(key) {
            node.identity = Identity::Rights;
        }
    }
    model.diagnostics.extend(found);
}

/// What is given to one role.
pub(super) fn given_to<'a>(model: &Model<'a>, role: Key) -> impl Iterator<Item = Given<'a>> {
    let stack = model.app.stacks.get(role.stack as usize);
    stack.and_then(boundary).into_iter().chain(attached(model, role))
}

fn boundary(stack: &StackData) -> Option<Given<'_>> {
    let (tree, at) = stack.boundary.as_ref()?;
    Some(Given { tree, at, what: "permissions boundary" })
}

fn attached<'a>(model: &Model<'a>, role: Key) -> impl Iterator<Item = Given<'a>> + use<'a> {
    let body = model.app.resource(role);
    let attached = body.and_then(|body| match &body.kind {
        ResourceKind::Role(role) => Some(role.attached.iter()),
        _ => None,
    });
    attached.into_iter().flatten().map(|(tree, at)| Given { tree, at, what: "attached policy" })
}

fn has(role: &Node, policy: &Tree) -> bool {
    match role.properties.get(ATTACHED) {
        Some(Tree::List(policies)) => policies.contains(policy),
        _ => false,
    }
}

/// The managed policies of the app that a role has.
pub(super) fn policies_of(model: &Model, role: &Node) -> Vec<Key> {
    let properties = [BOUNDARY, ATTACHED].into_iter().filter_map(|name| role.properties.get(name));
    let of_role = properties.filter(|_| is_role(model, role.key)).flat_map(Tree::targets);
    of_role.filter(|key| model.nodes.get(*key).is_some()).collect()
}

/// What the policies of a role say that are changed in place: what moves counts by its ID. Empty where there is none.
pub(super) fn said_in_place(model: &Model, role: &Node) -> String {
    let identity = |seen: Seen<'_>| identity_of(model, seen);
    let fixed = |key: &Key| model.nodes.get(*key).filter(|node| matches!(node.identity, Identity::Fixed));
    let policies = policies_of(model, role);
    policies.iter().filter_map(fixed).map(|policy| canonical(&identity).object(policy.whole())).collect()
}

fn is_role(model: &Model, key: Key) -> bool {
    let body = model.resource(key);
    body.is_some_and(|body| matches!(body.kind, ResourceKind::Role(_)))
}

/// A text that is written down and names no managed policy, of an account or of AWS.
fn wrong_text(tree: &Tree, what: &str) -> Option<Diagnostic> {
    let text = tree.as_text()?;
    let fits = is_iam_arn(text, "policy", |account| account == "aws" || is_account(account));
    let problem = || {
        Diagnostic::error(format!("its {what} `{text}` is not the ARN of a managed policy"))
            .help("such as `arn:aws:iam::123456789012:policy/Boundary`")
    };
    (!fits).then(problem)
}

fn no_policy(model: &Model, key: Key, type_name: &str, what: &str) -> Diagnostic {
    let path = model.path(key);
    Diagnostic::error(format!("its {what} names `{path}`, which is of type `{type_name}`"))
        .help("it is to be an `AWS::IAM::ManagedPolicy`: give its `.reference()`")
}

fn changed_in_place(model: &Model, key: Key, what: &str) -> Diagnostic {
    let path = model.path(key);
    Diagnostic::warning(format!(
        "its {what} `{path}` is changed in place, so roles that are retained have it too: what runs may \
         lose a right"
    ))
    .help("make the policy in the same stack and without a `ManagedPolicyName`: it then moves with what it says")
}
