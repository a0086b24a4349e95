//! Rules of a model that nest too deep to be written.

use crate::{Code, Definition, Finding, Location, MAX_RULE_DEPTH, Severity, State};

pub(super) fn too_deep(definition: &Definition) -> Vec<Finding> {
    let choices = definition.states.iter().filter_map(|(name, state)| match state {
        State::Choice(choice) => Some((name, choice)),
        _ => None,
    });
    let rules = choices.flat_map(|(name, choice)| {
        choice.choices.iter().enumerate().map(move |(index, rule)| (name, index, rule.rule.depth()))
    });
    let too_deep = rules.filter(|(_, _, depth)| *depth > MAX_RULE_DEPTH);
    too_deep
        .map(|(name, index, depth)| Finding {
            code: Code::SchemaValidationFailed,
            severity: Severity::Error,
            location: Location::root().field("States").field(name).field("Choices").index(index),
            state: Some(name.clone()),
            message: format!("this rule is nested {depth} deep, and {MAX_RULE_DEPTH} is the most"),
            hint: None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::{
        ChoiceRule, ChoiceState, Comparison, Definition, Finding, Kind, Operator, ReferencePath, Rule,
        SucceedState,
    };

    fn found(depth: usize) -> Vec<String> {
        let test = Comparison::new(ReferencePath::root(), Operator::IsNull, true);
        let rule = (1..depth).fold(Rule::compare(test), |rule, _| !rule);
        let mut definition = Definition::new("A");
        let choice = ChoiceState::new(vec![ChoiceRule::new(rule, "B")], None);
        definition.states.insert("A".into(), choice.into());
        definition.states.insert("B".into(), SucceedState::new().into());
        definition.validate(Kind::Standard).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn nesting_has_a_limit() {
        assert_eq!(found(256), Vec::<String>::new());
        let message = "this rule is nested 257 deep, and 256 is the most at /States/A/Choices[0]";
        assert_eq!(found(257), [format!("SCHEMA_VALIDATION_FAILED: {message}")]);
    }
}
