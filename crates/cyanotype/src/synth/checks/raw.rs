//! References that are written as JSON.

use cyanotype_cfn::Tree;

use super::Report;

/// `{"Ref": "Table"}` as plain JSON would be a reference that nothing here sees: it would not be retained, not be part
/// of an identity, and name a logical ID that may move.
pub(super) fn check(report: &mut Report<'_>) {
    let mut found = vec![];
    for (name, tree) in &report.node.properties {
        tree.walk(|tree| {
            if let Tree::Map(entries) = tree
                && let (1, Some((function, argument))) = (entries.len(), entries.first())
                && names_an_element(function, argument)
            {
                found.push((name.clone(), function.clone()));
            }
            true
        });
    }
    for (name, function) in found {
        report.error(
            format!(
                "`{name}` has a `{function}` written as JSON, which is no reference that can be followed"
            ),
            "use the handle: `queue.reference()`, `queue.attribute(\"Arn\")`; for a pseudo parameter \
             `Value::pseudo(Pseudo::Region)`",
        );
    }
}

fn names_an_element(function: &str, argument: &Tree) -> bool {
    match function {
        "Ref" => matches!(argument, Tree::Text(name) if !name.starts_with("AWS::")),
        "Fn::GetAtt" | "Fn::If" | "Fn::FindInMap" => true,
        "Fn::Sub" => match argument {
            Tree::Text(text) => names_more_than_pseudo_parameters(text),
            Tree::List(parts) => parts.first().and_then(Tree::as_text).is_some_and(|text| {
                // Its variables are trees, which are looked at on their own.
                parts.len() < 2 && names_more_than_pseudo_parameters(text)
            }),
            _ => false,
        },
        _ => false,
    }
}

fn names_more_than_pseudo_parameters(text: &str) -> bool {
    text.split("${").skip(1).any(|after| !after.starts_with("AWS::") && !after.starts_with('!'))
}
