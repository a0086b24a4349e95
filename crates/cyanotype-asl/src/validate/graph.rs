//! How the states of a scope lead to each other.

use indexmap::{IndexMap, IndexSet};

use super::check::Check;
use crate::{Code, Json, Location, LocationStep};

/// A name of another state, and where it stands below its own.
struct Edge<'j> {
    steps: Vec<LocationStep>,
    target: &'j str,
}

/// Reports targets that are not there, states that nothing leads to, and a scope without an end.
pub(super) fn check(check: &mut Check<'_>, start: Option<&Json>, states: &IndexMap<String, Json>) {
    let edges: Vec<Vec<Edge<'_>>> = states.values().map(edges).collect();
    let here = check.location();
    let start = start.and_then(literal);
    if let Some(start) = start.filter(|start| !states.contains_key(*start)) {
        missing(check, here.clone().field("StartAt"), None, start);
    }
    for ((name, _), edges) in states.iter().zip(&edges) {
        for edge in edges.iter().filter(|edge| !states.contains_key(edge.target)) {
            let mut location = here.clone().field("States").field(name);
            location.extend(edge.steps.iter().cloned());
            missing(check, location, Some(name), edge.target);
        }
    }
    let ends = states.values().zip(&edges).any(|(state, edges)| is_end(state, edges));
    if !ends {
        // AWS looks no further: with an end missing it does not say what cannot be reached.
        check
            .error_at(here, Code::MissingEndState, "Workflow has no terminal state")
            .hint("let one state end the execution: Succeed, Fail or `End`");
        return;
    }
    // Without a start nothing is reached, which says no more than that the start is missing.
    let Some(start) = start.filter(|start| states.contains_key(*start)) else { return };
    let mut reached = IndexSet::from([start]);
    let mut at = 0;
    while let Some(name) = reached.get_index(at).copied() {
        at += 1;
        let edges = states.get_index_of(name).and_then(|index| edges.get(index));
        reached.extend(edges.into_iter().flatten().map(|edge| edge.target));
    }
    for name in states.keys().filter(|name| !reached.contains(name.as_str())) {
        let location = here.clone().field("States").field(name);
        let message = format!("State \"{name}\" is not reachable.");
        let finding = check.error_at(location, Code::MissingTransitionTarget, message);
        finding.state = Some(name.clone());
        finding.hint("let another state go to it, or remove it");
    }
}

/// The states that one goes to, by number; None where one of them is not known before the deploy.
pub(super) fn targets(state: &Json, states: &IndexMap<String, Json>) -> Option<Vec<usize>> {
    let Json::Object(members) = state else { return Some(vec![]) };
    let lists = ["Choices", "Catch"].into_iter().filter_map(|name| members.get(name));
    let mut items = vec![];
    for list in lists {
        match list {
            Json::Array(list) => items.extend(list),
            _ => return None,
        }
    }
    let mut targets = vec![];
    for owner in std::iter::once(state).chain(items) {
        let Json::Object(members) = owner else { return None };
        for target in ["Next", "Default"].into_iter().filter_map(|name| members.get(name)) {
            // One that is not there is reported elsewhere.
            targets.extend(states.get_index_of(literal(target)?));
        }
    }
    Some(targets)
}

/// AWS says `Next` for every field.
fn missing(check: &mut Check<'_>, location: Location, state: Option<&str>, target: &str) {
    let message = format!("Missing 'Next' target: {target}");
    let finding = check.error_at(location, Code::MissingTransitionTarget, message);
    if let Some(state) = state {
        finding.state = Some(state.to_owned());
    }
    finding.hint("a state goes to a state of its own `States`, and not into or out of a branch");
}

fn edges(state: &Json) -> Vec<Edge<'_>> {
    let Json::Object(members) = state else { return vec![] };
    let field = |name: &str| LocationStep::Field(name.to_owned());
    let mut edges = vec![];
    for (name, value) in members {
        let list = match (name.as_str(), value) {
            ("Next" | "Default", value) => {
                edges.extend(literal(value).map(|target| Edge { steps: vec![field(name)], target }));
                continue;
            }
            ("Choices" | "Catch", Json::Array(items)) => items,
            _ => continue,
        };
        for (index, item) in list.iter().enumerate() {
            if let Json::Object(members) = item
                && let Some(target) = members.get("Next").and_then(literal)
            {
                edges.push(Edge {
                    steps: vec![field(name), LocationStep::Index(index), field("Next")],
                    target,
                });
            }
        }
    }
    edges
}

/// Whether the execution can end with it. A Choice is no end, though it fails where nothing matches.
fn is_end(state: &Json, edges: &[Edge<'_>]) -> bool {
    let Json::Object(members) = state else { return false };
    match members.get("Type").and_then(literal) {
        Some("Succeed" | "Fail") => true,
        Some("Choice") => false,
        _ => {
            members.get("End") == Some(&Json::Bool(true))
                // One whose fields are wrong in another way is not reported a second time.
                || (edges.is_empty() && !members.contains_key("Next"))
        }
    }
}

fn literal(json: &Json) -> Option<&str> {
    match json {
        Json::String(text) => text.as_literal(),
        _ => None,
    }
}
