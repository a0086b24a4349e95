//! Where a state goes.

use indexmap::IndexMap;

use crate::{
    Json,
    record::{Held, Member, Members},
};

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
}

/// It is two fields in JSON, of which a state has one.
impl Member for Transition {
    fn read(_: &str, members: &mut Members<'_, '_>) -> Option<Self> {
        let (next, end) = (members.get("Next"), members.get("End"));
        match (next, end) {
            (Some(next), None | Some(Json::Bool(false))) => {
                members.reading.field("Next", |reading| String::of_json(next, reading)).map(Self::Next)
            }
            (None, Some(Json::Bool(true))) => Some(Self::End),
            (Some(_), Some(_)) => {
                members.reading.wrong("Only one of these fields is possible: [Next, End]");
                None
            }
            (None, _) => {
                members.reading.wrong("one of these fields is required: [Next, End]");
                None
            }
        }
    }

    fn write(&self, _: &str, out: &mut IndexMap<String, Json>) {
        match self {
            Self::Next(target) => out.insert("Next".into(), target.into()),
            Self::End => out.insert("End".into(), true.into()),
        };
    }
}
