//! References that are written as JSON.

use cyanotype_cfn::Tree;
use indexmap::IndexMap;

use super::Report;

/// `{"Ref": "Table"}` as plain JSON would be a reference that nothing here sees: it would not be retained, not be part
/// of an identity, and name a logical ID that may move.
pub(super) fn check(report: &mut Report<'_>, property: &str, entries: &IndexMap<String, Tree>) {
    if let (1, Some((function, argument))) = (entries.len(), entries.first())
        && names_an_element(function, argument)
    {
        report.error(
            format!(
                "`{property}` has a `{function}` written as JSON, which is no reference that can be followed"
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
            Tree::Text(text) => variables_of(text).any(|name| !is_pseudo_parameter(name)),
            Tree::List(parts) => match parts.as_slice() {
                // What its variables stand for is looked at on its own.
                [Tree::Text(text), Tree::Map(variables)] => {
                    variables_of(text).any(|name| !is_pseudo_parameter(name) && !variables.contains_key(name))
                }
                [Tree::Text(text), ..] => variables_of(text).any(|name| !is_pseudo_parameter(name)),
                _ => false,
            },
            _ => false,
        },
        _ => false,
    }
}

/// What a text of `Fn::Sub` names between `${` and `}`.
fn variables_of(text: &str) -> impl Iterator<Item = &str> {
    let after = text.split("${").skip(1).filter(|after| !after.starts_with('!'));
    after.map(|after| after.split('}').next().unwrap_or_default())
}

fn is_pseudo_parameter(name: &str) -> bool {
    name.starts_with("AWS::")
}
