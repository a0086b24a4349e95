//! Roles that stay the same while their rights change.

use super::Report;
use crate::{
    app::{ResourceKind, StackData},
    diagnostic::Diagnostic,
    synth::model::Model,
};

/// The same of a whole stack, once.
pub(super) fn check_stacks(model: &Model<'_>) -> Vec<Diagnostic> {
    let of = |(_, stack): (u32, &StackData)| {
        let at = stack.stable_roles.filter(|_| !stack.ephemeral)?;
        let message = "its roles are changed in place, so running executions and published versions get the rights of the \
                       next deploy: what runs may lose a right";
        let help = "drop a right when nothing that runs needs it; without `.stable_roles()`, another role gets the new rights";
        Some(Diagnostic::warning(message).at(at).construct(&stack.name).help(help))
    };
    model.stacks().filter_map(of).collect()
}

/// Said of the function or machine whose role it is, at the line that asks for it. An ephemeral stack promises
/// nothing, and of a whole stack it is said once.
pub(super) fn check(report: &mut Report<'_>) {
    let key = report.node.key;
    let stack = report.model.app.stacks.get(key.stack as usize);
    let is_said = stack.is_some_and(|stack| stack.ephemeral || stack.stable_roles.is_some());
    let body = report.model.resource(key);
    let Some(ResourceKind::Role(role)) = body.map(|body| &body.kind).filter(|_| !is_said) else { return };
    let Some(at) = role.stable else { return };
    let message = format!(
        "its role is changed in place, so {} get the rights of the next deploy: what runs may lose a right",
        role.holders()
    );
    let help = "drop a right when nothing that runs needs it; \
                without `.stable_role()`, another role gets the new rights";
    let path = report.model.path(key);
    let owner = path.rsplit_once('/').map_or(path.as_str(), |(owner, _)| owner);
    report.found.push(Diagnostic::warning(message).at(at).construct(owner).help(help));
}
