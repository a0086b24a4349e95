//! What only one type of state machine can do.

use crate::{Code, Definition, Finding, State, TaskState, Text, validate::Kind};

pub(super) fn check(definition: &Definition, kind: Kind, findings: &mut Vec<Finding>) {
    if kind == Kind::Standard {
        return;
    }
    for (name, state) in &definition.states {
        if let State::Task(TaskState { resource, .. }) = state
            && let Some(pattern) = needs_standard(resource)
        {
            let message = format!("Express state machine does not support {pattern}");
            let finding = Finding::state(Code::SchemaValidationFailed, name, "Resource", message);
            findings.push(finding.hint("make it a Standard state machine"));
        }
    }
}

fn needs_standard(resource: &Text) -> Option<&'static str> {
    let arn = resource.as_literal()?;
    match arn.rsplit_once('.').map(|(_, pattern)| pattern) {
        Some("waitForTaskToken") => Some("'.waitForTaskToken' service integration"),
        Some("sync" | "sync:2") => Some("'.sync' service integration"),
        _ => arn.contains(":activity:").then_some("Activity ARN"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Transition, validate::test};

    #[track_caller]
    fn check(resource: &str, expected: &[&str]) {
        let task = TaskState::new(resource, Transition::End);
        let definition = test::definition([("A", task.into())]);
        test::check_kind(&definition, Kind::Standard, &[]);
        test::check_kind(&definition, Kind::Express, expected);
    }

    #[test]
    fn express_waits_for_nothing() {
        check("arn:aws:states:::lambda:invoke", &[]);
        check(
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            &[
                "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.waitForTaskToken' service integration at /States/A/Resource",
            ],
        );
        check(
            "arn:aws:states:::states:startExecution.sync:2",
            &[
                "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.sync' service integration at /States/A/Resource",
            ],
        );
        check(
            "arn:aws:states:eu-west-1:123456789012:activity:Ask",
            &[
                "SCHEMA_VALIDATION_FAILED: Express state machine does not support Activity ARN at /States/A/Resource",
            ],
        );
    }
}
