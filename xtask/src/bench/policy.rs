//! How long the policy of a large definition takes.

use std::fs;
use std::process::Command;

use anyhow::Result;
use serde_json::{Map, Value as Json, json};

use super::Yard;
use super::clock::{median, milliseconds};

/// What `policy` must stay below for a definition of any kind.
const WANTED_MS: f64 = 100.0;
/// Nearly all that Step Functions takes.
const BYTES: usize = 1_040_000;

/// A kind of Task by its name and number: its resource and arguments.
type Kind = (&'static str, fn(usize) -> (String, Json));

/// A definition of a megabyte for each kind of Task, and for all of them in turn.
const KINDS: [Kind; 4] = [
    ("functions by ARN", |n| (format!("arn:aws:lambda:eu-west-1:123456789012:function:f{n}:7"), json!({}))),
    ("lambda:invoke", |n| {
        let function = format!("arn:aws:lambda:eu-west-1:123456789012:function:f{n}:7");
        ("arn:aws:states:::lambda:invoke".into(), json!({ "FunctionName": function, "Payload.$": "$" }))
    }),
    ("SDK, static", |n| {
        ("arn:aws:states:::aws-sdk:s3:getObject".into(), json!({ "Bucket": format!("b{n}"), "Key": "k" }))
    }),
    ("SDK, dynamic", |n| {
        ("arn:aws:states:::aws-sdk:dynamodb:query".into(), json!({ "TableName.$": format!("$.t{n}") }))
    }),
];

pub(super) fn measure(yard: &Yard) -> Result<Json> {
    let mut report = Map::new();
    let mixed = ("all of these", |n: usize| match KINDS.get(n % KINDS.len()) {
        Some((_, task)) => task(n),
        None => (String::new(), Json::Null),
    });
    let kinds = KINDS.iter().map(|(name, task)| (*name, *task)).chain([(mixed.0, mixed.1 as fn(usize) -> _)]);
    for (name, task) in kinds {
        let file = yard.out.join("policy.asl.json");
        fs::write(&file, definition(task))?;
        let took = milliseconds(median(|| {
            let mut command = Command::new(&yard.release);
            command.args(["policy", file.as_str()]);
            command
        })?);
        println!("{name:<18} {took:>6.1} ms  (wanted: below {WANTED_MS})");
        report.insert(format!("{name} ms"), took.into());
    }
    Ok(report.into())
}

fn definition(task: fn(usize) -> (String, Json)) -> String {
    let mut states = Map::new();
    let mut size = 0;
    for n in 0.. {
        let (resource, parameters) = task(n);
        let state = json!({ "Type": "Task", "Resource": resource, "Parameters": parameters, "Next": format!("S{}", n + 1) });
        size += state.to_string().len() + 12;
        if size > BYTES {
            states.insert(format!("S{n}"), json!({ "Type": "Succeed" }));
            break;
        }
        states.insert(format!("S{n}"), state);
    }
    json!({ "StartAt": "S0", "States": states }).to_string()
}
