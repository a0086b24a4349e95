//! The Context object: which fields it has, and where.
//!
//! AWS takes any path into it, and the execution fails where there is nothing: these are warnings.

use indexmap::IndexMap;

use super::check::Check;
use crate::{Json, JsonPath, jsonpath::Step};

/// The fields of the Context object, each with those below it.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html>
const FIELDS: [(&str, &[&str]); 5] = [
    ("Execution", &["Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount", "RedriveTime"]),
    ("State", &["EnteredTime", "Name", "RetryCount"]),
    ("StateMachine", &["Id", "Name"]),
    ("Task", &["Token"]),
    ("Map", &["Item"]),
];
const ITEM: [&str; 4] = ["Index", "Value", "Key", "Source"];

/// Whether a state has a task token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Given,
    None,
    /// What it calls is known to the deploy alone.
    Unknown,
}

impl Token {
    /// That of a state.
    pub(super) fn of(state: &IndexMap<String, Json>) -> Self {
        if state.get("Type") != Some(&Json::from("Task")) {
            return Self::None;
        }
        match state.get("Resource") {
            Some(Json::String(resource)) => match resource.as_literal() {
                // A recorded execution shows that `.sync` has one, too.
                Some(arn)
                    if [".waitForTaskToken", ".sync", ":activity:"].iter().any(|form| arn.contains(form)) =>
                {
                    Self::Given
                }
                Some(_) => Self::None,
                None => Self::Unknown,
            },
            _ => Self::Unknown,
        }
    }
}

/// A path that begins with `$$`.
pub(super) fn path(check: &mut Check<'_>, path: &JsonPath) {
    let names = path.steps().iter().map_while(|step| match step {
        Step::Field(name) => Some(name.as_str()),
        _ => None,
    });
    self::names(check, &names.collect::<Vec<_>>());
}

/// What is read below the Context object, as far as it is names.
pub(super) fn names(check: &mut Check<'_>, names: &[&str]) {
    let [first, rest @ ..] = names else { return };
    let Some((_, fields)) = FIELDS.iter().find(|(field, _)| field == first) else {
        return unknown(check, "the Context object", first, &FIELDS.map(|(field, _)| field));
    };
    match (*first, rest) {
        ("Map", _) if check.maps == 0 => {
            check
                .warning("the Context object has a 'Map' within a Map state alone")
                .hint("in a Map's 'ItemSelector' and in what it does with each item");
        }
        ("Task", _) if check.token == Token::None => {
            check
                .warning(
                    "the Context object has a 'Task' in a state that waits for its token, and this does not",
                )
                .hint("let the resource be an activity, or end in `.waitForTaskToken`");
        }
        ("Map", ["Item", field, ..]) if !ITEM.contains(field) => unknown(check, "'Map.Item'", field, &ITEM),
        (_, [field, ..]) if !fields.contains(field) => {
            unknown(check, &format!("'{first}' in the Context object"), field, fields);
        }
        _ => {}
    }
}

fn unknown(check: &mut Check<'_>, owner: &str, name: &str, known: &[&str]) {
    let name = super::value::short(name);
    check.warning(format!("{owner} has no '{name}'")).hint(format!("it has {}", known.join(", ")));
}
