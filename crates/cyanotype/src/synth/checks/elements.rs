//! Outputs, conditions and mappings: what they say, and what they may name.

use cyanotype_cfn::{Intrinsic, Key, Tree};
use indexmap::IndexMap;

use super::intrinsics;
use crate::{
    app::{Body, Output},
    diagnostic::Diagnostic,
    synth::model::Model,
};

/// Reports what CloudFormation would refuse of whatever is no resource.
pub(super) fn check(model: &mut Model) {
    let mut found = vec![];
    for (stack, data) in model.stacks() {
        for element in &data.elements {
            let wrong = match &element.body {
                Body::Output(output) => of_output(model, stack, output),
                Body::Condition(tree) => of_condition(model, stack, tree),
                Body::Mapping(entries) => of_mapping(entries),
                Body::Resource(_) | Body::Parameter(_) => continue,
            };
            let construct = || format!("{}/{}", data.name, element.path.join("/"));
            found.extend(wrong.into_iter().map(|problem| problem.at(element.at).construct(construct())));
        }
    }
    model.diagnostics.extend(found);
}

fn of_output(model: &Model, stack: u32, output: &Output) -> Vec<Diagnostic> {
    let mut found = vec![];
    for tree in output.export.iter().chain([&output.value]) {
        found.extend(intrinsics::problems(model, tree, &"an output"));
        found.extend(elsewhere(model, stack, tree, "an output"));
    }
    if output.condition.is_some_and(|key| key.stack != stack) {
        found.push(Diagnostic::error("its condition is one of another stack").help("give its own stack one"));
    }
    found
}

/// CloudFormation decides conditions before it makes anything.
fn of_condition(model: &Model, stack: u32, tree: &Tree) -> Vec<Diagnostic> {
    let help =
        "a condition is decided before anything is made: it names parameters, mappings and other conditions";
    let mut found = intrinsics::problems(model, tree, &"a condition");
    found.extend(elsewhere(model, stack, tree, "a condition"));
    let made = |key: &Key| {
        let body = model.element(*key).map(|element| &element.body);
        matches!(body, Some(Body::Resource(_)))
    };
    for key in tree.targets().into_iter().filter(made) {
        found.push(Diagnostic::error(format!("a condition names `{}`", model.path(key))).help(help));
    }
    tree.walk(|tree| {
        match tree.as_intrinsic() {
            Some(Intrinsic::ImportValue(_)) => {
                found.push(Diagnostic::error("a condition names another stack's export").help(help));
            }
            Some(Intrinsic::If { .. } | Intrinsic::NoValue) => {
                let help =
                    "`Fn::If` is for properties and outputs: put conditions together by and, or and not";
                found
                    .push(Diagnostic::error("a condition has a value that is itself conditional").help(help));
            }
            _ => {}
        }
        true
    });
    found
}

/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/mappings-section-structure.html>
fn of_mapping(entries: &IndexMap<String, IndexMap<String, Tree>>) -> Vec<Diagnostic> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let keys = entries.iter().flat_map(|(key, inner)| [key].into_iter().chain(inner.keys()));
    let wrong = keys.filter(|key| !(1..=255).contains(&key.len()) || !key.chars().all(fits));
    wrong
        .map(|key| {
            let problem = Diagnostic::error(format!("`{key}` is no key of a mapping"));
            problem.help("it has 1 to 255 ASCII letters, digits, `-` and `.`")
        })
        .collect()
}

fn elsewhere(model: &Model, stack: u32, tree: &Tree, what: &str) -> Option<Diagnostic> {
    let elsewhere = |key: &Key| key.stack != stack || model.element(*key).is_none();
    tree.targets().iter().any(elsewhere).then(|| {
        Diagnostic::error(format!("{what} names something of another stack"))
            .help("an output and a condition say something of their own stack alone")
    })
}
