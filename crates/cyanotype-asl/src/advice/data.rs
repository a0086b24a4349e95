//! Paths to data that an earlier state has dropped.
//!
//! A state's result replaces its input unless `ResultPath` says where to put it. What can be in the input of each state
//! is followed from the start of its scope, and a path is reported when it leads nowhere on every way to its state.

mod state;

use std::collections::VecDeque;

use indexmap::IndexMap;

use self::state::Outcome;
use super::{Advice, member, shape::Shape, text};
use crate::{Code, Json, Location};

/// How often a state is looked at again, on average. The inputs of loops settle after a few rounds.
const ROUNDS: usize = 6;

/// What is known of the input of a state, and which state it comes from.
#[derive(Debug, Clone, PartialEq)]
struct Fact<'j> {
    shape: Shape,
    /// The last state that replaced what there was.
    by: Option<&'j str>,
}

/// A path that leads nowhere.
struct Missing<'j> {
    place: Location,
    path: &'j str,
    member: String,
}

/// Looks at a machine that is JSONPath unless a state says otherwise.
pub(super) fn check(advice: &mut Advice, definition: &Json) {
    let any = Fact { shape: Shape::Any, by: None };
    let mut todo = vec![(Location::root(), definition, any)];
    while let Some((place, scope, start)) = todo.pop() {
        let Some(Json::Object(states)) = member(scope, "States") else { continue };
        let first = member(scope, "StartAt").and_then(text).and_then(|name| states.get_index_of(name));
        let facts = first.and_then(|first| facts(states, first, start)).unwrap_or_default();
        for (index, (name, state)) in states.iter().enumerate() {
            let Some(fact) = facts.get(index).cloned().flatten() else { continue };
            let by = fact.by;
            let here = place.clone().field("States").field(name);
            let Outcome { missing, inner, .. } = Outcome::of(name, state, fact, &here);
            for missing in missing {
                report(advice, missing, by);
            }
            todo.extend(inner);
        }
    }
}

/// What is known before each state, where it is reached; None when that does not settle.
fn facts<'j>(
    states: &'j IndexMap<String, Json>,
    first: usize,
    start: Fact<'j>,
) -> Option<Vec<Option<Fact<'j>>>> {
    let mut facts: Vec<Option<Fact<'_>>> = vec![None; states.len()];
    *facts.get_mut(first)? = Some(start);
    let mut todo = VecDeque::from([first]);
    let mut rounds = states.len().saturating_mul(ROUNDS);
    while let Some(index) = todo.pop_front() {
        rounds = rounds.checked_sub(1)?;
        let (name, state) = states.get_index(index)?;
        let fact = facts.get(index)?.clone()?;
        for (target, fact) in Outcome::of(name, state, fact, &Location::root()).next {
            let Some(target) = states.get_index_of(target) else { continue };
            let known = facts.get_mut(target)?;
            let merged = match known.clone() {
                Some(known) => Fact { shape: known.shape.or(fact.shape), by: known.by.or(fact.by) },
                None => fact,
            };
            if known.as_ref() != Some(&merged) {
                *known = Some(merged);
                todo.push_back(target);
            }
        }
    }
    Some(facts)
}

fn report(advice: &mut Advice, missing: Missing<'_>, by: Option<&str>) {
    let Missing { place, path, member } = missing;
    let (why, hint) = match by {
        Some(state) => (
            format!("what '{state}' yields has replaced the input, and has no '{member}'"),
            format!("let '{state}' keep its input: `ResultPath` says where its result is put"),
        ),
        None => (format!("there is no '{member}'"), "hand it in where this input is made".to_owned()),
    };
    advice.warn(Code::Advice, place, format!("'{path}' leads nowhere: {why}"), &hint);
}

#[cfg(test)]
mod tests {
    use super::super::test::check_all;

    const LAMBDA: &str = r#""Type": "Task", "TimeoutSeconds": 1, "Retry": [{ "ErrorEquals": ["States.ALL"] }], "Resource": "arn:aws:states:::lambda:invoke""#;

    /// States `A`, `B`, … , each of which goes to the next.
    fn chain(states: &[&str]) -> String {
        let name = |n: usize| char::from(b'A' + u8::try_from(n).unwrap());
        let last = states.len() - 1;
        let states: Vec<_> = states
            .iter()
            .enumerate()
            .map(|(n, state)| {
                let goes =
                    if n == last { r#""End": true"#.into() } else { format!(r#""Next": "{}""#, name(n + 1)) };
                format!(r#""{}": {{ {state}, {goes} }}"#, name(n))
            })
            .collect();
        format!(r#"{{ "StartAt": "A", "States": {{ {} }} }}"#, states.join(","))
    }

    #[track_caller]
    fn check(states: &[&str], expected: &[&str]) {
        let expected: Vec<_> = expected.iter().map(|text| format!("ADVICE: {text}")).collect();
        check_all(&chain(states), &expected.iter().map(String::as_str).collect::<Vec<_>>());
    }

    const READS: &str = r#""Type": "Pass", "Parameters": { "id.$": "$.order.id" }"#;
    const DROPPED: &str = "'$.order.id' leads nowhere: what 'A' yields has replaced the input, and has no 'order' at /States/B/Parameters/id.$";

    #[test]
    fn what_a_result_replaces_is_gone() {
        check(&[LAMBDA, READS], &[DROPPED]);
        check(&[r#""Type": "Pass", "Result": { "x": 1 }"#, READS], &[DROPPED]);
        check(&[r#""Type": "Pass", "Result": 1"#, READS], &[DROPPED]);
        check(&[&format!(r#"{LAMBDA}, "ResultSelector": {{ "x.$": "$.Payload" }}"#), READS], &[DROPPED]);
        check(&[r#""Type": "Map", "ItemProcessor": {}"#, READS], &[DROPPED]);
    }

    #[test]
    fn what_is_kept_is_there() {
        check(&[&format!(r#"{LAMBDA}, "ResultPath": "$.a""#), READS], &[]);
        check(&[&format!(r#"{LAMBDA}, "ResultPath": null"#), READS], &[]);
        check(&[&format!(r#"{LAMBDA}, "OutputPath": "$.Payload""#), READS], &[]);
        check(&[&format!(r#"{LAMBDA}, "ResultSelector": {{ "order.$": "$.Payload" }}"#), READS], &[]);
        check(&[r#""Type": "Pass", "Result": { "order": { "id": 1 } }"#, READS], &[]);
        let other = r#""Type": "Task", "TimeoutSeconds": 1, "Resource": "arn:aws:states:::glue:startJobRun""#;
        check(&[other, READS], &[]);
    }

    #[test]
    fn a_result_has_what_it_has() {
        let selects = format!(r#"{LAMBDA}, "ResultSelector": {{ "x.$": "$.Paylod.x" }}"#);
        check(
            &[&selects],
            &["'$.Paylod.x' leads nowhere: there is no 'Paylod' at /States/A/ResultSelector/x.$"],
        );
    }

    #[test]
    fn a_catcher_hands_on_the_error_alone() {
        let catches = |path: &str| {
            format!(
                r#"{{ "StartAt": "A", "States": {{ "A": {{ {LAMBDA}, "End": true, "Catch": [{{ "ErrorEquals": ["States.ALL"], {path} "Next": "B" }}] }}, "B": {{ {READS}, "End": true }} }} }}"#
            )
        };
        check_all(&catches(""), &[&format!("ADVICE: {DROPPED}")]);
        check_all(&catches(r#""ResultPath": "$.error","#), &[]);
    }

    #[test]
    fn one_way_that_has_it_is_enough() {
        let choice = r#""Type": "Choice", "Choices": [{ "Variable": "$.x", "IsNull": true, "Next": "C" }], "Default": "B""#;
        let text = |b: &str| {
            format!(
                r#"{{ "StartAt": "A", "States": {{ "A": {{ {choice} }}, "B": {{ {b}, "Next": "D" }}, "C": {{ {LAMBDA}, "Next": "D" }}, "D": {{ {READS}, "End": true }} }} }}"#
            )
        };
        check_all(&text(r#""Type": "Pass""#), &[]);
        let dropped = "ADVICE: '$.order.id' leads nowhere: what 'B' yields has replaced the input, and has no 'order' at /States/D/Parameters/id.$";
        check_all(&text(LAMBDA), &[dropped]);
    }

    #[test]
    fn loops_settle() {
        let grows = r#""Type": "Pass", "Parameters": { "a.$": "$" }"#;
        let text = format!(
            r#"{{ "StartAt": "A", "States": {{ "A": {{ {grows}, "Next": "B" }}, "B": {{ "Type": "Choice", "Choices": [{{ "Variable": "$.a", "IsNull": true, "Next": "C" }}], "Default": "A" }}, "C": {{ "Type": "Succeed" }} }} }}"#
        );
        check_all(&text, &[]);
    }

    #[test]
    fn items_have_what_is_selected() {
        let inner = format!(r#""StartAt": "I", "States": {{ "I": {{ {READS}, "End": true }} }}"#);
        let map = |selector: &str| {
            format!(r#""Type": "Map", "ItemSelector": {selector}, "ItemProcessor": {{ {inner} }}"#)
        };
        check(&[&map(r#"{ "order.$": "$$.Map.Item.Value" }"#)], &[]);
        check(
            &[&map(r#"{ "item.$": "$$.Map.Item.Value" }"#)],
            &[
                "'$.order.id' leads nowhere: there is no 'order' at /States/A/ItemProcessor/States/I/Parameters/id.$",
            ],
        );
    }

    #[test]
    fn a_rule_asks_for_what_is_there_unless_that_is_what_it_asks() {
        let choice = |rule: &str| {
            format!(
                r#"{{ "StartAt": "A", "States": {{ "A": {{ {LAMBDA}, "Next": "B" }}, "B": {{ "Type": "Choice", "Choices": [{{ {rule}, "Next": "C" }}] }}, "C": {{ "Type": "Succeed" }} }} }}"#
            )
        };
        let variable = r#""Variable": "$.order""#;
        check_all(&choice(&format!(r#"{variable}, "IsPresent": true"#)), &[]);
        let gone = "ADVICE: '$.order' leads nowhere: what 'A' yields has replaced the input, and has no 'order' at /States/B/Choices[0]/Variable";
        check_all(&choice(&format!(r#"{variable}, "StringEquals": "x""#)), &[gone]);
    }
}
