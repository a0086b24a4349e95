//! The rules of a Choice.

mod comparison;
mod operator;
mod rule;

use indexmap::IndexMap;

pub use self::{
    comparison::{Comparison, Operand},
    operator::{OperandType, Operator},
    rule::{MAX_RULE_DEPTH, Node, Rule},
};
use crate::{
    Json, Text,
    record::{Held, Member, Members, Record},
};

/// A rule and where it leads.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ChoiceRule {
    /// What must hold.
    pub test: Test,
    /// Variables that it sets.
    pub assign: Option<IndexMap<String, Json>>,
    /// What it hands on, in JSONata; the input without it.
    pub output: Option<Json>,
    /// For readers.
    pub comment: Option<Text>,
    /// The state to go to.
    pub next: String,
}

/// What must hold for a rule to be taken.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// A comparison or several, in JSONPath.
    Rule(Rule),
    /// `true`, `false` or an expression, in JSONata: `Condition`.
    Condition(Json),
}

impl ChoiceRule {
    /// A rule in JSONPath.
    #[must_use]
    pub fn new(rule: Rule, next: impl Into<String>) -> Self {
        Self::of(Test::Rule(rule), next)
    }

    /// A rule in JSONata: an expression, such as `{% $states.input.total > 100 %}`, or a truth value.
    #[must_use]
    pub fn condition(condition: impl Into<Json>, next: impl Into<String>) -> Self {
        Self::of(Test::Condition(condition.into()), next)
    }

    fn of(test: Test, next: impl Into<String>) -> Self {
        Self { test, assign: None, output: None, comment: None, next: next.into() }
    }
}

/// What a rule has beside what it tests.
const BESIDE: [&str; 4] = ["Assign", "Output", "Comment", "Next"];

impl Record for ChoiceRule {
    fn read(members: &mut Members<'_, '_>) -> Option<Self> {
        let test = members.rest(&BESIDE, |members, reading| match members.get("Condition") {
            Some(condition)
                if members.keys().all(|name| name == "Condition" || BESIDE.contains(&name.as_str())) =>
            {
                Some(Test::Condition(condition.clone()))
            }
            _ => Rule::of_members(members, &BESIDE, 1, reading).map(Test::Rule),
        });
        let assign = Member::read("Assign", members);
        let output = Member::read("Output", members);
        let comment = Member::read("Comment", members);
        let next = Member::read("Next", members);
        Some(Self { test: test?, assign: assign?, output: output?, comment: comment?, next: next? })
    }

    fn write(&self, out: &mut IndexMap<String, Json>) {
        match &self.test {
            Test::Rule(rule) => out.extend(rule.members()),
            Test::Condition(condition) => condition.write("Condition", out),
        }
        self.assign.write("Assign", out);
        self.output.write("Output", out);
        self.comment.write("Comment", out);
        self.next.write("Next", out);
    }
}

impl ChoiceRule {
    /// The rule in JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        self.json()
    }
}
