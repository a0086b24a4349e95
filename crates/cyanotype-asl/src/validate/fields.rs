//! Which fields a state has.

use indexmap::IndexMap;

use super::{
    assign,
    check::{Check, Language},
    choice,
    expression::{self, Wanted},
    map, paths, resource, retry,
    value::{self, Shape},
};
use crate::Json;

/// The types of states, each as a bit.
const TASK: u8 = 1;
const PARALLEL: u8 = 2;
const MAP: u8 = 4;
const PASS: u8 = 8;
const WAIT: u8 = 16;
const CHOICE: u8 = 32;
const SUCCEED: u8 = 64;
const FAIL: u8 = 128;
const ALL: u8 = 255;
/// Those that go on to another state, or end.
const STEPS: u8 = TASK | PARALLEL | MAP | PASS | WAIT;
/// Those that do work.
const WORK: u8 = TASK | PARALLEL | MAP;

const TYPES: [(&str, u8); 8] = [
    ("Task", TASK),
    ("Parallel", PARALLEL),
    ("Map", MAP),
    ("Pass", PASS),
    ("Wait", WAIT),
    ("Choice", CHOICE),
    ("Succeed", SUCCEED),
    ("Fail", FAIL),
];

struct Field {
    name: &'static str,
    states: u8,
    /// None: of both.
    language: Option<Language>,
    shape: Shape,
}

const fn both(name: &'static str, states: u8, shape: Shape) -> Field {
    Field { name, states, language: None, shape }
}

const fn path(name: &'static str, states: u8, shape: Shape) -> Field {
    Field { name, states, language: Some(Language::JsonPath), shape }
}

const fn jsonata(name: &'static str, states: u8, shape: Shape) -> Field {
    Field { name, states, language: Some(Language::Jsonata), shape }
}

const FIELDS: &[Field] = &[
    both("Type", ALL, value::string),
    both("Comment", ALL, value::string),
    both("QueryLanguage", ALL, query_language),
    both("Next", STEPS, value::non_empty),
    both("End", STEPS, value::boolean),
    path("InputPath", ALL & !FAIL, paths::nullable),
    path("OutputPath", ALL & !FAIL, paths::nullable),
    path("Parameters", WORK | PASS, paths::payload),
    path("ResultSelector", WORK, paths::payload),
    path("ResultPath", WORK | PASS, paths::result_path),
    path("Result", PASS, value::any),
    jsonata("Arguments", TASK | PARALLEL, paths::expressions),
    jsonata("Output", ALL & !FAIL, paths::expressions),
    both("Assign", ALL & !(SUCCEED | FAIL), assign::check),
    both("Retry", WORK, retry::retriers),
    both("Catch", WORK, retry::catchers),
    both("Resource", TASK, resource::check),
    both("TimeoutSeconds", TASK, seconds_of_a_timeout),
    path("TimeoutSecondsPath", TASK, paths::single),
    both("HeartbeatSeconds", TASK, seconds_of_a_timeout),
    path("HeartbeatSecondsPath", TASK, paths::single),
    both("Credentials", TASK, credentials),
    both("Branches", PARALLEL, map::branches),
    both("Choices", CHOICE, choice::choices),
    both("Default", CHOICE, value::non_empty),
    both("Seconds", WAIT, |check, json| {
        value::seconds(check, json, 0, 99_999_999);
        expression::of(check, json, Wanted::Number);
    }),
    both("Timestamp", WAIT, |check, json| {
        if !value::is_expression(check, json) {
            choice::timestamp(check, json);
        }
        expression::of(check, json, Wanted::String);
    }),
    path("SecondsPath", WAIT, paths::single),
    path("TimestampPath", WAIT, paths::single),
    both("Error", FAIL, text_or_expression),
    both("Cause", FAIL, text_or_expression),
    path("ErrorPath", FAIL, paths::path_or_text),
    path("CausePath", FAIL, paths::path_or_text),
    both("ItemProcessor", MAP, map::processor),
    both("Iterator", MAP, map::processor),
    path("ItemsPath", MAP, paths::path),
    jsonata("Items", MAP, |check, json| expression::of(check, json, Wanted::Array)),
    both("ItemSelector", MAP, paths::payload),
    both("MaxConcurrency", MAP, count),
    path("MaxConcurrencyPath", MAP, paths::single),
    both("ToleratedFailureCount", MAP, count),
    path("ToleratedFailureCountPath", MAP, paths::single),
    both("ToleratedFailurePercentage", MAP, |check, json| {
        if !value::is_expression(check, json) {
            value::number(check, json, 0.0, 100.0);
        }
        expression::of(check, json, Wanted::Number);
    }),
    path("ToleratedFailurePercentagePath", MAP, paths::single),
    both("Label", MAP, map::label),
    both("ItemReader", MAP, map::reader),
    both("ItemBatcher", MAP, map::batcher),
    both("ResultWriter", MAP, map::writer),
];

/// Looks at the fields of the present state.
pub(super) fn check<'j>(check: &mut Check<'j>, members: &'j IndexMap<String, Json>) {
    let Some(json) = members.get("Type") else {
        value::require(check, members, &["Type"]);
        return;
    };
    let kind = check.field("Type", |check| {
        let name = value::text(check, json)?.as_literal()?;
        let kind = TYPES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
        if kind.is_none() {
            value::one_of(check, json, &TYPES.map(|(name, _)| name));
        }
        kind
    });
    let Some(kind) = kind else { return };
    for (name, value) in members {
        let field = FIELDS.iter().find(|field| field.name == name && field.states & kind != 0);
        match field {
            None => {
                let known = FIELDS.iter().filter(|field| field.states & kind != 0);
                value::unsupported(check, name, known.map(|field| field.name));
            }
            Some(field) if field.language.is_some_and(|language| language != check.language) => {
                check.schema(retry::other_language(check.language, name));
            }
            Some(field) => check.field(name, |check| (field.shape)(check, value)),
        }
    }
    together(check, members, kind);
}

/// What the fields must be together.
fn together<'j>(check: &mut Check<'j>, members: &'j IndexMap<String, Json>, kind: u8) {
    if kind & STEPS != 0 {
        transition(check, members);
    }
    match kind {
        TASK => {
            value::require(check, members, &["Resource"]);
            value::exclusive(check, members, &["TimeoutSeconds", "TimeoutSecondsPath"]);
            value::exclusive(check, members, &["HeartbeatSeconds", "HeartbeatSecondsPath"]);
            let seconds = |name: &str| match members.get(name) {
                Some(Json::Number(number)) => number.as_f64(),
                _ => None,
            };
            if let (Some(heartbeat), Some(timeout)) = (seconds("HeartbeatSeconds"), seconds("TimeoutSeconds"))
                && heartbeat >= timeout
            {
                check.field("HeartbeatSeconds", |check| {
                    check
                        .schema("HeartbeatSeconds must be smaller than TimeoutSeconds")
                        .hint("the timeout would always come first");
                });
            }
        }
        PARALLEL => value::require(check, members, &["Branches"]),
        MAP => map::check(check, members),
        CHOICE => value::require(check, members, &["Choices"]),
        WAIT => {
            let ways = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];
            value::exclusive(check, members, &ways);
            if !ways.iter().any(|way| members.contains_key(*way)) {
                let message = format!("one of these fields is required: [{}]", ways.join(", "));
                check.schema(message);
            }
        }
        FAIL => {
            value::exclusive(check, members, &["Error", "ErrorPath"]);
            value::exclusive(check, members, &["Cause", "CausePath"]);
        }
        _ => {}
    }
}

/// A state goes on or ends. `"End": false` is as good as nothing.
fn transition(check: &mut Check<'_>, members: &IndexMap<String, Json>) {
    let ends = members.get("End").is_some_and(|end| *end != Json::Bool(false));
    match (members.contains_key("Next"), ends) {
        (true, true) => {
            check
                .schema("Only one of these fields is possible: [Next, End]")
                .hint("keep 'Next' to go on, or 'End' to end here");
        }
        (false, false) => {
            check
                .schema("one of these fields is required: [Next, End]")
                .hint("`\"Next\": \"…\"` goes on, `\"End\": true` ends here");
        }
        _ => {}
    }
}

fn query_language<'j>(check: &mut Check<'j>, json: &'j Json) {
    value::one_of(check, json, &["JSONPath", "JSONata"]);
    if *json == Json::from("JSONPath") && check.machine_language == Language::Jsonata {
        check
            .schema("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine")
            .hint("let the machine be JSONPath, and those states JSONata that are");
    }
}

fn seconds_of_a_timeout<'j>(check: &mut Check<'j>, json: &'j Json) {
    value::seconds(check, json, 1, 99_999_999);
    expression::of(check, json, Wanted::Number);
}

fn count<'j>(check: &mut Check<'j>, json: &'j Json) {
    value::integer_or_expression(check, json, 0, u64::from(u32::MAX));
    expression::of(check, json, Wanted::Number);
}

fn text_or_expression<'j>(check: &mut Check<'j>, json: &'j Json) {
    value::string(check, json);
    expression::of(check, json, Wanted::String);
}

fn credentials<'j>(check: &mut Check<'j>, json: &'j Json) {
    let Some(members) = value::object(check, json) else { return };
    let path = members.contains_key("RoleArn.$") && check.language == Language::JsonPath;
    if !members.contains_key("RoleArn") && !path {
        check.schema("The field 'RoleArn' is required but was missing");
    }
    for name in members.keys().filter(|name| !matches!(name.as_str(), "RoleArn" | "RoleArn.$")) {
        value::unsupported(check, name, ["RoleArn", "RoleArn.$"].into_iter());
    }
    paths::payload(check, json);
}
