//! From text to tokens, one at a time: the parser says what a slash means.

mod literal;

use super::{
    error::{JsonataError, Refused},
    token::{Token, Value},
};

/// Reads tokens from a text, which it counts in UTF-16 code units as the reference does.
#[derive(Debug)]
pub(super) struct Lexer {
    units: Vec<u16>,
    position: usize,
}

impl Lexer {
    pub(super) fn new(text: &str) -> Self {
        Self { units: text.encode_utf16().collect(), position: 0 }
    }

    /// How long the text is.
    pub(super) fn len(&self) -> usize {
        self.units.len()
    }

    /// The next token. After an operand a slash divides; elsewhere it begins a regular expression.
    pub(super) fn next(&mut self, after_operand: bool) -> Result<Token, Refused> {
        self.skip()?;
        let Some(first) = self.peek(0) else {
            return Ok(Token { value: Value::End, position: self.len() });
        };
        let value = match u8::try_from(first) {
            Ok(b'/') if !after_operand => self.regex()?,
            Ok(quote @ (b'"' | b'\'')) => self.string(quote)?,
            Ok(b'0'..=b'9') => self.number()?,
            Ok(b'`') => self.quoted_name()?,
            _ => match self.operator() {
                Some(operator) => {
                    self.position += operator.len();
                    Value::Operator(operator)
                }
                None => self.word(),
            },
        };
        Ok(Token { value, position: self.position })
    }

    /// Passes over whitespace and comments.
    fn skip(&mut self) -> Result<(), Refused> {
        loop {
            while self.peek(0).is_some_and(is_space) {
                self.position += 1;
            }
            if !self.starts_with("/*") {
                return Ok(());
            }
            let start = self.position;
            self.position += 2;
            while !self.starts_with("*/") {
                self.position += 1;
                if self.position >= self.len() {
                    return Err(JsonataError::at("S0106", start));
                }
            }
            self.position += 2;
        }
    }

    fn operator(&self) -> Option<&'static str> {
        let byte = |ahead| self.peek(ahead).and_then(|unit| u8::try_from(unit).ok());
        let first = byte(0)?;
        byte(1).and_then(|second| double(first, second)).or_else(|| single(first))
    }

    /// A name, a variable or a keyword: all up to whitespace or an operator.
    fn word(&mut self) -> Value {
        let start = self.position;
        while self.peek(0).is_some_and(|unit| !is_space(unit) && !ends_name(unit)) {
            self.position += 1;
        }
        let word = self.text(start, self.position);
        match word.as_str() {
            "and" => Value::Operator("and"),
            "or" => Value::Operator("or"),
            "in" => Value::Operator("in"),
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            "null" => Value::Null,
            _ => match word.strip_prefix('$') {
                Some(variable) => Value::Variable(variable.into()),
                None => Value::Name(word),
            },
        }
    }

    /// The unit that many after the next one.
    fn peek(&self, ahead: usize) -> Option<u16> {
        self.units.get(self.position + ahead).copied()
    }

    fn starts_with(&self, ascii: &str) -> bool {
        ascii.bytes().enumerate().all(|(ahead, byte)| self.peek(ahead) == Some(byte.into()))
    }

    /// A part of the text. Half a surrogate pair, which only an escape can make, becomes U+FFFD.
    fn text(&self, start: usize, end: usize) -> String {
        String::from_utf16_lossy(self.units.get(start..end).unwrap_or_default())
    }
}

/// Space, tab, line feed, carriage return and vertical tab; no other space is one.
fn is_space(unit: u16) -> bool {
    matches!(u8::try_from(unit), Ok(b' ' | b'\t' | b'\n' | b'\r' | 0x0B))
}

fn ends_name(unit: u16) -> bool {
    u8::try_from(unit).is_ok_and(|byte| single(byte).is_some())
}

/// Operators of two characters. They are looked for first.
fn double(first: u8, second: u8) -> Option<&'static str> {
    Some(match (first, second) {
        (b'.', b'.') => "..",
        (b':', b'=') => ":=",
        (b'!', b'=') => "!=",
        (b'>', b'=') => ">=",
        (b'<', b'=') => "<=",
        (b'*', b'*') => "**",
        (b'~', b'>') => "~>",
        (b'?', b':') => "?:",
        (b'?', b'?') => "??",
        _ => return None,
    })
}

/// Operators of one character. All of them end a name, and two do nothing else.
fn single(byte: u8) -> Option<&'static str> {
    Some(match byte {
        b'.' => ".",
        b'[' => "[",
        b']' => "]",
        b'{' => "{",
        b'}' => "}",
        b'(' => "(",
        b')' => ")",
        b',' => ",",
        b'@' => "@",
        b'#' => "#",
        b';' => ";",
        b':' => ":",
        b'?' => "?",
        b'+' => "+",
        b'-' => "-",
        b'*' => "*",
        b'/' => "/",
        b'%' => "%",
        b'|' => "|",
        b'=' => "=",
        b'<' => "<",
        b'>' => ">",
        b'^' => "^",
        b'&' => "&",
        b'!' => "!",
        b'~' => "~",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of a text, as if each came after an operator or as if each came after an operand.
    #[track_caller]
    fn check(text: &str, after_operand: bool, expected: &[(&str, usize)]) {
        let mut lexer = Lexer::new(text);
        let mut found = Vec::new();
        loop {
            let token = lexer.next(after_operand).unwrap();
            if token.value == Value::End {
                break;
            }
            found.push((token.value.text(), token.position));
        }
        let expected: Vec<_> = expected.iter().map(|(text, at)| ((*text).to_owned(), *at)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_position_is_where_the_token_ends() {
        check(" a >= $b ", true, &[("a", 2), (">=", 5), ("b", 8)]);
        check("a..b", true, &[("a", 1), ("..", 3), ("b", 4)]);
    }

    #[test]
    fn positions_count_utf16_code_units() {
        check("'😀' é", true, &[("😀", 4), ("é", 6)]);
    }

    #[test]
    fn a_slash_divides_only_after_an_operand() {
        check("a/b/i", true, &[("a", 1), ("/", 2), ("b", 3), ("/", 4), ("i", 5)]);
        check("/b/i a", false, &[("{}", 4), ("a", 6)]);
    }

    #[test]
    fn comments_and_spaces_are_nothing() {
        check("/* a */ /**/b\t\r\n\u{b}", false, &[("b", 13)]);
        check("/* a */", false, &[]);
        check("a\u{a0}b", false, &[("a\u{a0}b", 3)]);
    }

    #[test]
    fn a_name_goes_up_to_an_operator() {
        check("a\"b~>c`d`", true, &[("a\"b", 3), ("~>", 5), ("c`d`", 9)]);
        check("$ $$ $a.b", true, &[("", 1), ("$", 4), ("a", 7), (".", 8), ("b", 9)]);
    }

    #[test]
    fn a_comment_without_an_end_is_refused_where_it_begins() {
        let error = Lexer::new(" /*/ a").next(true).unwrap_err();
        assert_eq!((error.code, error.position), ("S0106", 1));
    }
}
