//! The names of placeholders.

use super::check::Check;
use crate::Json;

/// More than letters and digits would be read as a reference to a resource, or end the placeholder early.
pub(super) fn check<'j>(check: &mut Check<'j>, json: &'j Json) {
    match json {
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
        Json::String(text) => {
            for name in text.placeholders() {
                if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
                    let state = check.location().state().map(str::to_owned);
                    let finding = check.schema(format!("\"{name}\" is no name of a placeholder"));
                    finding.state = state;
                    finding.hint("a name is ASCII letters and digits");
                }
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                check.item(index, |check| self::check(check, item));
            }
        }
        Json::Object(members) => {
            for (name, value) in members {
                check.field(name, |check| self::check(check, value));
            }
        }
    }
}
