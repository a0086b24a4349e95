//! ARNs that are put together instead of referred to.

use cyanotype_cfn::{Pseudo, Tree, Value};

/// The ARN of a machine of the stack's account and Region, by its name or a pattern.
pub(crate) fn machine_arn(name: impl Into<Value<String>>) -> Value<String> {
    Value::concat([
        "arn:".into(),
        Value::pseudo(Pseudo::Partition),
        ":states:".into(),
        Value::pseudo(Pseudo::Region),
        ":".into(),
        Value::pseudo(Pseudo::AccountId),
        ":stateMachine:".into(),
        name.into(),
    ])
}

/// The ARN of a policy that AWS manages, in whichever partition the stack is.
pub(super) fn aws_managed(path: &str) -> Tree {
    let (partition, tail) = (Value::pseudo(Pseudo::Partition), format!(":iam::aws:policy/{path}"));
    Value::concat(["arn:".into(), partition, tail.into()]).into()
}
