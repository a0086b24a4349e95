//! Task.

use indexmap::IndexMap;

use crate::{Amount, Catcher, Json, NullablePath, QueryLanguage, Retrier, Text, Transition, record::record};

record! {
    /// A state that does work: it calls a function, a service or an activity.
    ///
    /// See "Task workflow state": <https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html>.
    pub struct TaskState {
        /// For readers.
        "Comment" => comment: Option<Text>,
        /// The state's own language.
        "QueryLanguage" => query_language: Option<QueryLanguage>,
        /// The ARN of what it calls.
        "Resource" => resource: Text,
        /// The role that it takes for the call: `{"RoleArn": …}`.
        "Credentials" => credentials: Option<Json>,
        /// The part of the input that it takes, in JSONPath.
        "InputPath" => input_path: Option<NullablePath>,
        /// What it hands to the call, in JSONPath: names that end in `.$` have paths. Its input without it.
        "Parameters" => parameters: Option<Json>,
        /// What it hands to the call, in JSONata. Its input without it.
        "Arguments" => arguments: Option<Json>,
        /// What it makes of the result, in JSONPath.
        "ResultSelector" => result_selector: Option<Json>,
        /// Where in the input the result is put, in JSONPath. Without it the result takes the input's place.
        "ResultPath" => result_path: Option<NullablePath>,
        /// The part of the input and result that the state yields, in JSONPath. Without it, all.
        "OutputPath" => output_path: Option<NullablePath>,
        /// What it yields, in JSONata; the result without it.
        "Output" => output: Option<Json>,
        /// Variables that it sets.
        "Assign" => assign: Option<IndexMap<String, Json>>,
        /// How long the call may take, 1 to 99,999,999 seconds. The state then fails with `States.Timeout`.
        "TimeoutSeconds" => timeout_seconds: Option<Amount>,
        /// Where in the data the timeout is, in JSONPath.
        "TimeoutSecondsPath" => timeout_seconds_path: Option<Text>,
        /// How long the call may be silent, fewer seconds than the timeout. The state then fails with
        /// `States.HeartbeatTimeout`.
        "HeartbeatSeconds" => heartbeat_seconds: Option<Amount>,
        /// Where in the data the longest silence is, in JSONPath.
        "HeartbeatSecondsPath" => heartbeat_seconds_path: Option<Text>,
        /// After which errors it tries again. The first that names an error counts.
        "Retry" => retry: Option<Vec<Retrier>>,
        /// After which errors it goes on elsewhere, once it has tried again in vain. The first that names an error
        /// counts.
        "Catch" => catch: Option<Vec<Catcher>>,
        /// Where it goes.
        "Next" => transition: Transition,
    }
}

impl TaskState {
    /// A state that calls this resource, with AWS's defaults for everything else.
    #[must_use]
    pub fn new(resource: impl Into<Text>, transition: Transition) -> Self {
        Self {
            comment: None,
            query_language: None,
            resource: resource.into(),
            credentials: None,
            input_path: None,
            parameters: None,
            arguments: None,
            result_selector: None,
            result_path: None,
            output_path: None,
            output: None,
            assign: None,
            timeout_seconds: None,
            timeout_seconds_path: None,
            heartbeat_seconds: None,
            heartbeat_seconds_path: None,
            retry: None,
            catch: None,
            transition,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ReferencePath, State};

    #[test]
    fn fields_are_in_the_customary_order() {
        let mut task = TaskState::new("arn", Transition::Next("Next".into()));
        task.comment = Some("c".into());
        task.timeout_seconds = Some(3.into());
        task.heartbeat_seconds = Some(2.into());
        task.retry = Some(vec![Retrier::new(vec!["A".into()])]);
        task.catch = Some(vec![Catcher::new(vec!["B".into()], "Caught")]);
        task.result_path = Some(ReferencePath::root().field("a").into());
        task.output_path = Some(ReferencePath::root().field("b").into());
        assert_eq!(
            State::from(task).to_json().to_compact(),
            r#"{"Type":"Task","Comment":"c","Resource":"arn","ResultPath":"$.a","OutputPath":"$.b","TimeoutSeconds":3,"HeartbeatSeconds":2,"Retry":[{"ErrorEquals":["A"]}],"Catch":[{"ErrorEquals":["B"],"Next":"Caught"}],"Next":"Next"}"#,
        );
    }
}
