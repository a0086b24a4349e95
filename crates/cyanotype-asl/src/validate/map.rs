//! Map and Parallel: states within states.

use indexmap::IndexMap;

use super::{
    Kind,
    check::{Check, Language},
    expression::{self, Wanted},
    paths, retry, scope,
    value::{self, Shape},
};
use crate::{Code, Json};

/// What only a distributed Map has. AWS takes these in an inline one too, and does nothing with them.
const DISTRIBUTED: [&str; 8] = [
    "ItemReader",
    "ItemBatcher",
    "ResultWriter",
    "Label",
    "ToleratedFailureCount",
    "ToleratedFailureCountPath",
    "ToleratedFailurePercentage",
    "ToleratedFailurePercentagePath",
];
const MAX_LABEL: usize = 40;

/// What stands in a Map as a whole.
pub(super) fn check<'j>(check: &mut Check<'j>, members: &'j IndexMap<String, Json>) {
    value::exclusive(check, members, &["ItemProcessor", "Iterator"]);
    value::exclusive(check, members, &["ItemSelector", "Parameters"]);
    if !members.contains_key("ItemProcessor") && !members.contains_key("Iterator") {
        value::require(check, members, &["ItemProcessor"]);
    }
    for name in ["MaxConcurrency", "ToleratedFailureCount", "ToleratedFailurePercentage"] {
        value::exclusive(check, members, &[name, &format!("{name}Path")]);
    }
    let processor = members.get("ItemProcessor").or_else(|| members.get("Iterator"));
    let config = member(processor, "ProcessorConfig");
    let distributed = member(config, "Mode").is_some_and(|mode| *mode == Json::from("DISTRIBUTED"));
    if distributed && members.contains_key("ItemReader") && members.contains_key("ItemsPath") {
        // A recorded execution shows it: its path leads nowhere, and it succeeds.
        check
            .warning("'ItemsPath' does nothing beside 'ItemReader'")
            .hint("the reader reads the items: remove one of the two");
    }
    if !distributed {
        for name in DISTRIBUTED.iter().filter(|name| members.contains_key(**name)) {
            check
                .warning(format!("'{name}' does nothing in an INLINE Map"))
                .hint("a distributed Map has it: `\"ProcessorConfig\": { \"Mode\": \"DISTRIBUTED\", … }`");
        }
    } else if check.kind == Kind::Express {
        check
            .schema("Express state machine does not support a Map state in DISTRIBUTED mode")
            .hint("make it a Standard state machine");
    }
}

/// `ItemProcessor` and `Iterator`.
pub(super) fn processor<'j>(check: &mut Check<'j>, json: &'j Json) {
    const FIELDS: &[(&str, Shape)] = &[
        ("StartAt", value::any),
        ("States", value::any),
        ("Comment", value::string),
        ("ProcessorConfig", config),
    ];
    let Some(members) = value::object(check, json) else { return };
    value::object_of(check, members, FIELDS);
    scope::check(check, members);
}

/// `Branches`.
pub(super) fn branches<'j>(check: &mut Check<'j>, json: &'j Json) {
    const FIELDS: &[(&str, Shape)] =
        &[("StartAt", value::any), ("States", value::any), ("Comment", value::string)];
    let Some(branches) = value::non_empty_array(check, json) else { return };
    for (index, branch) in branches.iter().enumerate() {
        check.item(index, |check| {
            let Some(members) = value::object(check, branch) else { return };
            value::object_of(check, members, FIELDS);
            scope::check(check, members);
        });
    }
}

fn config<'j>(check: &mut Check<'j>, json: &'j Json) {
    const FIELDS: &[(&str, Shape)] = &[
        ("Mode", |check, json| value::one_of(check, json, &["INLINE", "DISTRIBUTED"])),
        ("ExecutionType", |check, json| value::one_of(check, json, &["STANDARD", "EXPRESS"])),
    ];
    let Some(members) = value::object(check, json) else { return };
    value::object_of(check, members, FIELDS);
    let distributed = members.get("Mode") == Some(&Json::from("DISTRIBUTED"));
    if distributed {
        value::require(check, members, &["ExecutionType"]);
    } else if members.contains_key("ExecutionType") {
        check.warning("'ExecutionType' does nothing in an INLINE Map");
    }
}

pub(super) fn label<'j>(check: &mut Check<'j>, json: &'j Json) {
    const SPECIAL: &str = "?*<>{}[]:;,\\|^~$#%&`\"";
    let Some(label) = value::text(check, json).and_then(crate::Text::as_literal) else { return };
    let wrong = |c: &char| c.is_whitespace() || c.is_control() || SPECIAL.contains(*c);
    if !(1..=MAX_LABEL).contains(&label.chars().count()) {
        let message = format!("a label has 1 to {MAX_LABEL} characters");
        check.error(Code::InvalidLabelName, message).hint("it becomes a part of ARNs");
    } else if let Some(c) = label.chars().find(wrong) {
        check.error(Code::InvalidLabelName, format!("Label contains invalid character: {c:?}"));
    } else if check.labels.contains_key(label) {
        check
            .error(Code::DuplicateLabelName, format!("A Map with this label already exists: {label}"))
            .hint("labels are unique in the whole machine");
    } else {
        let location = check.location();
        check.labels.insert(label, location);
    }
}

pub(super) fn reader<'j>(check: &mut Check<'j>, json: &'j Json) {
    const FIELDS: &[(&str, Shape)] = &[
        ("Resource", value::non_empty),
        ("ReaderConfig", reader_config),
        ("Parameters", arguments_of_path),
        ("Arguments", arguments),
    ];
    const RESOURCES: [&str; 2] = [":states:::s3:getObject", ":states:::s3:listObjectsV2"];
    let Some(members) = value::object(check, json) else { return };
    value::object_of(check, members, FIELDS);
    value::require(check, members, &["Resource"]);
    only_resource(check, members, &RESOURCES);
}

pub(super) fn batcher<'j>(check: &mut Check<'j>, json: &'j Json) {
    const FIELDS: &[(&str, Shape)] = &[
        ("MaxItemsPerBatch", |check, json| {
            value::integer_or_expression(check, json, 1, u64::from(u32::MAX));
            expression::of(check, json, Wanted::Number);
        }),
        ("MaxItemsPerBatchPath", path),
        ("MaxInputBytesPerBatch", |check, json| {
            value::integer_or_expression(check, json, 1, 262_144);
            expression::of(check, json, Wanted::Number);
        }),
        ("MaxInputBytesPerBatchPath", path),
        ("BatchInput", paths::payload),
    ];
    let Some(members) = value::object(check, json) else { return };
    value::object_of(check, members, FIELDS);
    for name in ["MaxItemsPerBatch", "MaxInputBytesPerBatch"] {
        value::exclusive(check, members, &[name, &format!("{name}Path")]);
    }
    if !members.keys().any(|name| name.starts_with("Max")) {
        check.schema("one of 'MaxItemsPerBatch' and 'MaxInputBytesPerBatch' is required");
    }
}

pub(super) fn writer<'j>(check: &mut Check<'j>, json: &'j Json) {
    const FIELDS: &[(&str, Shape)] = &[
        ("Resource", value::non_empty),
        ("WriterConfig", writer_config),
        ("Parameters", arguments_of_path),
        ("Arguments", arguments),
    ];
    let Some(members) = value::object(check, json) else { return };
    if members.is_empty() {
        check.schema("Value cannot be empty");
    }
    value::object_of(check, members, FIELDS);
    only_resource(check, members, &[":states:::s3:putObject"]);
    let has_arguments = members.contains_key("Parameters") || members.contains_key("Arguments");
    if members.contains_key("Resource") != has_arguments {
        let language = check.language;
        let arguments = if language == Language::Jsonata { "Arguments" } else { "Parameters" };
        value::require(check, members, &["Resource", arguments]);
    }
}

fn reader_config<'j>(check: &mut Check<'j>, json: &'j Json) {
    const FIELDS: &[(&str, Shape)] = &[
        ("InputType", |check, json| {
            value::one_of(check, json, &["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"]);
        }),
        ("CSVHeaderLocation", |check, json| value::one_of(check, json, &["FIRST_ROW", "GIVEN"])),
        ("CSVHeaders", strings),
        ("CSVDelimiter", |check, json| {
            value::one_of(check, json, &["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"]);
        }),
        ("MaxItems", |check, json| {
            value::integer_or_expression(check, json, 0, 100_000_000);
            expression::of(check, json, Wanted::Number);
        }),
        ("MaxItemsPath", path),
        ("ItemsPointer", value::string),
        ("ManifestType", |check, json| value::one_of(check, json, &["ATHENA_DATA", "S3_INVENTORY"])),
        ("Transformation", |check, json| value::one_of(check, json, &["NONE", "LOAD_AND_FLATTEN"])),
    ];
    let Some(members) = value::object(check, json) else { return };
    value::object_of(check, members, FIELDS);
    value::exclusive(check, members, &["MaxItems", "MaxItemsPath"]);
    if members.get("CSVHeaderLocation") == Some(&Json::from("GIVEN")) {
        value::require(check, members, &["CSVHeaders"]);
    }
}

fn writer_config<'j>(check: &mut Check<'j>, json: &'j Json) {
    const FIELDS: &[(&str, Shape)] = &[
        ("Transformation", |check, json| value::one_of(check, json, &["NONE", "COMPACT", "FLATTEN"])),
        ("OutputType", |check, json| value::one_of(check, json, &["JSON", "JSONL"])),
    ];
    let Some(members) = value::object(check, json) else { return };
    value::object_of(check, members, FIELDS);
    value::require(check, members, &["OutputType"]);
}

fn strings<'j>(check: &mut Check<'j>, json: &'j Json) {
    for (index, item) in value::non_empty_array(check, json).into_iter().flatten().enumerate() {
        check.item(index, |check| value::string(check, item));
    }
}

fn path<'j>(check: &mut Check<'j>, json: &'j Json) {
    if check.language == Language::Jsonata {
        check.schema("a path is only supported for the 'JSONPath' QueryLanguage");
        return;
    }
    paths::single(check, json);
}

fn arguments<'j>(check: &mut Check<'j>, json: &'j Json) {
    if check.language == Language::JsonPath {
        check.schema(retry::other_language(Language::JsonPath, "Arguments"));
        return;
    }
    paths::expressions(check, json);
}

fn arguments_of_path<'j>(check: &mut Check<'j>, json: &'j Json) {
    if check.language == Language::Jsonata {
        check.schema(retry::other_language(Language::Jsonata, "Parameters"));
        return;
    }
    paths::payload(check, json);
}

fn only_resource(check: &mut Check<'_>, members: &IndexMap<String, Json>, ends: &[&str]) {
    let Some(Json::String(resource)) = members.get("Resource") else { return };
    let Some(resource) = resource.as_literal() else { return };
    if !ends.iter().any(|end| resource.ends_with(end)) {
        let known: Vec<_> = ends.iter().map(|end| format!("arn:aws{end}")).collect();
        let message = format!("The resource provided {} is not recognized", value::short(resource));
        check.schema(message).hint(format!("it is {}", known.join(" or ")));
    }
}

fn member<'j>(json: Option<&'j Json>, name: &str) -> Option<&'j Json> {
    match json {
        Some(Json::Object(members)) => members.get(name),
        _ => None,
    }
}
