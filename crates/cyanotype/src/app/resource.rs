//! A resource of any type.

use std::{fmt, panic::Location};

use cyanotype_cfn::{Key, RetentionPolicy, Tree, Value};

use super::{Condition, Construct, ResourceBody};
use crate::{diagnostic::Diagnostic, synth::wrong_attribute};

/// A handle on a resource, made by [`Construct::resource`](super::Construct::resource).
#[derive(Clone)]
pub struct Resource {
    under: Construct,
    key: Key,
}

#[allow(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "what a method says is kept also when the handle is not"
)]
impl Resource {
    pub(crate) fn new(under: Construct, key: Key) -> Self {
        Self { under, key }
    }

    /// `Ref`: what it yields is on the type's page, mostly a name or a URL.
    #[must_use]
    pub fn reference(&self) -> Value<String> {
        Value::reference(self.key)
    }

    /// `Fn::GetAtt`: an attribute such as `Arn`, or one below a property such as `Endpoint.Address`. One that the type
    /// does not have is an error of synth.
    #[must_use]
    #[track_caller]
    pub fn attribute(&self, name: impl Into<String>) -> Value<String> {
        let (name, at) = (name.into(), Location::caller());
        self.edit(|body| {
            let wrong = wrong_attribute(&body.type_name, &name);
            let doubt = wrong.map(|(problem, help)| Diagnostic::error(problem).at(at).help(help));
            body.doubts.extend(doubt);
        });
        Value::attribute(self.key, name)
    }

    /// Its ARN, of which something else says whether its type has one.
    pub(crate) fn arn(&self) -> Value<String> {
        Value::attribute(self.key, "Arn")
    }

    /// Sets a property that is newer than this crate's table of resource types.
    ///
    /// ```
    /// # use cyanotype::prelude::*;
    /// # let stack = App::new().stack("Shop");
    /// stack
    ///     .resource("Jobs", "AWS::SQS::Queue", tree!({ "VisibilityTimeout": 60 }))
    ///     .newer_property("Priorities", tree!({ "Levels": 3 }));
    /// ```
    pub fn newer_property(self, name: impl Into<String>, value: impl Into<Tree>) -> Self {
        let (name, value) = (name.into(), value.into());
        self.edit(|body| {
            body.newer.push(name.clone());
            body.properties.insert(name, value);
        });
        self
    }

    /// Takes its type, properties and attributes as they are, whatever the table of resource types says of them: for a
    /// type that is newer than this crate.
    ///
    /// All properties but `Tags` then count for whoever refers to it, since nothing is known of them.
    ///
    /// ```
    /// # use cyanotype::prelude::*;
    /// # let stack = App::new().stack("Shop");
    /// stack.resource("Vault", "AWS::Secrets::Vault", tree!({ "Seals": 2 })).unchecked();
    /// ```
    pub fn unchecked(self) -> Self {
        self.edit(|body| body.unchecked = true);
        self
    }

    /// Is made after another resource, though it does not refer to it.
    pub fn depends_on(self, other: &Resource) -> Self {
        self.edit(|body| body.depends_on.push(other.key));
        self
    }

    /// What happens to it when it leaves the template, or the stack is deleted.
    pub fn deletion_policy(self, policy: RetentionPolicy) -> Self {
        self.edit(|body| body.deletion_policy = Some(policy));
        self
    }

    /// What happens to it when it is replaced.
    pub fn update_replace_policy(self, policy: RetentionPolicy) -> Self {
        self.edit(|body| body.update_replace_policy = Some(policy));
        self
    }

    /// An entry of its `Metadata`.
    pub fn metadata(self, key: impl Into<String>, value: impl Into<Tree>) -> Self {
        let (key, value) = (key.into(), value.into());
        self.edit(|body| drop(body.metadata.insert(key, value)));
        self
    }

    /// An entry of its `UpdatePolicy`, such as `AutoScalingRollingUpdate`.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html>
    pub fn update_policy(self, key: impl Into<String>, value: impl Into<Tree>) -> Self {
        let (key, value) = (key.into(), value.into());
        self.edit(|body| drop(body.update_policy.insert(key, value)));
        self
    }

    /// A tag, for types whose `Tags` are a list of keys and values.
    pub fn tag(self, key: impl Into<String>, value: impl Into<Value<String>>) -> Self {
        self.edit(|body| add_tag(body, key.into(), value.into()));
        self
    }

    /// Exists only when a condition holds.
    pub fn when(self, condition: &Condition) -> Self {
        self.edit(|body| body.condition = Some(condition.key()));
        self
    }

    pub(super) fn edit(&self, edit: impl FnOnce(&mut ResourceBody)) {
        self.under.edit(self.key, edit);
    }
}

/// Adds a tag to those that a resource has.
pub(crate) fn add_tag(body: &mut ResourceBody, key: String, value: Value<String>) {
    let tag = Tree::map([("Key", Tree::from(key)), ("Value", value.into())]);
    match body.properties.get_mut("Tags") {
        Some(Tree::List(tags)) => tags.push(tag),
        _ => drop(body.properties.insert("Tags".into(), Tree::List(vec![tag]))),
    }
}

impl fmt::Debug for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resource").field("key", &self.key).finish_non_exhaustive()
    }
}
