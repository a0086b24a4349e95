//! ARNs that are put together instead of referred to.

use cyanotype_cfn::{Pseudo, Tree, Value};

/// Whether a text is the number of an account.
pub(crate) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text is the ARN of something of IAM, with a name: `arn:<partition>:iam::<account>:<kind>/<path and name>`.
///
/// Source:
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html>
pub(crate) fn is_iam_arn(text: &str, kind: &str, is_account: impl Fn(&str) -> bool) -> bool {
    let ["arn", partition, "iam", "", account, rest] = text.splitn(6, ':').collect::<Vec<_>>()[..] else {
        return false;
    };
    let path = rest.strip_prefix(kind).and_then(|rest| rest.strip_prefix('/'));
    let name = path.and_then(|path| path.rsplit('/').next());
    !partition.is_empty() && is_account(account) && name.is_some_and(|name| !name.is_empty())
}

/// The ARN of a machine of the stack's account and Region, by its name or a pattern.
pub(crate) fn machine_arn(name: impl Into<Value<String>>) -> Value<String> {
    own_arn("states", [":stateMachine:".into(), name.into()])
}

/// The pattern of the ARNs of all executions of such a machine.
pub(crate) fn executions_arn(machine: impl Into<Value<String>>) -> Value<String> {
    own_arn("states", [":execution:".into(), machine.into(), ":*".into()])
}

/// The ARN of an EventBridge rule of the stack's account and Region.
pub(crate) fn rule_arn(name: &str) -> Value<String> {
    own_arn("events", [":rule/".into(), name.into()])
}

/// All log groups of the stack's account and Region.
pub(crate) fn logs_arn() -> Value<String> {
    own_arn("logs", [":*".into()])
}

/// An ARN of the stack's account and Region, by its end.
pub(super) fn own_arn<const N: usize>(service: &str, end: [Value<String>; N]) -> Value<String> {
    let (partition, region) = (Value::pseudo(Pseudo::Partition), Value::pseudo(Pseudo::Region));
    let account = Value::pseudo(Pseudo::AccountId);
    let beginning = ["arn:".into(), partition, format!(":{service}:").into(), region, ":".into(), account];
    Value::concat(beginning.into_iter().chain(end))
}

/// The ARN of a policy that AWS manages, in whichever partition the stack is.
pub(super) fn aws_managed(path: &str) -> Tree {
    let (partition, tail) = (Value::pseudo(Pseudo::Partition), format!(":iam::aws:policy/{path}"));
    Value::concat(["arn:".into(), partition, tail.into()]).into()
}
