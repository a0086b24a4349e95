//! Parallel.

use indexmap::IndexMap;

use crate::{Catcher, Json, NullablePath, QueryLanguage, Retrier, State, Text, Transition, record::record};

record! {
    /// A state that runs branches at once, each with the same input, and yields an array of what they yield.
    ///
    /// See "Parallel workflow state": <https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html>.
    pub struct ParallelState {
        /// For readers.
        "Comment" => comment: Option<Text>,
        /// The state's own language. Those within have the machine's, unless they say otherwise.
        "QueryLanguage" => query_language: Option<QueryLanguage>,
        /// The part of the input that it takes, in JSONPath.
        "InputPath" => input_path: Option<NullablePath>,
        /// What each branch gets, in JSONPath. Its input without it.
        "Parameters" => parameters: Option<Json>,
        /// What each branch gets, in JSONata. Its input without it.
        "Arguments" => arguments: Option<Json>,
        /// One at least.
        "Branches" => branches: Vec<Branch>,
        /// What it makes of the result, in JSONPath.
        "ResultSelector" => result_selector: Option<Json>,
        /// Where in the input the result is put, in JSONPath. Without it the result takes the input's place.
        "ResultPath" => result_path: Option<NullablePath>,
        /// The part of the input and result that the state yields, in JSONPath. Without it, all.
        "OutputPath" => output_path: Option<NullablePath>,
        /// What it yields, in JSONata; the result without it.
        "Output" => output: Option<Json>,
        /// Variables that it sets.
        "Assign" => assign: Option<IndexMap<String, Json>>,
        /// After which errors it tries again, all branches.
        "Retry" => retry: Option<Vec<Retrier>>,
        /// After which errors it goes on elsewhere.
        "Catch" => catch: Option<Vec<Catcher>>,
        /// Where it goes.
        "Next" => transition: Transition,
    }
}

record! {
    /// One path of a [`ParallelState`], a scope of its own: no state in it leads out, and none outside leads in.
    pub struct Branch {
        /// For readers.
        "Comment" => comment: Option<Text>,
        /// The name of the state that it starts in.
        "StartAt" => start_at: String,
        /// The states by name, unique in the whole machine.
        "States" => states: IndexMap<String, State>,
    }
}

impl ParallelState {
    /// A state that runs these branches, with AWS's defaults for everything else.
    #[must_use]
    pub fn new(branches: Vec<Branch>, transition: Transition) -> Self {
        Self {
            comment: None,
            query_language: None,
            input_path: None,
            parameters: None,
            arguments: None,
            branches,
            result_selector: None,
            result_path: None,
            output_path: None,
            output: None,
            assign: None,
            retry: None,
            catch: None,
            transition,
        }
    }
}

impl Branch {
    /// A branch of these states.
    #[must_use]
    pub fn new(start_at: impl Into<String>, states: IndexMap<String, State>) -> Self {
        Self { comment: None, start_at: start_at.into(), states }
    }
}
