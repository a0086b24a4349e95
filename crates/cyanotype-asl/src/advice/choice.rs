//! Rules of a Choice that no input can take.

use indexmap::IndexMap;

use super::{Advice, member, numbers::Range, text};
use crate::{Code, Json, Location};

/// What a rule has beside its test.
const BESIDE: [&str; 5] = ["Next", "Comment", "Assign", "Output", "Variable"];
/// Functions that can answer otherwise when they are asked again.
const MOODS: [&str; 5] = ["$millis", "$now", "$random", "$shuffle", "$uuid"];
/// Each rule is compared with the ones before it: in a larger Choice with this many.
const MAX_COMPARED: usize = 50;
/// Rules that put more tests together are not compared.
const MAX_TESTS: usize = 8;

pub(super) fn check(advice: &mut Advice, here: &Location, members: &IndexMap<String, Json>, jsonata: bool) {
    let Some(Json::Array(rules)) = members.get("Choices") else { return };
    let tests: Vec<Vec<&Json>> = rules.iter().map(all_of).collect();
    let mut always = None;
    for (index, (rule, test)) in rules.iter().zip(&tests).enumerate() {
        let earlier = tests.iter().zip(rules).take(index.min(MAX_COMPARED)).position(|(earlier, before)| {
            if jsonata { is_same_condition(before, rule) } else { covers(earlier, test) }
        });
        let why = if let Some(always) = always {
            Some(format!("Choices[{always}] takes every input"))
        } else if let Some(earlier) = earlier {
            Some(format!("Choices[{earlier}] takes all that it would"))
        } else if jsonata {
            is_condition(rule, false).then(|| "its condition is false".to_owned())
        } else {
            contradiction(test).map(|variable| format!("what it asks of '{variable}' is never true at once"))
        };
        if let Some(why) = why {
            let place = here.clone().field("Choices").index(index);
            let message = format!("no input takes this rule: {why}");
            let hint = "rules are asked in their order, and the first that holds is taken";
            advice.warn(Code::Advice, place, message, hint);
        }
        if always.is_none() && if jsonata { is_condition(rule, true) } else { holds(rule) } {
            always = Some(index);
        }
    }
    if let (Some(always), true) = (always, members.contains_key("Default")) {
        let message = format!("no input comes to 'Default': Choices[{always}] takes every input");
        advice.warn(
            Code::Advice,
            here.clone().field("Default"),
            message,
            "remove it, or give the rule a test",
        );
    }
}

/// Tests that must all hold for a rule to be taken: what `And`s put together.
fn all_of(rule: &Json) -> Vec<&Json> {
    let mut tests = vec![];
    let mut todo = vec![rule];
    while let Some(rule) = todo.pop() {
        match member(rule, "And") {
            Some(Json::Array(rules)) => todo.extend(rules.iter().rev()),
            _ => tests.push(rule),
        }
    }
    tests
}

/// A comparison with a value in the text: the variable, the operator and the value.
fn comparison(test: &Json) -> Option<(&str, &str, &Json)> {
    let Json::Object(members) = test else { return None };
    let variable = members.get("Variable").and_then(text)?;
    let mut others = members.iter().filter(|(name, _)| !BESIDE.contains(&name.as_str()));
    match (others.next(), others.next()) {
        (Some((operator, operand)), None) => Some((variable, operator, operand)),
        _ => None,
    }
}

/// Whether an input for which the later tests hold was taken by the earlier ones already.
fn covers(earlier: &[&Json], later: &[&Json]) -> bool {
    let small = earlier.len() <= MAX_TESTS && later.len() <= MAX_TESTS;
    small && earlier.iter().all(|asked| later.iter().any(|known| follows(asked, known)))
}

/// Whether one test holds wherever the other does.
fn follows(asked: &Json, known: &Json) -> bool {
    match (comparison(asked), comparison(known)) {
        (Some((variable, operator, operand)), Some((other, known_operator, known_operand))) => {
            let ranges = Range::of(operator, operand).zip(Range::of(known_operator, known_operand));
            variable == other
                && ((operator == known_operator && operand == known_operand)
                    || ranges.is_some_and(|(asked, known)| known.is_within(asked)))
        }
        (None, None) => is_same_test(asked, known),
        _ => false,
    }
}

fn is_same_test(one: &Json, other: &Json) -> bool {
    let (Json::Object(one), Json::Object(other)) = (one, other) else { return false };
    let is_test = |name: &str| name == "Variable" || !BESIDE.contains(&name);
    let count = |rule: &IndexMap<String, Json>| rule.keys().filter(|name| is_test(name)).count();
    let mut tests = one.iter().filter(|(name, _)| is_test(name));
    count(one) > 0 && count(one) == count(other) && tests.all(|(name, value)| other.get(name) == Some(value))
}

/// A variable of which tests ask what cannot be.
fn contradiction<'j>(tests: &[&'j Json]) -> Option<&'j str> {
    let comparisons: Vec<_> = tests.iter().take(MAX_COMPARED).filter_map(|test| comparison(test)).collect();
    let mut ranges: IndexMap<&str, Range> = IndexMap::new();
    for (at, (variable, operator, operand)) in comparisons.iter().enumerate() {
        if let Some(range) = Range::of(operator, operand) {
            let all = ranges.get(variable).map_or(range, |before| before.and(range));
            ranges.insert(variable, all);
            if all.is_empty() {
                return Some(variable);
            }
        }
        let is_one_value =
            matches!(*operator, "StringEquals" | "BooleanEquals") || operator.starts_with("Is");
        let differs = |(other, other_operator, other_operand): &(&str, &str, &Json)| {
            other == variable && other_operator == operator && is_other(operand, other_operand)
        };
        if is_one_value && comparisons.iter().take(at).any(differs) {
            return Some(variable);
        }
    }
    None
}

/// Whether two values are certain to differ.
fn is_other(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::String(_), Json::String(_)) => {
            text(one).zip(text(other)).is_some_and(|(one, other)| one != other)
        }
        (Json::Bool(one), Json::Bool(other)) => one != other,
        _ => false,
    }
}

/// Whether a rule in JSONPath holds for every input, as it has no test that can fail.
fn holds(rule: &Json) -> bool {
    matches!(comparison(rule), Some(("$", "IsPresent", Json::Bool(true))))
}

/// Whether a rule in JSONata has this value for a condition.
fn is_condition(rule: &Json, value: bool) -> bool {
    match member(rule, "Condition") {
        Some(Json::Bool(condition)) => *condition == value,
        Some(condition) => expression(condition) == Some(if value { "true" } else { "false" }),
        None => false,
    }
}

fn is_same_condition(one: &Json, other: &Json) -> bool {
    let condition = |rule| member(rule, "Condition").and_then(expression);
    let same = condition(one).filter(|one| Some(*one) == condition(other));
    same.is_some_and(|text| !MOODS.iter().any(|function| text.contains(function)))
}

fn expression(json: &Json) -> Option<&str> {
    Some(text(json)?.strip_prefix("{%")?.strip_suffix("%}")?.trim())
}

#[cfg(test)]
mod tests {
    use super::super::test::check_all;

    #[track_caller]
    fn check(language: &str, rules: &[&str], expected: &[&str]) {
        let rules: Vec<_> = rules.iter().map(|rule| format!(r#"{{ {rule}, "Next": "B" }}"#)).collect();
        let expected: Vec<_> = expected.iter().map(|text| format!("ADVICE: no input {text}")).collect();
        check_all(
            &format!(
                r#"{{ "StartAt": "A", "QueryLanguage": "{language}", "States": {{ "A": {{ "Type": "Choice", "Choices": [{}], "Default": "B" }}, "B": {{ "Type": "Succeed" }} }} }}"#,
                rules.join(",")
            ),
            &expected.iter().map(String::as_str).collect::<Vec<_>>(),
        );
    }

    const FIRST_TAKES: &str = "takes this rule: Choices[0] takes all that it would at /States/A/Choices[1]";

    #[test]
    fn a_rule_like_an_earlier_one_is_never_taken() {
        let rule = r#""Variable": "$.a", "StringEquals": "x""#;
        check("JSONPath", &[rule, rule], &[FIRST_TAKES]);
        check("JSONPath", &[rule, r#""Variable": "$.a", "StringEquals": "y""#], &[]);
        check("JSONPath", &[rule, r#""Variable": "$.b", "StringEquals": "x""#], &[]);
        let either = format!(r#""Or": [{{ {rule} }}, {{ "Variable": "$.b", "IsNull": true }}]"#);
        check("JSONPath", &[&either, &either], &[FIRST_TAKES]);
        check("JSONPath", &[&either, rule], &[]);
    }

    #[test]
    fn a_rule_that_asks_more_than_an_earlier_one_is_never_taken() {
        let more = r#""Variable": "$.a", "NumericGreaterThan": 5"#;
        let less = r#""Variable": "$.a", "NumericGreaterThan": 3"#;
        check("JSONPath", &[less, more], &[FIRST_TAKES]);
        check("JSONPath", &[more, less], &[]);
        let both = format!(r#""And": [{{ {more} }}, {{ "Variable": "$.b", "IsNull": true }}]"#);
        check("JSONPath", &[more, &both], &[FIRST_TAKES]);
        check("JSONPath", &[&both, more], &[]);
    }

    #[test]
    fn what_is_never_true_at_once_is_never_taken() {
        let both = |one: &str, other: &str| {
            format!(r#""And": [{{ "Variable": "$.a", {one} }}, {{ "Variable": "$.a", {other} }}]"#)
        };
        let never = "takes this rule: what it asks of '$.a' is never true at once at /States/A/Choices[0]";
        check("JSONPath", &[&both(r#""NumericGreaterThan": 5"#, r#""NumericLessThan": 3"#)], &[never]);
        check("JSONPath", &[&both(r#""NumericGreaterThan": 3"#, r#""NumericLessThan": 5"#)], &[]);
        check("JSONPath", &[&both(r#""StringEquals": "x""#, r#""StringEquals": "y""#)], &[never]);
        check("JSONPath", &[&both(r#""IsPresent": true"#, r#""IsPresent": false"#)], &[never]);
        check("JSONPath", &[&both(r#""IsPresent": true"#, r#""IsNull": false"#)], &[]);
    }

    #[test]
    fn nothing_comes_behind_a_rule_that_always_holds() {
        let default = "comes to 'Default': Choices[0] takes every input at /States/A/Default";
        let behind = "takes this rule: Choices[0] takes every input at /States/A/Choices[1]";
        check("JSONata", &[r#""Condition": true"#, r#""Condition": "{% $x %}""#], &[behind, default]);
        check("JSONata", &[r#""Condition": "{% true %}""#], &[default]);
        check("JSONPath", &[r#""Variable": "$", "IsPresent": true"#], &[default]);
        let never = "takes this rule: its condition is false at /States/A/Choices[0]";
        check("JSONata", &[r#""Condition": "{% false %}""#], &[never]);
    }

    #[test]
    fn a_condition_that_is_asked_again_says_the_same_unless_it_has_moods() {
        check("JSONata", &[r#""Condition": "{% $x = 1 %}""#, r#""Condition": "{%$x = 1%}""#], &[FIRST_TAKES]);
        let coin = r#""Condition": "{% $random() > 0.5 %}""#;
        check("JSONata", &[coin, coin], &[]);
    }
}
