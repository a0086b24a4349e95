//! What a Task may call.

use cyanotype_cfn::Value;

/// Something whose code cannot change while an execution waits for it.
///
/// Only a published version is: a function, an alias and `$LATEST` can be moved by the next deploy, under
/// executions that are running.
/// See "Invoke Lambda function versions":
/// <https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html>.
#[diagnostic::on_unimplemented(
    message = "a Task cannot call `{Self}`: it can change while an execution is running",
    label = "not an immutable version",
    note = "publish the function and pass the version: `let v = function.publish();`, then `m.task(\"...\", &v)`",
    note = "one that is deployed elsewhere is imported, by an ARN with the version's number: `Version::import(arn)`"
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
    /// The name that stands for the target in the text, such as `HelloVersion`, unless it is written down.
    pub(crate) placeholder: String,
    /// The ARN.
    pub(crate) target: Value<String>,
}
