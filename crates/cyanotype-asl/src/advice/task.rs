//! Tasks that wait for ever, or give up at the first stumble.

use indexmap::IndexMap;

use super::{Advice, member, text};
use crate::{Code, Json, LAMBDA_TRANSIENT, Location};

pub(super) fn check(advice: &mut Advice, here: &Location, members: &IndexMap<String, Json>) {
    if !members.contains_key("TimeoutSeconds") && !members.contains_key("TimeoutSecondsPath") {
        let message =
            "the Task has no timeout: a call that never answers holds the execution for up to a year";
        advice.warn(Code::Advice, here.clone(), message, "give it `TimeoutSeconds`");
    }
    let missing: Vec<_> =
        LAMBDA_TRANSIENT.iter().filter(|error| !retries(members.get("Retry"), error)).copied().collect();
    if names_lambda(members.get("Resource")) && !missing.is_empty() {
        let message = "the Task does not try again when Lambda itself fails for a moment";
        let hint = format!("add a Retry for {}", missing.join(", "));
        advice.warn(Code::Advice, here.clone(), message, &hint);
    }
}

/// Whether the state is a Task that calls a function.
pub(super) fn calls_lambda(state: &Json) -> bool {
    member(state, "Type").and_then(text) == Some("Task") && names_lambda(member(state, "Resource"))
}

fn names_lambda(resource: Option<&Json>) -> bool {
    resource.and_then(text).unwrap_or_default().contains(":lambda:")
}

/// Whether a retrier takes the error.
pub(super) fn retries(retriers: Option<&Json>, error: &str) -> bool {
    let Some(Json::Array(retriers)) = retriers else { return false };
    retriers.iter().filter_map(|retrier| member(retrier, "ErrorEquals")).any(|errors| match errors {
        Json::Array(errors) => {
            let takes = |name: &str| name == error || name == "States.ALL" || name == "States.TaskFailed";
            errors.iter().filter_map(text).any(takes)
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::{super::test::check, LAMBDA_TRANSIENT};

    #[test]
    fn a_task_has_a_timeout() {
        let task = r#""Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage""#;
        let message =
            "ADVICE: the Task has no timeout: a call that never answers holds the execution for up to a year";
        check(task, &[&format!("{message} at /States/A")]);
        check(&format!(r#"{task}, "TimeoutSeconds": 1"#), &[]);
        check(&format!(r#"{task}, "TimeoutSecondsPath": "$.t""#), &[]);
    }

    #[test]
    fn a_function_is_called_again_when_lambda_fails_for_a_moment() {
        let task = r#""Type": "Task", "TimeoutSeconds": 1, "Resource": "arn:aws:states:::lambda:invoke""#;
        let message =
            "ADVICE: the Task does not try again when Lambda itself fails for a moment at /States/A";
        check(task, &[message]);
        let retry = |errors: &str| format!(r#"{task}, "Retry": [{{ "ErrorEquals": [{errors}] }}]"#);
        check(&retry(r#""Lambda.ServiceException""#), &[message]);
        let four = LAMBDA_TRANSIENT.map(|error| format!("\"{error}\"")).join(",");
        check(&retry(&four), &[]);
        check(&retry(r#""States.ALL""#), &[]);
    }
}
