//! Names that must be right, and unique.

use std::{borrow::Cow, collections::HashMap};

use cyanotype_cfn::{Key, LogicalId};

use super::model::Model;
use crate::{
    app::{AppData, Body, Element},
    diagnostic::{Diagnostic, Source},
};

/// Reports names of stacks that are wrong or given twice.
pub(super) fn check_stacks(app: &AppData) -> Vec<Diagnostic> {
    let mut found = vec![];
    let mut stacks: HashMap<&str, Source> = HashMap::new();
    if app.stacks.is_empty() {
        found.push(Diagnostic::error("the app has no stacks").help("add one: `app.stack(\"Shop\")`"));
    }
    for stack in &app.stacks {
        if !is_stack_name(&stack.name) {
            let help = "it has 1 to 128 letters, digits and hyphens, and begins with a letter";
            let problem = Diagnostic::error(format!("`{}` is no name for a stack", stack.name));
            found.push(problem.at(stack.at).help(help));
        }
        if let Some(first) = stacks.insert(&stack.name, stack.at) {
            found.push(twice(&stack.name, first).at(stack.at).construct(&stack.name));
        }
    }
    found
}

/// Gives parameters, conditions and mappings their IDs, and reports names that are wrong or given twice.
pub(super) fn check(model: &mut Model) {
    let mut found = vec![];
    for (index, stack) in model.stacks() {
        let mut names: HashMap<(&str, Cow<'_, LogicalId>), &Element> =
            HashMap::with_capacity(stack.elements.len());
        for (element_index, element) in (0u32..).zip(&stack.elements) {
            let key = Key { app: model.app.id, stack: index, element: element_index };
            let path = || element.path.join("/");
            let known = model.nodes.get(key).map(|node| &node.base);
            let id = match known {
                Some(base) => Some(Cow::Borrowed(base)).filter(|base| !base.as_str().is_empty()),
                None => LogicalId::from_path(&element.path).map(Cow::Owned),
            };
            let Some(id) = id else {
                if element.resource().is_none() {
                    let problem =
                        "nothing of its name can be a logical ID, which has ASCII letters and digits";
                    let construct = format!("{}/{}", stack.name, path());
                    found.push(Diagnostic::error(problem).at(element.at).construct(construct));
                }
                continue;
            };
            if element.resource().is_none() {
                model.ids.insert(key, id.as_str().to_owned());
            }
            if let Some(first) = names.insert((namespace(&element.body), id.clone()), element) {
                let construct = format!("{}/{}", stack.name, path());
                let problem = if first.path == element.path {
                    twice(&path(), first.at)
                } else {
                    let place = format!("{}:{}", first.at.file(), first.at.line());
                    let first = first.path.join("/");
                    Diagnostic::error(format!(
                        "its logical ID is `{id}`, and so is that of `{first}` at {place}"
                    ))
                    .help("rename one: a logical ID keeps the letters and digits of a path, and nothing else")
                };
                found.push(problem.at(element.at).construct(construct));
            }
        }
    }
    model.diagnostics.extend(found);
}

/// Reports IDs that have become equal by what moves them.
pub(super) fn check_final(model: &mut Model) {
    let mut seen: HashMap<(u32, &str), Key> = HashMap::with_capacity(model.nodes.values().count());
    let mut found = vec![];
    for node in model.nodes.values() {
        let (base, id) = (node.base.as_str(), model.id(node.key));
        if id.len() > 255 {
            let problem = Diagnostic::error(format!(
                "its logical ID has {} characters, and CloudFormation takes 255",
                id.len()
            ));
            let help = "shorten its path: what moves an ID adds 8 or 12 characters to it";
            found.push(problem.at(node.at).construct(model.path(node.key)).help(help));
        }
        if let Some(first) = seen.insert((node.key.stack, id), node.key)
            && model.nodes.get(first).is_some_and(|first| first.base.as_str() != base)
        {
            let other = model.path(first);
            let problem = Diagnostic::error(format!("its logical ID is `{id}`, and so is that of `{other}`"));
            let help = "rename one: generated IDs end with a hash that no other ID may repeat";
            found.push(problem.at(node.at).construct(model.path(node.key)).help(help));
        }
    }
    model.diagnostics.extend(found);
}

fn twice(name: &str, first: Source) -> Diagnostic {
    let place = format!("{}:{}", first.file(), first.line());
    Diagnostic::error(format!("`{name}` is there already, made at {place}"))
        .help("give one of them another ID: it is what keeps a resource the same from deploy to deploy")
}

/// What must differ from what: resources and parameters are both named by `Ref`.
fn namespace(body: &Body) -> &'static str {
    match body {
        Body::Resource(_) | Body::Parameter(_) => "reference",
        Body::Condition(_) => "condition",
        Body::Mapping(_) => "mapping",
        Body::Output(_) => "output",
    }
}

fn is_stack_name(name: &str) -> bool {
    (1..=128).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}
