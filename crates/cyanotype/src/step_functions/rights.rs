//! What a machine's role must allow.

use std::collections::BTreeMap;

use cyanotype_cfn::{Tree, Value};

use super::MachineData;
use crate::{
    app::{AppData, ResourceKind},
    diagnostic::Source,
    iam::Statement,
    lambda::function_of,
};

/// Delivering logs.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html>
const LOGS: [&str; 10] = [
    "logs:CreateLogDelivery",
    "logs:CreateLogStream",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutLogEvents",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
];

/// Tracing.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html>
const X_RAY: [&str; 4] =
    ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"];

/// The statements that a machine's definition, log and traces need.
///
/// A called function is allowed as `<function arn>:*`: every version that ever was, so that a new one alone changes no
/// right, and not the unqualified function, which no definition of ours can name.
pub(crate) fn rights_of_machine(data: &MachineData, app: &AppData, at: Source) -> Vec<Statement> {
    // By path: the order of the Tasks must not change the policy.
    let functions: BTreeMap<Vec<String>, Tree> =
        data.parts.tasks.values().filter_map(|target| function_behind(target.tree(), app)).collect();

    let mut statements = vec![];
    if !functions.is_empty() {
        let mut invoke = Statement::new(["lambda:InvokeFunction"], at);
        for function in functions.into_values() {
            invoke = invoke.on(Value::concat([Value::from_tree(function), ":*".into()]));
        }
        statements.push(invoke);
    }
    if data.logs {
        statements.push(Statement::new(LOGS, at).on("*"));
    }
    if data.traces {
        statements.push(Statement::new(X_RAY, at).on("*"));
    }
    statements
}

/// The ARN of the function that a version's ARN belongs to, behind the path by which it is sorted.
fn function_behind(target: &Tree, app: &AppData) -> Option<(Vec<String>, Tree)> {
    if let Some(arn) = target.as_text() {
        let function = function_of(arn).ok()?;
        return Some((vec![String::new(), function.into()], function.into()));
    }
    let version = app.element(*target.targets().first()?)?.resource()?;
    let ResourceKind::Version(data) = &version.kind else { return None };
    let function = app.element(data.function)?;
    Some((function.path.clone(), Value::<String>::attribute(data.function, "Arn").into()))
}
