//! Strings, numbers and words of JSON.

use serde_json::Number;

use super::{Reader, Stopped};
use crate::Json;

impl Reader<'_> {
    pub(super) fn string(&mut self) -> Result<String, Stopped> {
        self.at += 1;
        let mut out = String::new();
        loop {
            // Bytes, which is faster: none of those that are looked for is a part of a longer character.
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let Some(length) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)) else {
                self.at = self.text.len();
                return Err(self.stop("the text ends within a string"));
            };
            out.push_str(self.text.get(self.at..self.at + length).unwrap_or_default());
            self.at += length;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                _ => return Err(self.stop("a control character in a string is written as an escape")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Stopped> {
        let start = self.at;
        self.at += 1;
        let letter = self.peek();
        self.at += 1;
        let unescaped = match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.code_point(start),
            _ => return Err(Stopped { offset: start, message: "there is no such escape".into() }),
        };
        Ok(unescaped)
    }

    /// After `\u`: one unit of UTF-16, or two that are one character.
    fn code_point(&mut self, start: usize) -> Result<char, Stopped> {
        let wrong = |message: &str| Stopped { offset: start, message: message.into() };
        let digits = || wrong("four hexadecimal digits follow `\\u`");
        let first = self.unit().ok_or_else(digits)?;
        let low = match first {
            0xd800..=0xdbff if self.rest().starts_with("\\u") => {
                self.at += 2;
                Some(self.unit().ok_or_else(digits)?)
            }
            _ => None,
        };
        let decoded = char::decode_utf16([first].into_iter().chain(low)).next();
        let alone = "this is half of a character, and the other half is not there";
        decoded.and_then(Result::ok).ok_or_else(|| wrong(alone))
    }

    fn unit(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        let all = digits.bytes().all(|b| b.is_ascii_hexdigit());
        all.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
    }

    pub(super) fn number(&mut self) -> Result<Number, Stopped> {
        let start = self.at;
        self.takes(b'-');
        let leading_zero = self.peek() == Some(b'0');
        let whole = self.digits();
        let mut fits = whole == 1 || (whole > 1 && !leading_zero);
        let mut float = false;
        if self.takes(b'.') {
            fits &= self.digits() > 0;
            float = true;
        }
        if self.takes(b'e') || self.takes(b'E') {
            if !self.takes(b'+') {
                self.takes(b'-');
            }
            fits &= self.digits() > 0;
            float = true;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        let wrong = |message: &str| Stopped { offset: start, message: message.into() };
        if !fits {
            return Err(wrong("this is no number as JSON writes one"));
        }
        let integer = || {
            let signed = text.parse::<i64>().ok().map(Number::from);
            signed.or_else(|| text.parse::<u64>().ok().map(Number::from))
        };
        let number = if float { None } else { integer() };
        let number = number.or_else(|| Number::from_f64(text.parse().ok()?));
        number.ok_or_else(|| wrong("this number is too large"))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    pub(super) fn word(&mut self, word: &str, json: Json) -> Result<Json, Stopped> {
        let follows = self.rest().strip_prefix(word);
        let whole = follows.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
        if !whole {
            return Err(self.stop("here is no value"));
        }
        self.at += word.len();
        Ok(json)
    }
}

#[cfg(test)]
mod tests {
    use crate::document::reader::{
        read,
        tests::{check, check_error},
    };

    #[test]
    fn numbers_are_read_as_json_writes_them() {
        check(
            "[0, -0, 10, 1.5, -2e3, 1E-2, 18446744073709551615]",
            "[0,0,10,1.5,-2000.0,0.01,18446744073709551615]",
        );
        for text in ["01", "-", "1.", ".5", "1e", "+1"] {
            assert!(read(text).is_err(), "{text}");
        }
        check_error("[1e999]", 1, "this number is too large");
        check_error("[01]", 1, "this is no number as JSON writes one");
    }

    #[test]
    fn strings_are_unescaped() {
        check(r#""a\"\\\/\b\f\n\r\té\ud83e\udd80""#, "\"a\\\"\\\\/\\u0008\\u000c\\n\\r\\té🦀\"");
        check_error(r#""a\x""#, 2, "there is no such escape");
        check_error(r#""\u12g4""#, 1, "four hexadecimal digits follow `\\u`");
        check_error(r#""\ud83e""#, 1, "this is half of a character, and the other half is not there");
        check_error(r#""\ud83ea""#, 1, "this is half of a character, and the other half is not there");
        check_error("\"a", 2, "the text ends within a string");
        check_error(
            "\"a\nb\"",
            2,
            "a control character in a string is written as an escape, and here is '\\n'",
        );
    }
}
