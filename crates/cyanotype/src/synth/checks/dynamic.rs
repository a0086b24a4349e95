//! References that CloudFormation resolves by the value of the day: `{{resolve:ssm:/shop/stage}}`.

use cyanotype_cfn::{Intrinsic, Tree};

use super::Report;
use crate::app::ResourceKind;

/// How a reference begins, and ends.
pub(super) const BEGINNING: &str = "{{resolve:";
const END: &str = "}}";
/// Stands for what of a reference the deploy alone knows.
const UNKNOWN: &str = "…";

/// A version's ID is fixed here, and moves only when the template says something else. So what a reference comes to
/// must be fixed as well: it names a version of the parameter or the secret.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html>
pub(super) fn check(report: &mut Report<'_>) {
    let body = report.model.resource(report.node.key);
    let Some(ResourceKind::Function(function)) = body.map(|body| &body.kind) else { return };
    for (name, tree) in report.node.properties.iter() {
        let held = function.locks(name);
        for Found { path, reference, acknowledged } in references(name, tree) {
            let (service, rest) = reference.split_once(':').unwrap_or((&reference, ""));
            let whole = format!("{BEGINNING}{reference}{END}");
            let help = match service {
                "ssm-secure" => {
                    report.error(
                        format!(
                            "`{path}` holds `{whole}`, and CloudFormation resolves none of `ssm-secure` in a \
                                 function"
                        ),
                        "have the function read the parameter when it runs, or keep it in Secrets Manager",
                    );
                    continue;
                }
                "ssm" if !names_parameter_version(rest) => {
                    format!("name the parameter's version: `{BEGINNING}{reference}:3{END}`")
                }
                "secretsmanager" if !names_secret_version(rest) => format!(
                    "name the secret's version, by its ID: \
                     `{BEGINNING}secretsmanager:ID:SecretString:KEY::VERSION{END}`; or have the function read the \
                     secret when it runs"
                ),
                _ => continue,
            };
            if held && function.version.is_some() && !acknowledged {
                report.warning(
                    format!(
                        "`{path}` holds `{whole}`, which comes to the value of the day, and the function is \
                         published: another value publishes nothing, and what a version runs with cannot be known"
                    ),
                    format!("{help}; or say why it cannot change: `.known_at_deploy(\"…\")`"),
                );
            }
        }
    }
}

/// `name:version`. The name has no colon, unless it is an ARN, which does not end with a number.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html>
fn names_parameter_version(rest: &str) -> bool {
    let version = rest.rsplit_once(':').map_or("", |(_, version)| version);
    !version.is_empty() && (version == UNKNOWN || version.bytes().all(|b| b.is_ascii_digit()))
}

/// `id:SecretString:key:stage:version`, of which a stage moves.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html>
fn names_secret_version(rest: &str) -> bool {
    // An ARN has six colons of its own.
    let id = if rest.starts_with("arn:") { 7 } else { 1 };
    rest.split(':').nth(id + 3).is_some_and(|version| !version.is_empty())
}

/// A reference in a property.
struct Found {
    /// As `Environment.Variables.STAGE`.
    path: String,
    /// What stands between the beginning and the end.
    reference: String,
    acknowledged: bool,
}

/// All references in a property.
fn references(property: &str, tree: &Tree) -> Vec<Found> {
    let mut found = vec![];
    let mut todo = vec![(property.to_owned(), tree)];
    while let Some((path, tree)) = todo.pop() {
        match tree {
            Tree::Map(entries) => {
                let below = entries.iter().map(|(name, tree)| (format!("{path}.{name}"), tree));
                todo.extend(below.collect::<Vec<_>>().into_iter().rev());
            }
            Tree::List(items) => todo.extend(items.iter().rev().map(|item| (path.clone(), item))),
            other => found.extend(within(other).into_iter().map(|(reference, acknowledged)| {
                let path = path.clone();
                Found { path, reference, acknowledged }
            })),
        }
    }
    found
}

/// The references in a text or an intrinsic, and whether each is acknowledged.
fn within(tree: &Tree) -> Vec<(String, bool)> {
    let mut found = vec![];
    let mut todo = vec![(tree, false)];
    while let Some((tree, acknowledged)) = todo.pop() {
        let inside = &mut vec![];
        tree.walk(|tree| {
            if let Some(text) = text_of(tree) {
                found.extend(in_text(&text).map(|reference| (reference, acknowledged)));
            }
            match tree.as_intrinsic() {
                Some(Intrinsic::Acknowledged { value, .. }) => {
                    inside.push((&**value, true));
                    false
                }
                // Its texts are seen as one.
                Some(Intrinsic::Concat(_) | Intrinsic::Join { .. }) => false,
                _ => true,
            }
        });
        todo.append(inside);
    }
    found
}

/// A text, put together from its parts; None for what is none.
fn text_of(tree: &Tree) -> Option<String> {
    match tree {
        Tree::Text(text) => Some(text.clone()),
        Tree::Intrinsic(intrinsic) => match &**intrinsic {
            Intrinsic::Concat(parts) => Some(parts.iter().map(text_of_part).collect()),
            Intrinsic::Join { delimiter, values } => match &**values {
                Tree::List(items) => Some(items.iter().map(text_of_part).collect::<Vec<_>>().join(delimiter)),
                _ => None,
            },
            Intrinsic::Sub { text, .. } => Some(without_variables(text)),
            _ => None,
        },
        _ => None,
    }
}

/// A part of a text, as far as it is written down.
fn text_of_part(part: &Tree) -> String {
    let mut text = String::new();
    let mut todo = vec![part];
    while let Some(part) = todo.pop() {
        match part {
            Tree::Text(literal) => text.push_str(literal),
            Tree::Intrinsic(intrinsic) => match &**intrinsic {
                Intrinsic::Concat(parts) => todo.extend(parts.iter().rev()),
                _ => text.push_str(UNKNOWN),
            },
            _ => text.push_str(UNKNOWN),
        }
    }
    text
}

/// A text of `Fn::Sub`, whose variables end as a reference does.
fn without_variables(text: &str) -> String {
    let mut parts = text.split("${");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(UNKNOWN);
        out.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    out
}

fn in_text(text: &str) -> impl Iterator<Item = String> {
    let after = text.split(BEGINNING).skip(1);
    after.filter_map(|after| Some(after.split_once(END)?.0.to_owned()))
}
