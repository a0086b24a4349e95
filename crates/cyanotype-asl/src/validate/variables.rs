//! Variables: which of them a state can read.
//!
//! AWS takes any name, and an execution fails where nothing has been assigned: these are warnings.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::{check::Check, graph, value};
use crate::Json;

/// How many transitions are followed to find out what comes before what. Larger machines are given the benefit of the
/// doubt.
const MAX_STEPS: usize = 1_000_000;

/// The scopes that what is looked at stands in, the innermost last.
#[derive(Default)]
pub(super) struct Variables<'j> {
    scopes: Vec<Scope<'j>>,
    steps: usize,
}

struct Scope<'j> {
    /// Whether it is what a distributed Map does, which sees nothing of the scopes around it.
    distributed: bool,
    /// The states that assign each variable.
    assigned: HashMap<&'j str, Vec<usize>>,
    /// Where each state goes to; None where the deploy alone knows.
    next: Option<Vec<Vec<usize>>>,
    /// For each variable that was read, the states before which it can have been assigned.
    after: HashMap<&'j str, Option<Vec<bool>>>,
    /// The state that is looked at.
    state: usize,
}

/// Goes into the states of a machine, a branch or a Map.
pub(super) fn enter<'j>(
    check: &mut Check<'j>,
    scope: &'j IndexMap<String, Json>,
    states: &'j IndexMap<String, Json>,
) {
    let mode = member(scope.get("ProcessorConfig"), "Mode");
    let mut assigned: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, state) in states.values().enumerate() {
        for name in assignments(state).flat_map(IndexMap::keys) {
            // The end of a JSONPath name that takes a path is no part of the variable's.
            assigned.entry(name.strip_suffix(".$").unwrap_or(name)).or_default().push(at);
        }
    }
    let next = states.values().map(|state| graph::targets(state, states)).collect();
    let distributed = mode == Some(&Json::from("DISTRIBUTED"));
    check.variables.scopes.push(Scope { distributed, assigned, next, after: HashMap::new(), state: 0 });
}

/// Says which state of the present scope is looked at.
pub(super) fn at(check: &mut Check<'_>, state: usize) {
    if let Some(scope) = check.variables.scopes.last_mut() {
        scope.state = state;
    }
}

pub(super) fn leave(check: &mut Check<'_>) {
    check.variables.scopes.pop();
}

/// A variable is read here.
pub(super) fn read(check: &mut Check<'_>, name: &str) {
    let Variables { scopes, steps } = &mut check.variables;
    let mut hidden = false;
    for scope in scopes.iter_mut().rev() {
        if !scope.assigned.contains_key(name) {
            hidden |= scope.distributed;
            continue;
        }
        let early = !scope.can_be_assigned(name, steps);
        let name = value::short(name);
        if hidden {
            check
                .warning(format!(
                    "'${name}' is a variable outside of the distributed Map, which cannot read it"
                ))
                .hint("hand it in as a part of each item, with 'ItemSelector' or 'BatchInput'");
        } else if early {
            check
                .warning(format!("'${name}' is read before any state can have assigned it"))
                .hint("a state reads what was assigned before it began: assign it in an earlier one");
        }
        return;
    }
    check
        .warning(format!("no state assigns the variable '${}'", value::short(name)))
        .hint("give it a value with `Assign` in an earlier state of this scope or of one around it");
}

/// A variable is assigned here.
pub(super) fn assign(check: &mut Check<'_>, name: &str) {
    let scopes = &check.variables.scopes;
    let inner = scopes.iter().rev();
    let around = inner.clone().skip(1).zip(inner).take_while(|(_, inner)| !inner.distributed);
    if around.map(|(outer, _)| outer).any(|outer| outer.assigned.contains_key(name)) {
        check
            .warning(format!(
                "'{}' is a variable of a scope around this one, which cannot assign it",
                value::short(name)
            ))
            .hint("give it another name, and hand its value out in the output of this scope");
    }
}

impl<'j> Scope<'j> {
    /// Whether some way to the present state leads through one that assigns the variable.
    fn can_be_assigned(&mut self, name: &str, steps: &mut usize) -> bool {
        let Some((name, from)) = self.assigned.get_key_value(name) else { return false };
        let next = self.next.as_deref();
        let after = self.after.entry(name).or_insert_with(|| reached(next?, from, steps));
        after.as_ref().is_none_or(|after| after.get(self.state).is_some_and(|reached| *reached))
    }
}

/// The states that can come after some others; None when that takes too long to find out.
fn reached(next: &[Vec<usize>], from: &[usize], steps: &mut usize) -> Option<Vec<bool>> {
    let mut reached = vec![false; next.len()];
    let mut todo = from.to_vec();
    *steps = steps.saturating_add(next.len());
    while let Some(at) = todo.pop() {
        for target in next.get(at).into_iter().flatten() {
            *steps = steps.saturating_add(1);
            if let Some(seen) = reached.get_mut(*target)
                && !std::mem::replace(seen, true)
            {
                todo.push(*target);
            }
        }
        if *steps > MAX_STEPS {
            return None;
        }
    }
    Some(reached)
}

/// Every `Assign` of a state: its own, those of its rules and of its catchers.
fn assignments(state: &Json) -> impl Iterator<Item = &IndexMap<String, Json>> {
    let lists = ["Choices", "Catch"].into_iter().filter_map(|list| match member(Some(state), list) {
        Some(Json::Array(items)) => Some(items),
        _ => None,
    });
    std::iter::once(state).chain(lists.flatten()).filter_map(|owner| match member(Some(owner), "Assign") {
        Some(Json::Object(members)) => Some(members),
        _ => None,
    })
}

fn member<'j>(json: Option<&'j Json>, name: &str) -> Option<&'j Json> {
    match json {
        Some(Json::Object(members)) => members.get(name),
        _ => None,
    }
}
