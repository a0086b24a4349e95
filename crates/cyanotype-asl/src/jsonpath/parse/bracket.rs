//! Steps in brackets.

use super::{Parsed, Parser, Step, cursor::Cursor, error, escape::unescape};

impl Parser {
    pub(super) fn bracket(&mut self, cursor: &mut Cursor) -> Parsed<Step> {
        let open = cursor.position();
        match cursor.significant(open) {
            Some((_, quote @ (b'\'' | b'"'))) => self.names(cursor, quote),
            Some((_, b'0'..=b'9' | b'-' | b':')) => self.numbers(cursor),
            Some((star, b'*')) => match cursor.significant(star) {
                Some((close, b']')) => {
                    cursor.go_to(close + 1);
                    Ok(Step::Wildcard)
                }
                _ => error(star + 1, "`*` is alone in its brackets"),
            },
            Some((mark, b'?')) => self.filter(cursor, mark),
            Some((parenthesis, b'(')) => self.script(cursor, parenthesis),
            Some((at, _)) => error(at, "brackets hold a name in quotes, a number, `*` or a filter"),
            None => error(open, "this bracket is not closed"),
        }
    }

    /// `['a']`, or several with commas.
    fn names(&mut self, cursor: &mut Cursor, quote: u8) -> Parsed<Step> {
        let open = cursor.position();
        let mut names = vec![];
        let mut after = open;
        loop {
            // Between two names, Jayway looks for the next quote of the first one's kind and for nothing else.
            let start = cursor.find_any(after + 1, &[quote, b']', b',']);
            let Some(start) = start.filter(|start| cursor.at(*start) == Some(quote)) else {
                return error(after, "a name in quotes is missing after this comma");
            };
            let between = cursor.slice(after + 1, start);
            if between.contains('\\') {
                return error(after + 1, "a name in quotes is missing here");
            }
            if !between.trim().is_empty() {
                self.doubt(after + 1, "this is no name in quotes, and nobody reads it");
            }
            let Some(end) = cursor.find_unescaped(start, quote) else {
                return error(start, "this quote is not closed");
            };
            names.push(unescape(cursor.slice(start + 1, end), start + 1)?);
            match cursor.significant(end) {
                Some((comma, b',')) => after = comma,
                Some((close, b']')) => {
                    cursor.go_to(close + 1);
                    return Ok(match <[String; 1]>::try_from(names) {
                        Ok([name]) => Step::Field(name),
                        Err(names) => Step::Fields(names),
                    });
                }
                Some((at, _)) => error(at, "after a name in quotes comes `,` or `]`")?,
                None => error(open, "this bracket is not closed")?,
            }
        }
    }

    /// `[0]`, `[0,1]`, `[1:2]`.
    fn numbers(&mut self, cursor: &mut Cursor) -> Parsed<Step> {
        let open = cursor.position();
        let Some(close) = cursor.find_any(open + 1, b"]") else {
            return error(open, "this bracket is not closed");
        };
        let inside = cursor.slice(open + 1, close);
        let trimmed = inside.trim_matches(|character| character <= ' ');
        let start = open + 1 + inside.find(trimmed).unwrap_or_default();
        let strange = |character: char| !character.is_ascii_digit() && !"-,: ".contains(character);
        if let Some(at) = trimmed.find(strange) {
            return error(start + at, "brackets with numbers hold digits, `-`, `,` and `:`");
        }
        cursor.go_to(close + 1);
        if trimmed.contains(':') {
            return self.slice(trimmed, start);
        }
        let mut at = start;
        let mut indices = vec![];
        for part in trimmed.split(',') {
            match index(part.trim()) {
                Some(index) => indices.push(index),
                None => return error(at, format!("an index is an integer up to {}", i32::MAX)),
            }
            at += part.len() + 1;
        }
        Ok(match *indices {
            [index] => Step::Index(index),
            _ => Step::Indices(indices),
        })
    }

    fn slice(&mut self, text: &str, position: usize) -> Parsed<Step> {
        if let Some(at) = text.find([',', ' ']) {
            return error(position + at, "a slice has no spaces and no commas: [1:3]");
        }
        let mut parts = text.split(':');
        let mut bound = || match parts.next() {
            None | Some("") => Ok(None),
            Some(text) => match index(text) {
                Some(index) => Ok(Some(index)),
                None => error(position, format!("the bounds of a slice are integers up to {}", i32::MAX)),
            },
        };
        let (start, end) = (bound()?, bound()?);
        if start.is_none() && end.is_none() {
            return error(position, "a slice has a start or an end");
        }
        if parts.any(|part| !part.is_empty()) {
            self.doubt(position, "of a slice, only start and end are read: its step counts for nothing");
        }
        Ok(Step::Slice { start, end })
    }

    /// `[(@.length-1)]`: in AWS's samples, though Jayway does not read it.
    fn script(&mut self, cursor: &mut Cursor, parenthesis: usize) -> Parsed<Step> {
        let close = cursor.closing_in_filter(parenthesis, b')')?;
        let script = cursor.slice(parenthesis + 1, close).trim();
        if !script.starts_with('@') {
            return error(parenthesis, "brackets hold a name in quotes, a number, `*` or a filter");
        }
        match cursor.significant(close) {
            Some((end, b']')) => cursor.go_to(end + 1),
            _ => return error(close + 1, "this bracket ends with `)]`"),
        }
        self.doubt(parenthesis, "a computed index may be refused: `[-1]` is the last item");
        Ok(Step::Script(script.to_owned()))
    }
}

/// As Java reads an integer: an `i32` with at most a minus before it.
fn index(text: &str) -> Option<i32> {
    text.parse().ok().filter(|_| !text.starts_with('+'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jsonpath::test::{check_doubt, check_error, check_steps};

    fn field(name: &str) -> Step {
        Step::Field(name.into())
    }

    fn fields(names: &[&str]) -> Step {
        Step::Fields(names.iter().map(|name| (*name).to_owned()).collect())
    }

    fn slice(start: impl Into<Option<i32>>, end: impl Into<Option<i32>>) -> Step {
        Step::Slice { start: start.into(), end: end.into() }
    }

    #[test]
    fn names_stand_in_quotes_of_either_kind() {
        check_steps("$['a b']", &[field("a b")]);
        check_steps("$[ \"a]b\" ]", &[field("a]b")]);
        check_steps(r"$['it\'s']['']", &[field("it's"), field("")]);
        check_steps("$['a' , 'b,c']", &[fields(&["a", "b,c"])]);
        check_error("$['a]", "this quote is not closed at position 2");
        check_error("$['a'", "this bracket is not closed at position 1");
        check_error("$['a' b]", "after a name in quotes comes `,` or `]` at position 6");
        check_error("$['a','b',]", "a name in quotes is missing after this comma at position 9");
        check_error("$['a',\"b\"]", "a name in quotes is missing after this comma at position 5");
        check_doubt("$['a', b 'c']", "this is no name in quotes, and nobody reads it at position 6");
    }

    #[test]
    fn numbers_are_indices() {
        check_steps("$[0]", &[Step::Index(0)]);
        check_steps("$[ -1 ]", &[Step::Index(-1)]);
        check_steps("$[0, 2]", &[Step::Indices(vec![0, 2])]);
        check_error("$[0", "this bracket is not closed at position 1");
        check_error("$[0 1]", "an index is an integer up to 2147483647 at position 2");
        check_error("$[0,]", "an index is an integer up to 2147483647 at position 4");
        check_error("$[2147483648]", "an index is an integer up to 2147483647 at position 2");
        check_error("$[0x]", "brackets with numbers hold digits, `-`, `,` and `:` at position 3");
        check_error("$[-]", "an index is an integer up to 2147483647 at position 2");
    }

    #[test]
    fn a_slice_has_a_start_or_an_end() {
        check_steps("$[1:3]", &[slice(1, 3)]);
        check_steps("$[-2:]", &[slice(-2, None)]);
        check_steps("$[:1]", &[slice(None, 1)]);
        check_error("$[:]", "a slice has a start or an end at position 2");
        check_error("$[::2]", "a slice has a start or an end at position 2");
        check_error("$[1 : 2]", "a slice has no spaces and no commas: [1:3] at position 3");
        check_error("$[1-:]", "the bounds of a slice are integers up to 2147483647 at position 2");
        check_doubt(
            "$[0:4:2]",
            "of a slice, only start and end are read: its step counts for nothing at position 2",
        );
    }

    #[test]
    fn brackets_hold_nothing_else() {
        let message = "brackets hold a name in quotes, a number, `*` or a filter at position";
        check_error("$[]", &format!("{message} 2"));
        check_error("$[a]", &format!("{message} 2"));
        check_error("$[(1)]", &format!("{message} 2"));
        check_error("$[", "this bracket is not closed at position 1");
        check_error("$[*", "`*` is alone in its brackets at position 3");
        check_error("$[*0]", "`*` is alone in its brackets at position 3");
        check_error(&format!("${}", "[".repeat(1_000_000)), &format!("{message} 2"));
    }

    #[test]
    fn a_computed_index_is_doubted() {
        let path = "$[(@.length-1)].bar";
        check_steps(path, &[Step::Script("@.length-1".into()), field("bar")]);
        check_doubt(path, "a computed index may be refused: `[-1]` is the last item at position 2");
    }
}
