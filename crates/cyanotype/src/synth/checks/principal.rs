//! Generated roles as principals.

use cyanotype_cfn::{Key, Tree};

use super::Report;
use crate::app::ResourceKind;

/// Whether a principal is a generated role. To say where it is, [`check`] goes down again.
pub(super) fn is_named(report: &Report<'_>, principal: Option<&Tree>) -> bool {
    principal.is_some_and(|tree| tree.targets().iter().any(|target| is_role(report, *target)))
}

/// A role moves with its rights, and the retained old ones still call. A resource policy that names the present one
/// would shut the others out.
pub(super) fn check(report: &mut Report<'_>) {
    let mut found = vec![];
    let properties = report.node.properties.iter();
    let mut todo: Vec<(String, &str, &Tree)> =
        properties.map(|(name, tree)| (name.to_owned(), name, tree)).rev().collect();
    while let Some((place, key, tree)) = todo.pop() {
        match tree {
            _ if key == "Principal" => {
                let roles = tree.targets().into_iter().filter(|target| is_role(report, *target));
                found.extend(roles.map(|role| (place.clone(), role)));
            }
            Tree::Map(entries) => {
                todo.extend(
                    entries.iter().map(|(key, value)| (format!("{place}.{key}"), key.as_str(), value)),
                );
            }
            Tree::List(items) => todo.extend(items.iter().map(|item| (place.clone(), "", item))),
            _ => {}
        }
    }
    for (place, role) in found {
        report.error(
            format!("`{place}` names `{}`, a role that moves with its rights", report.model.path(role)),
            "let the principal be the account, and name all roles that there were and will be by a condition: \
             `ArnLike` on `aws:PrincipalArn` with `.principal_pattern()`",
        );
    }
}

fn is_role(report: &Report<'_>, key: Key) -> bool {
    let body = report.model.resource(key);
    body.is_some_and(
        |body| matches!(&body.kind, ResourceKind::Role(role) if !report.model.app.keeps(key, role)),
    )
}
