//! What a field must hold.

use indexmap::IndexMap;

use super::check::{Check, Language};
use crate::{Json, Text};

/// Looks at the value of a field, at its location.
pub(super) type Shape = for<'j> fn(&mut Check<'j>, &'j Json);

/// Looks at all members of an object that has these fields and no other.
pub(super) fn object_of<'j>(
    check: &mut Check<'j>,
    members: &'j IndexMap<String, Json>,
    fields: &[(&str, Shape)],
) {
    for (name, value) in members {
        match fields.iter().find(|(known, _)| known == name) {
            Some((_, shape)) => check.field(name, |check| shape(check, value)),
            None => unsupported(check, name, fields.iter().map(|(known, _)| *known)),
        }
    }
}

/// AWS names the object, not the field that it does not know.
pub(super) fn unsupported<'k>(check: &mut Check<'_>, name: &str, mut known: impl Iterator<Item = &'k str>) {
    let similar = known.find(|known| known.eq_ignore_ascii_case(name) || distance(known, name) <= 2);
    let finding = check.schema(format!("Field '{name}' is not supported"));
    match similar {
        Some(similar) => finding.hint(format!("did you mean `{similar}`?")),
        None => finding.hint("remove it, or see which states have it"),
    }
}

/// Reports fields that must be there and are not.
pub(super) fn require(check: &mut Check<'_>, members: &IndexMap<String, Json>, names: &[&str]) {
    let missing: Vec<_> = names.iter().filter(|name| !members.contains_key(**name)).copied().collect();
    if !missing.is_empty() {
        check.schema(format!("These fields are required: [{}]", missing.join(", ")));
    }
}

/// Reports fields of which one at most may be there.
pub(super) fn exclusive(check: &mut Check<'_>, members: &IndexMap<String, Json>, names: &[&str]) {
    let present: Vec<_> = names.iter().filter(|name| members.contains_key(**name)).copied().collect();
    if present.len() > 1 {
        check.schema(format!("Only one of these fields is possible: [{}]", present.join(", ")));
    }
}

pub(super) fn any<'j>(_: &mut Check<'j>, _: &'j Json) {}

pub(super) fn string<'j>(check: &mut Check<'j>, json: &'j Json) {
    text(check, json);
}

/// The text of a string; nothing, and an error, for anything else.
pub(super) fn text<'j>(check: &mut Check<'j>, json: &'j Json) -> Option<&'j Text> {
    match json {
        Json::String(text) => Some(text),
        _ => {
            wrong(check, "a string", json);
            None
        }
    }
}

pub(super) fn non_empty<'j>(check: &mut Check<'j>, json: &'j Json) {
    if text(check, json).is_some_and(|text| text.as_literal() == Some("")) {
        check.schema("Value cannot be empty");
    }
}

pub(super) fn boolean<'j>(check: &mut Check<'j>, json: &'j Json) {
    if !matches!(json, Json::Bool(_)) && !is_placeholder(json) {
        wrong(check, "true or false", json);
    }
}

pub(super) fn object<'j>(check: &mut Check<'j>, json: &'j Json) -> Option<&'j IndexMap<String, Json>> {
    match json {
        Json::Object(members) => Some(members),
        _ => {
            if !is_placeholder(json) {
                wrong(check, "an object", json);
            }
            None
        }
    }
}

pub(super) fn array<'j>(check: &mut Check<'j>, json: &'j Json) -> Option<&'j [Json]> {
    match json {
        Json::Array(items) => Some(items),
        _ => {
            if !is_placeholder(json) {
                wrong(check, "an array", json);
            }
            None
        }
    }
}

/// An array that has an item.
pub(super) fn non_empty_array<'j>(check: &mut Check<'j>, json: &'j Json) -> Option<&'j [Json]> {
    let items = array(check, json)?;
    if items.is_empty() {
        check.schema("Value cannot be empty");
    }
    Some(items)
}

pub(super) fn one_of<'j>(check: &mut Check<'j>, json: &'j Json, values: &[&str]) {
    let Some(text) = text(check, json) else { return };
    if let Some(literal) = text.as_literal()
        && !values.contains(&literal)
    {
        check.schema(format!("Value is not one of [{}]: '{}'", values.join(", "), short(literal)));
    }
}

pub(super) fn integer<'j>(check: &mut Check<'j>, json: &'j Json, least: u64, most: u64) {
    whole_number(check, json, least, most, "is");
}

/// A time, or in JSONata an expression that yields one.
pub(super) fn seconds<'j>(check: &mut Check<'j>, json: &'j Json, least: u64, most: u64) {
    if !is_expression(check, json) {
        whole_number(check, json, least, most, "seconds are");
    }
}

fn whole_number<'j>(check: &mut Check<'j>, json: &'j Json, least: u64, most: u64, are: &str) {
    let Json::Number(number) = json else {
        if !is_placeholder(json) {
            wrong(check, "an integer", json);
        }
        return;
    };
    // A whole number is an integer however it is written.
    let whole = number.as_f64().filter(|value| value.fract() == 0.0);
    match whole {
        None => wrong(check, "an integer", json),
        Some(value) if (least as f64..=most as f64).contains(&value) => {}
        Some(_) => {
            check.schema(format!("{least} to {most} {are} possible, and this is {number}"));
        }
    }
}

pub(super) fn number<'j>(check: &mut Check<'j>, json: &'j Json, least: f64, most: f64) {
    let Json::Number(number) = json else {
        if !is_placeholder(json) {
            wrong(check, "a number", json);
        }
        return;
    };
    if !number.as_f64().is_some_and(|value| (least..=most).contains(&value)) {
        let message = match most {
            f64::INFINITY => format!("{least} or more is possible, and this is {number}"),
            _ => format!("{least} to {most} is possible, and this is {number}"),
        };
        check.schema(message);
    }
}

/// An integer, or in JSONata an expression that yields one.
pub(super) fn integer_or_expression<'j>(check: &mut Check<'j>, json: &'j Json, least: u64, most: u64) {
    if !is_expression(check, json) {
        integer(check, json, least, most);
    }
}

/// Whether it is an expression of JSONata, where the state has that language.
pub(super) fn is_expression(check: &Check<'_>, json: &Json) -> bool {
    check.language == Language::Jsonata && matches!(json, Json::String(text) if starts_expression(text))
}

fn starts_expression(text: &Text) -> bool {
    match text.segments() {
        [crate::Segment::Literal(first), ..] => first.starts_with("{%"),
        _ => false,
    }
}

/// What a placeholder stands for is known to the deploy alone.
pub(super) fn is_placeholder(json: &Json) -> bool {
    matches!(json, Json::String(text) if text.as_literal().is_none())
}

pub(super) fn wrong(check: &mut Check<'_>, expected: &str, found: &Json) {
    check.schema(format!("Expected {expected}, and this is {}", short(&found.to_compact())));
}

/// The beginning of a text, for messages.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// How many letters must be changed, put in or left out to make one word of the other, up to a few.
fn distance(a: &str, b: &str) -> usize {
    if a.len().abs_diff(b.len()) > 2 || b.len() > 60 {
        return usize::MAX;
    }
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut before = i;
        let mut last = i + 1;
        let mut next = vec![last];
        for (to, above) in b.iter().zip(row.iter().skip(1)) {
            last = (before + usize::from(from != *to)).min(above + 1).min(last + 1);
            before = *above;
            next.push(last);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_counted_in_letters() {
        assert_eq!(distance("Next", "Next"), 0);
        assert_eq!(distance("Next", "next"), 1);
        assert_eq!(distance("Comment", "Coment"), 1);
        assert_eq!(distance("Resource", "Ressource"), 1);
        assert!(distance("End", "Parameters") > 2);
    }
}
