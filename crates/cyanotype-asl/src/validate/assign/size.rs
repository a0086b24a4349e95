//! How large variables are that stand in the text.

use indexmap::IndexMap;

use crate::{
    Json,
    validate::{
        check::{Check, Language},
        value,
    },
};

/// Of one variable, and of all that a state assigns.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html>
const MAX_BYTES: usize = 256 << 10;

/// AWS measures when a state has run; what stands in the text is the least that it can find.
pub(super) fn check<'j>(check: &mut Check<'j>, members: &'j IndexMap<String, Json>) {
    let hint = "a variable has 262144 bytes at most, and so have all that a state assigns: put it into S3";
    let mut all = 0;
    for (name, json) in members {
        let is_path = check.language == Language::JsonPath && name.ends_with(".$");
        let size = if is_path { 0 } else { least(check.language, json) };
        all += size;
        if size > MAX_BYTES {
            let message =
                format!("the variable '{}' has {size} bytes, and no execution takes it", value::short(name));
            check.field(name, |check| check.warning(message).hint(hint));
        }
    }
    let one = members.len() == 1;
    if all > MAX_BYTES && !one {
        check.warning(format!("all variables here have {all} bytes, and no execution takes them")).hint(hint);
    }
}

/// The bytes of a value as JSON, without what is filled in.
fn least(language: Language, json: &Json) -> usize {
    let mut bytes = 0;
    let mut todo = vec![json];
    while let Some(json) = todo.pop() {
        bytes += match json {
            Json::Null => 4,
            Json::Bool(_) => 4,
            Json::Number(number) => number.to_string().len(),
            Json::String(text) => match text.as_literal() {
                Some(text) if language == Language::Jsonata && text.starts_with("{%") => 0,
                Some(text) => text.len() + 2,
                None => 0,
            },
            Json::Array(items) => {
                todo.extend(items);
                items.len() + 1
            }
            Json::Object(members) => {
                let fixed =
                    members.iter().filter(|(name, _)| language == Language::Jsonata || !name.ends_with(".$"));
                todo.extend(fixed.clone().map(|(_, value)| value));
                fixed.map(|(name, _)| name.len() + 4).sum::<usize>() + 1
            }
        };
    }
    bytes
}
