//! Retry and Catch.

use indexmap::IndexMap;

use super::{
    check::{Check, Language},
    value::{self, Shape},
};
use crate::{
    Json,
    validate::{assign, paths},
};

/// The error names that begin with `States.`, which no other name may.
const ERRORS: [&str; 15] = [
    "States.ALL",
    "States.BranchFailed",
    "States.DataLimitExceeded",
    "States.ExceedToleratedFailureThreshold",
    "States.HeartbeatTimeout",
    "States.IntrinsicFailure",
    "States.ItemReaderFailed",
    "States.NoChoiceMatched",
    "States.ParameterPathFailure",
    "States.Permissions",
    "States.QueryEvaluationError",
    "States.ResultPathMatchFailure",
    "States.ResultWriterFailed",
    "States.Runtime",
    "States.TaskFailed",
];
/// Those that have more than one form.
const FAMILIES: [&str; 2] = ["States.Timeout", "States.Http."];

const RETRIER: &[(&str, Shape)] = &[
    ("Comment", value::string),
    ("ErrorEquals", errors),
    ("IntervalSeconds", |check, json| value::seconds(check, json, 1, 99_999_999)),
    ("MaxAttempts", |check, json| value::integer(check, json, 0, 99_999_999)),
    ("BackoffRate", |check, json| value::number(check, json, 1.0, f64::INFINITY)),
    ("MaxDelaySeconds", |check, json| value::seconds(check, json, 1, 31_622_400)),
    ("JitterStrategy", |check, json| value::one_of(check, json, &["FULL", "NONE"])),
];

const CATCHER: &[(&str, Shape)] = &[
    ("Comment", value::string),
    ("ErrorEquals", errors),
    ("Next", value::non_empty),
    ("ResultPath", result_path),
    ("Assign", assign::check),
    ("Output", output),
];

pub(super) fn retriers<'j>(check: &mut Check<'j>, json: &'j Json) {
    each(check, json, |check, members| {
        value::object_of(check, members, RETRIER);
        value::require(check, members, &["ErrorEquals"]);
        let seconds = |name: &str| match members.get(name) {
            Some(Json::Number(number)) => number.as_f64(),
            _ => None,
        };
        // An interval that nobody gives is 1 second.
        if let Some(most) = seconds("MaxDelaySeconds")
            && most <= seconds("IntervalSeconds").unwrap_or(1.0)
        {
            check.field("MaxDelaySeconds", |check| {
                check.schema("MaxDelaySeconds must be greater than IntervalSeconds");
            });
        }
    });
}

pub(super) fn catchers<'j>(check: &mut Check<'j>, json: &'j Json) {
    check.catches = true;
    each(check, json, |check, members| {
        value::object_of(check, members, CATCHER);
        value::require(check, members, &["ErrorEquals", "Next"]);
    });
    check.catches = false;
}

/// Looks at each retrier or catcher, and whether the one for all errors comes last.
fn each<'j>(
    check: &mut Check<'j>,
    json: &'j Json,
    look: impl Fn(&mut Check<'j>, &'j IndexMap<String, Json>),
) {
    let Some(items) = value::array(check, json) else { return };
    for (index, item) in items.iter().enumerate() {
        check.item(index, |check| {
            let Some(members) = value::object(check, item) else { return };
            look(check, members);
            let names = match members.get("ErrorEquals") {
                Some(Json::Array(names)) => names,
                _ => return,
            };
            if !names.iter().any(|name| *name == Json::from("States.ALL")) {
                return;
            }
            let alone = names.len() == 1;
            let last = index + 1 == items.len();
            if !alone || !last {
                check.field("ErrorEquals", |check| {
                    let message = "'States.ALL' must stand alone, and in the last of the list";
                    check.schema(message).hint("what follows it, or stands beside it, is never looked at");
                });
            }
        });
    }
}

fn errors<'j>(check: &mut Check<'j>, json: &'j Json) {
    let Some(names) = value::non_empty_array(check, json) else { return };
    for (index, name) in names.iter().enumerate() {
        check.item(index, |check| {
            let Some(name) = value::text(check, name).and_then(crate::Text::as_literal) else { return };
            let known = ERRORS.contains(&name) || FAMILIES.iter().any(|family| name.starts_with(family));
            if name.is_empty() {
                check.schema("Value cannot be empty");
            } else if name.starts_with("States.") && !known {
                check
                    .warning(format!("'{}' is no error of Step Functions", value::short(name)))
                    .hint("names that begin with `States.` are Step Functions' own: give yours another");
            }
        });
    }
}

fn result_path<'j>(check: &mut Check<'j>, json: &'j Json) {
    only(check, Language::JsonPath, "ResultPath");
    paths::result_path(check, json);
}

fn output<'j>(check: &mut Check<'j>, json: &'j Json) {
    only(check, Language::Jsonata, "Output");
    paths::expressions(check, json);
}

fn only(check: &mut Check<'_>, language: Language, field: &str) {
    if check.language != language {
        check.schema(other_language(check.language, field));
    }
}

/// AWS's words for a field of the other language.
pub(super) fn other_language(language: Language, field: &str) -> String {
    let other = match language {
        Language::JsonPath => Language::Jsonata,
        Language::Jsonata => Language::JsonPath,
    };
    format!(
        "The QueryLanguage is set to '{}', but field '{field}' is only supported for the '{}' QueryLanguage",
        language.name(),
        other.name()
    )
}
