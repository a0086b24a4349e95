//! What a Task may call.

use cyanotype_cfn::Value;

/// Something whose code cannot change while an execution waits for it.
///
/// Only a published version is, of a function or of a state machine: a function, a machine, an alias and `$LATEST` can
/// be moved by the next deploy, under executions that are running.
/// See "Invoke Lambda function versions":
/// <https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html>, and "State machine versions":
/// <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-version.html>.
#[diagnostic::on_unimplemented(
    message = "a Task cannot call `{Self}`: it can change while an execution is running",
    label = "not an immutable version",
    note = "publish the function and pass the version: `let v = function.publish();`, then `m.task(\"...\", &v)`",
    note = "a state machine of a stack is published likewise: `let v = state_machine.publish();`",
    note = "one that is deployed elsewhere is imported, by an ARN with the version's number: `Version::import(arn)` or `StateMachineVersion::import(arn)`"
)]
pub trait Pinned: sealed::Sealed {
    /// What it takes.
    type In;
    /// What it yields.
    type Out;
}

pub(crate) mod sealed {
    use super::Call;

    #[diagnostic::on_unimplemented(
        message = "`{Self}` cannot be made `Pinned`: only what AWS keeps immutable is",
        label = "only published versions are `Pinned`"
    )]
    pub trait Sealed {
        #[doc(hidden)]
        fn call(&self) -> Call;
    }
}

/// How a Task calls what is pinned. It is public in name only: nothing outside of this crate can reach it.
#[derive(Debug, Clone)]
pub struct Call {
    /// What is called, and so how.
    pub(crate) kind: CallKind,
    /// The name that stands for the target in the text, such as `HelloVersion`, unless it is written down.
    pub(crate) placeholder: String,
    /// The ARN.
    pub(crate) target: Value<String>,
}

/// What a Task calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallKind {
    /// A version of a function, which the Task names as its resource.
    Function,
    /// A version of a state machine, of which the Task starts an execution and waits until that has ended.
    Machine,
}
