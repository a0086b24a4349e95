//! A place in a window of the text.

use super::{Parsed, error};

/// Reads bytes: all that has a meaning in a path is ASCII, so a slice between two such places is whole characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    position: usize,
    /// The window's.
    end: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, position: 0, end: text.len() }
    }

    /// The same text between two places.
    pub(super) fn window(self, start: usize, end: usize) -> Self {
        Self { position: start, end, ..self }
    }

    pub(super) fn position(&self) -> usize {
        self.position
    }

    pub(super) fn end(&self) -> usize {
        self.end
    }

    pub(super) fn go_to(&mut self, position: usize) {
        self.position = position;
    }

    pub(super) fn skip(&mut self, bytes: usize) {
        self.position += bytes;
    }

    pub(super) fn in_bounds(&self) -> bool {
        self.position < self.end
    }

    pub(super) fn is_last(&self) -> bool {
        self.position + 1 == self.end
    }

    /// The byte here, also after the window.
    pub(super) fn byte(&self) -> Option<u8> {
        self.at(self.position)
    }

    pub(super) fn at(&self, position: usize) -> Option<u8> {
        self.text.as_bytes().get(position).copied()
    }

    pub(super) fn last(&self) -> Option<u8> {
        (self.position < self.end).then(|| self.at(self.end - 1)).flatten()
    }

    pub(super) fn rest(&self) -> &'t str {
        self.slice(self.position, self.end)
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Leaves spaces out at both ends; the last one of nothing but spaces stays.
    pub(super) fn trim(&mut self) {
        self.skip_spaces();
        while self.position + 1 < self.end && self.last() == Some(b' ') {
            self.end -= 1;
        }
    }

    pub(super) fn skip_spaces(&mut self) {
        while self.position + 1 < self.end && self.byte() == Some(b' ') {
            self.position += 1;
        }
    }

    /// The first place after this one that is no space, and what is there.
    pub(super) fn significant(&self, after: usize) -> Option<(usize, u8)> {
        (after + 1..self.end).map_while(|at| Some((at, self.at(at)?))).find(|(_, byte)| *byte != b' ')
    }

    pub(super) fn find_any(&self, from: usize, bytes: &[u8]) -> Option<usize> {
        (from..self.end).find(|at| self.at(*at).is_some_and(|byte| bytes.contains(&byte)))
    }

    /// The next such byte that no backslash stands before.
    pub(super) fn find_unescaped(&self, after: usize, byte: u8) -> Option<usize> {
        let mut at = after + 1;
        while at < self.end {
            match self.at(at)? {
                b'\\' => at += 2,
                found if found == byte => return Some(at),
                _ => at += 1,
            }
        }
        None
    }

    /// What closes the bracket at this place. Brackets in strings do not count.
    pub(super) fn closing(&self, open: usize, close: u8) -> Parsed<usize> {
        self.closing_where(open, close, false)
    }

    /// The same where a regular expression may stand, which is skipped too.
    pub(super) fn closing_in_filter(&self, open: usize, close: u8) -> Parsed<usize> {
        self.closing_where(open, close, true)
    }

    fn closing_where(&self, open: usize, close: u8, skip_regex: bool) -> Parsed<usize> {
        let opening = self.at(open);
        let mut depth = 1_usize;
        let mut at = open + 1;
        while at < self.end {
            // What follows a string or an expression directly is looked at as neither, as Jayway does it.
            if let Some(quote @ (b'\'' | b'"')) = self.at(at) {
                at = self.skip_to_end_of(at, quote)?;
            }
            if skip_regex && self.at(at) == Some(b'/') {
                at = self.skip_to_end_of(at, b'/')?;
            }
            if at < self.end {
                let byte = self.at(at);
                if byte == opening {
                    depth += 1;
                } else if byte == Some(close) {
                    depth -= 1;
                    if depth == 0 {
                        return Ok(at);
                    }
                }
            }
            at += 1;
        }
        error(open, "this bracket is not closed")
    }

    fn skip_to_end_of(&self, at: usize, delimiter: u8) -> Parsed<usize> {
        match self.find_unescaped(at, delimiter) {
            Some(end) => Ok(end + 1),
            None if delimiter == b'/' => error(at, "this `/` starts a regular expression, and none ends it"),
            None => error(at, "this quote is not closed"),
        }
    }
}
