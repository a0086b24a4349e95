//! Mistakes: the whole of what is said, all of it at once, and no assembly.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

#[path = "../common/mod.rs"]
mod common;
mod conditions;
mod functions;
mod machines;
mod properties;
mod stacks;
mod statements;

use std::panic::Location;

use common::*;
use cyanotype::prelude::*;

/// The diagnostics as a person reads them, with the lines of the caller's file taken out.
#[track_caller]
fn said(app: &App) -> Vec<String> {
    let here = format!("{}:", Location::caller().file());
    let synthesis = synth(app);
    let lines = synthesis.diagnostics().iter().map(|diagnostic| {
        let text = diagnostic.to_string();
        let mut parts = text.split(&here);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for after in parts {
            out += &format!("{here}LINE{}", after.trim_start_matches(|c: char| c.is_ascii_digit()));
        }
        out
    });
    lines.collect()
}

/// Asserts the whole text of the only diagnostic; `HERE` stands for the caller's file and the line.
#[track_caller]
fn check<T>(define: impl FnOnce(&Stack) -> T, expected: &str) {
    let app = shop(|stack| {
        // CloudFormation takes no empty stack.
        stack.resource("Topic", "AWS::SNS::Topic", tree!({}));
        define(stack);
    });
    assert!(synth(&app).assembly().is_none());
    let expected = expected.replace("HERE", &format!("{}:LINE", Location::caller().file()));
    assert_eq!(said(&app), [expected]);
}

#[test]
fn all_mistakes_are_reported_in_a_stable_order() {
    let make = || {
        shop(|stack| {
            Fun::new(stack, "Hello", props!(timeout(seconds(0)), memory_mib(1u32)));
            let other = function(stack, "Other");
            other.allow(Statement::allow(["s3:GetObject"]));
            other.raw("Handler", "x", VersionLocked::Yes);
            stack.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": { "Ref": "X" } }));
            stack.resource("Queue", "AWS::SQS::Queue", tree!({}));
            stack.resource("Code", "AWS::SNS::Topic", "x");
        })
    };
    let found = said(&make());
    assert_eq!(found.len(), 7, "{found:#?}");
    let lines: Vec<_> = synth(&make()).diagnostics().iter().map(|d| d.source().unwrap().line()).collect();
    assert!(lines.is_sorted(), "{lines:?}");
    assert_eq!(found, said(&make()));
}
