//! Values that the deploy gives.

use cyanotype_cfn::Tree;
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

    pub(crate) fn to_tree(&self) -> Tree {
        let mut tree = IndexMap::from([("Type".to_owned(), Tree::from(self.type_name.name()))]);
        match &self.default {
            Some(default @ (Tree::Number(_) | Tree::Text(_))) => {
                tree.insert("Default".into(), default.clone());
            }
            Some(Tree::Bool(value)) => drop(tree.insert("Default".into(), value.to_string().into())),
            Some(Tree::List(items)) => {
                let items: Vec<_> = items.iter().filter_map(Tree::as_text).collect();
                tree.insert("Default".into(), items.join(",").into());
            }
            _ => {}
        }
        if let Some(text) = &self.description {
            tree.insert("Description".into(), text.into());
        }
        if !self.allowed.is_empty() {
            tree.insert("AllowedValues".into(), Tree::list(&self.allowed));
        }
        if self.no_echo {
            tree.insert("NoEcho".into(), true.into());
        }
        Tree::Map(tree)
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
