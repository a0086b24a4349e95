//! Paths to one place in the data.

use std::fmt::{self, Write};

use crate::{
    Json, Text,
    record::{Held, Reading},
};

/// A reference path: it names one node of the data, such as `$.customer['first-name'][0]`.
///
/// See "Using JSONPath paths" in the AWS Step Functions Developer Guide:
/// <https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html>.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReferencePath {
    steps: Vec<PathStep>,
}

/// One step of a [`ReferencePath`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PathStep {
    /// The member of an object.
    Field(String),
    /// The item of an array, from 0.
    Index(usize),
}

/// A path, or `null` in its place.
///
/// What `null` does is the field's business: `ResultPath` then keeps the input, `InputPath` and `OutputPath` give `{}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NullablePath {
    /// `null`.
    Null,
    /// A path of any kind: `$.a`, `$$.Execution.Id`, `$variable.a`.
    Path(Text),
}

impl Held for NullablePath {
    fn of_json(json: &Json, reading: &mut Reading) -> Option<Self> {
        match json {
            Json::Null => Some(Self::Null),
            _ => Text::of_json(json, reading).map(Self::Path),
        }
    }

    fn json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Path(path) => path.into(),
        }
    }
}

impl<T: Into<Text>> From<T> for NullablePath {
    fn from(path: T) -> Self {
        Self::Path(path.into())
    }
}

impl From<ReferencePath> for Text {
    fn from(path: ReferencePath) -> Self {
        path.to_string().into()
    }
}

impl ReferencePath {
    /// The whole data: `$`.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The steps from the whole data to the place.
    #[must_use]
    pub fn steps(&self) -> &[PathStep] {
        &self.steps
    }

    /// A member of the object at this path.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>) -> Self {
        self.steps.push(PathStep::Field(name.into()));
        self
    }

    /// An item of the array at this path, from 0.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.steps.push(PathStep::Index(index));
        self
    }

    /// Whether the place is this path's, or inside of it.
    #[must_use]
    pub fn contains(&self, place: &Self) -> bool {
        place.steps.starts_with(&self.steps)
    }
}

impl FromIterator<PathStep> for ReferencePath {
    fn from_iter<I: IntoIterator<Item = PathStep>>(steps: I) -> Self {
        Self { steps: steps.into_iter().collect() }
    }
}

impl fmt::Display for ReferencePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('$')?;
        self.steps.iter().try_for_each(|step| step.fmt(f))
    }
}

/// As it stands in a path: `.name`, `['any-name']` or `[0]`.
impl fmt::Display for PathStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(index) => write!(f, "[{index}]"),
            Self::Field(name) if is_plain(name) => write!(f, ".{name}"),
            Self::Field(name) => {
                f.write_str("['")?;
                for character in name.chars() {
                    if matches!(character, '\'' | '\\') {
                        f.write_char('\\')?;
                    }
                    f.write_char(character)?;
                }
                f.write_str("']")
            }
        }
    }
}

/// Whether every reader of paths takes the name without quotes.
pub(crate) fn is_plain(name: &str) -> bool {
    let mut characters = name.chars();
    let starts = |character: char| character.is_ascii_alphabetic() || character == '_';
    characters.next().is_some_and(starts)
        && characters.all(|character| starts(character) || character.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: ReferencePath, expected: &str) {
        assert_eq!(path.to_string(), expected);
    }

    fn root() -> ReferencePath {
        ReferencePath::root()
    }

    #[test]
    fn the_root_is_a_dollar() {
        check(root(), "$");
    }

    #[test]
    fn plain_names_follow_a_dot() {
        check(root().field("a").field("_b2").index(0), "$.a._b2[0]");
    }

    #[test]
    fn other_names_are_quoted() {
        check(root().field("a").field("b-c").index(0), "$.a['b-c'][0]");
        check(root().field("2nd"), "$['2nd']");
        check(root().field(""), "$['']");
        check(root().field("größe"), "$['größe']");
        check(root().field("it's \\ it"), r"$['it\'s \\ it']");
    }

    #[test]
    fn a_path_contains_what_is_inside() {
        assert!(root().contains(&root().field("a")));
        assert!(!root().field("a").contains(&root()));
        assert!(!root().field("a").contains(&root().field("ab")));
    }
}
