//! Times.

use std::ops::RangeInclusive;

use crate::{Code, Definition, Finding, State};

const MAX: u32 = 99_999_999;

/// What a `TimeoutSeconds` can be.
pub const TIMEOUT_SECONDS: RangeInclusive<u32> = 1..=MAX;

pub(super) fn check(definition: &Definition, findings: &mut Vec<Finding>) {
    if let Some(message) = definition.timeout_seconds.and_then(|s| out_of(&TIMEOUT_SECONDS, s)) {
        findings.push(Finding::machine(Code::SchemaValidationFailed, "/TimeoutSeconds", message));
    }
    for (name, state) in &definition.states {
        let (field, range, seconds) = match state {
            State::Task(task) => ("TimeoutSeconds", TIMEOUT_SECONDS, task.timeout_seconds),
            State::Wait(wait) => ("Seconds", 0..=MAX, Some(wait.seconds)),
            _ => continue,
        };
        if let Some(message) = seconds.and_then(|s| out_of(&range, s)) {
            findings.push(Finding::state(Code::SchemaValidationFailed, name, field, message));
        }
    }
}

fn out_of(range: &RangeInclusive<u32>, seconds: u32) -> Option<String> {
    (!range.contains(&seconds))
        .then(|| format!("{} to {} seconds are possible, and this is {seconds}", range.start(), range.end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{TaskState, Transition, WaitState, validate::test};

    #[track_caller]
    fn check_wait(seconds: u32, expected: &[&str]) {
        test::check(&test::definition([("A", WaitState::new(seconds, Transition::End).into())]), expected);
    }

    #[track_caller]
    fn check_timeouts(seconds: u32, expected: &[&str]) {
        let mut task = TaskState::new("arn", Transition::End);
        task.timeout_seconds = Some(seconds);
        let mut definition = test::definition([("A", task.into())]);
        definition.timeout_seconds = Some(seconds);
        test::check(&definition, expected);
    }

    #[test]
    fn a_wait_may_take_no_time() {
        check_wait(0, &[]);
        check_wait(MAX, &[]);
        let expected = "0 to 99999999 seconds are possible, and this is 100000000 at /States/A/Seconds";
        check_wait(MAX + 1, &[&format!("SCHEMA_VALIDATION_FAILED: {expected}")]);
    }

    #[test]
    fn a_timeout_leaves_a_second_at_least() {
        check_timeouts(1, &[]);
        check_timeouts(MAX, &[]);
        let expected = "SCHEMA_VALIDATION_FAILED: 1 to 99999999 seconds are possible, and this is 0 at";
        check_timeouts(
            0,
            &[&format!("{expected} /TimeoutSeconds"), &format!("{expected} /States/A/TimeoutSeconds")],
        );
    }
}
