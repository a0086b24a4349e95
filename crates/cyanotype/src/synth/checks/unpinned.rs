//! The mistake that versions are for, one hop further away.

use cyanotype_cfn::Key;

use super::Report;
use crate::{
    app::ResourceKind,
    lambda::is_locked,
    synth::model::{Model, statement_targets},
};

/// A published function that is handed another function, or an alias, calls whatever is deployed last: an execution
/// that is pinned to its own functions is then not pinned to theirs.
pub(super) fn check(report: &mut Report<'_>) {
    let body = report.model.resource(report.node.key);
    let Some(ResourceKind::Function(function)) = body.map(|body| &body.kind) else { return };
    if function.version.is_none() {
        return;
    }
    // With the property that names it, or none for a right.
    let mut named: Vec<(Option<&str>, Key)> = vec![];
    for (name, tree) in report.node.properties.iter().filter(|(name, _)| is_locked(name)) {
        named.extend(tree.targets().into_iter().map(|key| (Some(name), key)));
    }
    let own = function.role.generated();
    if let Some(role) = own.and_then(|role| report.model.nodes.get(role)) {
        let statements = role.statements.iter().chain(&role.detached);
        named.extend(statements.flat_map(statement_targets).map(|key| (None, key)));
    }
    named.retain(|(_, key)| Some(*key) != own && *key != report.node.key);
    named.dedup();
    for (place, key) in named {
        if let Some(what) = movable(report.model, key) {
            let place = place.map_or("what it is allowed".into(), |name| format!("`{name}`"));
            report.warning(
                format!("{place} names {what} `{}`, which the next deploy may change", report.model.path(key)),
                "hand over a version: an execution in flight then calls what it was made for, also through this \
                 function",
            );
        }
    }
}

fn movable(model: &Model, key: Key) -> Option<&'static str> {
    match model.resource(key)?.kind {
        ResourceKind::Function(_) => Some("the function"),
        ResourceKind::Alias(_) | ResourceKind::MachineAlias(_) => Some("the alias"),
        _ => None,
    }
}
