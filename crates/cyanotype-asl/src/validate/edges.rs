//! References to states.

use crate::{Code, Definition, Finding};

pub(super) fn check(definition: &Definition, findings: &mut Vec<Finding>) {
    if definition.states.is_empty() {
        let finding = Finding::machine(Code::SchemaValidationFailed, "/States", "Value cannot be empty");
        findings.push(finding.hint("a state machine has one state at least"));
        return;
    }
    if !definition.states.contains_key(&definition.start_at) {
        let message = missing(&definition.start_at);
        findings.push(Finding::machine(Code::MissingTransitionTarget, "/StartAt", message));
    }
    for (name, state) in &definition.states {
        for edge in state.edges() {
            if !definition.states.contains_key(edge.target) {
                let message = missing(edge.target);
                findings.push(Finding::state(Code::MissingTransitionTarget, name, &edge.field, message));
            }
        }
    }
    if !definition.states.values().any(crate::State::is_end) {
        let finding = Finding::machine(Code::MissingEndState, "/", "Workflow has no terminal state");
        findings.push(finding.hint("let one state end the execution: Succeed, Fail or `End`"));
    }
}

/// AWS says `Next` for every field.
fn missing(target: &str) -> String {
    format!("Missing 'Next' target: {target}")
}

#[cfg(test)]
mod tests {
    use crate::{
        ChoiceRule, ChoiceState, Comparison, Operator, PassState, ReferencePath, Rule, State, Transition,
        validate::test,
    };

    fn next(target: &str) -> State {
        PassState::new(Transition::Next(target.into())).into()
    }

    fn end() -> State {
        PassState::new(Transition::End).into()
    }

    #[test]
    fn there_is_one_state_at_least() {
        test::check(&test::definition([]), &["SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States"]);
    }

    #[test]
    fn every_target_exists() {
        let rule = Rule::compare(Comparison::new(ReferencePath::root(), Operator::IsNull, true));
        let choice = ChoiceState::new(vec![ChoiceRule::new(rule, "C1")], Some("C2".into()));
        test::check(
            &test::definition([("A", next("B")), ("B", choice.into()), ("C", end())]),
            &[
                "MISSING_TRANSITION_TARGET: Missing 'Next' target: C1 at /States/B/Choices[0]/Next",
                "MISSING_TRANSITION_TARGET: Missing 'Next' target: C2 at /States/B/Default",
                "MISSING_TRANSITION_TARGET: State \"C\" is not reachable. at /States/C",
            ],
        );
    }

    #[test]
    fn the_start_exists() {
        let mut definition = test::definition([("A", end())]);
        definition.start_at = "B".into();
        test::check(&definition, &["MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /StartAt"]);
    }

    #[test]
    fn some_state_is_the_end() {
        test::check(
            &test::definition([("A", next("B")), ("B", next("A"))]),
            &["MISSING_END_STATE: Workflow has no terminal state at /"],
        );
    }
}
