//! The race against `asl-validator`, on the definitions of the golden data.

use std::env;
use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result};
use camino::Utf8PathBuf;
use serde_json::{Value as Json, json};

use super::Yard;
use super::clock::{median, milliseconds, time};
use crate::tools::Tools;

const FOLDERS: [&str; 3] = ["asl-valid", "asl-invalid", "asl-real"];
/// States of a definition of about a megabyte.
const STATES: usize = 4_600;

/// Lints all definitions with ours and theirs, and one large definition with ours.
pub(super) fn race(yard: &Yard) -> Result<Json> {
    let golden = env::var("CYANOTYPE_GOLDEN").context("`CYANOTYPE_GOLDEN` says where the definitions are")?;
    let mut files = vec![];
    for folder in FOLDERS {
        for entry in Utf8PathBuf::from(&golden).join(folder).read_dir_utf8()? {
            let path = entry?.into_path();
            let is_definition = !matches!(path.file_name(), Some("INDEX.json" | "EXPECTED.json"));
            if path.extension() == Some("json") && is_definition {
                files.push(path);
            }
        }
    }
    files.sort();
    let ours = median(|| {
        let mut command = Command::new(&yard.release);
        command.args(["lint", "--format", "json"]).args(&files);
        command
    })?;
    let tools = Tools::ready(&yard.workspace)?;
    // Theirs takes about a minute, and is measured once.
    let theirs = time(&mut {
        let mut command = tools.npm("asl-validator");
        for file in &files {
            command.args(["--json-path", file.as_str()]);
        }
        command
    })?;
    let times = theirs.as_secs_f64() / ours.as_secs_f64();
    println!("{} definitions: {ours:.1?}, asl-validator {theirs:.1?}: {times:.0} times", files.len());

    let large = yard.out.join("large.asl.json");
    fs::write(&large, definition(STATES))?;
    let bytes = fs::metadata(&large)?.len();
    let alone = median(|| {
        let mut command = Command::new(&yard.release);
        command.args(["lint", large.as_str()]);
        command
    })?;
    println!("one definition of {bytes} bytes: {alone:.1?}");
    Ok(json!({
        "definitions": files.len(),
        "ms": milliseconds(ours),
        "asl-validator ms": milliseconds(theirs),
        "times": times.round(),
        "large definition bytes": bytes,
        "large definition ms": milliseconds(alone),
    }))
}

/// A chain of Tasks with something to look at in each.
fn definition(states: usize) -> String {
    let state = |n: usize| {
        format!(
            r#""State{n}": {{ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {{ "Payload.$": "$.a.b[0]" }}, "ResultPath": "$.r{n}", "TimeoutSeconds": 60, "Retry": [{{ "ErrorEquals": ["States.ALL"] }}], "Next": "State{}" }}"#,
            n + 1
        )
    };
    let all: Vec<_> = (0..states).map(state).collect();
    format!(
        r#"{{ "StartAt": "State0", "States": {{ {}, "State{states}": {{ "Type": "Succeed" }} }} }}"#,
        all.join(",")
    )
}
