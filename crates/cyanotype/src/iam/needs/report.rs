//! What was found.

use std::collections::{BTreeSet, HashMap, HashSet};

use cyanotype_asl::Text;
use indexmap::IndexMap;

use super::text::rendered;
use crate::iam::{Effect, PolicyCondition, PolicyDocument, PolicyStatement};

/// The rights that a definition needs.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Needs {
    /// Each right once, in the order of the states that first need it.
    pub needs: Vec<Need>,
    /// What is only as narrow as the action allows, and what is not known.
    pub warnings: Vec<NeedWarning>,
}

/// A right, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Need {
    /// Such as `dynamodb:PutItem`.
    pub actions: Vec<String>,
    /// ARNs and patterns of ARNs, with placeholders for what the template fills in.
    pub resources: Vec<Text>,
    /// Under which it is needed; all of them hold.
    pub conditions: Vec<PolicyCondition>,
    /// The states that need it, in the order of the definition.
    pub states: Vec<String>,
    /// What for, with the page of AWS's documentation that says so.
    pub why: String,
}

/// A right that is wider than what the states do with it, or one that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NeedWarning {
    /// The state that it is about.
    pub state: String,
    /// What is wide, or not known.
    pub message: String,
    /// How to narrow it.
    pub help: String,
    /// The argument that would, as a literal or a reference to the resource; None where no argument does.
    pub argument: Option<String>,
    /// What is allowed, where a resource that fits it would narrow it.
    pub allowed: Option<Text>,
}

impl Need {
    /// The statement that allows it.
    pub(crate) fn to_statement(&self) -> PolicyStatement {
        PolicyStatement {
            effect: Effect::Allow,
            actions: self.actions.clone(),
            resources: self.resources.clone(),
            conditions: self.conditions.clone(),
        }
    }
}

impl Needs {
    /// The policy that allows all of it and nothing else.
    #[must_use]
    pub fn policy(&self) -> PolicyDocument {
        PolicyDocument::new(self.needs.iter().map(Need::to_statement))
    }

    /// The needs that a statement of that [policy](Self::policy) is there for.
    pub fn behind<'n>(&'n self, statement: &'n PolicyStatement) -> impl Iterator<Item = &'n Need> {
        let resources: HashSet<&Text> = statement.resources.iter().collect();
        let is_everything = resources.contains(&Text::from("*"));
        self.needs.iter().filter(move |need| {
            need.conditions == statement.conditions
                && need.actions.iter().any(|action| statement.actions.contains(action))
                && (is_everything || need.resources.iter().any(|resource| resources.contains(resource)))
        })
    }
}

/// Collects needs while states are looked at: what several states need alike, and for the same reason, is one need.
#[derive(Default)]
pub(super) struct Collector {
    /// The states of each, which stand apart so that needs can be compared without them.
    needs: IndexMap<Need, Vec<String>>,
    warnings: Vec<NeedWarning>,
    targets: Targets,
}

/// What has come of what calls are said to be on.
#[derive(Debug, Default)]
pub(crate) struct Targets {
    /// By state and number: how the ARNs begin that it was taken for, where nothing else says of what kind it is.
    taken_for: HashMap<(String, usize), BTreeSet<String>>,
}

impl Targets {
    /// Whether a state has a right on its target of this number.
    pub(crate) fn is_used(&self, state: &str, number: usize) -> bool {
        self.taken_for.contains_key(&(state.to_owned(), number))
    }

    /// The beginnings of ARNs of which a target might be one; none where it can be of one kind alone.
    pub(crate) fn in_doubt(&self, state: &str, number: usize) -> Vec<&str> {
        let kinds = self.taken_for.get(&(state.to_owned(), number)).filter(|kinds| kinds.len() > 1);
        kinds.into_iter().flatten().map(String::as_str).collect()
    }
}

impl Collector {
    /// Says that a right is on a target.
    pub(super) fn target(&mut self, state: &str, number: usize, taken_for: Option<&Text>) {
        let kinds = self.targets.taken_for.entry((state.to_owned(), number)).or_default();
        kinds.extend(taken_for.map(rendered));
    }

    pub(super) fn need(&mut self, state: &str, mut need: Need) {
        need.conditions.sort();
        let states = self.needs.entry(need).or_default();
        if states.last().is_none_or(|last| last != state) {
            states.push(state.to_owned());
        }
    }

    pub(super) fn warn(&mut self, warning: NeedWarning) {
        // A state's own warnings are the last ones.
        let own = self.warnings.iter().rev().take_while(|other| other.state == warning.state);
        if !own.into_iter().any(|other| *other == warning) {
            self.warnings.push(warning);
        }
    }

    pub(super) fn finish(self) -> (Needs, Targets) {
        let needs = self.needs.into_iter().map(|(need, states)| Need { states, ..need });
        (Needs { needs: needs.collect(), warnings: self.warnings }, self.targets)
    }
}
