//! A definition as a text, with the place of everything in it.

mod lines;
mod reader;

use std::{fmt, sync::OnceLock};

use self::{
    lines::Lines,
    reader::{Children, Reading, Span, Stopped},
};
use crate::{Json, Location, LocationStep};

/// How deep a text may nest. Fifty scopes of states, each in the one before, nest some two hundred deep.
pub const MAX_DEPTH: usize = 1_000;

/// The JSON of a text, and where each value stands in it.
///
/// ```
/// use cyanotype_asl::{Document, Location};
///
/// let document = Document::parse("{\n  \"StartAt\": \"A\"\n}")?;
/// let position = document.position(&Location::root().field("StartAt"));
/// assert_eq!((position.line, position.column), (2, 14));
/// # Ok::<(), cyanotype_asl::SyntaxError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Document<'t> {
    pub(crate) text: &'t str,
    reading: Reading,
    /// Made when the first place is asked for.
    lines: OnceLock<Lines>,
}

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// In bytes, from 0.
    pub offset: usize,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

/// Why a text is no JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where it stops being JSON.
    pub position: Position,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at line {}, column {}", self.message, self.position.line, self.position.column)
    }
}

impl std::error::Error for SyntaxError {}

impl<'t> Document<'t> {
    /// Reads a text.
    ///
    /// # Errors
    /// When it is no JSON, or nests deeper than [`MAX_DEPTH`].
    pub fn parse(text: &'t str) -> Result<Self, SyntaxError> {
        match reader::read(text) {
            Ok(reading) => Ok(Self { text, reading, lines: OnceLock::new() }),
            Err(Stopped { offset, message }) => {
                Err(SyntaxError { position: Position::of(text, offset), message })
            }
        }
    }

    /// The same text, [with placeholders](Json::with_placeholders) for what CloudFormation fills in.
    #[must_use]
    pub fn with_placeholders(mut self) -> Self {
        self.reading.json = self.reading.json.with_placeholders();
        self
    }

    /// What the text says. Of members of one name the last counts.
    #[must_use]
    pub fn json(&self) -> &Json {
        &self.reading.json
    }

    /// The members whose name another member of the same object has already, each as often as it repeats.
    #[must_use]
    pub fn duplicates(&self) -> &[Location] {
        &self.reading.duplicates
    }

    /// Where the value of a place stands; for one that is not there, where what lacks it stands.
    #[must_use]
    pub fn position(&self, location: &Location) -> Position {
        let Reading { json, span, .. } = &self.reading;
        let (mut json, mut span): (&Json, &Span) = (json, span);
        for step in location.steps() {
            let below = match (step, json, &span.children) {
                (LocationStep::Field(name), Json::Object(members), Children::Many(spans)) => {
                    members.get_full(name).and_then(|(at, _, json)| Some((json, spans.get(at)?)))
                }
                (LocationStep::Index(at), Json::Array(items), Children::Many(spans)) => {
                    items.get(*at).zip(spans.get(*at))
                }
                _ => None,
            };
            let Some(below) = below else { break };
            (json, span) = below;
        }
        self.lines.get_or_init(|| Lines::of(self.text)).position(self.text, span.offset)
    }
}

impl Position {
    /// The place of a byte of a text.
    #[must_use]
    pub fn of(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            offset,
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, location: Location, line: usize, column: usize) {
        let position = Document::parse(text).unwrap().position(&location);
        assert_eq!((position.line, position.column), (line, column));
    }

    #[test]
    fn values_are_found_by_their_place() {
        let text = "{\n \"é\": [1, {\"b\": true}],\n \"c\": null}";
        let root = Location::root;
        check(text, root(), 1, 1);
        check(text, root().field("é"), 2, 7);
        check(text, root().field("é").index(1).field("b"), 2, 17);
        check(text, root().field("c"), 3, 7);
    }

    #[test]
    fn what_is_not_there_is_where_it_would_be() {
        let text = "{\"a\": {\"b\": [1]}}";
        check(text, Location::root().field("a").field("x"), 1, 7);
        check(text, Location::root().field("a").field("b").index(7).field("y"), 1, 13);
    }

    #[test]
    fn a_name_that_is_there_twice_is_known_and_the_last_counts() {
        let document = Document::parse(r#"{"a": [{"b": 1, "c": 2, "b": 3}]}"#).unwrap();
        assert_eq!(document.json().to_compact(), r#"{"a":[{"b":3,"c":2}]}"#);
        let location = Location::root().field("a").index(0).field("b");
        assert_eq!(document.position(&location).column, 30);
        assert_eq!(document.duplicates(), [location]);
    }
}
