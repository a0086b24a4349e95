//! What stays when it leaves the app: all that a running execution can name, or needs as a right.

use std::borrow::Cow;

use cyanotype_cfn::{Key, RetentionPolicy, Tree};

use super::{
    managed,
    model::{Identity, Model, Node},
    table::Table,
};
use crate::{app::ResourceKind, diagnostic::Diagnostic};

/// Not retained although a machine reaches it: what it holds is not needed to go on.
const LOG_GROUP: &str = "AWS::Logs::LogGroup";
/// Retained with the version, alias or function that it is about.
const PERMISSION: &str = "AWS::Lambda::Permission";

/// Marks what is to be retained.
///
/// Our own constructs always are: whether an execution of an earlier day may still call a function that is no longer
/// published cannot be seen in today's app. What the user made is retained when it is reached.
pub(super) fn retain(model: &mut Model) {
    let roles = roles_in_use(model);
    let mut todo: Vec<Key> = vec![];
    let mut retained = model.table();
    for node in model.nodes.values().filter(|node| !ephemeral(model, node)) {
        if is_ours(model, node) || is_kept(model, node) || is_permission_on_ours(model, node) {
            retained.insert(node.key, ());
            if reaches(model, node, &roles) {
                todo.push(node.key);
            }
            // A role of others need not name what calls are said to be on.
            for key in called_on(model, node) {
                if model.nodes.get(key).is_some_and(|called| !ephemeral(model, called)) {
                    retained.insert(key, ());
                    todo.push(key);
                }
            }
            // A role that stays has its managed policies as long, be it in use or not.
            for key in managed::policies_of(model, node) {
                if model.nodes.get(key).is_some_and(|policy| !ephemeral(model, policy)) {
                    retained.insert(key, ());
                    todo.push(key);
                }
            }
        }
    }
    while let Some(node) = todo.pop().and_then(|key| model.nodes.get(key)) {
        for key in needed_later(model, node).iter().copied() {
            let Some(target) = model.nodes.get(key) else { continue };
            let stays = type_name(model, target) != LOG_GROUP && !ephemeral(model, target);
            if stays && retained.insert(key, ()).is_none() {
                todo.push(key);
            }
        }
    }
    let mut found = vec![];
    for node in model.nodes.values_mut() {
        node.retained = retained.get(node.key).is_some();
    }
    for node in model.nodes.values().filter(|node| node.retained) {
        let Some(body) = model.resource(node.key) else { continue };
        let policies =
            [("DeletionPolicy", body.deletion_policy), ("UpdateReplacePolicy", body.update_replace_policy)];
        for (name, policy) in policies {
            if let Some(policy @ (RetentionPolicy::Delete | RetentionPolicy::Snapshot)) = policy {
                let problem = format!(
                    "its {name} is {}, but a version or a running execution may need it",
                    policy.name()
                );
                let help = "leave the policy out, and it is retained; or make the stack `ephemeral()`";
                found.push(
                    Diagnostic::warning(problem).at(node.at).construct(model.path(node.key)).help(help),
                );
            }
        }
    }
    model.diagnostics.extend(found);
}

/// What a resource goes on to need: all but what its update policy alone names, which is for deploys.
fn needed_later<'m>(model: &'m Model, node: &'m Node) -> Cow<'m, [Key]> {
    let body = model.resource(node.key);
    match body.filter(|body| !body.update_policy.is_empty()) {
        Some(body) => {
            Tree::targets_of(node.properties.values()).into_iter().chain(body.depends_on.clone()).collect()
        }
        None => node.needs.as_slice().into(),
    }
}

fn ephemeral(model: &Model, node: &Node) -> bool {
    model.app.stacks.get(node.key.stack as usize).is_some_and(|stack| stack.ephemeral)
}

fn is_ours(model: &Model, node: &Node) -> bool {
    // A layer stays for the published functions that have it. A policy that was taken out of a role, or has no room in
    // it, is plain, but moves with its rights.
    !matches!(kind(model, node), None | Some(ResourceKind::Plain | ResourceKind::Layer(_)))
        || matches!(node.identity, Identity::Of(_) | Identity::Rights)
}

/// What the calls of a machine are said to be on.
fn called_on(model: &Model, node: &Node) -> Vec<Key> {
    match kind(model, node) {
        Some(ResourceKind::Machine(machine)) => {
            Tree::targets_of(machine.parts.on.values().flatten().map(|on| on.value.tree()))
        }
        _ => vec![],
    }
}

/// Whether what a resource of ours refers to is needed by an execution or a version: not if it is a function that is
/// not published, nor its role.
fn reaches(model: &Model, node: &Node, roles_in_use: &Table<()>) -> bool {
    match kind(model, node) {
        Some(ResourceKind::Function(function)) => function.version.is_some(),
        _ if matches!(node.identity, Identity::Rights | Identity::Stable) => {
            roles_in_use.get(node.key).is_some()
        }
        _ => true,
    }
}

/// The roles of machines and published functions, and the policies that are attached to them.
fn roles_in_use(model: &Model) -> Table<()> {
    let role_of = |node| match kind(model, node)? {
        ResourceKind::Function(function) => function.version.and(function.role.generated()),
        ResourceKind::Machine(machine) => machine.role.generated(),
        _ => None,
    };
    let mut in_use = model.table();
    for role in model.nodes.values().filter_map(role_of) {
        in_use.insert(role, ());
        for key in model.nodes.get(role).into_iter().flat_map(|role| &role.needs) {
            let node = model.nodes.get(*key).filter(|node| matches!(node.identity, Identity::Rights));
            if node.is_some_and(|node| matches!(kind(model, node), Some(ResourceKind::Plain))) {
                in_use.insert(*key, ());
            }
        }
    }
    in_use
}

fn is_kept(model: &Model, node: &Node) -> bool {
    model.resource(node.key).is_some_and(|body| body.kept)
}

fn is_permission_on_ours(model: &Model, node: &Node) -> bool {
    if type_name(model, node) != PERMISSION {
        return false;
    }
    let on = node.properties.get("FunctionName").map(Tree::targets).unwrap_or_default();
    on.iter().any(|key| model.nodes.get(*key).is_some_and(|target| is_ours(model, target)))
}

fn kind<'m>(model: &'m Model, node: &Node) -> Option<&'m ResourceKind> {
    model.resource(node.key).map(|body| &body.kind)
}

fn type_name<'m>(model: &'m Model, node: &Node) -> &'m str {
    model.resource(node.key).map_or("", |body| &body.type_name)
}
