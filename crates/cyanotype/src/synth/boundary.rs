//! The permissions boundary of generated roles.

use cyanotype_cfn::{Key, Tree};

use super::{
    canonical::Seen,
    identity::{canonical, identity_of},
    model::{Identity, Model, Node},
};
use crate::{
    app::{Body, Element, ResourceKind},
    diagnostic::Diagnostic,
};

const PROPERTY: &str = "PermissionsBoundary";
const POLICY: &str = "AWS::IAM::ManagedPolicy";

/// Gives each generated role the boundary of its stack, and finds out which policies move with what they
/// say.
pub(super) fn lower(model: &mut Model<'_>) {
    let mut moving: Vec<Key> = vec![];
    let mut in_place: Vec<Key> = vec![];
    let mut found = vec![];
    for (stack, data) in model.stacks() {
        let Some((tree, at)) = &data.boundary else { continue };
        let problem = |found: Diagnostic| found.at(at).construct(&data.name);
        found.extend(wrong_text(tree).map(problem));
        for key in tree.targets() {
            let Some(Element { body, .. }) = model.element(key) else { continue };
            let Body::Resource(body) = body else { continue };
            if body.type_name != POLICY {
                found.push(problem(no_policy(model, key, &body.type_name)));
            } else if key.stack != stack || body.properties.contains_key("ManagedPolicyName") {
                in_place.push(key);
                // What an ephemeral stack has is promised nothing.
                found.extend((!data.ephemeral).then(|| problem(changed_in_place(model, key))));
            } else {
                moving.push(key);
            }
        }
        add(model, stack, tree);
    }
    // One that another stack imports cannot move.
    for key in moving.into_iter().filter(|key| !in_place.contains(key)) {
        if let Some(node) = model.nodes.get_mut(key) {
            node.identity = Identity::Rights;
        }
    }
    model.diagnostics.extend(found);
}

/// The policies of the app that are a role's boundary.
pub(super) fn policies_of(model: &Model, role: &Node) -> Vec<Key> {
    let is_role = is_role(model, role.key);
    let targets = role.properties.get(PROPERTY).filter(|_| is_role).map(Tree::targets).unwrap_or_default();
    targets.into_iter().filter(|key| model.nodes.get(*key).is_some()).collect()
}

/// What the policies say that are a role's boundary and are changed in place: what moves counts by its ID. Empty where
/// there is none.
pub(super) fn said_in_place(model: &Model, role: &Node) -> String {
    let identity = |seen: Seen<'_>| identity_of(model, seen);
    let fixed = |key: &Key| model.nodes.get(*key).filter(|node| matches!(node.identity, Identity::Fixed));
    let policies = policies_of(model, role);
    policies.iter().filter_map(fixed).map(|policy| canonical(&identity).object(policy.whole())).collect()
}

fn add(model: &mut Model<'_>, stack: u32, boundary: &Tree) {
    let of_stack = model.nodes.keys().filter(|key| key.stack == stack && is_role(model, *key));
    for key in of_stack.collect::<Vec<_>>() {
        if let Some(node) = model.nodes.get_mut(key) {
            node.properties.insert(PROPERTY, boundary.clone());
        }
    }
}

fn is_role(model: &Model, key: Key) -> bool {
    let body = model.element(key).and_then(Element::resource);
    body.is_some_and(|body| matches!(body.kind, ResourceKind::Role(_)))
}

/// A text that is written down and names no managed policy:
/// `arn:<partition>:iam::<account, or aws>:policy/<path and name>`.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html>
fn wrong_text(tree: &Tree) -> Option<Diagnostic> {
    let text = tree.as_text()?;
    let is_account = |id: &str| id == "aws" || id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit());
    let fits = match text.splitn(6, ':').collect::<Vec<_>>().as_slice() {
        ["arn", partition, "iam", "", account, policy] => {
            let name = policy.strip_prefix("policy/").and_then(|path| path.rsplit('/').next());
            !partition.is_empty() && is_account(account) && name.is_some_and(|name| !name.is_empty())
        }
        _ => false,
    };
    let problem = || {
        Diagnostic::error(format!("its permissions boundary `{text}` is not the ARN of a managed policy"))
            .help("such as `arn:aws:iam::123456789012:policy/Boundary`")
    };
    (!fits).then(problem)
}

fn no_policy(model: &Model, key: Key, type_name: &str) -> Diagnostic {
    let path = model.path(key);
    Diagnostic::error(format!("its permissions boundary names `{path}`, which is of type `{type_name}`"))
        .help("a boundary is an `AWS::IAM::ManagedPolicy`: give its `.reference()`")
}

fn changed_in_place(model: &Model, key: Key) -> Diagnostic {
    let path = model.path(key);
    Diagnostic::warning(format!(
        "its permissions boundary `{path}` is changed in place, so roles that are retained have it too: what runs may \
         lose a right"
    ))
    .help("make the policy in the same stack and without a `ManagedPolicyName`: it then moves with what it says")
}
