//! The rules of a Choice.

use crate::{
    ChoiceState, Code, Comparison, Definition, Finding, Json, MAX_RULE_DEPTH, Node, Operand, State,
    validate::timestamp,
};

pub(super) fn check(definition: &Definition, findings: &mut Vec<Finding>) {
    for (name, state) in &definition.states {
        if let State::Choice(choice) = state {
            rules(name, choice, findings);
        }
    }
}

fn rules(name: &str, choice: &ChoiceState, findings: &mut Vec<Finding>) {
    if choice.choices.is_empty() {
        let finding = Finding::state(Code::SchemaValidationFailed, name, "Choices", "Value cannot be empty");
        findings.push(finding.hint("a Choice has one rule at least"));
    }
    for (index, rule) in choice.choices.iter().enumerate() {
        let mut report = |field: &str, message: String| {
            let field = format!("Choices[{index}]{field}");
            findings.push(Finding::state(Code::SchemaValidationFailed, name, &field, message));
        };
        let depth = rule.rule.depth();
        if depth > MAX_RULE_DEPTH {
            report("", format!("this rule is nested {depth} deep, and {MAX_RULE_DEPTH} is the most"));
        }
        // Rules inside of rules have no address of their own here: naming the whole is enough to find them.
        for node in rule.rule.nodes() {
            match node {
                Node::All(0) => report("/And", "Value cannot be empty".into()),
                Node::Any(0) => report("/Or", "Value cannot be empty".into()),
                Node::Compare(comparison) => {
                    if let Some(message) = operand(comparison) {
                        report(&format!("/{}", comparison.operator.as_str()), message);
                    }
                }
                Node::All(_) | Node::Any(_) | Node::Not => {}
            }
        }
    }
}

/// What is wrong with what a value is compared with. What a placeholder stands for is not known.
fn operand(Comparison { operator, operand, .. }: &Comparison) -> Option<String> {
    let expected = match (operator.operand(), operand) {
        (Operand::String, Json::String(_))
        | (Operand::Number, Json::Number(_))
        | (Operand::Boolean, Json::Bool(_)) => return None,
        (Operand::Timestamp, Json::String(text)) => match text.as_literal() {
            Some(literal) if !timestamp::is_valid(literal) => {
                return Some(format!("String does not match RFC3339 timestamp: \"{literal}\""));
            }
            _ => return None,
        },
        (Operand::String, _) => "a string",
        (Operand::Number, _) => "a number",
        (Operand::Boolean, _) => "true or false",
        (Operand::Timestamp, _) => "a timestamp",
    };
    Some(format!("{} compares with {expected}, and this is {operand}", operator.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ChoiceRule, Operator, PassState, ReferencePath, Rule, Text, Transition, validate::test};

    fn compare(operator: Operator, operand: impl Into<Json>) -> Rule {
        Rule::compare(Comparison::new(ReferencePath::root(), operator, operand))
    }

    #[track_caller]
    fn check(rule: Rule, expected: &[&str]) {
        let choice = ChoiceState::new(vec![ChoiceRule::new(rule, "B")], None);
        let end = PassState::new(Transition::End);
        let expected: Vec<_> = expected.iter().map(|e| format!("SCHEMA_VALIDATION_FAILED: {e}")).collect();
        let expected: Vec<_> = expected.iter().map(String::as_str).collect();
        test::check(&test::definition([("A", choice.into()), ("B", end.into())]), &expected);
    }

    #[test]
    fn a_choice_has_one_rule_at_least() {
        let choice = ChoiceState::new(vec![], Some("B".into()));
        let end = PassState::new(Transition::End);
        test::check(
            &test::definition([("A", choice.into()), ("B", end.into())]),
            &["SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/A/Choices"],
        );
    }

    #[test]
    fn a_combination_has_one_part_at_least() {
        check(Rule::all([compare(Operator::IsNull, true)]), &[]);
        check(Rule::all([]), &["Value cannot be empty at /States/A/Choices[0]/And"]);
        check(!Rule::any([]), &["Value cannot be empty at /States/A/Choices[0]/Or"]);
    }

    #[test]
    fn an_operand_is_of_the_operators_type() {
        check(compare(Operator::StringEquals, "x"), &[]);
        check(compare(Operator::NumericEquals, 1_u32), &[]);
        check(compare(Operator::IsPresent, false), &[]);
        check(
            compare(Operator::StringEquals, 1_u32),
            &["StringEquals compares with a string, and this is 1 at /States/A/Choices[0]/StringEquals"],
        );
        check(
            compare(Operator::IsPresent, "yes"),
            &["IsPresent compares with true or false, and this is \"yes\" at /States/A/Choices[0]/IsPresent"],
        );
    }

    #[test]
    fn a_timestamp_is_one() {
        check(compare(Operator::TimestampEquals, "2026-11-24T10:00:00Z"), &[]);
        check(compare(Operator::TimestampEquals, Text::placeholder("When")), &[]);
        check(
            compare(Operator::TimestampEquals, "today"),
            &["String does not match RFC3339 timestamp: \"today\" at /States/A/Choices[0]/TimestampEquals"],
        );
    }

    #[test]
    fn nesting_has_a_limit() {
        let nested = |depth| (1..depth).fold(compare(Operator::IsNull, true), |rule, _| !rule);
        check(nested(256), &[]);
        check(nested(257), &["this rule is nested 257 deep, and 256 is the most at /States/A/Choices[0]"]);
    }
}
