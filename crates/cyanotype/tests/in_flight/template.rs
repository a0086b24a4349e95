//! What a template says, with numbers in the place of what it refers to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// What the references of a template stand for.
pub(crate) struct Names<'a> {
    /// The numbers of the stack's own resources, by logical ID.
    pub(crate) things: &'a BTreeMap<String, usize>,
    /// The values that other stacks hand over, by the argument of the function that reads them.
    pub(crate) elsewhere: &'a BTreeMap<String, Value>,
}

/// What a stack hands to others: the values by the argument of the function that reads them.
pub(crate) fn handed_over(stack: &str, template: &Value, names: &Names<'_>) -> BTreeMap<String, Value> {
    let outputs = template["Outputs"].as_object().into_iter().flatten();
    let argument = |(id, output): (&String, &Value)| {
        let argument = match &output["Export"]["Name"] {
            Value::Null => json!({ "OutputName": id, "StackName": stack }),
            name => name.clone(),
        };
        (argument.to_string(), resolve(&output["Value"], names))
    };
    outputs.map(argument).collect()
}

/// The exports of other stacks that a template imports, by the argument of `Fn::ImportValue`.
pub(crate) fn imports(value: &Value) -> BTreeSet<String> {
    arguments(value, "Fn::ImportValue")
}

/// The outputs of other stacks that a template reads, by the argument of `Fn::GetStackOutput`.
pub(crate) fn outputs_read(value: &Value) -> BTreeSet<String> {
    arguments(value, "Fn::GetStackOutput")
}

fn arguments(value: &Value, function: &str) -> BTreeSet<String> {
    match value {
        Value::Object(entries) => {
            let inner = entries.values().flat_map(|value| arguments(value, function));
            inner.chain(entries.get(function).map(Value::to_string)).collect()
        }
        Value::Array(items) => items.iter().flat_map(|item| arguments(item, function)).collect(),
        _ => BTreeSet::new(),
    }
}

/// Resources after those that they refer to.
pub(crate) fn in_order(resources: &Map<String, Value>) -> Vec<String> {
    let mut order: Vec<String> = vec![];
    while order.len() < resources.len() {
        let ready = resources.iter().find(|(id, declared)| {
            let missing = |other: &String| other != *id && !order.contains(other);
            !order.contains(id) && !resources.keys().filter(|o| missing(o)).any(|o| refers(declared, o))
        });
        order.push(ready.expect("a template without circles").0.clone());
    }
    order
}

fn refers(value: &Value, id: &str) -> bool {
    match value {
        Value::Object(entries) => entries.iter().any(|(key, value)| match (key.as_str(), value) {
            ("Ref", Value::String(to)) => to == id,
            ("Fn::GetAtt", Value::Array(to)) => to[0] == id,
            ("Fn::Sub", Value::String(text)) => {
                text.contains(&format!("${{{id}}}")) || text.contains(&format!("${{{id}."))
            }
            _ => refers(value, id),
        }),
        Value::Array(items) => items.iter().any(|item| refers(item, id)),
        _ => false,
    }
}

/// The value with numbers in the place of references.
pub(crate) fn resolve(value: &Value, names: &Names<'_>) -> Value {
    let Value::Object(entries) = value else {
        return match value {
            Value::Array(items) => items.iter().map(|item| resolve(item, names)).collect(),
            other => other.clone(),
        };
    };
    let entry = entries.iter().next().filter(|_| entries.len() == 1);
    match entry.map(|(key, value)| (key.as_str(), value)) {
        Some(("Ref", Value::String(to))) => {
            names.things.get(to).map_or(to.clone(), |n| format!("#{n}")).into()
        }
        Some(("Fn::GetAtt", Value::Array(to))) => {
            let (id, attribute) = (to[0].as_str().unwrap(), to[1].as_str().unwrap());
            format!("#{}.{attribute}", names.things[id]).into()
        }
        Some(("Fn::GetStackOutput" | "Fn::ImportValue", _)) => {
            names.elsewhere[&entries.values().next().unwrap().to_string()].clone()
        }
        Some(("Fn::Sub", Value::String(text))) => substitute(text, |name| {
            let (id, attribute) = name.split_once('.').unwrap_or((name, ""));
            names.things.get(id).map(|n| format!("#{n}.{attribute}"))
        }),
        Some(("Fn::Sub", Value::Array(parts))) => substitute(parts[0].as_str().unwrap(), |name| {
            let value = resolve(parts[1].get(name)?, names);
            value.as_str().map(str::to_owned)
        }),
        _ => {
            // A property that has no value is not there.
            let given = entries.iter().filter(|(_, value)| value["Ref"] != "AWS::NoValue");
            given.map(|(key, value)| (key.clone(), resolve(value, names))).collect()
        }
    }
}

fn substitute(text: &str, value: impl Fn(&str) -> Option<String>) -> Value {
    let mut parts = text.split("${");
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap();
        out += &value(name).unwrap_or_else(|| format!("${{{name}}}"));
        out += rest;
    }
    out.into()
}
