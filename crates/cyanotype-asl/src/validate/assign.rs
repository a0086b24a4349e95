//! Assign: the variables that a state sets.

use super::{check::Check, paths, value, variables};
mod size;

use crate::{Json, validate::check::Language};

const MAX_NAME: usize = 80;

pub(super) fn check<'j>(check: &mut Check<'j>, json: &'j Json) {
    let Some(members) = value::object(check, json) else { return };
    for key in members.keys() {
        // In JSONPath a name that ends so takes a path, and the variable has no such end.
        let name = match check.language {
            Language::JsonPath => key.strip_suffix(".$").unwrap_or(key),
            Language::Jsonata => key,
        };
        if let Some(why) = wrong_name(name) {
            check.field(key, |check| {
                check.schema(format!("'{}' is no name of a variable: {why}", value::short(name)));
            });
        } else {
            check.field(key, |check| variables::assign(check, name));
        }
    }
    size::check(check, members);
    paths::payload(check, json);
}

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html>
fn wrong_name(name: &str) -> Option<&'static str> {
    let mut letters = name.chars();
    let first = letters.next();
    if name.chars().count() > MAX_NAME {
        Some("it has 80 characters at most")
    } else if name == "states" {
        Some("`states` is Step Functions' own")
    } else if !first.is_some_and(|c| c.is_alphabetic() || c == '_') {
        Some("it begins with a letter")
    } else if !letters.all(|c| c.is_alphanumeric() || c == '_') {
        Some("it has letters, digits and `_`, and no part of a value can be set alone")
    } else {
        None
    }
}
