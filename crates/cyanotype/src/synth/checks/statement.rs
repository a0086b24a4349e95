//! What IAM takes of a statement.

use super::Report;
use crate::{diagnostic::Diagnostic, iam::Statement};

pub(super) fn check(report: &mut Report<'_>) {
    let statements: Vec<_> = report.node.statements.iter().chain(&report.node.detached).collect();
    for statement in statements {
        for (message, help) in problems(statement) {
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
