//! The table of resource types: a line for each, as `cyanotype_cfn::facts` reads it.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value as Json;

/// What a schema lists, and the mark that stands for it.
const LISTS: [(&str, char); 4] = [
    ("createOnlyProperties", '='),
    ("conditionalCreateOnlyProperties", '~'),
    ("readOnlyProperties", '<'),
    ("primaryIdentifier", '^'),
];

/// Whose outputs are attributes, which the schema does not say.
const STACK: &str = "AWS::CloudFormation::Stack";

/// The whole table.
pub(super) fn table(types: &BTreeMap<String, Json>) -> Result<String> {
    let mut lines = vec![];
    for (name, schema) in types.iter().filter(|(_, schema)| is_closed(schema)) {
        lines.push(line(name, schema).with_context(|| format!("in the schema of {name}"))?);
    }
    lines.sort_unstable();
    ensure!(lines.len() > 1_000, "there are {} types, and there must be more", lines.len());
    Ok(lines.concat())
}

/// Whether the schema names all properties. A custom resource has whatever its function takes.
fn is_closed(schema: &Json) -> bool {
    schema["additionalProperties"] == false && schema.get("patternProperties").is_none()
}

fn line(name: &str, schema: &Json) -> Result<String> {
    let mut marks: BTreeMap<String, String> = BTreeMap::new();
    let properties = schema["properties"].as_object().context("no properties")?;
    marks.extend(properties.keys().map(|name| (name.clone(), String::new())));
    for property in texts(&schema["required"]) {
        mark(&mut marks, property, '!');
    }
    for (list, sign) in LISTS {
        for pointer in texts(&schema[list]) {
            mark(&mut marks, &path(pointer)?, sign);
        }
    }
    // Tags that stand deeper belong to something that the resource makes.
    if let Some(tags) = schema["tagging"]["tagProperty"].as_str().map(path).transpose()?
        && properties.contains_key(&tags)
    {
        mark(&mut marks, &tags, '#');
    }
    if name == STACK {
        mark(&mut marks, "Outputs", '<');
    }
    let mut line = name.strip_prefix("AWS::").context("no type of AWS")?.to_owned();
    for (path, marks) in marks {
        let plain =
            path.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'*' | b'-' | b'_' | b':'));
        ensure!(plain, "`{path}` would not be told from its marks");
        line += &format!(" {path}{marks}");
    }
    line.push('\n');
    Ok(line)
}

fn mark(marks: &mut BTreeMap<String, String>, path: &str, sign: char) {
    let marks = marks.entry(path.to_owned()).or_default();
    if !marks.contains(sign) {
        marks.push(sign);
    }
}

fn texts(list: &Json) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Json::as_str)
}

/// `/properties/Endpoint/Address` as `Endpoint.Address`. Some pointers go by way of the schema's own words.
fn path(pointer: &str) -> Result<String> {
    let path = pointer.strip_prefix("/properties/").with_context(|| format!("`{pointer}` is no property"))?;
    let words = path.split('/').filter(|word| *word != "properties");
    let words = words.map(|word| if word == "items" { "*" } else { word });
    Ok(words.collect::<Vec<_>>().join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(schema: &Json, expected: &str) {
        assert_eq!(line("AWS::A::B", schema).unwrap(), format!("A::B{expected}\n"));
    }

    #[test]
    fn a_line_has_each_property_once_with_all_its_marks() {
        let schema = serde_json::json!({
            "properties": { "Name": {}, "Arn": {}, "Labels": {} },
            "required": ["Name"],
            "createOnlyProperties": ["/properties/Name", "/properties/Name"],
            "readOnlyProperties": ["/properties/Arn", "/properties/End/properties/Port"],
            "primaryIdentifier": ["/properties/Name"],
            "tagging": { "tagProperty": "/properties/Labels" },
        });
        check(&schema, " Arn< End.Port< Labels# Name!=^");
    }

    #[test]
    fn tags_of_what_a_resource_makes_are_not_its_own() {
        let schema = serde_json::json!({
            "properties": { "Specifications": {} },
            "tagging": { "tagProperty": "/properties/Specifications/*/Tags" },
        });
        check(&schema, " Specifications");
    }
}
