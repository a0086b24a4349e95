//! The templates of the last day, whole, and what each day changes.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use cyanotype::{Context, prelude::SynthOptions};

/// A file of the assembly of a day, with one stack or two.
fn file(day: u8, together: bool, file: &str) -> String {
    let pairs = [("day", day.to_string()), ("together", together.to_string())];
    let mut context = Context::new(pairs.map(|(key, value)| (key.to_owned(), value)));
    let app = two_stacks_infra::app(&mut context).unwrap();
    let synthesis = app.synth(&SynthOptions::default());
    assert_eq!(synthesis.diagnostics(), []);
    synthesis.assembly().unwrap().text(file).unwrap().to_owned()
}

#[test]
fn the_templates() {
    for name in ["Library.template.json", "Desk.template.json"] {
        insta::assert_snapshot!(name, file(5, false, name));
    }
    insta::assert_snapshot!("together.template.json", file(5, true, "Desk.template.json"));
}

/// The days on which a template is another one than the day before.
#[track_caller]
fn changes(together: bool, name: &str, expected: &[u8]) {
    let changed = |day: &u8| file(*day, together, name) != file(day - 1, together, name);
    assert_eq!((2..=5).filter(changed).collect::<Vec<_>>(), expected, "{name}");
}

#[test]
fn the_stack_that_calls_changes_when_there_is_another_version() {
    changes(false, "Library.template.json", &[2, 4, 5]);
    changes(false, "Desk.template.json", &[2, 5]);
    changes(true, "Desk.template.json", &[2, 4, 5]);
}
