//! What Step Functions takes, beside the definition.

use cyanotype_cfn::Tree;

use super::Report;
use crate::app::{Element, ResourceKind};

/// Source: <https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html>
pub(super) fn check(report: &mut Report<'_>) {
    let body = report.model.app.element(report.node.key).and_then(Element::resource);
    if !body.is_some_and(|body| matches!(body.kind, ResourceKind::Machine(_))) {
        return;
    }
    if let Some(name) = report.node.properties.get("StateMachineName").and_then(Tree::as_text) {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if !(1..=80).contains(&name.len()) || !name.chars().all(fits) {
            report.error(
                format!("`{name}` is no name for a state machine"),
                "it has 1 to 80 letters, digits, `-` and `_`; better still, leave the name to CloudFormation",
            );
        }
    }
}
