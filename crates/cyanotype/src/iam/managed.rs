//! Policies that AWS manages.

use cyanotype_cfn::{Pseudo, Tree, Value};

/// The ARN of a policy that AWS manages, in whichever partition the stack is.
pub(super) fn aws_managed(path: &str) -> Tree {
    let (partition, tail) = (Value::pseudo(Pseudo::Partition), format!(":iam::aws:policy/{path}"));
    Value::concat(["arn:".into(), partition, tail.into()]).into()
}
