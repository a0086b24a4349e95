//! Services, and what of them has versions of its own.

use super::Emitter;
use crate::{
    diagnostic::Diagnostic,
    flow::{
        body::Draft,
        data::{Kind, Part},
    },
};

/// What a service can start that a deploy changes, and the argument that names it.
///
/// A revision is a number at the end of the ARN or name, which a `Ref` to the resource gives.
const REVISIONED: [(&str, &str, &str); 4] = [
    ("ecs:runTask", "TaskDefinition", "task definition"),
    ("aws-sdk:ecs:runTask", "TaskDefinition", "task definition"),
    ("aws-sdk:ecs:startTask", "TaskDefinition", "task definition"),
    ("batch:submitJob", "JobDefinition", "job definition"),
];
/// What calls a function or a state machine by any name, and the argument that has the name.
const UNPINNED: [(&str, &str); 7] = [
    ("lambda:invoke", "FunctionName"),
    ("aws-sdk:lambda:invoke", "FunctionName"),
    ("aws-sdk:lambda:invokeAsync", "FunctionName"),
    ("aws-sdk:lambda:invokeWithResponseStream", "FunctionName"),
    ("states:startExecution", "StateMachineArn"),
    ("aws-sdk:sfn:startExecution", "StateMachineArn"),
    ("aws-sdk:sfn:startSyncExecution", "StateMachineArn"),
];

impl Emitter {
    /// What a running execution calls must be what it was when the execution started.
    pub(super) fn check_service(&mut self, draft: &Draft, action: &str, arguments: &Part) {
        let call = action.split('.').next().unwrap_or(action);
        if unpinned(call).is_some() {
            let message = format!("`{call}` would call what can change while an execution is running");
            let help =
                "publish it and call the version: `m.task(name, &version)`, or `m.callback(name, &version)`";
            self.report(draft, draft.at, Diagnostic::error(message).help(help));
        }
        let Some((argument, what)) = revisioned(call) else { return };
        let Kind::Object(members) = &arguments.0 else { return };
        let Some((_, named)) = members.iter().find(|(name, _)| name == argument) else { return };
        let diagnostic = match &named.0 {
            // A reference to the resource is its ARN, with the revision.
            Kind::Deploy(_) => return,
            Kind::Json(Ok(serde_json::Value::String(name))) if has_revision(name) => return,
            Kind::Json(_) => Diagnostic::error(format!(
                "this {what} has no revision, so it can change under an execution"
            ))
            .help("name it with its revision, `name:7`, or refer to the resource: `definition.reference()`"),
            _ => Diagnostic::warning(format!("whether this {what} has a revision is known only at run time"))
                .help("see that whoever gives it gives one: `name:7`"),
        };
        self.report(draft, draft.at, diagnostic);
    }
}

/// The argument of a call that names a function or a state machine.
pub(in crate::flow) fn unpinned(action: &str) -> Option<&'static str> {
    UNPINNED.iter().find(|(known, _)| *known == action).map(|(_, argument)| *argument)
}

/// The argument of a call that names something with revisions, and what that is.
pub(in crate::flow) fn revisioned(action: &str) -> Option<(&'static str, &'static str)> {
    let found = REVISIONED.iter().find(|(known, _, _)| *known == action);
    found.map(|(_, argument, what)| (*argument, *what))
}

pub(in crate::flow) fn has_revision(name: &str) -> bool {
    name.rsplit_once(':')
        .is_some_and(|(_, revision)| !revision.is_empty() && revision.chars().all(|c| c.is_ascii_digit()))
}
