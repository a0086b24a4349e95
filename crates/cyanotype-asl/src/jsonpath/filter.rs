//! What a filter asks.

use std::fmt::{self, Display};

use super::{JsonPath, write};

/// The expression of a filter, such as `@.age > 3 && !@.retired`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FilterExpression {
    /// Whether a path leads to anything: `@.name`.
    Exists(JsonPath),
    /// A comparison: `@.age >= 3`, `@.kind in ['cat','dog']`.
    Compare {
        /// What stands before the operator.
        left: FilterValue,
        /// The operator.
        operator: FilterOperator,
        /// What stands after it.
        right: FilterValue,
    },
    /// The opposite: `!(…)`, or `!@.name`.
    Not(Box<FilterExpression>),
    /// Whether all hold, two at least: `… && …`.
    And(Vec<FilterExpression>),
    /// Whether one holds, two at least: `… || …`.
    Or(Vec<FilterExpression>),
}

impl FilterExpression {
    /// The paths in it, at any depth of parentheses.
    pub(super) fn paths(&self) -> Vec<&JsonPath> {
        let mut paths = vec![];
        let mut todo = vec![self];
        while let Some(expression) = todo.pop() {
            match expression {
                Self::Exists(path) => paths.push(path),
                Self::Compare { left, right, .. } => {
                    paths.extend([left, right].into_iter().filter_map(|side| match side {
                        FilterValue::Path(path) => Some(path),
                        FilterValue::Literal(_) => None,
                    }));
                }
                Self::Not(inner) => todo.push(inner),
                Self::And(inner) | Self::Or(inner) => todo.extend(inner),
            }
        }
        paths
    }
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FilterValue {
    /// What a path leads to.
    Path(JsonPath),
    /// What stands in the text.
    Literal(FilterLiteral),
}

/// A value that stands in a filter.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FilterLiteral {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A decimal number, as it is written: it has any number of digits.
    Number(String),
    /// A string in single or double quotes, without its escapes.
    String(String),
    /// A regular expression in Java's form: `/pattern/flags`.
    Regex {
        /// What stands between the slashes, with its escapes.
        pattern: String,
        /// Letters of `dixmsuU`.
        flags: String,
    },
    /// An array of values: `['a','b']`.
    Array(Vec<FilterLiteral>),
    /// Any other array or object, as it stands in the text. It is read when the path is.
    Json(String),
    /// A word without quotes, as in `[?(@.kind==cat)]`. AWS's own samples have it and Jayway does not, so it is
    /// doubted.
    Bare(String),
}

/// How a filter compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FilterOperator {
    /// `==`
    Equal,
    /// `===`, of the same type.
    Same,
    /// `!=`
    NotEqual,
    /// `!==`, of another type or value.
    NotSame,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `=~`, a regular expression.
    Matches,
    /// `in`: the array on the right has it.
    In,
    /// `nin`: the array on the right does not have it.
    NotIn,
    /// `subsetof`: the array on the right has all of it.
    SubsetOf,
    /// `anyof`: the array on the right has some of it.
    AnyOf,
    /// `noneof`: the array on the right has none of it.
    NoneOf,
    /// `all`: it has all of the array on the right.
    All,
    /// `contains`: it has what is on the right.
    Contains,
    /// `size`: its length.
    Size,
    /// `empty`: whether its length is 0.
    Empty,
    /// `exists`: whether it is there.
    Exists,
    /// `type`: of a Java class. Accepted, and without use in a text.
    Type,
    /// `matches`: another filter. Accepted, and without use in a text.
    MatchesFilter,
}

impl FilterOperator {
    /// As it is written. Words are read in any case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::Same => "===",
            Self::NotEqual => "!=",
            Self::NotSame => "!==",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Matches => "=~",
            Self::In => "in",
            Self::NotIn => "nin",
            Self::SubsetOf => "subsetof",
            Self::AnyOf => "anyof",
            Self::NoneOf => "noneof",
            Self::All => "all",
            Self::Contains => "contains",
            Self::Size => "size",
            Self::Empty => "empty",
            Self::Exists => "exists",
            Self::Type => "type",
            Self::MatchesFilter => "matches",
        }
    }

    pub(super) const ALL: [Self; 21] = [
        Self::Equal,
        Self::Same,
        Self::NotEqual,
        Self::NotSame,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::Matches,
        Self::In,
        Self::NotIn,
        Self::SubsetOf,
        Self::AnyOf,
        Self::NoneOf,
        Self::All,
        Self::Contains,
        Self::Size,
        Self::Empty,
        Self::Exists,
        Self::Type,
        Self::MatchesFilter,
    ];

    pub(super) fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.as_str().eq_ignore_ascii_case(text))
    }
}

/// As it stands between the parentheses of a filter.
impl fmt::Display for FilterExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists(path) => write::path(path, write::Place::Filter, f),
            Self::Compare { left, operator, right } => write!(f, "{left} {} {right}", operator.as_str()),
            Self::Not(inner) => match **inner {
                Self::Exists(_) | Self::Not(_) => write!(f, "!{inner}"),
                _ => write!(f, "!({inner})"),
            },
            Self::And(parts) => join(parts, " && ", |part| matches!(part, Self::And(_) | Self::Or(_)), f),
            Self::Or(parts) => join(parts, " || ", |part| matches!(part, Self::Or(_)), f),
        }
    }
}

fn join(
    parts: &[FilterExpression],
    operator: &str,
    in_parentheses: impl Fn(&FilterExpression) -> bool,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(operator)?;
        }
        match in_parentheses(part) {
            true => write!(f, "({part})")?,
            false => part.fmt(f)?,
        }
    }
    Ok(())
}

impl fmt::Display for FilterValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => write::path(path, write::Place::Filter, f),
            Self::Literal(literal) => literal.fmt(f),
        }
    }
}

impl fmt::Display for FilterLiteral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => value.fmt(f),
            Self::Number(text) | Self::Json(text) | Self::Bare(text) => f.write_str(text),
            Self::String(value) => write::quoted(value, f),
            Self::Regex { pattern, flags } => write!(f, "/{pattern}/{flags}"),
            Self::Array(items) => {
                f.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        f.write_str(",")?;
                    }
                    item.fmt(f)?;
                }
                f.write_str("]")
            }
        }
    }
}
