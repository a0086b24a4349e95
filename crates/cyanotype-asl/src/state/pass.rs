//! Pass.

use indexmap::IndexMap;

use crate::{Json, NullablePath, QueryLanguage, Text, Transition, record::record};

record! {
    /// A state that does no work: it passes its input on, or what it makes of it.
    ///
    /// See "Pass workflow state": <https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html>.
    pub struct PassState {
        /// For readers.
        "Comment" => comment: Option<Text>,
        /// The state's own language.
        "QueryLanguage" => query_language: Option<QueryLanguage>,
        /// The part of the input that it takes, in JSONPath.
        "InputPath" => input_path: Option<NullablePath>,
        /// What it makes of the input, in JSONPath: names that end in `.$` have paths.
        "Parameters" => parameters: Option<Json>,
        /// What it yields in the input's place, taken literally, in JSONPath.
        "Result" => result: Option<Json>,
        /// Where in the input the result is put, in JSONPath.
        "ResultPath" => result_path: Option<NullablePath>,
        /// The part that it yields, in JSONPath.
        "OutputPath" => output_path: Option<NullablePath>,
        /// What it yields, in JSONata.
        "Output" => output: Option<Json>,
        /// Variables that it sets.
        "Assign" => assign: Option<IndexMap<String, Json>>,
        /// Where it goes.
        "Next" => transition: Transition,
    }
}

impl PassState {
    /// A state that passes its input on.
    #[must_use]
    pub fn new(transition: Transition) -> Self {
        Self {
            comment: None,
            query_language: None,
            input_path: None,
            parameters: None,
            result: None,
            result_path: None,
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
    fn it_may_have_a_result() {
        let mut pass = PassState::new(Transition::End);
        assert_eq!(State::from(pass.clone()).to_json().to_compact(), r#"{"Type":"Pass","End":true}"#);
        pass.result = Some(Json::Null);
        assert_eq!(State::from(pass).to_json().to_compact(), r#"{"Type":"Pass","Result":null,"End":true}"#);
    }
}
