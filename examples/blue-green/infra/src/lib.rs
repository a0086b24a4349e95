//! A blue/green deployment of a state machine, in three days.
//!
//! - Day 1: wait, then ask `hello`, which answers `Approved`.
//! - Day 2: ask `hello` at once; it answers `ThumbsUp` now.
//! - Day 3: `hello` has left the app, and another function is asked.
//!
//! An execution that waits while days 2 and 3 are deployed wakes up in the machine of day 1, with the role of day 1,
//! and asks the `hello` of day 1. An application has one day, today, and git has the others.

mod day;
mod day1;
mod day2;
mod day3;

use cyanotype::prelude::*;

pub use day::Day;

/// The app. `-c day=1|2|3` says which day it is (2), `-c wait=SECONDS` how long day 1 waits (300), and
/// `-c exact=true` that the machine may call the versions that it names alone (false).
pub fn app(cx: &mut Context) -> anyhow::Result<App> {
    let day = cx.get("day", Day::Two);
    let wait = cx.get("wait", 300);
    let props = StateMachineProps::builder().exact_rights(cx.get("exact", false)).build();

    let app = App::new();
    let stack = app.stack("BlueGreen").description("Executions in flight survive every deploy");
    match day {
        Day::One => day1::define(&stack, seconds(wait), props),
        Day::Two => day2::define(&stack, props),
        Day::Three => day3::define(&stack, props),
    }
    Ok(app)
}
