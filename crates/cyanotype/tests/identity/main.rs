//! What makes a version, a role, a function or a machine another one, and what does not.
#![allow(clippy::panic, reason = "a test fails by it")]

#[path = "../common/mod.rs"]
mod common;
mod create_only;
mod days;
mod directories;
mod properties;
mod references;
mod stamp;

use common::*;
use cyanotype::prelude::*;

/// The template of a published `Hello`; its version's ID and its description's stamp are one fingerprint.
#[track_caller]
fn published_with(
    props: FunctionProps,
    edit: impl FnOnce(&Stack, &Fun),
    options: &SynthOptions,
) -> (Json, String) {
    let app = shop(|stack| {
        let hello = Function::new(stack, "Hello", props);
        hello.publish();
        edit(stack, &hello);
    });
    let template = template_of(&app, "Shop", options);
    let version = id(&template, "HelloVersion");
    let fingerprint = version.trim_start_matches("HelloVersion").to_owned();
    assert_eq!(fingerprint.len(), 12, "{version}");
    let description = property(&template, "Hello", "Description");
    let description = description.as_str().unwrap_or_default();
    assert!(description.ends_with(&format!("[cyanotype:{fingerprint}]")), "{version}: {description}");
    (template, fingerprint)
}

#[track_caller]
fn published(props: FunctionProps, edit: impl FnOnce(&Stack, &Fun)) -> (Json, String) {
    published_with(props, edit, &SynthOptions::default())
}

/// Changes a function's properties, and compares what has moved.
#[track_caller]
fn check(before: FunctionProps, after: FunctionProps, expected: &[&str]) {
    let (before, after) = (published(before, |_, _| ()), published(after, |_, _| ()));
    let moved = moved(&before.0, &after.0);
    assert_eq!(moved.into_iter().collect::<Vec<_>>(), expected);
}

/// Does something to a stack with a published function, and compares what has moved.
#[track_caller]
fn check_edit(edit: impl FnOnce(&Stack, &Fun), expected: &[&str]) {
    let (before, after) = (published(props!(), |_, _| ()), published(props!(), edit));
    assert_eq!(moved(&before.0, &after.0).into_iter().collect::<Vec<_>>(), expected);
}

const VERSION: &[&str] = &["HelloVersion"];
const NOTHING: &[&str] = &[];

fn with(runtime: Runtime, handler: &str, code: impl Into<Code>) -> FunctionProps {
    FunctionProps::builder().runtime(runtime).handler(handler).code(code).build()
}
