//! Paths, payload templates and expressions: what stands in a field for data.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::{
    check::{Check, Language},
    context, expression, value, variables,
};
use crate::{IntrinsicCall, Json, JsonPath, Text, jsonpath::Root};

/// A path, or `null` for nothing.
pub(super) fn nullable<'j>(check: &mut Check<'j>, json: &'j Json) {
    if *json != Json::Null {
        path(check, json);
    }
}

/// A path into the input, the context object or a variable.
pub(super) fn path<'j>(check: &mut Check<'j>, json: &'j Json) {
    let Some(text) = literal(check, json) else { return };
    parsed(check, text);
}

/// A path to one value: a number, a time or a text.
pub(super) fn single<'j>(check: &mut Check<'j>, json: &'j Json) {
    let Some(text) = literal(check, json) else { return };
    if let Some(path) = parsed(check, text) {
        is_single(check, text, &path);
    }
}

/// A list is none of these, even of one item, and the execution fails. Whether AWS refuses it at once is not known.
fn is_single(check: &mut Check<'_>, text: &str, path: &JsonPath) {
    if !path.is_definite() {
        check
            .warning(format!("'{}' always yields a list, and this field takes one value", value::short(text)))
            .hint("name one place, such as `$.orders[0].seconds`");
    }
}

/// Where a result goes: one place in the input, or `null` for nowhere.
pub(super) fn result_path<'j>(check: &mut Check<'j>, json: &'j Json) {
    if *json == Json::Null {
        return;
    }
    let Some(text) = literal(check, json) else { return };
    let Some(path) = parsed_alone(check, text) else { return };
    if *path.root() != Root::Input {
        check.schema("a result is put into the input: its path begins with '$.'");
    } else if path.as_reference().is_none() {
        check
            .schema(format!("'{}' is no reference path: it must name one place", value::short(text)))
            .hint("names and numbers alone, such as `$.order.items[0]`");
    }
}

/// A path, or an intrinsic function that yields a text: `ErrorPath` and `CausePath`.
pub(super) fn path_or_text<'j>(check: &mut Check<'j>, json: &'j Json) {
    const TEXTS: [&str; 7] = [
        "States.Format",
        "States.JsonToString",
        "States.ArrayGetItem",
        "States.Base64Encode",
        "States.Base64Decode",
        "States.Hash",
        "States.UUID",
    ];
    let Some(text) = literal(check, json) else { return };
    if !text.starts_with("States.") {
        if let Some(path) = parsed(check, text) {
            is_single(check, text, &path);
        }
        return;
    }
    if let Some(call) = call(check, text)
        && !TEXTS.contains(&call.function().name())
    {
        check
            .schema(format!("{} does not yield a text", call.function().name()))
            .hint(format!("these do: {}", TEXTS.join(", ")));
    }
}

/// A value with places that are filled in: in JSONPath the members whose names end in `.$`, in JSONata expressions.
pub(super) fn payload<'j>(check: &mut Check<'j>, json: &'j Json) {
    match check.language {
        Language::JsonPath => template(check, json),
        Language::Jsonata => expressions(check, json),
    }
}

fn template<'j>(check: &mut Check<'j>, json: &'j Json) {
    match json {
        Json::Object(members) => {
            names(check, members);
            for (name, value) in members {
                check.field(name, |check| match name.ends_with(".$") {
                    true => dynamic(check, value),
                    false => template(check, value),
                });
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                check.item(index, |check| template(check, item));
            }
        }
        _ => {}
    }
}

/// Without their ends `.$`, no two members have one name.
fn names<'j>(check: &mut Check<'j>, members: &'j IndexMap<String, Json>) {
    for name in members.keys() {
        let Some(plain) = name.strip_suffix(".$") else { continue };
        if members.contains_key(plain) {
            check.field(name, |check| {
                check.schema(format!(
                    "without '.$' its name is that of another member: {}",
                    value::short(plain)
                ));
            });
        }
    }
}

fn dynamic<'j>(check: &mut Check<'j>, json: &'j Json) {
    let Some(text) = literal(check, json) else { return };
    match text.starts_with('$') {
        true => drop(parsed(check, text)),
        false => drop(call(check, text)),
    }
}

/// The text of a string without placeholders.
fn literal<'j>(check: &mut Check<'j>, json: &'j Json) -> Option<&'j str> {
    value::text(check, json).and_then(Text::as_literal)
}

fn parsed(check: &mut Check<'_>, text: &str) -> Option<JsonPath> {
    let path = parsed_alone(check, text)?;
    reads(check, &[&path]);
    Some(path)
}

/// One that nothing is read at.
fn parsed_alone(check: &mut Check<'_>, text: &str) -> Option<JsonPath> {
    match JsonPath::parse(text) {
        Ok(path) => {
            for doubt in path.doubts() {
                check.warning(format!("'{}': {}", value::short(text), doubt.message));
            }
            Some(path)
        }
        Err(error) => {
            check
                .schema(format!("'{}' is no path: {error}", value::short(text)))
                .hint("such as `$.order.id`, `$$.Execution.Id` or `$variable.field`");
            None
        }
    }
}

fn call(check: &mut Check<'_>, text: &str) -> Option<IntrinsicCall> {
    let call = match IntrinsicCall::parse(text) {
        Ok(call) => call,
        Err(error) => {
            check
                .schema(format!("'{}' is no path and no intrinsic function: {error}", value::short(text)))
                .hint("such as `$.order.id` or `States.Format('Hello {}', $.name)`");
            return None;
        }
    };
    for problem in call.problems() {
        check.schema(format!("'{}': {problem}", value::short(text)));
    }
    reads(check, &call.paths());
    Some(call)
}

/// What is read besides the input, by paths and those in them, each variable once.
fn reads(check: &mut Check<'_>, paths: &[&JsonPath]) {
    let mut read = HashSet::new();
    for path in paths.iter().flat_map(|path| path.with_inner()) {
        match path.root() {
            Root::Context => context::path(check, path),
            Root::Variable(name) if read.insert(name) => variables::read(check, name),
            _ => {}
        }
    }
}

/// Every expression of JSONata in a value; in JSONPath, none.
pub(super) fn expressions<'j>(check: &mut Check<'j>, json: &'j Json) {
    if check.language == Language::JsonPath {
        return;
    }
    match json {
        Json::String(text) => {
            if let Some(text) = text.as_literal().filter(|text| text.starts_with("{%")) {
                expression::check(check, text, None);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                check.item(index, |check| expressions(check, item));
            }
        }
        Json::Object(members) => {
            for (name, value) in members {
                check.field(name, |check| expressions(check, value));
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
