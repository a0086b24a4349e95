//! What is filled into a definition.

use cyanotype_cfn::{Intrinsic, Tree, Value};

use super::{Report, statement};
use crate::{
    app::{Body, ResourceKind},
    diagnostic::Diagnostic,
};

/// `Fn::Sub` puts a value between the quotes of a JSON string as it is: a quote in it would end the string, and with it
/// the definition. ARNs and names have none; free text may have.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html>
pub(super) fn check(report: &mut Report<'_>) {
    let body = report.model.app.resource(report.node.key);
    let Some(ResourceKind::Machine(machine)) = body.map(|body| &body.kind) else { return };
    for (name, value) in &machine.parts.substitutions {
        let help = "fill in ARNs, names and numbers alone; hand free text to the execution as data; or say why it has \
                    neither quotes nor backslashes: `.known_at_deploy(\"…\")`";
        for what in free_text(report, value) {
            let message =
                format!("`{name}` in the definition is {what}, whose text could break the definition");
            report.push(Diagnostic::error(message).at(machine.parts.at).help(help));
        }
        if statement::can_be_left_out(value.tree()) {
            let message = format!("`{name}` in the definition can be `AWS::NoValue`, which is no text");
            let diagnostic = Diagnostic::error(message).at(machine.parts.at);
            report.push(diagnostic.help("give it a text in every case"));
        }
    }
}

/// What of a value can hold any text, in words.
fn free_text(report: &Report<'_>, value: &Value<String>) -> Vec<String> {
    let mut found = vec![];
    value.tree().walk(|tree| {
        match tree {
            Tree::Text(text) if text.chars().any(|c| matches!(c, '"' | '\\') || c.is_control()) => {
                found.push(format!("put together with {text:?}"));
            }
            Tree::Intrinsic(intrinsic) => match &**intrinsic {
                Intrinsic::Acknowledged { .. } => return false,
                Intrinsic::ImportValue(_) => found.push("an import of another app's export".to_owned()),
                Intrinsic::Ref(key) => {
                    let body = report.model.app.element(*key).map(|element| &element.body);
                    if matches!(body, Some(Body::Parameter(_))) {
                        found.push(format!("the parameter `{}`", report.model.path(*key)));
                    }
                }
                _ => {}
            },
            _ => {}
        }
        true
    });
    found
}
