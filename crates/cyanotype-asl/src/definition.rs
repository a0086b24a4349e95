//! The whole of a state machine.

use indexmap::IndexMap;

use crate::{Json, State};

/// The definition of a state machine.
///
/// See "State machine structure" in the AWS Step Functions Developer Guide:
/// <https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html>.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Definition {
    /// For readers; AWS keeps it and does nothing with it.
    pub comment: Option<String>,
    /// How long an execution may run, 1 to 99,999,999 seconds. It then ends with `TIMED_OUT`.
    pub timeout_seconds: Option<u32>,
    /// The name of the state that an execution starts in.
    pub start_at: String,
    /// The states by name, in the order in which they are written.
    pub states: IndexMap<String, State>,
}

impl Definition {
    /// A definition that starts there, without any states yet.
    #[must_use]
    pub fn new(start_at: impl Into<String>) -> Self {
        Self { comment: None, timeout_seconds: None, start_at: start_at.into(), states: IndexMap::new() }
    }

    /// The definition in JSON, fields in the order in which AWS's own pages show them.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let mut out = IndexMap::new();
        if let Some(comment) = &self.comment {
            out.insert("Comment".into(), comment.into());
        }
        out.insert("StartAt".to_owned(), Json::from(&self.start_at));
        if let Some(seconds) = self.timeout_seconds {
            out.insert("TimeoutSeconds".into(), seconds.into());
        }
        out.insert("States".into(), Json::object(self.states.iter().map(|(name, s)| (name, s.to_json()))));
        Json::Object(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SucceedState;

    #[test]
    fn fields_are_in_the_customary_order() {
        let mut definition = Definition::new("Done");
        definition.states.insert("Done".into(), SucceedState::new().into());
        definition.comment = Some("c".into());
        definition.timeout_seconds = Some(60);
        assert_eq!(
            definition.to_json().to_compact(),
            r#"{"Comment":"c","StartAt":"Done","TimeoutSeconds":60,"States":{"Done":{"Type":"Succeed"}}}"#,
        );
    }
}
