//! What Step Functions takes, beside the definition.

use super::{Report, text};
use crate::{
    app::ResourceKind,
    diagnostic::Diagnostic,
    step_functions::{MachineData, StateMachineType},
};

/// Source: <https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html>
pub(super) fn check(report: &mut Report<'_>) {
    let body = report.model.resource(report.node.key);
    let Some(ResourceKind::Machine(machine)) = body.map(|body| &body.kind) else { return };
    waits_for_express(report, machine);
    if let Some(name) = report.node.properties.get("StateMachineName").and_then(text) {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if !(1..=80).contains(&name.len()) || !name.chars().all(fits) {
            report.error(
                format!("`{name}` is no name for a state machine"),
                "it has 1 to 80 letters, digits, `-` and `_`; better still, leave the name to CloudFormation",
            );
        }
    }
}

/// To wait for an execution, Step Functions describes it, which it does for none of an Express machine.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html>
fn waits_for_express(report: &mut Report<'_>, machine: &MachineData) {
    for (state, target) in &machine.parts.tasks {
        let kind = |key| Some(&report.model.resource(key)?.kind);
        let machine_of = |key| match kind(key)? {
            ResourceKind::MachineVersion(version) => Some(version.machine),
            _ => None,
        };
        let Some(called) = target.tree().targets().first().copied().and_then(machine_of) else { continue };
        if matches!(kind(called), Some(ResourceKind::Machine(m)) if m.machine_type == StateMachineType::Express)
        {
            let path = report.model.path(called);
            let message = format!("this Task waits for an execution of `{path}`, an Express machine");
            let help = "Step Functions waits for executions of Standard machines alone, and this Task will fail: make \
                        that machine a Standard one";
            let at = machine.parts.lines.get(state).copied().unwrap_or(report.node.at);
            report.push(Diagnostic::warning(message).at(at).state(state.clone()).help(help));
        }
    }
}
