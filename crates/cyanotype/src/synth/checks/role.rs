//! Roles that stay the same while their rights change.

use super::Report;
use crate::{
    app::{Element, ResourceKind},
    diagnostic::Diagnostic,
};

/// Said of the function or machine whose role it is, at the line that asks for it. An ephemeral stack promises nothing.
pub(super) fn check(report: &mut Report<'_>) {
    let key = report.node.key;
    let ephemeral = report.model.app.stacks.get(key.stack as usize).is_some_and(|stack| stack.ephemeral);
    let body = report.model.element(key).and_then(Element::resource);
    let Some(ResourceKind::Role(role)) = body.map(|body| &body.kind).filter(|_| !ephemeral) else { return };
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
