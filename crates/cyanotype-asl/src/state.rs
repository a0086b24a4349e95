//! The kinds of states.

mod choice;
mod fail;
mod pass;
mod succeed;
mod task;
mod wait;

use indexmap::IndexMap;

pub use self::{
    choice::ChoiceState, fail::FailState, pass::PassState, succeed::SucceedState, task::TaskState,
    wait::WaitState,
};
use crate::{Edge, Json};

/// A state of any kind.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum State {
    /// Does work.
    Task(TaskState),
    /// Waits.
    Wait(WaitState),
    /// Decides by data.
    Choice(ChoiceState),
    /// Passes its input on, or a literal result.
    Pass(PassState),
    /// Ends the execution with success.
    Succeed(SucceedState),
    /// Ends the execution with an error.
    Fail(FailState),
}

impl State {
    /// The `Type` field.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Task(_) => "Task",
            Self::Wait(_) => "Wait",
            Self::Choice(_) => "Choice",
            Self::Pass(_) => "Pass",
            Self::Succeed(_) => "Succeed",
            Self::Fail(_) => "Fail",
        }
    }

    /// The `Comment` field.
    #[must_use]
    pub fn comment(&self) -> Option<&str> {
        match self {
            Self::Task(state) => state.comment.as_deref(),
            Self::Wait(state) => state.comment.as_deref(),
            Self::Choice(state) => state.comment.as_deref(),
            Self::Pass(state) => state.comment.as_deref(),
            Self::Succeed(state) => state.comment.as_deref(),
            Self::Fail(state) => state.comment.as_deref(),
        }
    }

    /// The references to other states, in the order in which they are written.
    #[must_use]
    pub fn edges(&self) -> Vec<Edge<'_>> {
        match self {
            Self::Task(state) => state.edges(),
            Self::Wait(state) => state.transition.edge().into_iter().collect(),
            Self::Pass(state) => state.transition.edge().into_iter().collect(),
            Self::Choice(state) => state.edges(),
            Self::Succeed(_) | Self::Fail(_) => vec![],
        }
    }

    /// Whether the execution ends with it. A Choice is no end, though it fails where nothing matches.
    #[must_use]
    pub fn is_end(&self) -> bool {
        match self {
            Self::Choice(_) => false,
            Self::Task(state) => state.transition.edge().is_none(),
            other => other.edges().is_empty(),
        }
    }

    /// The state in JSON: `Type` and `Comment` first, where it goes to last.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let mut out = IndexMap::from([("Type".to_owned(), Json::from(self.type_name()))]);
        if let Some(comment) = self.comment() {
            out.insert("Comment".into(), comment.into());
        }
        match self {
            Self::Task(state) => state.write(&mut out),
            Self::Wait(state) => state.write(&mut out),
            Self::Choice(state) => state.write(&mut out),
            Self::Pass(state) => state.write(&mut out),
            Self::Succeed(_) => {}
            Self::Fail(state) => state.write(&mut out),
        }
        Json::Object(out)
    }
}

impl From<TaskState> for State {
    fn from(state: TaskState) -> Self {
        Self::Task(state)
    }
}

impl From<WaitState> for State {
    fn from(state: WaitState) -> Self {
        Self::Wait(state)
    }
}

impl From<ChoiceState> for State {
    fn from(state: ChoiceState) -> Self {
        Self::Choice(state)
    }
}

impl From<PassState> for State {
    fn from(state: PassState) -> Self {
        Self::Pass(state)
    }
}

impl From<SucceedState> for State {
    fn from(state: SucceedState) -> Self {
        Self::Succeed(state)
    }
}

impl From<FailState> for State {
    fn from(state: FailState) -> Self {
        Self::Fail(state)
    }
}
