//! A template that is ready to be written.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{Names, Tree, json::pretty, render::Render};

/// The most resources that CloudFormation takes in a template.
const MAX_RESOURCES: usize = 500;
/// The most bytes that it takes in a template from S3.
const MAX_BYTES: usize = 1_048_576;

/// What a resource's text has, more or less.
const BYTES_OF_A_RESOURCE: usize = 600;

/// A CloudFormation template: an arrangement of what lies elsewhere. Its elements have their logical IDs; what its
/// trees name is looked up when it is written.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html>
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Template<'a> {
    /// What the stack is, for people.
    pub description: Option<&'a str>,
    /// `Parameters`.
    pub parameters: IndexMap<&'a str, Tree>,
    /// `Mappings`.
    pub mappings: IndexMap<&'a str, &'a IndexMap<String, IndexMap<String, Tree>>>,
    /// `Conditions`.
    pub conditions: IndexMap<&'a str, &'a Tree>,
    /// `Resources`.
    pub resources: IndexMap<&'a str, Resource<'a>>,
    /// `Outputs`.
    pub outputs: IndexMap<Cow<'a, str>, Output<'a>>,
}

/// A resource of a template.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource<'a> {
    /// Such as `AWS::DynamoDB::Table`.
    pub type_name: &'a str,
    /// The condition under which it exists.
    pub condition: Option<&'a str>,
    /// Logical IDs that must exist before it.
    pub depends_on: Vec<&'a str>,
    /// What happens to it when it leaves the template, or the stack is deleted.
    pub deletion_policy: Option<RetentionPolicy>,
    /// What happens to it when it is replaced.
    pub update_replace_policy: Option<RetentionPolicy>,
    /// `UpdatePolicy`.
    pub update_policy: &'a IndexMap<String, Tree>,
    /// `Metadata`.
    pub metadata: &'a IndexMap<String, Tree>,
    /// `Properties`.
    pub properties: &'a IndexMap<&'a str, Cow<'a, Tree>>,
}

/// `DeletionPolicy` and `UpdateReplacePolicy`.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetentionPolicy {
    /// It is deleted.
    Delete,
    /// It stays, and no stack owns it any more.
    Retain,
    /// Like `Retain`, but what a failed operation itself created is deleted. Only as a deletion policy.
    RetainExceptOnCreate,
    /// A snapshot is taken before it is deleted. Only for types that have snapshots.
    Snapshot,
}

/// An output of a template.
#[derive(Debug, Clone, PartialEq)]
pub struct Output<'a> {
    /// What it is, for people.
    pub description: Option<&'a str>,
    /// What it yields.
    pub value: Cow<'a, Tree>,
    /// The name under which other stacks import it.
    pub export: Option<Cow<'a, Tree>>,
    /// The condition under which it exists.
    pub condition: Option<&'a str>,
}

impl RetentionPolicy {
    /// Its name in a template.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Delete => "Delete",
            Self::Retain => "Retain",
            Self::RetainExceptOnCreate => "RetainExceptOnCreate",
            Self::Snapshot => "Snapshot",
        }
    }
}

impl Template<'_> {
    /// The template's text, in which elements have the names that `names` gives them.
    #[must_use]
    pub fn to_text(&self, names: &impl Names) -> String {
        pretty(&self.with(names), self.resources.len() * BYTES_OF_A_RESOURCE)
    }

    /// What CloudFormation would refuse in a template whose text is this, as sentences.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>
    #[must_use]
    pub fn limits_exceeded(&self, text: &str) -> Vec<String> {
        let mut exceeded = vec![];
        let resources = self.resources.len();
        if resources == 0 {
            exceeded.push("the template has no resources, and CloudFormation wants one at least".into());
        }
        if resources > MAX_RESOURCES {
            exceeded.push(format!(
                "the template has {resources} resources, and CloudFormation takes {MAX_RESOURCES}"
            ));
        }
        if text.len() > MAX_BYTES {
            let bytes = text.len();
            exceeded.push(format!("the template has {bytes} bytes, and CloudFormation takes {MAX_BYTES}"));
        }
        exceeded
    }
}

impl Render for Template<'_> {
    fn write<N: Names, S: Serializer>(&self, names: &N, to: S) -> Result<S::Ok, S::Error> {
        let mut out = to.serialize_map(None)?;
        out.serialize_entry("AWSTemplateFormatVersion", "2010-09-09")?;
        if let Some(description) = &self.description {
            out.serialize_entry("Description", description)?;
        }
        section(&mut out, "Parameters", &self.parameters, names)?;
        section(&mut out, "Mappings", &self.mappings, names)?;
        section(&mut out, "Conditions", &self.conditions, names)?;
        section(&mut out, "Resources", &self.resources, names)?;
        section(&mut out, "Outputs", &self.outputs, names)?;
        out.end()
    }
}

impl Render for Resource<'_> {
    fn write<N: Names, S: Serializer>(&self, names: &N, to: S) -> Result<S::Ok, S::Error> {
        let mut out = to.serialize_map(None)?;
        out.serialize_entry("Type", &self.type_name)?;
        if let Some(condition) = &self.condition {
            out.serialize_entry("Condition", condition)?;
        }
        match self.depends_on.as_slice() {
            [] => {}
            [one] => out.serialize_entry("DependsOn", one)?,
            many => out.serialize_entry("DependsOn", many)?,
        }
        if let Some(policy) = self.deletion_policy {
            out.serialize_entry("DeletionPolicy", policy.name())?;
        }
        if let Some(policy) = self.update_replace_policy {
            out.serialize_entry("UpdateReplacePolicy", policy.name())?;
        }
        section(&mut out, "UpdatePolicy", self.update_policy, names)?;
        section(&mut out, "Metadata", self.metadata, names)?;
        section(&mut out, "Properties", self.properties, names)?;
        out.end()
    }
}

impl Render for Output<'_> {
    fn write<N: Names, S: Serializer>(&self, names: &N, to: S) -> Result<S::Ok, S::Error> {
        let mut out = to.serialize_map(None)?;
        if let Some(description) = &self.description {
            out.serialize_entry("Description", description)?;
        }
        if let Some(condition) = &self.condition {
            out.serialize_entry("Condition", condition)?;
        }
        out.serialize_entry("Value", &self.value.with(names))?;
        if let Some(export) = &self.export {
            out.serialize_entry("Export", &Export { name: export.with(names) })?;
        }
        out.end()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Export<T> {
    name: T,
}

/// An entry for a map that is not empty.
fn section<M: SerializeMap, K: AsRef<str>, T: Render, N: Names>(
    out: &mut M,
    name: &str,
    entries: &IndexMap<K, T>,
    names: &N,
) -> Result<(), M::Error> {
    if entries.is_empty() { Ok(()) } else { out.serialize_entry(name, &entries.with(names)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{HandOver, Key};

    struct NoNames;

    impl Names for NoNames {
        fn local(&self, _: Key) -> Option<&str> {
            None
        }

        fn id(&self, _: Key) -> &str {
            ""
        }

        fn elsewhere(&self, _: Key, _: Option<&str>) -> HandOver {
            HandOver::Export { name: String::new() }
        }
    }

    type None = (IndexMap<String, Tree>, IndexMap<&'static str, Cow<'static, Tree>>);

    fn resource((metadata, properties): &None) -> Resource<'_> {
        Resource {
            type_name: "AWS::SNS::Topic",
            condition: None,
            depends_on: vec![],
            deletion_policy: None,
            update_replace_policy: None,
            update_policy: metadata,
            metadata,
            properties,
        }
    }

    #[test]
    fn empty_sections_are_left_out() {
        let (mut template, none) = (Template::default(), None::default());
        template.resources.insert("Topic", resource(&none));
        let expected = r#"{
  "AWSTemplateFormatVersion": "2010-09-09",
  "Resources": {
    "Topic": {
      "Type": "AWS::SNS::Topic"
    }
  }
}
"#;
        assert_eq!(template.to_text(&NoNames), expected);
        assert!(template.limits_exceeded(expected).is_empty());
    }

    #[test]
    fn every_limit_that_is_passed_is_named() {
        let (mut template, none) = (Template::default(), None::default());
        let ids: Vec<_> = (0..=MAX_RESOURCES).map(|n| format!("Topic{n}")).collect();
        template.resources.extend(ids.iter().map(|id| (id.as_str(), resource(&none))));
        let exceeded = template.limits_exceeded(&"x".repeat(MAX_BYTES + 1));
        assert_eq!(exceeded.len(), 2);
        assert!(exceeded[0].contains("501 resources"), "{exceeded:?}");
    }
}
