//! Fail.

use crate::{QueryLanguage, Text, record::record};

record! {
    /// A state that ends the execution with an error.
    ///
    /// See "Fail workflow state": <https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html>.
    #[derive(Default, Eq)]
    pub struct FailState {
        /// For readers.
        "Comment" => comment: Option<Text>,
        /// The state's own language.
        "QueryLanguage" => query_language: Option<QueryLanguage>,
        /// The error's name, such as `OrderRefused`; in JSONata, or an expression that gives it.
        "Error" => error: Option<Text>,
        /// Where the error's name is: a path, or an intrinsic function that gives a string. In JSONPath.
        "ErrorPath" => error_path: Option<Text>,
        /// What happened, for people; in JSONata, or an expression that gives it.
        "Cause" => cause: Option<Text>,
        /// Where the cause is, like `ErrorPath`.
        "CausePath" => cause_path: Option<Text>,
    }
}

impl FailState {
    /// A state that names neither error nor cause.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
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
