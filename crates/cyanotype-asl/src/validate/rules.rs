//! Rules of a model that nest too deep to be written.

use indexmap::IndexMap;

use crate::{ChoiceState, Code, Definition, Finding, Location, MAX_RULE_DEPTH, Severity, State, Test};

pub(super) fn too_deep(definition: &Definition) -> Vec<Finding> {
    let mut findings = vec![];
    scope(&definition.states, &Location::root(), &mut findings);
    findings
}

fn scope(states: &IndexMap<String, State>, at: &Location, findings: &mut Vec<Finding>) {
    for (name, state) in states {
        let at = at.clone().field("States").field(name);
        match state {
            State::Choice(choice) => rules(name, choice, &at, findings),
            State::Map(map) => {
                let field = if map.item_processor.is_some() { "ItemProcessor" } else { "Iterator" };
                if let Some(processor) = map.processor() {
                    scope(&processor.states, &at.field(field), findings);
                }
            }
            State::Parallel(parallel) => {
                for (index, branch) in parallel.branches.iter().enumerate() {
                    scope(&branch.states, &at.clone().field("Branches").index(index), findings);
                }
            }
            _ => {}
        }
    }
}

fn rules(name: &str, choice: &ChoiceState, at: &Location, findings: &mut Vec<Finding>) {
    let depths = choice.choices.iter().map(|rule| match &rule.test {
        Test::Rule(rule) => rule.depth(),
        Test::Condition(_) => 1,
    });
    let too_deep = depths.enumerate().filter(|(_, depth)| *depth > MAX_RULE_DEPTH);
    findings.extend(too_deep.map(|(index, depth)| Finding {
        code: Code::SchemaValidationFailed,
        severity: Severity::Error,
        location: at.clone().field("Choices").index(index),
        state: Some(name.to_owned()),
        message: format!("this rule is nested {depth} deep, and {MAX_RULE_DEPTH} is the most"),
        hint: None,
    }));
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
