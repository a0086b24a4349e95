//! Wait.

use indexmap::IndexMap;

use crate::{Amount, Json, NullablePath, QueryLanguage, Text, Transition, record::record};

record! {
    /// A state that waits and passes its input on. It has one of the four ways to say how long.
    ///
    /// See "Wait workflow state": <https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html>.
    pub struct WaitState {
        /// For readers.
        "Comment" => comment: Option<Text>,
        /// The state's own language.
        "QueryLanguage" => query_language: Option<QueryLanguage>,
        /// The part of the input that it takes, in JSONPath.
        "InputPath" => input_path: Option<NullablePath>,
        /// How long, 0 to 99,999,999 seconds.
        "Seconds" => seconds: Option<Amount>,
        /// Where in the data the number of seconds is, in JSONPath.
        "SecondsPath" => seconds_path: Option<Text>,
        /// Until when: an RFC 3339 timestamp with an upper-case `T`, and `Z` or an offset.
        "Timestamp" => timestamp: Option<Text>,
        /// Where in the data the timestamp is, in JSONPath.
        "TimestampPath" => timestamp_path: Option<Text>,
        /// The part that it yields, in JSONPath.
        "OutputPath" => output_path: Option<NullablePath>,
        /// What it yields, in JSONata; its input without it.
        "Output" => output: Option<Json>,
        /// Variables that it sets.
        "Assign" => assign: Option<IndexMap<String, Json>>,
        /// Where it goes.
        "Next" => transition: Transition,
    }
}

impl WaitState {
    /// A state that waits so many seconds.
    #[must_use]
    pub fn new(seconds: impl Into<Amount>, transition: Transition) -> Self {
        Self { seconds: Some(seconds.into()), ..Self::without_time(transition) }
    }

    /// A state that does not say yet how long it waits.
    #[must_use]
    pub fn without_time(transition: Transition) -> Self {
        Self {
            comment: None,
            query_language: None,
            input_path: None,
            seconds: None,
            seconds_path: None,
            timestamp: None,
            timestamp_path: None,
            output_path: None,
            output: None,
            assign: None,
            transition,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::State;

    #[test]
    fn it_says_how_long() {
        let wait = WaitState::new(300, Transition::End);
        assert_eq!(State::from(wait).to_json().to_compact(), r#"{"Type":"Wait","Seconds":300,"End":true}"#);
    }
}
