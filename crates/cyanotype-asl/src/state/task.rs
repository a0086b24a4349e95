//! Task.

use indexmap::IndexMap;

use crate::{Catcher, Edge, Json, ReferencePath, Retrier, Text, Transition};

/// A state that does work: it calls a function, a service or an activity.
///
/// See "Task workflow state": <https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html>.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TaskState {
    /// For readers.
    pub comment: Option<String>,
    /// The ARN of what it calls.
    pub resource: Text,
    /// How long the call may take, 1 to 99,999,999 seconds. The state then fails with `States.Timeout`.
    pub timeout_seconds: Option<u32>,
    /// How long the call may be silent, fewer seconds than the timeout. The state then fails with
    /// `States.HeartbeatTimeout`.
    pub heartbeat_seconds: Option<u32>,
    /// Where in the input the result is put. Without it the result takes the input's place.
    pub result_path: Option<ReferencePath>,
    /// The part of the input and result that the state yields. Without it, all.
    pub output_path: Option<ReferencePath>,
    /// After which errors it tries again. The first that names an error counts.
    pub retry: Vec<Retrier>,
    /// After which errors it goes on elsewhere, once it has tried again in vain. The first that names an error counts.
    pub catch: Vec<Catcher>,
    /// Where it goes.
    pub transition: Transition,
}

impl TaskState {
    /// A state that calls this resource, with AWS's defaults for everything else.
    #[must_use]
    pub fn new(resource: impl Into<Text>, transition: Transition) -> Self {
        Self {
            comment: None,
            resource: resource.into(),
            timeout_seconds: None,
            heartbeat_seconds: None,
            result_path: None,
            output_path: None,
            retry: vec![],
            catch: vec![],
            transition,
        }
    }

    pub(super) fn edges(&self) -> Vec<Edge<'_>> {
        let catch = self.catch.iter().enumerate();
        let catch =
            catch.map(|(n, catcher)| Edge { field: format!("Catch[{n}]/Next"), target: &catcher.next });
        self.transition.edge().into_iter().chain(catch).collect()
    }

    pub(super) fn write(&self, out: &mut IndexMap<String, Json>) {
        out.insert("Resource".into(), Json::from(&self.resource));
        if let Some(path) = &self.result_path {
            out.insert("ResultPath".into(), path.into());
        }
        if let Some(path) = &self.output_path {
            out.insert("OutputPath".into(), path.into());
        }
        if let Some(seconds) = self.timeout_seconds {
            out.insert("TimeoutSeconds".into(), seconds.into());
        }
        if let Some(seconds) = self.heartbeat_seconds {
            out.insert("HeartbeatSeconds".into(), seconds.into());
        }
        if !self.retry.is_empty() {
            out.insert("Retry".into(), Json::Array(self.retry.iter().map(Retrier::to_json).collect()));
        }
        if !self.catch.is_empty() {
            out.insert("Catch".into(), Json::Array(self.catch.iter().map(Catcher::to_json).collect()));
        }
        self.transition.write(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::State;

    #[test]
    fn fields_are_in_the_customary_order() {
        let mut task = TaskState::new("arn", Transition::Next("Next".into()));
        task.comment = Some("c".into());
        task.timeout_seconds = Some(3);
        task.heartbeat_seconds = Some(2);
        task.retry = vec![Retrier::new(vec!["A".into()])];
        task.catch = vec![Catcher::new(vec!["B".into()], "Caught")];
        task.result_path = Some(ReferencePath::root().field("a"));
        task.output_path = Some(ReferencePath::root().field("b"));
        assert_eq!(
            State::from(task).to_json().to_compact(),
            r#"{"Type":"Task","Comment":"c","Resource":"arn","ResultPath":"$.a","OutputPath":"$.b","TimeoutSeconds":3,"HeartbeatSeconds":2,"Retry":[{"ErrorEquals":["A"]}],"Catch":[{"ErrorEquals":["B"],"Next":"Caught"}],"Next":"Next"}"#,
        );
    }
}
