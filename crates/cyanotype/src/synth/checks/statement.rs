//! What IAM takes of a statement.

use cyanotype_cfn::Key;

use super::Report;
use crate::{
    diagnostic::Diagnostic,
    iam::Statement,
    synth::model::{Identity, statement_targets},
};

pub(super) fn check(report: &mut Report<'_>) {
    let statements: Vec<_> = report.node.statements.iter().chain(&report.node.detached).collect();
    for statement in statements {
        for (message, help) in problems(statement) {
            report.push(Diagnostic::error(message).at(statement.at).help(help));
        }
    }
    for statement in &report.node.detached {
        let moves = |key: &Key| {
            let identity = report.model.nodes.get(*key).map(|node| &node.identity);
            matches!(identity, Some(Identity::Fingerprint(_) | Identity::Rights))
        };
        if let Some(key) = statement_targets(statement).into_iter().find(moves) {
            let message = format!(
                "a statement names `{}`, whose identity depends on what this role may do",
                report.model.path(key)
            );
            let help = "the right would move on in place, under versions that hold the role: name a version by its \
                        `arn()` alone, and a role by `.principal_pattern()`";
            report.push(Diagnostic::error(message).at(statement.at).help(help));
        }
    }
}

fn problems(statement: &Statement) -> Vec<(&'static str, &'static str)> {
    let mut problems = vec![];
    if statement.resources.is_empty() {
        problems.push((
            "a statement names no resource",
            "add `.on(table.attribute(\"Arn\"))`, or `.on(\"*\")` for all",
        ));
    }
    if statement.actions.is_empty() {
        problems.push(("a statement names no action", "name some, such as `dynamodb:GetItem`"));
    }
    if statement.actions.iter().any(|action| action != "*" && !action.contains(':')) {
        problems.push(("an action has no service", "write it with its service: `dynamodb:GetItem`"));
    }
    problems
}
