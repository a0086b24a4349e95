//! What stands in a template for a value that only CloudFormation knows.

use indexmap::IndexMap;

use crate::Tree;

/// Names an element of a stack (a resource, parameter, condition or mapping) before its logical ID is known.
///
/// A key means something to the app that made it, and to no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which app, of those in this process.
    pub app: u32,
    /// Which stack of the app.
    pub stack: u32,
    /// Which element of the stack.
    pub element: u32,
}

/// An intrinsic function or pseudo parameter.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html>
#[derive(Debug, Clone, PartialEq)]
pub enum Intrinsic {
    /// `Ref` of a resource or parameter.
    Ref(Key),
    /// `Fn::GetAtt` of a resource.
    GetAtt(Key, String),
    /// `Ref` of a pseudo parameter.
    Pseudo(Pseudo),
    /// The logical ID itself, as text: no reference, so no dependency.
    LogicalId(Key),
    /// Text put together from parts. It is written as the `Fn::Sub` that a person would write:
    /// `"${Hello.Arn}:*"`.
    Concat(Vec<Tree>),
    /// `Fn::Sub` with named variables. `text` names these and pseudo parameters only.
    Sub {
        /// The text, with `${Name}` for each variable.
        text: String,
        /// What the variables stand for. A box, so that this rarest intrinsic does not make all others large.
        variables: Box<IndexMap<String, Tree>>,
    },
    /// `Fn::Join`.
    Join {
        /// What is put between the values.
        delimiter: String,
        /// A list, or something that yields one.
        values: Box<Tree>,
    },
    /// `Fn::Select`.
    Select {
        /// The position, from 0.
        index: u32,
        /// A list, or something that yields one.
        values: Box<Tree>,
    },
    /// `Fn::Split`.
    Split {
        /// What separates the values.
        delimiter: String,
        /// The text.
        text: Box<Tree>,
    },
    /// `Fn::Base64`.
    Base64(Box<Tree>),
    /// `Fn::FindInMap`.
    FindInMap {
        /// The mapping.
        mapping: Key,
        /// The first key.
        top: Box<Tree>,
        /// The second key.
        second: Box<Tree>,
    },
    /// `Fn::ImportValue`.
    ImportValue(Box<Tree>),
    /// `Fn::If`.
    If {
        /// The condition.
        condition: Key,
        /// The value when it holds.
        then: Box<Tree>,
        /// The value when it does not.
        otherwise: Box<Tree>,
    },
    /// `{"Condition": …}`, inside another condition.
    Condition(Key),
    /// `Fn::Equals`.
    Equals(Box<Tree>, Box<Tree>),
    /// `Fn::And`, of 2 to 10 conditions.
    And(Vec<Tree>),
    /// `Fn::Or`, of 2 to 10 conditions.
    Or(Vec<Tree>),
    /// `Fn::Not`.
    Not(Box<Tree>),
    /// `{"Ref": "AWS::NoValue"}`.
    NoValue,
    /// A value of which the user has said that only the deploy need know it. Written as what it holds.
    Acknowledged {
        /// The value.
        value: Box<Tree>,
        /// Why that is right, for the reader of the code.
        reason: String,
    },
}

/// A pseudo parameter: fixed for a stack, unlike a parameter.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pseudo {
    /// `AWS::AccountId`.
    AccountId,
    /// `AWS::Partition`: `aws`, `aws-cn`, `aws-us-gov`.
    Partition,
    /// `AWS::Region`.
    Region,
    /// `AWS::StackId`.
    StackId,
    /// `AWS::StackName`.
    StackName,
    /// `AWS::URLSuffix`: `amazonaws.com` in most partitions.
    UrlSuffix,
}

impl Pseudo {
    /// Its name in a template.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AccountId => "AWS::AccountId",
            Self::Partition => "AWS::Partition",
            Self::Region => "AWS::Region",
            Self::StackId => "AWS::StackId",
            Self::StackName => "AWS::StackName",
            Self::UrlSuffix => "AWS::URLSuffix",
        }
    }

    /// The one of this name in a template.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let all =
            [Self::AccountId, Self::Partition, Self::Region, Self::StackId, Self::StackName, Self::UrlSuffix];
        all.into_iter().find(|pseudo| pseudo.name() == name)
    }
}

impl Intrinsic {
    /// Calls `visit` with each tree inside, in the order in which they are written.
    pub(crate) fn each_child<'a>(&'a self, mut visit: impl FnMut(&'a Tree)) {
        match self {
            Self::Ref(_)
            | Self::GetAtt(..)
            | Self::Pseudo(_)
            | Self::LogicalId(_)
            | Self::Condition(_)
            | Self::NoValue => {}
            Self::Concat(parts) | Self::And(parts) | Self::Or(parts) => parts.iter().for_each(visit),
            Self::Sub { variables, .. } => variables.values().for_each(visit),
            Self::Join { values: inner, .. }
            | Self::Select { values: inner, .. }
            | Self::Split { text: inner, .. }
            | Self::Base64(inner)
            | Self::ImportValue(inner)
            | Self::Not(inner)
            | Self::Acknowledged { value: inner, .. } => visit(inner),
            Self::FindInMap { top: a, second: b, .. }
            | Self::If { then: a, otherwise: b, .. }
            | Self::Equals(a, b) => {
                visit(a);
                visit(b);
            }
        }
    }

    /// The element that this intrinsic itself names, be it without a dependency.
    #[must_use]
    pub fn key(&self) -> Option<Key> {
        match self {
            Self::LogicalId(key) => Some(*key),
            other => other.target(),
        }
    }

    /// The element that it is a reference to, or an attribute of, and which attribute.
    #[must_use]
    pub fn reads(&self) -> Option<(Key, Option<&str>)> {
        match self {
            Self::Ref(key) => Some((*key, None)),
            Self::GetAtt(key, attribute) => Some((*key, Some(attribute))),
            _ => None,
        }
    }

    /// The element that this intrinsic itself names, and whether CloudFormation sees a dependency there.
    pub(crate) fn target(&self) -> Option<Key> {
        match self {
            Self::Ref(key)
            | Self::GetAtt(key, _)
            | Self::Condition(key)
            | Self::FindInMap { mapping: key, .. }
            | Self::If { condition: key, .. } => Some(*key),
            _ => None,
        }
    }
}
