//! A template that is ready to be written.

use indexmap::IndexMap;

use crate::Json;

/// The most resources that CloudFormation takes in a template.
const MAX_RESOURCES: usize = 500;
/// The most bytes that it takes in a template from S3.
const MAX_BYTES: usize = 1_048_576;

/// A CloudFormation template. Every logical ID in it is final.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html>
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Template {
    /// What the stack is, for people.
    pub description: Option<String>,
    /// `Metadata`.
    pub metadata: IndexMap<String, Json>,
    /// `Parameters`.
    pub parameters: IndexMap<String, Json>,
    /// `Mappings`.
    pub mappings: IndexMap<String, Json>,
    /// `Conditions`.
    pub conditions: IndexMap<String, Json>,
    /// `Resources`.
    pub resources: IndexMap<String, Resource>,
    /// `Outputs`.
    pub outputs: IndexMap<String, Output>,
}

/// A resource of a template.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Such as `AWS::DynamoDB::Table`.
    pub type_name: String,
    /// The condition under which it exists.
    pub condition: Option<String>,
    /// Logical IDs that must exist before it.
    pub depends_on: Vec<String>,
    /// What happens to it when it leaves the template, or the stack is deleted.
    pub deletion_policy: Option<RetentionPolicy>,
    /// What happens to it when it is replaced.
    pub update_replace_policy: Option<RetentionPolicy>,
    /// `Metadata`.
    pub metadata: IndexMap<String, Json>,
    /// `Properties`.
    pub properties: IndexMap<String, Json>,
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
pub struct Output {
    /// What it is, for people.
    pub description: Option<String>,
    /// What it yields.
    pub value: Json,
    /// The name under which other stacks import it.
    pub export: Option<Json>,
    /// The condition under which it exists.
    pub condition: Option<String>,
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

impl Template {
    /// The template's text.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.to_json().to_pretty()
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

    fn to_json(&self) -> Json {
        let mut sections = IndexMap::new();
        sections.insert("AWSTemplateFormatVersion".to_owned(), Json::from("2010-09-09"));
        if let Some(description) = &self.description {
            sections.insert("Description".into(), description.as_str().into());
        }
        let mut section = |name: &str, entries: IndexMap<String, Json>| {
            if !entries.is_empty() {
                sections.insert(name.to_owned(), entries.into());
            }
        };
        section("Metadata", self.metadata.clone());
        section("Parameters", self.parameters.clone());
        section("Mappings", self.mappings.clone());
        section("Conditions", self.conditions.clone());
        section("Resources", self.resources.iter().map(|(id, r)| (id.clone(), r.to_json())).collect());
        section("Outputs", self.outputs.iter().map(|(id, o)| (id.clone(), o.to_json())).collect());
        sections.into()
    }
}

impl Resource {
    fn to_json(&self) -> Json {
        let mut json = IndexMap::new();
        json.insert("Type".to_owned(), Json::from(self.type_name.as_str()));
        if let Some(condition) = &self.condition {
            json.insert("Condition".into(), condition.as_str().into());
        }
        match self.depends_on.as_slice() {
            [] => {}
            [one] => drop(json.insert("DependsOn".into(), one.as_str().into())),
            many => {
                let many: Vec<_> = many.iter().map(|id| Json::from(id.as_str())).collect();
                json.insert("DependsOn".into(), many.into());
            }
        }
        if let Some(policy) = self.deletion_policy {
            json.insert("DeletionPolicy".into(), policy.name().into());
        }
        if let Some(policy) = self.update_replace_policy {
            json.insert("UpdateReplacePolicy".into(), policy.name().into());
        }
        if !self.metadata.is_empty() {
            json.insert("Metadata".into(), self.metadata.clone().into());
        }
        if !self.properties.is_empty() {
            json.insert("Properties".into(), self.properties.clone().into());
        }
        json.into()
    }
}

impl Output {
    fn to_json(&self) -> Json {
        let mut json = IndexMap::new();
        if let Some(description) = &self.description {
            json.insert("Description".to_owned(), Json::from(description.as_str()));
        }
        if let Some(condition) = &self.condition {
            json.insert("Condition".into(), condition.as_str().into());
        }
        json.insert("Value".into(), self.value.clone());
        if let Some(export) = &self.export {
            json.insert("Export".into(), Json::object([("Name", export.clone())]));
        }
        json.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource() -> Resource {
        Resource {
            type_name: "AWS::SNS::Topic".into(),
            condition: None,
            depends_on: vec![],
            deletion_policy: None,
            update_replace_policy: None,
            metadata: IndexMap::new(),
            properties: IndexMap::new(),
        }
    }

    #[test]
    fn empty_sections_are_left_out() {
        let mut template = Template::default();
        template.resources.insert("Topic".into(), resource());
        let expected = r#"{
  "AWSTemplateFormatVersion": "2010-09-09",
  "Resources": {
    "Topic": {
      "Type": "AWS::SNS::Topic"
    }
  }
}
"#;
        assert_eq!(template.to_text(), expected);
        assert!(template.limits_exceeded(expected).is_empty());
    }

    #[test]
    fn every_limit_that_is_passed_is_named() {
        let mut template = Template::default();
        for n in 0..=MAX_RESOURCES {
            template.resources.insert(format!("Topic{n}"), resource());
        }
        let exceeded = template.limits_exceeded(&"x".repeat(MAX_BYTES + 1));
        assert_eq!(exceeded.len(), 2);
        assert!(exceeded[0].contains("501 resources"), "{exceeded:?}");
    }
}
