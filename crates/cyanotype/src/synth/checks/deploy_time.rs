//! What only the deploy knows must not be part of a version or a role.

use cyanotype_cfn::{Intrinsic, Key, Tree};

use super::Report;
use crate::{
    app::{Body, ResourceKind},
    diagnostic::Diagnostic,
    synth::{managed, model::Identity},
};

/// A version's ID and a role's are fixed here. A value that the deploy changes would change the function, or narrow the
/// role, under an ID that stays; so it is an error in whatever these are made of, unless it is acknowledged.
pub(super) fn check(report: &mut Report<'_>) {
    let body = report.model.resource(report.node.key);
    match body.map(|body| &body.kind) {
        Some(ResourceKind::Function(function)) if function.version.is_some() => {
            let locked = report
                .node
                .properties
                .iter()
                .filter(|(name, _)| function.locks(name) && *name != "Description");
            for (name, tree) in locked.collect::<Vec<_>>() {
                for what in known_at_deploy(report, tree) {
                    report.error(
                        format!("`{name}` holds {what}, which only the deploy knows, and the function is published"),
                        "a version's identity is fixed at synth: give a literal, or say why it cannot change under a \
                         version: `.known_at_deploy(\"…\")`",
                    );
                }
            }
        }
        // The rights of a stable role change in place as it is.
        Some(ResourceKind::Role(role)) if !report.model.app.keeps(report.node.key, role) => {
            managed(report);
            for statement in report.node.statements.iter().chain(&report.node.detached).collect::<Vec<_>>() {
                for what in
                    statement.trees().flat_map(|tree| known_at_deploy(report, tree)).collect::<Vec<_>>()
                {
                    let problem = format!("a statement names {what}, which only the deploy knows");
                    let help = "what it allows could then shrink in place, under executions that need it: name a \
                                pattern, or say why it cannot: `.known_at_deploy(\"…\")`";
                    report.push(Diagnostic::error(problem).at(statement.at).help(help));
                }
            }
        }
        _ => {}
    }
}

/// A managed policy is a right as much as a statement is: which one it is, and what one of the app says.
fn managed(report: &mut Report<'_>) {
    let model = report.model;
    for given in managed::given_to(model, report.node.key) {
        let policies = given.tree.targets().into_iter().filter_map(|key| model.nodes.get(key));
        let trees = policies.flat_map(|policy| policy.whole().map(|(_, tree)| tree)).chain([given.tree]);
        let mut found: Vec<_> = trees.flat_map(|tree| known_at_deploy(report, tree)).collect();
        found.dedup();
        for what in found {
            let problem = format!("its {} names {what}, which only the deploy knows", given.what);
            let help = "what it may do could then shrink in place, under executions that need it: give a literal, or \
                        say why it cannot: `.known_at_deploy(\"…\")`";
            report.push(Diagnostic::error(problem).at(given.at).help(help));
        }
    }
}

/// What of a tree only the deploy knows, in words.
fn known_at_deploy(report: &Report<'_>, tree: &Tree) -> Vec<String> {
    let mut found = vec![];
    // Conditions are looked into as well, so that there is more than one tree to walk.
    let mut todo = vec![tree];
    let mut seen: Vec<(Key, Option<&str>)> = vec![];
    while let Some(tree) = todo.pop() {
        tree.walk(|tree| {
            let Some(intrinsic) = tree.as_intrinsic() else { return true };
            let element = |key: &Key| report.model.element(*key);
            match intrinsic {
                Intrinsic::Acknowledged { .. } => return false,
                Intrinsic::ImportValue(_) => found.push("an import of another app's export".to_owned()),
                Intrinsic::Ref(key) => match element(key).map(|element| &element.body) {
                    Some(Body::Parameter(_)) => {
                        found.push(format!("the parameter `{}`", report.model.path(*key)));
                    }
                    Some(Body::Resource(_)) if !seen.contains(&(*key, None)) => {
                        seen.push((*key, None));
                        todo.extend(counted(report, *key));
                    }
                    _ => {}
                },
                // An attribute that is a property by another name changes with it, in place.
                Intrinsic::GetAtt(key, attribute) if !seen.contains(&(*key, Some(attribute.as_str()))) => {
                    seen.push((*key, Some(attribute.as_str())));
                    let node = report.model.nodes.get(*key);
                    match node.and_then(|node| node.properties.get(attribute)) {
                        Some(property) => todo.push(property),
                        None => match node.filter(|node| node.shows_whole(Some(attribute))) {
                            Some(node) => todo.extend(node.whole().map(|(_, tree)| tree)),
                            None => todo.extend(counted(report, *key)),
                        },
                    }
                }
                Intrinsic::If { condition: key, .. } | Intrinsic::Condition(key) => {
                    if let Some(Body::Condition(tree)) = element(key).map(|element| &element.body)
                        && !seen.contains(&(*key, None))
                    {
                        seen.push((*key, None));
                        todo.push(tree);
                    }
                }
                _ => {}
            }
            true
        });
    }
    found.dedup();
    found
}

/// The properties whose change may make a resource another one, so that what refers to it means another one.
fn counted<'m>(report: &Report<'m>, key: Key) -> Vec<&'m Tree> {
    let Some(node) = report.model.nodes.get(key) else { return vec![] };
    match &node.identity {
        Identity::Fixed => node.counted().map(|(_, tree)| tree).collect(),
        Identity::CreateOnly(properties) => properties.iter().map(|(_, tree)| tree).collect(),
        Identity::Revision(machine) => {
            let machine = report.model.nodes.get(*machine);
            machine.into_iter().flat_map(|node| node.revised()).map(|(_, tree)| tree).collect()
        }
        // These say it themselves.
        Identity::Of(_) | Identity::Rights | Identity::Stable | Identity::Fingerprint(_) => vec![],
    }
}
