//! The rules of a Choice.

mod comparison;
mod operator;
mod rule;

pub use self::{
    comparison::Comparison,
    operator::{Operand, Operator},
    rule::{MAX_RULE_DEPTH, Node, Rule},
};
use crate::Json;

/// A rule and where it leads.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ChoiceRule {
    /// For readers.
    pub comment: Option<String>,
    /// What must hold.
    pub rule: Rule,
    /// The state to go to.
    pub next: String,
}

impl ChoiceRule {
    /// A rule without a comment.
    #[must_use]
    pub fn new(rule: Rule, next: impl Into<String>) -> Self {
        Self { comment: None, rule, next: next.into() }
    }

    /// The rule in JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let mut out = self.rule.members();
        if let Some(comment) = &self.comment {
            out.insert("Comment".into(), comment.into());
        }
        out.insert("Next".into(), Json::from(&self.next));
        Json::Object(out)
    }
}
