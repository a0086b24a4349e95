//! Reading a JSON schema as far as a path through data needs it.

use cyanotype_asl::PathStep;
use serde_json::Value;

/// One of the forms that data can have: the schemas that apply to it together.
pub(super) type Arm<'a> = Vec<&'a Value>;

/// The schema of open data.
static ANYTHING: Value = Value::Bool(true);

/// Where a type has more forms than this, all that is said of it is that it is open.
const MAX_ARMS: usize = 4_096;

/// The forms of what a schema describes: one for each combination of its alternatives.
pub(super) fn arms<'a>(root: &'a Value, at: &'a Value) -> Vec<Arm<'a>> {
    expand(root, at, &mut vec![])
}

fn expand<'a>(root: &'a Value, at: &'a Value, within: &mut Vec<&'a Value>) -> Vec<Arm<'a>> {
    // What refers to itself says nothing new the second time.
    if within.iter().any(|outer| std::ptr::eq(*outer, at)) {
        return vec![vec![]];
    }
    within.push(at);
    let mut arms = vec![vec![at]];
    let reference = at.get("$ref").and_then(Value::as_str);
    if let Some(to) = reference.and_then(|r| root.pointer(r.trim_start_matches('#'))) {
        arms = product(arms, expand(root, to, within));
    }
    for all in at.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        arms = product(arms, expand(root, all, within));
    }
    for one in ["oneOf", "anyOf"].iter().filter_map(|key| at.get(key)?.as_array()) {
        arms = product(arms, one.iter().flat_map(|one| expand(root, one, within)).collect());
    }
    within.pop();
    arms
}

fn product<'a>(left: Vec<Arm<'a>>, right: Vec<Arm<'a>>) -> Vec<Arm<'a>> {
    if left.len().saturating_mul(right.len()) > MAX_ARMS {
        return vec![vec![&ANYTHING]];
    }
    left.iter().flat_map(|l| right.iter().map(|r| l.iter().chain(r).copied().collect())).collect()
}

/// The names that an object of this form has.
pub(super) fn members<'a>(arm: &Arm<'a>) -> impl Iterator<Item = &'a str> {
    arm.iter()
        .filter_map(|schema| schema.get("properties")?.as_object())
        .flat_map(|p| p.keys())
        .map(String::as_str)
}

/// Whether an object of this form can have members that the schema does not name.
pub(super) fn is_open(arm: &Arm<'_>) -> bool {
    let takes_more = |schema: &&Value| schema.get("additionalProperties").is_some_and(|more| *more != false);
    let is_closed = |schema: &&Value| {
        ["properties", "enum", "const", "prefixItems"].iter().any(|key| schema.get(key).is_some())
            || own_types(schema).is_some_and(|types| !types.contains(&"object"))
    };
    arm.iter().any(takes_more) || !arm.iter().any(is_closed)
}

/// What is there after a step, in this form.
pub(super) fn inside<'a>(arm: &Arm<'a>, step: &PathStep) -> impl Iterator<Item = &'a Value> {
    let found: Vec<_> = arm
        .iter()
        .filter_map(|schema| match step {
            PathStep::Field(name) => schema.get("properties")?.get(name),
            PathStep::Index(index) => schema.get("prefixItems")?.get(index),
        })
        .collect();
    let any = (found.is_empty() && matches!(step, PathStep::Field(_)) && is_open(arm)).then(|| {
        arm.iter()
            .find_map(|schema| schema.get("additionalProperties").filter(|m| **m != false))
            .unwrap_or(&ANYTHING)
    });
    found.into_iter().chain(any)
}

/// Whether there is something after the step in all data of this form. Open data is taken at its word.
pub(super) fn requires(arm: &Arm<'_>, step: &PathStep) -> bool {
    match step {
        PathStep::Index(_) => inside(arm, step).next().is_some(),
        PathStep::Field(name) => {
            let names_it = members(arm).any(|member| member == name);
            let mut required = arm.iter().filter_map(|schema| schema.get("required")?.as_array()).flatten();
            (!names_it && is_open(arm)) || required.any(|required| required == name)
        }
    }
}

/// Whether null has this form, perhaps among other values.
pub(super) fn allows_null(arm: &Arm<'_>) -> bool {
    arm.iter().any(|schema| own_types(schema).is_some_and(|types| types.contains(&"null")))
}

/// Whether only null has this form.
pub(super) fn is_null(arm: &Arm<'_>) -> bool {
    arm.iter().any(|schema| own_types(schema).is_some_and(|types| types == ["null"]))
}

pub(super) fn is_timestamp(arm: &Arm<'_>) -> bool {
    arm.iter().any(|schema| schema.get("format").is_some_and(|format| format == "date-time"))
}

/// All values, when each form has a closed set of them.
pub(super) fn values(arms: &[Arm<'_>]) -> Option<Vec<Value>> {
    let mut all = vec![];
    for arm in arms {
        let values = arm.iter().find_map(|schema| match (schema.get("enum"), schema.get("const")) {
            (Some(Value::Array(values)), _) => Some(values.clone()),
            (_, Some(value)) => Some(vec![value.clone()]),
            _ => None,
        });
        // Null is a matter of its own: `.is_null()` asks for it.
        let new = values?.into_iter().filter(|value| !value.is_null() && !all.contains(value));
        all.append(&mut new.collect());
    }
    (!all.is_empty()).then_some(all)
}

/// All JSON types, when each form says its own. An integer is a number.
pub(super) fn types(arms: &[Arm<'_>]) -> Option<Vec<&'static str>> {
    let mut all = vec![];
    for arm in arms {
        for name in arm.iter().find_map(|schema| own_types(schema))? {
            let name = match name {
                "integer" | "number" => "number",
                "string" => "string",
                "boolean" => "boolean",
                "array" => "array",
                "object" => "object",
                _ => continue,
            };
            if !all.contains(&name) {
                all.push(name);
            }
        }
    }
    (!all.is_empty()).then_some(all)
}

fn own_types(schema: &Value) -> Option<Vec<&str>> {
    match schema.get("type")? {
        Value::String(name) => Some(vec![name]),
        Value::Array(names) => Some(names.iter().filter_map(Value::as_str).collect()),
        _ => None,
    }
}
