//! What IAM takes of a statement.

use std::borrow::Cow;

use cyanotype_cfn::{Intrinsic, Key, Tree};

use super::Report;
use crate::{
    app::ResourceKind,
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
        machine_version(report, statement);
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

/// No action has a machine's version or alias as its resource, so such a right allows nothing.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html>
fn machine_version(report: &mut Report<'_>, statement: &Statement) {
    let is_qualified = |key: &Key| {
        let kind = report.model.app.resource(*key).map(|body| &body.kind);
        matches!(kind, Some(ResourceKind::MachineVersion(_) | ResourceKind::MachineAlias(_)))
    };
    if let Some(key) = statement.resources.iter().flat_map(Tree::targets).find(is_qualified) {
        let message = format!(
            "a statement names the resource `{}`, and IAM looks at the machine's own ARN, also when a version or an alias is started",
            report.model.path(key)
        );
        let help = "name the machine, `.on(machine.arn())`; to allow certain versions alone, add \
                    `.when(\"ForAnyValue:StringEquals\", \"states:StateMachineQualifier\", …)`";
        report.push(Diagnostic::warning(message).at(statement.at).help(help));
    }
}

fn problems(statement: &Statement) -> Vec<(Cow<'static, str>, &'static str)> {
    let mut problems = vec![];
    if statement.resources.is_empty() {
        problems.push((
            "a statement names no resource".into(),
            "add `.on(table.attribute(\"Arn\"))`, or `.on(\"*\")` for all",
        ));
    }
    if statement.actions.is_empty() {
        problems.push(("a statement names no action".into(), "name some, such as `dynamodb:GetItem`"));
    }
    if statement.actions.iter().any(|action| action != "*" && !action.contains(':')) {
        problems.push(("an action has no service".into(), "write it with its service: `dynamodb:GetItem`"));
    }
    for text in statement.resources.iter().flat_map(choices).filter_map(no_arn) {
        let message = format!("a statement names the resource `{text}`, which is no ARN");
        problems.push((message.into(), "IAM takes ARNs, which may have wildcards, and `*` for everything"));
    }
    if statement.resources.iter().all(can_be_left_out) && !statement.resources.is_empty() {
        let message = "a statement's resources can all be left out, and it must have one";
        problems.push((message.into(), "put the condition on what needs the right instead"));
    }
    problems
}

/// What a resource can come to: itself, or each branch of a condition.
fn choices(resource: &Tree) -> Vec<&Tree> {
    let mut choices = vec![];
    let mut todo = vec![resource];
    while let Some(tree) = todo.pop() {
        match tree.as_intrinsic() {
            Some(Intrinsic::If { then, otherwise, .. }) => todo.extend([&**otherwise, &**then]),
            Some(Intrinsic::Acknowledged { value, .. }) => todo.push(value),
            _ => choices.push(tree),
        }
    }
    choices
}

/// Whether it is, or can come to, `AWS::NoValue`.
pub(super) fn can_be_left_out(value: &Tree) -> bool {
    choices(value).iter().any(|choice| matches!(choice.as_intrinsic(), Some(Intrinsic::NoValue)))
}

/// What a resource begins with, if that can be no ARN: IAM takes wildcards in most places, so that little more can be
/// said.
fn no_arn(resource: &Tree) -> Option<String> {
    let (text, whole) = beginning(resource);
    let fits = match whole {
        true => text == "*" || (text.starts_with("arn:") && text.matches(':').count() >= 3),
        false => text.starts_with("arn:") || "arn:".starts_with(&text),
    };
    (!fits).then_some(text)
}

/// The literal that a tree begins with, and whether that is all of it.
pub(super) fn beginning(tree: &Tree) -> (String, bool) {
    let mut text = String::new();
    let mut todo = vec![tree];
    while let Some(tree) = todo.pop() {
        match tree {
            Tree::Text(part) => text.push_str(part),
            Tree::Intrinsic(intrinsic) => match &**intrinsic {
                Intrinsic::Concat(parts) => todo.extend(parts.iter().rev()),
                Intrinsic::Acknowledged { value, .. } => todo.push(value),
                _ => return (text, false),
            },
            _ => return (text, false),
        }
    }
    (text, true)
}
