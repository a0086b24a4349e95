//! Choice.

use indexmap::IndexMap;

use crate::{ChoiceRule, Edge, Json, NullablePath, QueryLanguage, Text, record::record};

record! {
    /// A state that decides by data where to go.
    ///
    /// See "Choice workflow state": <https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html>.
    pub struct ChoiceState {
        /// For readers.
        "Comment" => comment: Option<Text>,
        /// The state's own language.
        "QueryLanguage" => query_language: Option<QueryLanguage>,
        /// The part of the input that it looks at, in JSONPath.
        "InputPath" => input_path: Option<NullablePath>,
        /// The part that it passes on, in JSONPath.
        "OutputPath" => output_path: Option<NullablePath>,
        /// Looked at in order; the first that holds is taken. One at least.
        "Choices" => choices: Vec<ChoiceRule>,
        /// Variables that it sets when none holds.
        "Assign" => assign: Option<IndexMap<String, Json>>,
        /// What it yields when none holds, in JSONata; its input without it.
        "Output" => output: Option<Json>,
        /// The state to go to when none holds. Without it the execution fails with `States.NoChoiceMatched`.
        "Default" => default: Option<String>,
    }
}

impl ChoiceState {
    /// A state with these rules.
    #[must_use]
    pub fn new(choices: Vec<ChoiceRule>, default: Option<String>) -> Self {
        Self {
            comment: None,
            query_language: None,
            input_path: None,
            output_path: None,
            choices,
            assign: None,
            output: None,
            default,
        }
    }

    pub(super) fn edges(&self) -> Vec<Edge<'_>> {
        let rules = self.choices.iter().enumerate();
        let rules = rules.map(|(i, rule)| Edge { field: format!("Choices[{i}]/Next"), target: &rule.next });
        let default = self.default.iter().map(|target| Edge { field: "Default".into(), target });
        rules.chain(default).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Comparison, Operator, ReferencePath, Rule, State};

    #[test]
    fn rules_are_written_in_order_and_the_default_last() {
        let test = Comparison::new(ReferencePath::root(), Operator::StringEquals, "Approved");
        let rules = vec![ChoiceRule::new(Rule::compare(test), "Success")];
        let choice = State::from(ChoiceState::new(rules, Some("Failed".into())));
        assert_eq!(
            choice.to_json().to_compact(),
            r#"{"Type":"Choice","Choices":[{"Variable":"$","StringEquals":"Approved","Next":"Success"}],"Default":"Failed"}"#,
        );
        let edges: Vec<_> = choice.edges().into_iter().map(|e| format!("{} {}", e.field, e.target)).collect();
        assert_eq!(edges, ["Choices[0]/Next Success", "Default Failed"]);
    }
}
