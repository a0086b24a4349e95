//! Generated roles as principals.

use cyanotype_cfn::{Key, Tree};

use super::Report;
use crate::app::{Element, ResourceKind};

/// A role moves with its rights, and the retained old ones still call. A resource policy that names the present one
/// would shut the others out.
pub(super) fn check(report: &mut Report<'_>) {
    let mut found = vec![];
    for (name, tree) in &report.node.properties {
        // `Principal` itself: of a `AWS::Lambda::Permission`.
        if name == "Principal" {
            found.extend(
                tree.targets()
                    .into_iter()
                    .filter(|key| is_role(report, *key))
                    .map(|role| (name.clone(), role)),
            );
        }
        let mut todo = vec![(name.clone(), tree)];
        while let Some((place, tree)) = todo.pop() {
            match tree {
                Tree::Map(entries) => {
                    for (key, value) in entries {
                        let place = format!("{place}.{key}");
                        if key == "Principal" {
                            let roles = value.targets().into_iter().filter(|key| is_role(report, *key));
                            found.extend(roles.map(|role| (place.clone(), role)));
                        } else {
                            todo.push((place, value));
                        }
                    }
                }
                Tree::List(items) => todo.extend(items.iter().map(|item| (place.clone(), item))),
                _ => {}
            }
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
    let body = report.model.app.element(key).and_then(Element::resource);
    body.is_some_and(|body| matches!(body.kind, ResourceKind::Role(_)))
}
