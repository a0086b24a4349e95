//! What a Task calls.

use cyanotype_asl::Text;

use super::text::{rendered, split};

/// The resource of a Task.
#[derive(Debug, PartialEq)]
pub(super) enum Call {
    /// A function by its ARN, or a placeholder.
    Function(Text),
    /// A worker that asks for work. It needs rights, the machine does not.
    ///
    /// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html>
    Activity,
    /// An optimized integration: `sqs:sendMessage`.
    Optimized { service: String, action: String, pattern: Pattern },
    /// An API by the AWS SDK.
    Sdk { service: String, action: String },
    /// Nothing that a Task can call.
    Unknown,
}

/// How long a Task waits.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pattern {
    /// Until the call is answered, or until the token comes back, which needs no right of the machine's.
    RequestResponse,
    /// Until the job is done.
    Sync,
}

impl Call {
    pub(super) fn of(resource: &Text) -> Self {
        let parts = split(resource, ":", 6);
        let [_, _, service, _, _, rest] = parts.as_slice() else {
            // An activity cannot be told from a function by a placeholder; invoking one allows nothing.
            return match resource.as_literal() {
                Some(_) => Self::Unknown,
                None => Self::Function(resource.clone()),
            };
        };
        let rest_text = rendered(rest);
        match (service.as_literal(), rest_text.as_str()) {
            (Some("lambda"), _) => Self::Function(resource.clone()),
            (Some("states"), rest) if rest.starts_with("activity:") => Self::Activity,
            (Some("states"), rest) => Self::integration(rest),
            _ => Self::Unknown,
        }
    }

    fn integration(rest: &str) -> Self {
        // `aws-sdk:…`, `sqs:sendMessage`, `states:startExecution.sync:2`.
        let (call, pattern) = rest.split_once('.').unwrap_or((rest, ""));
        let pattern = match pattern {
            "sync" | "sync:2" => Pattern::Sync,
            _ => Pattern::RequestResponse,
        };
        match call.split(':').collect::<Vec<_>>().as_slice() {
            ["aws-sdk", service, action] => {
                Self::Sdk { service: (*service).into(), action: (*action).into() }
            }
            [service, action] => {
                Self::Optimized { service: (*service).into(), action: (*action).into(), pattern }
            }
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_task_calls_is_read_from_its_resource() {
        let call = |text: &str| Call::of(&text.into());
        let sync = |service: &str, action: &str| Call::Optimized {
            service: service.into(),
            action: action.into(),
            pattern: Pattern::Sync,
        };
        assert_eq!(call("arn:aws:states:::states:startExecution.sync:2"), sync("states", "startExecution"));
        assert_eq!(call("arn:aws-cn:states:::glue:startJobRun.sync"), sync("glue", "startJobRun"));
        assert_eq!(
            call("arn:aws:states:::aws-sdk:s3:getObject.waitForTaskToken"),
            Call::Sdk { service: "s3".into(), action: "getObject".into() }
        );
        assert_eq!(call("arn:aws:states:eu-west-1:123456789012:activity:Approve"), Call::Activity);
        assert_eq!(call("foo:bar"), Call::Unknown);
        assert_eq!(Call::of(&Text::placeholder("Hello")), Call::Function(Text::placeholder("Hello")));
    }
}
