//! The reader of JSON.
//!
//! Our own: `serde_json` drops all but the last of members with one name without a word, and says nothing of where a
//! value stands.

mod literal;

use std::fmt::Write as _;

use indexmap::{IndexMap, map::Entry};

use super::MAX_DEPTH;
use crate::{Json, Location, LocationStep};

/// What was read.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) json: Json,
    pub(super) span: Span,
    pub(super) duplicates: Vec<Location>,
}

/// Where a value stands, and what is in it.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub(super) offset: usize,
    pub(super) children: Children,
}

#[derive(Debug, Clone)]
pub(super) enum Children {
    None,
    /// Of an array or object, in its order.
    Many(Vec<Span>),
}

/// Where the reader stopped, and why.
#[derive(Debug)]
pub(super) struct Stopped {
    pub(super) offset: usize,
    pub(super) message: String,
}

pub(super) fn read(text: &str) -> Result<Reading, Stopped> {
    let mut reader = Reader { text, at: 0, duplicates: vec![] };
    let (json, span) = reader.value()?;
    reader.blank();
    if reader.at < text.len() {
        return Err(reader.stop("nothing may follow the value"));
    }
    Ok(Reading { json, span, duplicates: reader.duplicates })
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    duplicates: Vec<Location>,
}

/// What a value begins with.
enum Begun {
    /// All of it.
    Value(Json, Span),
    /// An array or object with something in it, and where it stands.
    Open(Inside, usize),
}

/// An array or object whose end has not come yet.
struct Open {
    offset: usize,
    spans: Vec<Span>,
    inside: Inside,
}

enum Inside {
    Array(Vec<Json>),
    /// With the name of the member whose value comes next.
    Object(IndexMap<String, Json>, String),
}

impl Open {
    /// Which value comes next in it.
    fn step(&self) -> LocationStep {
        match &self.inside {
            Inside::Array(items) => LocationStep::Index(items.len()),
            Inside::Object(_, name) => LocationStep::Field(name.clone()),
        }
    }
}

impl Reader<'_> {
    /// A value with all that is in it. What is open is kept in a list, so that no depth exhausts the stack.
    fn value(&mut self) -> Result<(Json, Span), Stopped> {
        let mut open: Vec<Open> = vec![];
        loop {
            self.blank();
            let mut done = match self.begin(open.len())? {
                Begun::Value(json, span) => (json, span),
                Begun::Open(inside, offset) => {
                    open.push(Open { offset, spans: vec![], inside });
                    continue;
                }
            };
            // A value may end what it is in, and that what it is in itself.
            loop {
                let Some(mut outer) = open.pop() else { return Ok(done) };
                self.put(done, &mut outer, &open);
                if !self.ends(&mut outer.inside)? {
                    open.push(outer);
                    break;
                }
                let json = match outer.inside {
                    Inside::Array(items) => Json::Array(items),
                    Inside::Object(members, _) => Json::Object(members),
                };
                done = (json, Span { offset: outer.offset, children: Children::Many(outer.spans) });
            }
        }
    }

    /// A value without anything in it, or the beginning of one.
    fn begin(&mut self, depth: usize) -> Result<Begun, Stopped> {
        let offset = self.at;
        let json = match self.peek() {
            Some(b'{' | b'[') if depth >= MAX_DEPTH => {
                return Err(self.stop(format!("this nests deeper than {MAX_DEPTH}")));
            }
            Some(b'{') => {
                self.at += 1;
                self.blank();
                if !self.takes(b'}') {
                    return Ok(Begun::Open(Inside::Object(IndexMap::new(), self.name()?), offset));
                }
                let span = Span { offset, children: Children::Many(vec![]) };
                return Ok(Begun::Value(Json::Object(IndexMap::new()), span));
            }
            Some(b'[') => {
                self.at += 1;
                self.blank();
                if !self.takes(b']') {
                    return Ok(Begun::Open(Inside::Array(vec![]), offset));
                }
                let span = Span { offset, children: Children::Many(vec![]) };
                return Ok(Begun::Value(Json::Array(vec![]), span));
            }
            Some(b'"') => Json::from(self.string()?),
            Some(b'-' | b'0'..=b'9') => Json::Number(self.number()?),
            Some(b't') => self.word("true", Json::Bool(true))?,
            Some(b'f') => self.word("false", Json::Bool(false))?,
            Some(b'n') => self.word("null", Json::Null)?,
            Some(_) => return Err(self.stop("here is no value")),
            None => return Err(self.stop("the text ends where a value should be")),
        };
        Ok(Begun::Value(json, Span { offset, children: Children::None }))
    }

    /// The name of a member, and the colon after it.
    fn name(&mut self) -> Result<String, Stopped> {
        if self.peek() != Some(b'"') {
            return Err(self.stop("a member begins with its name in double quotes"));
        }
        let name = self.string()?;
        self.blank();
        if !self.takes(b':') {
            return Err(self.stop("a colon follows the name of a member"));
        }
        Ok(name)
    }

    /// Puts a value into what it is in; `above` is what that is in.
    fn put(&mut self, (json, span): (Json, Span), into: &mut Open, above: &[Open]) {
        match &mut into.inside {
            Inside::Array(items) => items.push(json),
            Inside::Object(members, name) => match members.entry(std::mem::take(name)) {
                Entry::Vacant(entry) => {
                    entry.insert(json);
                }
                Entry::Occupied(mut entry) => {
                    let last = LocationStep::Field(entry.key().clone());
                    self.duplicates.push(above.iter().map(Open::step).chain([last]).collect());
                    if let Some(place) = into.spans.get_mut(entry.index()) {
                        *place = span;
                    }
                    entry.insert(json);
                    return;
                }
            },
        }
        into.spans.push(span);
    }

    /// Whether the end of it follows, or else a comma and another value.
    fn ends(&mut self, inside: &mut Inside) -> Result<bool, Stopped> {
        self.blank();
        let (end, otherwise) = match inside {
            Inside::Array(_) => (b']', "a comma or `]` follows an item"),
            Inside::Object(..) => (b'}', "a comma or `}` follows a member"),
        };
        if self.takes(end) {
            return Ok(true);
        }
        if !self.takes(b',') {
            return Err(self.stop(otherwise));
        }
        self.blank();
        if let Inside::Object(_, name) = inside {
            *name = self.name()?;
        }
        Ok(false)
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn takes(&mut self, byte: u8) -> bool {
        let takes = self.peek() == Some(byte);
        self.at += usize::from(takes);
        takes
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Stops here; with the character that stands here, where there is one.
    fn stop(&self, message: impl Into<String>) -> Stopped {
        let mut message = message.into();
        if let Some(found) = self.rest().chars().next() {
            let _ = write!(message, ", and here is {found:?}");
        }
        Stopped { offset: self.at, message }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    pub(super) fn check(text: &str, expected: &str) {
        assert_eq!(
            read(text).map(|reading| reading.json.to_compact()).map_err(|s| s.message),
            Ok(expected.into())
        );
    }

    #[track_caller]
    pub(super) fn check_error(text: &str, offset: usize, message: &str) {
        let stopped = read(text).expect_err(text);
        assert_eq!((stopped.offset, stopped.message.as_str()), (offset, message));
    }

    #[test]
    fn values_of_every_kind_are_read() {
        check(
            " { \"a\" : [ null , true, false ] , \"b\" : { } , \"c\" : [ ] }\r\n\t",
            r#"{"a":[null,true,false],"b":{},"c":[]}"#,
        );
    }

    #[test]
    fn what_is_no_json_is_an_error_where_it_stops_being_some() {
        check_error("", 0, "the text ends where a value should be");
        check_error("not a definition", 0, "here is no value, and here is 'n'");
        check_error("nullable", 0, "here is no value, and here is 'n'");
        check_error("{} {}", 3, "nothing may follow the value, and here is '{'");
        check_error("{a: 1}", 1, "a member begins with its name in double quotes, and here is 'a'");
        check_error("{\"a\" 1}", 5, "a colon follows the name of a member, and here is '1'");
        check_error("{\"a\": 1 \"b\"}", 8, "a comma or `}` follows a member, and here is '\"'");
        check_error("[1,]", 3, "here is no value, and here is ']'");
        check_error("{\"a\": 1,}", 8, "a member begins with its name in double quotes, and here is '}'");
        check_error("\u{feff}{}", 0, "here is no value, and here is '\\u{feff}'");
    }

    #[test]
    fn no_depth_overflows_the_stack() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(&nested(MAX_DEPTH)).is_ok());
        check_error(&nested(1_000_000), MAX_DEPTH, "this nests deeper than 1000, and here is '['");
    }
}
