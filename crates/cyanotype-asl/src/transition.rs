//! Where a state goes.

use indexmap::IndexMap;

use crate::Json;

/// What a state that is no Choice, Succeed or Fail goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transition {
    /// The state of this name.
    Next(String),
    /// Nowhere: the execution, branch or iteration ends with this state's output.
    End,
}

/// A reference from one state to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge<'a> {
    /// Where it is written in the state, such as `Next` or `Choices[0]/Next`.
    pub field: String,
    /// The name of the state that it leads to.
    pub target: &'a str,
}

impl Transition {
    /// The reference, unless the state is the end.
    pub(crate) fn edge(&self) -> Option<Edge<'_>> {
        match self {
            Self::Next(target) => Some(Edge { field: "Next".into(), target }),
            Self::End => None,
        }
    }

    pub(crate) fn write(&self, out: &mut IndexMap<String, Json>) {
        match self {
            Self::Next(target) => out.insert("Next".into(), target.into()),
            Self::End => out.insert("End".into(), true.into()),
        };
    }
}
