//! What a machine's role must allow.

use std::collections::BTreeMap;

use cyanotype_cfn::{Intrinsic, Key, Tree, Value};

use super::{
    MachineData,
    arn::{executions_of, machine_of},
    arn_pattern,
    integrations::{needs_of_integrations, rights_of_integrations},
};
use crate::{
    app::{AppData, ResourceKind},
    diagnostic::{Diagnostic, Source},
    iam::{self, Statement},
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

/// Encrypting with a key of the user's own, for one machine or activity, and handing log events on.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html>
const ENCRYPT: [&str; 2] = ["kms:Decrypt", "kms:GenerateDataKey"];
const DELIVER: [&str; 1] = ["kms:GenerateDataKey"];
const OF_MACHINE: &str = "kms:EncryptionContext:aws:states:stateMachineArn";
const OF_ACTIVITY: &str = "kms:EncryptionContext:aws:states:activityArn";
const OF_LOGS: &str = "kms:EncryptionContext:SourceArn";

/// Starting an execution, and waiting for its end: Step Functions looks at it, stops it when the Task is stopped, and
/// is told of its end by a rule that Step Functions manages.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html>
const START: [&str; 1] = ["states:StartExecution"];
const FOLLOW: [&str; 2] = ["states:DescribeExecution", "states:StopExecution"];
const LISTEN: [&str; 3] = ["events:DescribeRule", "events:PutRule", "events:PutTargets"];
const RULE: &str = "StepFunctionsGetEventsForStepFunctionsExecutionRule";

/// By which version or alias a machine is started, since the resource of the right is the machine. The key has several
/// values, so that it takes an operator for such: with `StringEquals` alone nothing would be allowed.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html>
pub(super) const QUALIFIER: &str = "states:StateMachineQualifier";
pub(super) const QUALIFIED: &str = "ForAnyValue:StringEquals";
/// Where in a machine version's ARN its number is: `arn:aws:states:eu-west-1:123456789012:stateMachine:greeting:7`.
const NUMBER: u32 = 7;

/// The statements that a machine's definition, log and traces need, and what is to be said about them.
///
/// A called function is allowed as `<function arn>:*`: every version that ever was, so that a new one alone changes no
/// right, and not the unqualified function, which no definition of ours can name. A called machine is allowed as
/// itself, which is what IAM looks at also when a version is started; so a new version alone changes no right either.
/// Where the machine's rights are to be exact, both are narrowed to the versions that are called.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html>
pub(crate) fn rights_of_machine(
    machine: Key,
    data: &MachineData,
    app: &AppData,
    at: Source,
) -> (Vec<Statement>, Vec<Diagnostic>) {
    let (of_services, warnings) = rights_of_integrations(machine, data, app);
    let called: Vec<_> = data.parts.tasks.values().map(Value::tree).collect();
    let mut statements = rights_of_versions(&called, data.exact, app, at);
    statements.extend(of_services);
    statements.extend(rights_beside(machine, data, app, at));
    (statements, warnings)
}

/// The same rights one by one, each with the states that need it.
pub(crate) fn needs_of_machine(
    machine: Key,
    data: &MachineData,
    app: &AppData,
    at: Source,
) -> Vec<Statement> {
    let mut statements = vec![];
    for (state, target) in &data.parts.tasks {
        let at = data.parts.lines.get(state).copied().unwrap_or(at);
        let of_state = |statement| Statement { states: vec![state.clone()], ..statement };
        statements
            .extend(rights_of_versions(&[target.tree()], data.exact, app, at).into_iter().map(of_state));
    }
    statements.extend(needs_of_integrations(machine, data, app));
    statements.extend(rights_beside(machine, data, app, at));
    statements
}

/// What it does beside its states.
fn rights_beside(machine: Key, data: &MachineData, app: &AppData, at: Source) -> Vec<Statement> {
    let logs = data.logs.then(|| Statement::new(LOGS, at).on("*"));
    let traces = data.traces.then(|| Statement::new(X_RAY, at).on("*"));
    let (own, of_log) = &data.keys;
    let encrypted = own.iter().map(|key| {
        let properties = app.resource(machine).map(|body| &body.properties);
        let name = properties.and_then(|properties| properties.get("StateMachineName"));
        // A reference to the machine would be a cycle.
        let operator = if name.is_some() { "StringEquals" } else { "StringLike" };
        Statement::new(ENCRYPT, at).on(key).when(operator, OF_MACHINE, arn_pattern(machine, name))
    });
    let mut delivered: Vec<_> = own.iter().filter(|_| data.logs).chain(of_log).collect();
    delivered.dedup();
    let deliver = (!delivered.is_empty()).then(|| {
        let deliver = delivered.into_iter().fold(Statement::new(DELIVER, at), Statement::on);
        deliver.when("StringEquals", OF_LOGS, iam::logs_arn())
    });
    let activities = encrypted_activities(data, app, at);
    logs.into_iter().chain(traces).chain(encrypted).chain(deliver).chain(activities).collect()
}

/// The rights on the keys of the activities that it waits for.
fn encrypted_activities(data: &MachineData, app: &AppData, at: Source) -> Vec<Statement> {
    let of = |value: &Value<String>| {
        let Some(Intrinsic::Ref(activity)) = value.tree().as_intrinsic() else { return None };
        let body = app.resource(*activity)?;
        let Some(Tree::Map(encryption)) = body.properties.get("EncryptionConfiguration") else { return None };
        matches!(body.kind, ResourceKind::Activity).then_some(())?;
        let key = Value::<String>::from_tree(encryption.get("KmsKeyId")?.clone());
        Some(Statement::new(ENCRYPT, at).on(key).when("StringEquals", OF_ACTIVITY, value))
    };
    data.parts.substitutions.values().filter_map(of).collect()
}

/// The statements for the versions that Tasks call.
fn rights_of_versions(called: &[&Tree], exact: bool, app: &AppData, at: Source) -> Vec<Statement> {
    let called = || called.iter().copied();
    // By path: the order of the Tasks must not change the policy.
    let functions: BTreeMap<_, _> =
        called().filter_map(|target| function_behind(target, exact, app)).collect();
    let machines: BTreeMap<_, _> = called().filter_map(|target| machine_behind(target, exact, app)).collect();

    let mut statements = vec![];
    if !functions.is_empty() {
        let invoke = Statement::new(["lambda:InvokeFunction"], at);
        statements.push(functions.into_values().fold(invoke, Statement::on));
    }
    if machines.is_empty() {
        return statements;
    }
    let (mut start, mut follow) = (Statement::new(START, at), Statement::new(FOLLOW, at));
    for Nested { arn, executions, only } in machines.into_values() {
        follow = follow.on(executions);
        match only {
            None => start = start.on(arn),
            Some(number) => {
                let one = Statement::new(START, at).on(arn);
                statements.push(one.when(QUALIFIED, QUALIFIER, number));
            }
        }
    }
    if !start.resources.is_empty() {
        statements.push(start);
    }
    statements.extend([follow, Statement::new(LISTEN, at).on(iam::rule_arn(RULE))]);
    statements
}

/// What a function's right is on: all its versions, or this one. Behind what it is sorted by.
fn function_behind(target: &Tree, exact: bool, app: &AppData) -> Option<(Vec<String>, Value<String>)> {
    let all = |function: Value<String>| Value::concat([function, ":*".into()]);
    if let Some(arn) = target.as_text() {
        let function = function_of(arn).ok()?;
        let (sorted_by, right) = if exact { (arn, arn.into()) } else { (function, all(function.into())) };
        return Some((vec![String::new(), sorted_by.into()], right));
    }
    let key = *target.targets().first()?;
    let version = app.resource(key)?;
    let ResourceKind::Version(data) = &version.kind else { return None };
    let function = app.element(data.function)?;
    let right = if exact { Value::reference(key) } else { all(Value::attribute(data.function, "Arn")) };
    Some((function.path.clone(), right))
}

/// A machine that a Task starts.
struct Nested {
    arn: Value<String>,
    executions: Value<String>,
    /// The number of the version, if no other may be started.
    only: Option<Value<String>>,
}

/// The machine that a version's ARN belongs to, behind what it is sorted by.
fn machine_behind(target: &Tree, exact: bool, app: &AppData) -> Option<(Vec<String>, Nested)> {
    if let Some(arn) = target.as_text() {
        let machine = machine_of(arn).ok()?;
        let only = arn.rsplit(':').next().filter(|_| exact).map(Value::from);
        let nested = Nested { arn: machine.into(), executions: executions_of(machine), only };
        return Some((vec![String::new(), if exact { arn } else { machine }.into()], nested));
    }
    let key = *target.targets().first()?;
    let version = app.resource(key)?;
    let ResourceKind::MachineVersion(data) = &version.kind else { return None };
    let machine = app.element(data.machine)?;
    let name = Value::<String>::attribute(data.machine, "Name");
    let only = exact.then(|| Value::select(NUMBER, Value::split(":", Value::reference(key))));
    let nested = Nested { arn: Value::reference(data.machine), executions: iam::executions_arn(name), only };
    Some((machine.path.clone(), nested))
}

#[cfg(test)]
mod tests {
    use std::{panic::Location, rc::Rc};

    use serde_json::Value as Json;

    use super::*;
    use crate::{
        app::App,
        flow::{Machine, machine},
        iam::OwnRole,
        step_functions::{StateMachineType, StateMachineVersion, StateMachineVersionArnError},
    };

    /// What a machine may do that nests these, each as its actions and the literal resources.
    fn rights(arns: &[&str]) -> Result<Vec<(String, Vec<String>)>, StateMachineVersionArnError> {
        let versions: Result<Vec<_>, _> =
            arns.iter().map(|arn| StateMachineVersion::<Json, Json>::import(*arn)).collect();
        let versions = versions?;
        let definition: Machine<Json, Json> = machine(|m| {
            let mut path = m.pass("Start");
            for (n, version) in versions.iter().enumerate() {
                path = path.then(m.task(&format!("Nest {n}"), version).assume::<Json>());
            }
            path.then(m.end())
        });
        let app = App::new();
        let stack = app.stack("Shop");
        let body = crate::app::ResourceBody::new("", ResourceKind::Plain);
        let key = stack.add(["Role".into()], Location::caller(), body);
        let data = MachineData {
            parts: Rc::new(definition.into_parts()),
            machine_type: StateMachineType::Standard,
            role: OwnRole::Generated(key),
            version: None,
            logs: false,
            keys: (None, None),
            traces: false,
            exact: false,
        };
        let (statements, _) = rights_of_machine(key, &data, &app.data(), Location::caller());
        let literals =
            |trees: Vec<Tree>| trees.iter().filter_map(|t| Some(t.as_text()?.to_owned())).collect();
        Ok(statements.into_iter().map(|s| (s.actions.join(" "), literals(s.resources))).collect())
    }

    #[test]
    fn an_imported_machine_is_allowed_by_its_own_arn_whatever_the_version() {
        let own = "arn:aws:states:eu-west-1:123456789012";
        let allowed = |machines: &[&str]| {
            let start = machines.iter().map(|name| format!("{own}:stateMachine:{name}")).collect();
            let follow = machines.iter().map(|name| format!("{own}:execution:{name}:*")).collect();
            Ok(vec![
                ("states:StartExecution".to_owned(), start),
                ("states:DescribeExecution states:StopExecution".to_owned(), follow),
                ("events:DescribeRule events:PutRule events:PutTargets".to_owned(), vec![]),
            ])
        };
        let version = |name: &str| format!("{own}:stateMachine:{name}");
        assert_eq!(rights(&[&version("inner:7")]), allowed(&["inner"]));
        assert_eq!(rights(&[&version("inner:8"), &version("inner:7")]), allowed(&["inner"]));
        assert_eq!(rights(&[&version("b:1"), &version("a:2")]), allowed(&["a", "b"]));
        assert_eq!(rights(&[]), Ok(vec![]));
    }
}
