//! Succeed.

use crate::{Json, NullablePath, QueryLanguage, Text, record::record};

record! {
    /// A state that ends the execution with success, and with its input as the result.
    ///
    /// See "Succeed workflow state": <https://docs.aws.amazon.com/step-functions/latest/dg/state-succeed.html>.
    #[derive(Default)]
    pub struct SucceedState {
        /// For readers.
        "Comment" => comment: Option<Text>,
        /// The state's own language.
        "QueryLanguage" => query_language: Option<QueryLanguage>,
        /// The part of the input that it takes, in JSONPath.
        "InputPath" => input_path: Option<NullablePath>,
        /// The part that it yields, in JSONPath.
        "OutputPath" => output_path: Option<NullablePath>,
        /// What it yields, in JSONata; its input without it.
        "Output" => output: Option<Json>,
    }
}

impl SucceedState {
    /// A state without a comment.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}
