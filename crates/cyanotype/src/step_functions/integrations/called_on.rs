//! What the calls of states are said to be on.

use indexmap::IndexMap;

use super::resources::Resources;
use crate::{
    app::{AppData, Element},
    diagnostic::Diagnostic,
    flow::{On, Parts},
    iam::{Needs, Target, Targets, rendered},
};

/// By state, in the order of what was said.
pub(super) type Called = IndexMap<String, Vec<Target>>;

/// What the calls of each state are on, and what of it is nothing that a call can be on.
pub(super) fn targets(
    on: &IndexMap<String, Vec<On>>,
    resources: &mut Resources<'_>,
) -> (Called, Vec<Diagnostic>) {
    let mut found = vec![];
    let mut of = |state: &String, on: &Vec<On>| {
        let mut target = |on: &On| {
            resources.target(on.value.tree()).unwrap_or_else(|(message, help)| {
                found.push(Diagnostic::error(message).at(on.at).state(state).help(help));
                Target::Arns(vec![])
            })
        };
        (state.clone(), on.iter().map(&mut target).collect())
    };
    let called = on.iter().map(|(state, on)| of(state, on)).collect();
    (called, found)
}

/// What a call cannot be on, and what is in doubt.
pub(super) fn mistakes(
    parts: &Parts,
    called: &Called,
    came_of: &Targets,
    needs: &Needs,
    app: &AppData,
) -> Vec<Diagnostic> {
    let mut found = vec![];
    for (state, all) in &parts.on {
        let targets = called.get(state).into_iter().flatten();
        for (number, (on, target)) in all.iter().zip(targets).enumerate() {
            // Of this it is said already.
            if *target == Target::Arns(vec![]) {
                continue;
            }
            let what = described(on, app);
            let kinds = came_of.in_doubt(state, number);
            let problem = if !came_of.is_used(state, number) {
                let own: Vec<_> = needs.needs.iter().filter(|need| need.states.contains(state)).collect();
                let rights: Vec<_> = own
                    .iter()
                    .flat_map(|need| {
                        need.resources
                            .iter()
                            .map(|on| format!("`{}` on `{}`", need.actions.join("`, `"), rendered(on)))
                    })
                    .collect();
                let help = match rights.as_slice() {
                    [] => "only what calls a service has rights on what it calls: leave it out".to_owned(),
                    _ => format!("this call needs {}", rights.join(", ")),
                };
                Diagnostic::error(format!(
                    "the call is said to be on {what}, and needs no right on such a resource"
                ))
                .help(help)
            } else if !kinds.is_empty() {
                let kinds: Vec<_> = kinds.iter().map(|kind| format!("`{kind}…`")).collect();
                let message =
                    format!("the call is said to be on {what}, which might be any of {}", kinds.join(", "));
                Diagnostic::error(message)
                    .help("give the resource, `&resource`, or an ARN that is written down")
            } else {
                continue;
            };
            found.push(problem.at(on.at).state(state));
        }
    }
    found
}

/// What was said, for messages.
fn described(on: &On, app: &AppData) -> String {
    if let Some(text) = on.value.as_literal() {
        return format!("`{text}`");
    }
    let key = on.value.tree().targets().first().copied();
    let named = key.and_then(|key| {
        let (element, stack) = (app.element(key)?, app.stacks.get(key.stack as usize)?);
        let path = format!("`{}/{}`", stack.name, element.path.join("/"));
        Some(match Element::resource(element) {
            Some(body) => format!("{path}, an `{}`", body.type_name),
            None => path,
        })
    });
    named.unwrap_or_else(|| "an ARN that only the deploy knows".into())
}
