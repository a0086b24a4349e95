//! Values that the deploy gives.

use cyanotype_cfn::{Json, Tree};
use indexmap::IndexMap;

/// A template parameter.
///
/// Its value is known to the deploy alone. A published function refuses it in what its version is made of, unless it
/// is acknowledged by [`Value::known_at_deploy`](cyanotype_cfn::Value::known_at_deploy).
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html>
#[derive(Debug, Clone)]
pub struct Parameter {
    type_name: ParameterType,
    default: Option<Tree>,
    description: Option<String>,
    allowed: Vec<String>,
    no_echo: bool,
}

/// The type of a [`Parameter`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterType {
    /// `String`.
    String,
    /// `Number`.
    Number,
    /// `CommaDelimitedList`.
    List,
    /// Any other, such as `AWS::EC2::VPC::Id` or `AWS::SSM::Parameter::Value<String>`.
    Other(String),
}

impl Parameter {
    /// A parameter of some type.
    #[must_use]
    pub fn new(type_name: ParameterType) -> Self {
        Self { type_name, default: None, description: None, allowed: vec![], no_echo: false }
    }

    /// A `String`.
    #[must_use]
    pub fn string() -> Self {
        Self::new(ParameterType::String)
    }

    /// A `Number`.
    #[must_use]
    pub fn number() -> Self {
        Self::new(ParameterType::Number)
    }

    /// The value when the deploy gives none.
    #[must_use]
    pub fn default(self, value: impl Into<Tree>) -> Self {
        Self { default: Some(value.into()), ..self }
    }

    /// What it is, for people: 4,000 characters at most.
    #[must_use]
    pub fn description(self, text: impl Into<String>) -> Self {
        Self { description: Some(text.into()), ..self }
    }

    /// The only values that it may have.
    #[must_use]
    pub fn allowed<V: Into<String>>(self, values: impl IntoIterator<Item = V>) -> Self {
        Self { allowed: values.into_iter().map(Into::into).collect(), ..self }
    }

    /// Never shown.
    #[must_use]
    pub fn no_echo(self) -> Self {
        Self { no_echo: true, ..self }
    }

    pub(crate) fn to_json(&self) -> Json {
        let mut json = IndexMap::new();
        json.insert("Type".to_owned(), Json::from(self.type_name.name()));
        match &self.default {
            Some(Tree::Number(n)) => drop(json.insert("Default".into(), Json::Number(n.clone()))),
            Some(Tree::Text(text)) => drop(json.insert("Default".into(), text.as_str().into())),
            Some(Tree::Bool(value)) => drop(json.insert("Default".into(), value.to_string().into())),
            Some(Tree::List(items)) => {
                let items: Vec<_> = items.iter().filter_map(Tree::as_text).collect();
                json.insert("Default".into(), items.join(",").into());
            }
            _ => {}
        }
        if let Some(text) = &self.description {
            json.insert("Description".into(), text.as_str().into());
        }
        if !self.allowed.is_empty() {
            let allowed: Vec<_> = self.allowed.iter().map(|v| Json::from(v.as_str())).collect();
            json.insert("AllowedValues".into(), allowed.into());
        }
        if self.no_echo {
            json.insert("NoEcho".into(), true.into());
        }
        json.into()
    }
}

impl ParameterType {
    fn name(&self) -> &str {
        match self {
            Self::String => "String",
            Self::Number => "Number",
            Self::List => "CommaDelimitedList",
            Self::Other(name) => name,
        }
    }
}
