//! Choice.

use indexmap::IndexMap;

use crate::{ChoiceRule, Edge, Json};

/// A state that decides by data where to go.
///
/// See "Choice workflow state": <https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html>.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ChoiceState {
    /// For readers.
    pub comment: Option<String>,
    /// Looked at in order; the first that holds is taken. One at least.
    pub choices: Vec<ChoiceRule>,
    /// The state to go to when none holds. Without it the execution fails with `States.NoChoiceMatched`.
    pub default: Option<String>,
}

impl ChoiceState {
    /// A state with these rules.
    #[must_use]
    pub fn new(choices: Vec<ChoiceRule>, default: Option<String>) -> Self {
        Self { comment: None, choices, default }
    }

    pub(super) fn edges(&self) -> Vec<Edge<'_>> {
        let rules = self.choices.iter().enumerate();
        let rules = rules.map(|(i, rule)| Edge { field: format!("Choices[{i}]/Next"), target: &rule.next });
        let default = self.default.iter().map(|target| Edge { field: "Default".into(), target });
        rules.chain(default).collect()
    }

    pub(super) fn write(&self, out: &mut IndexMap<String, Json>) {
        out.insert("Choices".into(), Json::Array(self.choices.iter().map(ChoiceRule::to_json).collect()));
        if let Some(default) = &self.default {
            out.insert("Default".into(), default.into());
        }
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
