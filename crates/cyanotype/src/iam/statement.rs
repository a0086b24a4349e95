//! One statement of a policy.

use std::panic::Location;

use cyanotype_cfn::{Tree, Value};
use indexmap::IndexMap;

use crate::diagnostic::Source;

/// A statement of a policy: what may, or must not, be done with what.
///
/// ```
/// use cyanotype::prelude::*;
///
/// let stack = App::new().stack("Shop");
/// let table = stack.resource("Orders", "AWS::DynamoDB::Table", tree!({}));
/// let read = Statement::allow(["dynamodb:GetItem", "dynamodb:Query"])
///     .on(table.attribute("Arn"))
///     .when("ForAllValues:StringEquals", "dynamodb:LeadingKeys", vec!["public"]);
/// ```
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html>
#[derive(Debug, Clone)]
#[must_use = "a statement does nothing until something is given it: `function.allow(statement)`"]
pub struct Statement {
    pub(crate) effect: Effect,
    pub(crate) actions: Vec<String>,
    pub(crate) resources: Vec<Tree>,
    /// Operator, then key.
    pub(crate) conditions: IndexMap<String, IndexMap<String, Tree>>,
    pub(crate) at: Source,
    /// The states of a machine for which it was found out, if any.
    pub(crate) states: Vec<String>,
    /// Whether its user gave it, and not what has the role.
    pub(crate) given: bool,
}

/// What a [`Statement`] says of its actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// They may be done.
    Allow,
    /// They must not be done, whatever else allows them.
    Deny,
}

impl Statement {
    /// Allows actions, such as `dynamodb:GetItem`, on the resources named by [`on`](Self::on).
    #[track_caller]
    pub fn allow<A: Into<String>>(actions: impl IntoIterator<Item = A>) -> Self {
        Self::of(Effect::Allow, actions, Location::caller())
    }

    /// Denies actions.
    #[track_caller]
    pub fn deny<A: Into<String>>(actions: impl IntoIterator<Item = A>) -> Self {
        Self::of(Effect::Deny, actions, Location::caller())
    }

    /// On a resource: an ARN, or a pattern with `*`. May be called again for more of them. Without any the statement
    /// is an error; `"*"` says all of them.
    pub fn on(mut self, resource: impl Into<Value<String>>) -> Self {
        self.resources.push(resource.into().into());
        self
    }

    /// Only under a condition: an operator such as `StringEquals`, a key such as `aws:SourceAccount`, and a value or a
    /// list of them.
    pub fn when(
        mut self,
        operator: impl Into<String>,
        key: impl Into<String>,
        value: impl Into<Tree>,
    ) -> Self {
        self.conditions.entry(operator.into()).or_default().insert(key.into(), value.into());
        self
    }

    /// Everything in it that may hold an intrinsic.
    pub(crate) fn trees(&self) -> impl Iterator<Item = &Tree> {
        self.resources.iter().chain(self.conditions.values().flat_map(IndexMap::values))
    }

    /// An `Allow` that is generated on behalf of a line of the user's.
    pub(crate) fn new<A: Into<String>>(actions: impl IntoIterator<Item = A>, at: Source) -> Self {
        Self::of(Effect::Allow, actions, at)
    }

    fn of<A: Into<String>>(effect: Effect, actions: impl IntoIterator<Item = A>, at: Source) -> Self {
        let actions = actions.into_iter().map(Into::into).collect();
        Self {
            effect,
            actions,
            resources: vec![],
            conditions: IndexMap::new(),
            at,
            states: vec![],
            given: false,
        }
    }
}

impl Effect {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}
