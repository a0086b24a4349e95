//! The rules of a Choice.

use indexmap::IndexMap;

use super::{
    assign,
    check::{Check, Language},
    expression::{self, Wanted},
    paths, retry, timestamp, value,
};
use crate::{Json, MAX_RULE_DEPTH, OperandType, Operator};

/// What a rule can have beside what it tests.
const OTHERS: [&str; 4] = ["Next", "Comment", "Assign", "Output"];
/// What puts rules together.
const COMBINATIONS: [&str; 3] = ["And", "Or", "Not"];

pub(super) fn choices<'j>(check: &mut Check<'j>, json: &'j Json) {
    let Some(rules) = value::non_empty_array(check, json) else { return };
    for (index, rule) in rules.iter().enumerate() {
        check.item(index, |check| {
            let Some(members) = value::object(check, rule) else { return };
            value::require(check, members, &["Next"]);
            match check.language {
                Language::JsonPath => test(check, members, 1),
                Language::Jsonata => condition(check, members),
            }
        });
    }
}

/// A rule in JSONata.
fn condition<'j>(check: &mut Check<'j>, members: &'j IndexMap<String, Json>) {
    value::require(check, members, &["Condition"]);
    for (name, json) in members {
        match name.as_str() {
            "Condition" => check.field(name, |check| {
                if !value::is_expression(check, json) {
                    value::boolean(check, json);
                }
                expression::of(check, json, Wanted::Boolean);
            }),
            other if OTHERS.contains(&other) => beside(check, other, name, json),
            other
                if other == "Variable"
                    || COMBINATIONS.contains(&other)
                    || Operator::parse(other).is_some() =>
            {
                check.schema(retry::other_language(Language::Jsonata, name));
            }
            _ => value::unsupported(check, name, OTHERS.into_iter().chain(["Condition"])),
        }
    }
}

/// A rule in JSONPath, at the top or within another.
fn test<'j>(check: &mut Check<'j>, members: &'j IndexMap<String, Json>, depth: usize) {
    if depth > MAX_RULE_DEPTH {
        check.schema(format!("this rule is nested {depth} deep, and {MAX_RULE_DEPTH} is the most"));
        return;
    }
    let mut tests: Vec<&str> = vec![];
    for (name, json) in members {
        match name.as_str() {
            "Variable" => check.field(name, |check| paths::path(check, json)),
            "Condition" => {
                check.schema(retry::other_language(Language::JsonPath, name));
            }
            "And" | "Or" => {
                tests.push(name);
                check.field(name, |check| {
                    for (index, rule) in value::non_empty_array(check, json).into_iter().flatten().enumerate()
                    {
                        check.item(index, |check| nested(check, rule, depth));
                    }
                });
            }
            "Not" => {
                tests.push(name);
                check.field(name, |check| nested(check, json, depth));
            }
            "Comment" => check.field(name, |check| value::string(check, json)),
            other if OTHERS.contains(&other) && depth == 1 => beside(check, other, name, json),
            other => match Operator::parse(other) {
                Some((operator, is_path)) => {
                    tests.push(name);
                    check.field(name, |check| operand(check, operator, is_path, json));
                }
                None => value::unsupported(check, name, ["Variable", "Next", "Condition"].into_iter()),
            },
        }
    }
    let combines = tests.iter().any(|test| COMBINATIONS.contains(test));
    match tests.as_slice() {
        [] => {
            check
                .schema("a rule tests something: it has an operator, 'And', 'Or' or 'Not'")
                .hint("such as `\"IsPresent\": true`");
        }
        [_] if combines && members.contains_key("Variable") => {
            check.schema("a rule that puts others together has no 'Variable'");
        }
        [_] if !combines => value::require(check, members, &["Variable"]),
        [_] => {}
        many => {
            let message = format!("Only one of these fields is possible: [{}]", many.join(", "));
            check.schema(message).hint("put two rules into 'And'");
        }
    }
}

fn nested<'j>(check: &mut Check<'j>, json: &'j Json, depth: usize) {
    let Some(members) = value::object(check, json) else { return };
    if members.contains_key("Next") {
        check.schema("Field 'Next' is not supported").hint("the outermost rule says where to go");
        return;
    }
    test(check, members, depth + 1);
}

/// What a rule does when it is taken.
fn beside<'j>(check: &mut Check<'j>, field: &str, name: &'j str, json: &'j Json) {
    match field {
        "Next" => check.field(name, |check| value::non_empty(check, json)),
        "Assign" => check.field(name, |check| assign::check(check, json)),
        "Output" if check.language == Language::JsonPath => {
            check.schema(retry::other_language(Language::JsonPath, name));
        }
        "Output" => check.field(name, |check| paths::expressions(check, json)),
        _ => check.field(name, |check| value::string(check, json)),
    }
}

fn operand<'j>(check: &mut Check<'j>, operator: Operator, is_path: bool, json: &'j Json) {
    if is_path {
        paths::path(check, json);
        return;
    }
    match operator.operand() {
        OperandType::String => value::string(check, json),
        OperandType::Number if matches!(json, Json::Number(_)) || value::is_placeholder(json) => {}
        OperandType::Number => value::wrong(check, "a number", json),
        OperandType::Boolean => value::boolean(check, json),
        OperandType::Timestamp => self::timestamp(check, json),
    }
}

pub(super) fn timestamp<'j>(check: &mut Check<'j>, json: &'j Json) {
    let Some(text) = value::text(check, json) else { return };
    if let Some(literal) = text.as_literal().filter(|literal| !timestamp::is_valid(literal)) {
        let hint = format!("`{}` is none; one is written `2026-11-24T10:00:00Z`", value::short(literal));
        check.schema("String does not match RFC3339 timestamp").hint(hint);
    }
}
