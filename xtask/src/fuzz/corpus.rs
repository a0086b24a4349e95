//! What a fuzz target begins with: the seeds of this repository, and the texts of the golden data if there is any.

use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::env;
use std::fs;
use std::hash::{Hash as _, Hasher as _};

use anyhow::{Context as _, Result};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value as Json;

/// Longer texts make every execution slow, and have nothing that shorter ones have not.
const MAX_BYTES: usize = 16 << 10;

/// Puts all seeds of a target into its corpus, and says how many there are. What earlier runs left there stays.
pub(crate) fn fill(target: &str, corpus: &Utf8Path, seeds: &Utf8Path) -> Result<usize> {
    fs::create_dir_all(corpus).with_context(|| format!("cannot make {corpus}"))?;
    let mut texts = BTreeSet::new();
    for entry in seeds.read_dir_utf8().with_context(|| format!("cannot read {seeds}"))? {
        texts.insert(fs::read_to_string(entry?.path())?);
    }
    if let Ok(golden) = env::var("CYANOTYPE_GOLDEN") {
        for file in json_files(&Utf8PathBuf::from(golden))? {
            // One of the suites has definitions that are no JSON, which are texts as well.
            let text = fs::read_to_string(&file).with_context(|| format!("cannot read {file}"))?;
            let json = serde_json::from_str(&text).unwrap_or(Json::String(text));
            collect(target, json, &mut texts);
        }
    }
    for text in texts.iter().filter(|text| text.len() <= MAX_BYTES) {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        fs::write(corpus.join(format!("seed-{:016x}", hasher.finish())), text)?;
    }
    Ok(texts.len())
}

/// All files of JSON below a directory, whatever says how they came about left out.
fn json_files(root: &Utf8Path) -> Result<Vec<Utf8PathBuf>> {
    let mut files = vec![];
    let mut todo = vec![root.to_owned()];
    while let Some(directory) = todo.pop() {
        for entry in directory.read_dir_utf8().with_context(|| format!("cannot read {directory}"))? {
            let path = entry?.into_path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension() == Some("json") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The texts in a value that a target reads.
fn collect(target: &str, json: Json, texts: &mut BTreeSet<String>) {
    let wants_definitions = matches!(target, "document" | "validate");
    let mut todo = vec![json];
    while let Some(json) = todo.pop() {
        match json {
            Json::String(text) if wants_definitions && is_definition(&text) => drop(texts.insert(text)),
            Json::String(_) if wants_definitions => {}
            // A definition may be written as a text within JSON.
            Json::String(text) => match serde_json::from_str(&text) {
                Ok(inner @ (Json::Object(_) | Json::Array(_))) => todo.push(inner),
                _ => texts.extend(wanted(target, &text).map(str::to_owned)),
            },
            Json::Array(items) => todo.extend(items),
            Json::Object(members) => {
                if wants_definitions && members.contains_key("States") {
                    texts.insert(Json::Object(members).to_string());
                    continue;
                }
                // Only the reference's own suite has expressions without marks around them.
                if let (Some(Json::String(expression)), "jsonata") = (members.get("expr"), target) {
                    texts.insert(expression.clone());
                }
                todo.extend(members.into_iter().map(|(_, value)| value));
            }
            _ => {}
        }
    }
}

fn is_definition(text: &str) -> bool {
    text.trim_start().starts_with('{') && text.contains("States")
}

/// What of a text a target reads, if it looks like it.
fn wanted<'t>(target: &str, text: &'t str) -> Option<&'t str> {
    match target {
        "json_path" => text.starts_with('$').then_some(text),
        "intrinsic" => text.starts_with("States.").then_some(text),
        "jsonata" => text.strip_prefix("{%")?.strip_suffix("%}"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(target: &str, expected: &[&str]) {
        let definition = json!({
            "StartAt": "A",
            "States": { "A": { "Type": "Pass", "InputPath": "$.a", "Parameters": { "b.$": "States.UUID()" } } },
            "Comment": "{% 1 %}",
        });
        let mut texts = BTreeSet::new();
        collect(target, json!({ "definition": definition.to_string(), "expr": "2" }), &mut texts);
        assert_eq!(texts.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn each_target_gets_what_it_reads() {
        check("json_path", &["$.a"]);
        check("intrinsic", &["States.UUID()"]);
        check("jsonata", &[" 1 ", "2"]);
        let mut texts = BTreeSet::new();
        collect("document", json!([{ "definition": { "States": {} } }]), &mut texts);
        assert_eq!(texts.into_iter().collect::<Vec<_>>(), [r#"{"States":{}}"#]);
    }
}
