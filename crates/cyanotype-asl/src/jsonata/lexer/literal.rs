//! Strings, numbers, regular expressions and names in backquotes.

use super::{JsonataError, Lexer, Refused, Value};

impl Lexer {
    pub(super) fn string(&mut self, quote: u8) -> Result<Value, Refused> {
        self.position += 1;
        let mut content = Vec::new();
        while let Some(unit) = self.peek(0) {
            if unit == u16::from(b'\\') {
                self.position += 1;
                content.push(self.escape()?);
            } else if unit == u16::from(quote) {
                self.position += 1;
                return Ok(Value::Text(String::from_utf16_lossy(&content)));
            } else {
                content.push(unit);
            }
            self.position += 1;
        }
        Err(JsonataError::at("S0101", self.position))
    }

    /// What stands behind a backslash, up to its last unit.
    fn escape(&mut self) -> Result<u16, Refused> {
        let Some(unit) = self.peek(0) else {
            return Err(JsonataError::piece("S0103", self.position, String::new()));
        };
        let byte = match u8::try_from(unit) {
            Ok(plain @ (b'"' | b'\\' | b'/')) => plain,
            Ok(b'b') => 0x08,
            Ok(b'f') => 0x0C,
            Ok(b'n') => b'\n',
            Ok(b'r') => b'\r',
            Ok(b't') => b'\t',
            Ok(b'u') => return self.code_unit(),
            _ => {
                let character = self.text(self.position, self.position + 1);
                return Err(JsonataError::piece("S0103", self.position, character));
            }
        };
        Ok(byte.into())
    }

    /// Four hexadecimal digits. The reference takes fewer where the text ends, and then misses the quote.
    fn code_unit(&mut self) -> Result<u16, Refused> {
        let start = self.position + 1;
        let digits = self.text(start, self.len().min(start + 4));
        let are_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        match u16::from_str_radix(&digits, 16) {
            Ok(unit) if are_digits => {
                self.position += 4;
                Ok(unit)
            }
            _ => Err(JsonataError::at("S0104", self.position)),
        }
    }

    pub(super) fn number(&mut self) -> Result<Value, Refused> {
        let mut end = self.position + 1;
        if self.peek(0) != Some(b'0'.into()) {
            end = self.digits(end);
        }
        if self.units.get(end) == Some(&b'.'.into()) && self.digits(end + 1) > end + 1 {
            end = self.digits(end + 1);
        }
        if matches!(self.units.get(end).map(|unit| u8::try_from(*unit)), Some(Ok(b'e' | b'E'))) {
            let sign =
                matches!(self.units.get(end + 1).map(|unit| u8::try_from(*unit)), Some(Ok(b'+' | b'-')));
            let start = end + 1 + usize::from(sign);
            let exponent = self.digits(start);
            if exponent > start {
                end = exponent;
            }
        }
        let text = self.text(self.position, end);
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => {
                self.position = end;
                Ok(Value::Number(number))
            }
            _ => Err(JsonataError::piece("S0102", self.position, text)),
        }
    }

    /// Where the digits from there end.
    fn digits(&self, start: usize) -> usize {
        let rest = self.units.get(start..).unwrap_or_default();
        start + rest.iter().take_while(|unit| (u16::from(b'0')..=u16::from(b'9')).contains(unit)).count()
    }

    /// A regular expression, whose inside nobody reads but for brackets: a slash between them is no end.
    pub(super) fn regex(&mut self) -> Result<Value, Refused> {
        let start = self.position + 1;
        let mut depth = 0_i64;
        let mut backslashes = 0_usize;
        for (at, unit) in self.units.iter().enumerate().skip(start) {
            let byte = u8::try_from(*unit).unwrap_or_default();
            match byte {
                b'/' if depth == 0 && backslashes.is_multiple_of(2) => {
                    if at == start {
                        return Err(JsonataError::at("S0301", at));
                    }
                    let flags = self.units.iter().skip(at + 1);
                    let is_flag = |unit: &&u16| matches!(u8::try_from(**unit), Ok(b'i' | b'm'));
                    self.position = at + 1 + flags.take_while(is_flag).count();
                    return Ok(Value::Regex);
                }
                // For a bracket one backslash counts, whatever stands before it.
                b'(' | b'[' | b'{' if backslashes == 0 => depth += 1,
                b')' | b']' | b'}' if backslashes == 0 => depth -= 1,
                _ => {}
            }
            backslashes = if byte == b'\\' { backslashes + 1 } else { 0 };
        }
        Err(JsonataError::at("S0302", self.len()))
    }

    pub(super) fn quoted_name(&mut self) -> Result<Value, Refused> {
        let start = self.position + 1;
        let rest = self.units.get(start..).unwrap_or_default();
        let Some(length) = rest.iter().position(|unit| *unit == u16::from(b'`')) else {
            return Err(JsonataError::at("S0105", self.len()));
        };
        self.position = start + length + 1;
        Ok(Value::Name(self.text(start, start + length)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Value, end: usize) {
        let token = Lexer::new(text).next(false).unwrap();
        assert_eq!((token.value, token.position), (expected, end), "{text}");
    }

    #[track_caller]
    fn refused(text: &str, code: &str, position: usize, token: Option<&str>) {
        let error = Lexer::new(text).next(false).unwrap_err();
        assert_eq!((error.code, error.position, error.token.as_deref()), (code, position, token), "{text}");
    }

    #[test]
    fn escapes_stand_for_characters() {
        check(
            r#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#,
            Value::Text("a\"\\/\u{8}\u{c}\n\r\té😀".into()),
            37,
        );
        check("'it\"s'", Value::Text("it\"s".into()), 6);
    }

    #[test]
    fn bad_escapes_are_refused_where_they_stand() {
        refused(r"'\y'", "S0103", 2, Some("y"));
        refused(r"'\'", "S0103", 2, Some("'"));
        refused(r"'\", "S0103", 2, Some(""));
        refused(r"'\u12'", "S0104", 2, None);
        refused(r"'\u+123'", "S0104", 2, None);
    }

    #[test]
    fn a_string_without_its_quote_is_refused_at_the_end() {
        refused("\"abc", "S0101", 4, None);
        refused("'", "S0101", 1, None);
        // As the reference counts: four digits, of which two are there.
        refused(r"'\u12", "S0101", 7, None);
    }

    #[test]
    fn numbers_are_those_of_json() {
        check("0123", Value::Number(0.0), 1);
        check("12.50e+1x", Value::Number(125.0), 8);
        check("1.x", Value::Number(1.0), 1);
        check("1ex", Value::Number(1.0), 1);
        check("1e-", Value::Number(1.0), 1);
        refused("1e1000", "S0102", 0, Some("1e1000"));
    }

    #[test]
    fn regular_expressions_end_at_a_slash_outside_of_brackets() {
        check("/a/im b", Value::Regex, 5);
        check(r"/a\/[/]/", Value::Regex, 8);
        check(r"/a\\/", Value::Regex, 5);
        refused("//", "S0301", 1, None);
        refused("/a(/", "S0302", 4, None);
        refused(r"/a\/", "S0302", 4, None);
    }

    #[test]
    fn names_may_be_in_backquotes() {
        check("`a b`.c", Value::Name("a b".into()), 5);
        check("``", Value::Name(String::new()), 2);
        refused("`a b", "S0105", 4, None);
    }
}
