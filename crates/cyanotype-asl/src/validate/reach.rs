//! Whether every state can be reached.

use indexmap::IndexSet;

use crate::{Code, Definition, Finding, State};

pub(super) fn check(definition: &Definition, findings: &mut Vec<Finding>) {
    // Without a start nothing is reached, which says no more than that the start is missing.
    if !definition.states.contains_key(&definition.start_at) {
        return;
    }
    let mut reached = IndexSet::from([definition.start_at.as_str()]);
    let mut at = 0;
    while let Some(name) = reached.get_index(at).copied() {
        at += 1;
        reached
            .extend(definition.states.get(name).into_iter().flat_map(State::edges).map(|edge| edge.target));
    }
    for name in definition.states.keys().filter(|name| !reached.contains(name.as_str())) {
        let message = format!("State \"{name}\" is not reachable.");
        let finding = Finding::state(Code::MissingTransitionTarget, name, "", message);
        findings.push(finding.hint("let another state go to it, or remove it"));
    }
}

#[cfg(test)]
mod tests {
    use crate::{PassState, State, Transition, validate::test};

    fn next(target: &str) -> State {
        PassState::new(Transition::Next(target.into())).into()
    }

    #[test]
    fn states_that_only_reach_each_other_are_not_reachable() {
        test::check(
            &test::definition([
                ("A", PassState::new(Transition::End).into()),
                ("B", next("C")),
                ("C", next("B")),
            ]),
            &[
                "MISSING_TRANSITION_TARGET: State \"B\" is not reachable. at /States/B",
                "MISSING_TRANSITION_TARGET: State \"C\" is not reachable. at /States/C",
            ],
        );
    }

    #[test]
    fn long_chains_are_followed() {
        let mut definition = test::definition([("0", next("1"))]);
        for n in 1..10_000 {
            definition.states.insert(n.to_string(), next(&(n + 1).to_string()));
        }
        definition.states.insert("10000".into(), PassState::new(Transition::End).into());
        test::check(&definition, &[]);
    }
}
