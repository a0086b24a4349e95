//! Strings that hold what only a deployment knows.

use std::borrow::Cow;

/// A string of literal text and placeholders, in order.
///
/// Neighbouring literals are one segment and no literal is empty, so that equal texts are equal values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Text {
    segments: Vec<Segment>,
}

/// A part of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Segment {
    /// Characters that stand for themselves.
    Literal(String),
    /// The name of a value that is filled in later: letters and digits, as `Fn::Sub` takes them.
    Placeholder(String),
}

impl Text {
    /// A text that is one placeholder.
    #[must_use]
    pub fn placeholder(name: impl Into<String>) -> Self {
        Self { segments: vec![Segment::Placeholder(name.into())] }
    }

    /// Its parts.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The whole text, if there is no placeholder in it.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        match self.segments.as_slice() {
            [] => Some(""),
            [Segment::Literal(literal)] => Some(literal),
            _ => None,
        }
    }

    /// The names of its placeholders, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Placeholder(name) => Some(name.as_str()),
            Segment::Literal(_) => None,
        })
    }

    /// Adds a part at the end.
    pub fn push(&mut self, segment: Segment) {
        match (self.segments.last_mut(), segment) {
            (_, Segment::Literal(more)) if more.is_empty() => {}
            (Some(Segment::Literal(last)), Segment::Literal(more)) => last.push_str(&more),
            (_, segment) => self.segments.push(segment),
        }
    }
}

impl IntoIterator for Text {
    type Item = Segment;
    type IntoIter = std::vec::IntoIter<Segment>;

    fn into_iter(self) -> Self::IntoIter {
        self.segments.into_iter()
    }
}

impl Extend<Segment> for Text {
    fn extend<I: IntoIterator<Item = Segment>>(&mut self, segments: I) {
        segments.into_iter().for_each(|segment| self.push(segment));
    }
}

impl FromIterator<Segment> for Text {
    fn from_iter<I: IntoIterator<Item = Segment>>(segments: I) -> Self {
        let mut text = Self::default();
        text.extend(segments);
        text
    }
}

impl From<String> for Text {
    fn from(literal: String) -> Self {
        Self::from_iter([Segment::Literal(literal)])
    }
}

impl From<&str> for Text {
    fn from(literal: &str) -> Self {
        literal.to_owned().into()
    }
}

impl From<Cow<'_, str>> for Text {
    fn from(literal: Cow<'_, str>) -> Self {
        literal.into_owned().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Segment {
        Segment::Literal(text.into())
    }

    fn placeholder(name: &str) -> Segment {
        Segment::Placeholder(name.into())
    }

    #[track_caller]
    fn check<const N: usize>(parts: [Segment; N], expected: &[Segment]) {
        assert_eq!(Text::from_iter(parts).segments(), expected);
    }

    #[test]
    fn neighbouring_literals_become_one() {
        check([literal("a"), literal("b")], &[literal("ab")]);
        check(
            [literal("a"), placeholder("P"), literal("b"), literal("c")],
            &[literal("a"), placeholder("P"), literal("bc")],
        );
    }

    #[test]
    fn empty_literals_vanish() {
        check([literal("")], &[]);
        check([placeholder("P"), literal(""), placeholder("Q")], &[placeholder("P"), placeholder("Q")]);
    }

    #[test]
    fn only_text_without_placeholders_is_literal() {
        assert_eq!(Text::from("arn").as_literal(), Some("arn"));
        assert_eq!(Text::default().as_literal(), Some(""));
        assert_eq!(Text::placeholder("P").as_literal(), None);
    }
}
