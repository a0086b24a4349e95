//! The whole of a machine.

use super::{
    check::{Check, Language},
    scope,
    value::{self, object_of},
};
use crate::Json;

/// The fields of a machine, each with what it must hold.
const FIELDS: &[(&str, value::Shape)] = &[
    ("StartAt", value::any),
    ("States", value::any),
    ("Comment", value::string),
    ("Version", |check, json| value::one_of(check, json, &["1.0"])),
    ("TimeoutSeconds", |check, json| value::seconds(check, json, 1, 99_999_999)),
    ("QueryLanguage", |check, json| value::one_of(check, json, &["JSONPath", "JSONata"])),
];

pub(super) fn check<'j>(check: &mut Check<'j>, definition: &'j Json) {
    let Json::Object(members) = definition else {
        check.schema("Definition must be a valid JSON object");
        return;
    };
    check.machine_language = Language::of(members.get("QueryLanguage"), Language::JsonPath);
    object_of(check, members, FIELDS);
    scope::check(check, members);
}
