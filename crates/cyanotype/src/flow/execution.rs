//! What a Task yields that called another machine.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An execution of another state machine that has succeeded: what a Task yields that calls a
/// [`StateMachineVersion`](crate::step_functions::StateMachineVersion).
///
/// A nested execution that does not succeed fails the Task instead, with `States.TaskFailed`, so that its
/// [`catch`](super::Work::catch) sees it. AWS gives a few fields more than these, such as when the execution started;
/// whoever needs them takes the data at its word with [`assume`](super::Work::assume).
///
/// ```
/// use cyanotype::prelude::*;
///
/// # let child: StateMachineVersion<String, u32> =
/// #     StateMachineVersion::import("arn:aws:states:eu-west-1:123456789012:stateMachine:count:7")?;
/// let parent: Machine<String, u32> = machine(|m| {
///     m.task("Count", &child).select(path!(Execution<u32> => output)).then(m.end())
/// });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-nested-workflows.html>, and for the fields
/// <https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html>
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Execution<O> {
    /// What the nested machine yielded.
    pub output: O,
    /// The execution's ARN.
    pub execution_arn: String,
    /// The execution's name, which is the last part of its ARN.
    pub name: String,
    /// The nested machine's ARN.
    pub state_machine_arn: String,
    /// How it ended: `SUCCEEDED`, since any other end fails the Task.
    pub status: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_execution_is_read_as_aws_writes_it() {
        let written = serde_json::json!({
            "ExecutionArn": "arn:aws:states:us-east-1:111111111111:execution:nested:one",
            "Input": {},
            "InputDetails": { "Included": true },
            "Name": "one",
            "Output": { "Arg1": "argument1" },
            "OutputDetails": { "Included": true },
            "RedriveCount": 0,
            "RedriveStatus": "NOT_REDRIVABLE",
            "StartDate": "start-date",
            "StateMachineArn": "arn:aws:states:us-east-1:111111111111:stateMachine:nested",
            "Status": "SUCCEEDED",
            "StopDate": "stop-date",
        });
        let read: Result<Execution<serde_json::Value>, _> = serde_json::from_value(written);
        let output = read.map(|execution| execution.output).map_err(|error| error.to_string());
        assert_eq!(output, Ok(serde_json::json!({ "Arg1": "argument1" })));
    }
}
