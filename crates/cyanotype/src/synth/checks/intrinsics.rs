//! What CloudFormation would refuse of an intrinsic, wherever it stands.

use std::fmt::Display;

use cyanotype_cfn::{Intrinsic, Tree};
use indexmap::IndexMap;

use crate::{app::Body, diagnostic::Diagnostic, synth::model::Model};

/// What to do about a variable without a value.
const SUB: &str = "`Value::sub` takes the names that it is given and pseudo parameters such as `${AWS::Region}`; a \
                   literal `${` is written `${!`";

/// What is wrong with the intrinsics of a tree. `what` is the subject of the sentence: `an output`.
pub(super) fn problems(model: &Model, tree: &Tree, what: &dyn Display) -> Vec<Diagnostic> {
    let mut found = vec![];
    tree.walk(|tree| {
        match tree.as_intrinsic() {
            Some(Intrinsic::Sub { text, variables }) => found.extend(variables_of(text, variables, what)),
            Some(Intrinsic::FindInMap { mapping, top, second }) => {
                if let Some(Body::Mapping(entries)) = model.element(*mapping).map(|element| &element.body) {
                    found.extend(unknown_key(entries, top, second, what));
                }
            }
            Some(Intrinsic::And(conditions) | Intrinsic::Or(conditions))
                if !(2..=10).contains(&conditions.len()) =>
            {
                let message = format!("{what} puts {} conditions together", conditions.len());
                found.push(
                    Diagnostic::error(message).help("CloudFormation takes 2 to 10; nest more than that"),
                );
            }
            _ => {}
        }
        true
    });
    found
}

/// What is wrong with the variables of a `Fn::Sub`.
fn variables_of(text: &str, variables: &IndexMap<String, Tree>, what: &dyn Display) -> Vec<Diagnostic> {
    let mut found = vec![];
    let mut used = vec![];
    for after in text.split("${").skip(1).filter(|after| !after.starts_with('!')) {
        let name = after.split('}').next().unwrap_or_default();
        let closed = after.len() > name.len();
        if !closed || !(variables.contains_key(name) || name.starts_with("AWS::")) {
            let name: String = name.chars().take(60).collect();
            let message = format!("{what} has `${{{name}}}`, which is given no value");
            found.push(Diagnostic::error(message).help(SUB));
        }
        used.push(name);
    }
    for name in variables.keys() {
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
            let message = format!("{what} has the variable `{name}`, which is no name for one");
            found.push(Diagnostic::error(message).help("it has ASCII letters and digits"));
        } else if !used.contains(&name.as_str()) {
            let message = format!("{what} is given a value for `${{{name}}}`, which its text does not have");
            found.push(Diagnostic::warning(message).help("leave it out, or name it in the text"));
        }
    }
    found
}

/// A literal key that a mapping does not have. What other keys are, only the deploy knows.
fn unknown_key(
    entries: &IndexMap<String, IndexMap<String, Tree>>,
    top: &Tree,
    second: &Tree,
    what: &dyn Display,
) -> Option<Diagnostic> {
    let listed = |keys: Vec<&String>| {
        let keys = keys.into_iter().map(|key| format!("`{key}`")).collect::<Vec<_>>();
        Some(format!("it has {}", keys.join(", "))).filter(|_| !keys.is_empty())
    };
    let inner: Vec<&IndexMap<String, Tree>> = match top.as_text() {
        Some(key) => match entries.get(key) {
            Some(inner) => vec![inner],
            None => return Some(unknown(key, what, listed(entries.keys().collect()))),
        },
        None => entries.values().collect(),
    };
    let key = second.as_text()?;
    if inner.iter().any(|inner| inner.contains_key(key)) {
        return None;
    }
    Some(unknown(key, what, listed(inner.first().map(|inner| inner.keys().collect()).unwrap_or_default())))
}

fn unknown(key: &str, what: &dyn Display, known: Option<String>) -> Diagnostic {
    let message = format!("{what} looks for `{key}` in a mapping that has no such key");
    Diagnostic::error(message).help(known.unwrap_or_else(|| "the mapping is empty".into()))
}
