//! The race against `asl-validator`, on the definitions of the golden data.

use std::env;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use camino::Utf8PathBuf;
use serde_json::{Value as Json, json};

use super::Yard;
use crate::tools::Tools;

/// How often ours is measured, after once to warm up; the median counts. Theirs takes about a minute, and is measured once.
const ROUNDS: usize = 5;
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
    let ours = median(ROUNDS, || {
        let mut command = Command::new(&yard.release);
        command.args(["lint", "--format", "json"]).args(&files);
        command
    })?;
    let tools = Tools::ready(&yard.workspace)?;
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
    let alone = median(ROUNDS, || {
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

fn median(rounds: usize, command: impl Fn() -> Command) -> Result<Duration> {
    time(&mut command())?;
    let times: Result<Vec<_>> = (0..rounds).map(|_| time(&mut command())).collect();
    let mut times = times?;
    times.sort();
    times.get(rounds / 2).copied().context("no round was run")
}

/// Each fails where a definition is wrong, as many of these are: ours with 1, theirs with 2.
fn time(command: &mut Command) -> Result<Duration> {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    ensure!(matches!(status.code(), Some(0..=2)), "{status}");
    Ok(start.elapsed())
}

fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e4).round() / 10.0
}
