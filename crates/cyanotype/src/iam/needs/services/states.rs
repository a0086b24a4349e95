//! Executions of other machines.

use cyanotype_asl::Text;

use super::super::{
    arguments::Argument,
    arn,
    task::Task,
    text::{concat, split, strip_prefix},
};

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html>
const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html";

pub(super) fn start(task: &mut Task<'_, '_>, sync: bool) {
    let (machine, executions) = match task.arguments.get("StateMachineArn") {
        Argument::Static(text) => {
            let machine = without_qualifier(text);
            (machine.clone(), executions(&machine))
        }
        Argument::Dynamic | Argument::Absent => {
            let any = arn::own("states", "stateMachine:*");
            task.wide("states:StartExecution", "any state machine", "StateMachineArn", &any);
            (any, Some(arn::own("states", "execution:*")))
        }
    };
    task.need(["states:StartExecution"], [machine], "starts the machine", PAGE);
    if !sync {
        return;
    }
    let executions = executions.unwrap_or_else(|| {
        let any = arn::own("states", "execution:*");
        let what = "executions of any state machine";
        task.wide("states:DescribeExecution", what, "StateMachineArn", &any);
        any
    });
    let actions = ["states:DescribeExecution", "states:StopExecution"];
    task.need(actions, [executions], "follows the execution, and stops it when it is stopped itself", PAGE);
    task.listen("StepFunctionsGetEventsForStepFunctionsExecutionRule", PAGE);
}

/// The machine of a version or alias: IAM looks at its ARN also when one of these is started.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html>
pub(in super::super) fn without_qualifier(machine: &Text) -> Text {
    let parts = split(machine, ":", 8);
    match parts.as_slice() {
        [a, b, c, d, e, f, name, _qualifier] => {
            let colon = || Text::from(":");
            let parts = [a, b, c, d, e, f].into_iter().flat_map(|part| [part.clone(), colon()]);
            parts.chain([name.clone()]).flatten().collect()
        }
        _ => machine.clone(),
    }
}

/// The executions of a machine whose ARN is written out.
fn executions(machine: &Text) -> Option<Text> {
    let parts = split(machine, ":", 6);
    let [a, partition, service, region, account, rest] = parts.as_slice() else { return None };
    let name = strip_prefix(rest, "stateMachine:")?;
    let colon = || Text::from(":");
    let head = [a, partition, service, region, account].into_iter().flat_map(|part| [part.clone(), colon()]);
    Some(concat([head.flatten().collect(), "execution:".into(), name, ":*".into()]))
}
