//! Fail.

use indexmap::IndexMap;

use crate::{Json, Text};

/// A state that ends the execution with an error.
///
/// See "Fail workflow state": <https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html>.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FailState {
    /// For readers.
    pub comment: Option<String>,
    /// The error's name, such as `OrderRefused`.
    pub error: Option<Text>,
    /// What happened, for people.
    pub cause: Option<Text>,
}

impl FailState {
    /// A state that names neither error nor cause.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn write(&self, out: &mut IndexMap<String, Json>) {
        if let Some(error) = &self.error {
            out.insert("Error".into(), error.into());
        }
        if let Some(cause) = &self.cause {
            out.insert("Cause".into(), cause.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::State;

    #[test]
    fn it_says_what_went_wrong() {
        let mut fail = FailState::new();
        fail.error = Some("E".into());
        fail.cause = Some("c".into());
        assert_eq!(State::from(fail).to_json().to_compact(), r#"{"Type":"Fail","Error":"E","Cause":"c"}"#);
    }
}
