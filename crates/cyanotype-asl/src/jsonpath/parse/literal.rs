//! Values that stand in a filter.

use super::{Parsed, Parser, cursor::Cursor, error, escape::unescape};
use crate::jsonpath::{FilterLiteral, MAX_DEPTH};

/// Which side of an operator a value stands on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

impl Parser {
    pub(super) fn literal(&mut self, cursor: &mut Cursor, side: Side) -> Parsed<FilterLiteral> {
        let start = cursor.position();
        match cursor.byte() {
            Some(quote @ (b'\'' | b'"')) => string(cursor, quote).map(FilterLiteral::String),
            Some(b'[') => json(cursor, b']'),
            Some(b'{') => json(cursor, b'}'),
            Some(b'/') => regex(cursor),
            _ => match (word(cursor), side) {
                ("null", _) => Ok(FilterLiteral::Null),
                ("true", _) => Ok(FilterLiteral::Bool(true)),
                ("false", _) => Ok(FilterLiteral::Bool(false)),
                ("", _) => number(cursor).map(FilterLiteral::Number),
                (_, Side::Left) => error(start, "a filter asks about a path or a value, and this is neither"),
                (word, Side::Right) => {
                    self.doubt(start, format!("a text without quotes may be refused: write '{word}'"));
                    Ok(FilterLiteral::Bare(word.to_owned()))
                }
            },
        }
    }
}

fn string(cursor: &mut Cursor, quote: u8) -> Parsed<String> {
    let start = cursor.position();
    let Some(end) = cursor.find_unescaped(start, quote) else {
        return error(start, "this quote is not closed");
    };
    cursor.go_to(end + 1);
    unescape(cursor.slice(start + 1, end), start + 1)
}

/// A word here, which is passed over.
fn word<'t>(cursor: &mut Cursor<'t>) -> &'t str {
    let rest = cursor.rest();
    let is_part = |character: char| character.is_alphanumeric() || "_-.".contains(character);
    let end = match rest.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        true => rest.find(|character| !is_part(character)).unwrap_or(rest.len()),
        false => 0,
    };
    cursor.skip(end);
    rest.get(..end).unwrap_or_default()
}

/// A number as Java's `BigDecimal` reads it, of the characters that Jayway gives it.
fn number(cursor: &mut Cursor) -> Parsed<String> {
    let start = cursor.position();
    let rest = cursor.rest();
    let is_part = |character: char| character.is_ascii_digit() || "-.eE".contains(character);
    let text =
        rest.get(..rest.find(|character| !is_part(character)).unwrap_or(rest.len())).unwrap_or_default();
    if text.is_empty() {
        return error(start, "a value is missing here");
    }
    if !is_number(text) {
        return error(start, "this is no number, and a text has quotes");
    }
    cursor.skip(text.len());
    Ok(text.to_owned())
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (decimal, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((decimal, exponent)) => (decimal, exponent.parse::<i32>().is_ok()),
        None => (unsigned, true),
    };
    let digits = decimal.replacen('.', "", 1);
    exponent && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn regex(cursor: &mut Cursor) -> Parsed<FilterLiteral> {
    let start = cursor.position();
    let Some(end) = cursor.find_unescaped(start, b'/') else {
        return error(start, "this `/` starts a regular expression, and none ends it");
    };
    let pattern = cursor.slice(start + 1, end).to_owned();
    cursor.go_to(end + 1);
    let rest = cursor.rest();
    let flags =
        rest.get(..rest.find(|flag| !"dixmsuU".contains(flag)).unwrap_or(rest.len())).unwrap_or_default();
    cursor.skip(flags.len());
    Ok(FilterLiteral::Regex { pattern, flags: flags.to_owned() })
}

/// An array or an object. Jayway keeps its text, and reads it laxly when it reads data.
fn json(cursor: &mut Cursor, close: u8) -> Parsed<FilterLiteral> {
    let start = cursor.position();
    let end = cursor.closing(start, close)? + 1;
    let text = cursor.slice(start, end);
    let mut window = cursor.window(start, end);
    cursor.go_to(end);
    match array(&mut window, 0).filter(|_| !window.in_bounds()) {
        Some(items) => Ok(FilterLiteral::Array(items)),
        None => Ok(FilterLiteral::Json(text.to_owned())),
    }
}

/// The items, if they are values that a filter has.
fn array(cursor: &mut Cursor, depth: usize) -> Option<Vec<FilterLiteral>> {
    if cursor.byte() != Some(b'[') || depth == MAX_DEPTH {
        return None;
    }
    cursor.skip(1);
    skip_blanks(cursor);
    let mut items = vec![];
    if cursor.byte() == Some(b']') {
        cursor.skip(1);
        return Some(items);
    }
    loop {
        skip_blanks(cursor);
        items.push(match cursor.byte()? {
            quote @ (b'\'' | b'"') => FilterLiteral::String(string(cursor, quote).ok()?),
            b'[' => FilterLiteral::Array(array(cursor, depth + 1)?),
            _ => match word(cursor) {
                "null" => FilterLiteral::Null,
                "true" => FilterLiteral::Bool(true),
                "false" => FilterLiteral::Bool(false),
                "" => FilterLiteral::Number(number(cursor).ok()?),
                _ => return None,
            },
        });
        skip_blanks(cursor);
        let byte = cursor.byte()?;
        cursor.skip(1);
        match byte {
            b',' => {}
            b']' => return Some(items),
            _ => return None,
        }
    }
}

fn skip_blanks(cursor: &mut Cursor) {
    while cursor.in_bounds() && matches!(cursor.byte(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
        cursor.skip(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        JsonPath,
        jsonpath::{
            FilterExpression, FilterValue, Step,
            test::{check_doubt, check_error},
        },
    };

    #[track_caller]
    fn check(literal: &str, expected: FilterLiteral) {
        let path = JsonPath::parse(&format!("$[?(@.a == {literal})]")).unwrap();
        match path.steps() {
            [Step::Filter(FilterExpression::Compare { right: FilterValue::Literal(right), .. })] => {
                assert_eq!(right, &expected);
            }
            _ => panic!("{path:?}"),
        }
    }

    fn number(text: &str) -> FilterLiteral {
        FilterLiteral::Number(text.into())
    }

    fn string(text: &str) -> FilterLiteral {
        FilterLiteral::String(text.into())
    }

    #[test]
    fn numbers_are_kept_as_they_are() {
        for text in ["0", "-1", "1.50", "1.", ".5", "1e5", "1E-5", "123456789012345678901234567890"] {
            check(text, number(text));
        }
        for text in ["-", "1-2", "1e", "2020-01-01", "1.2.3", "."] {
            check_error(
                &format!("$[?(@.a == {text})]"),
                "this is no number, and a text has quotes at position 11",
            );
        }
    }

    #[test]
    fn strings_have_quotes_of_either_kind() {
        check("'x y'", string("x y"));
        check(r#""it's""#, string("it's"));
        check(r"'it\'s)'", string("it's)"));
        check_error("$[?(@.a == 'it''s')]", "this quote is not closed at position 17");
    }

    #[test]
    fn words_are_null_and_booleans() {
        check("null", FilterLiteral::Null);
        check("true", FilterLiteral::Bool(true));
        check("false", FilterLiteral::Bool(false));
    }

    #[test]
    fn other_words_are_doubted() {
        check("FOO_BAR", FilterLiteral::Bare("FOO_BAR".into()));
        check_doubt("$[?(@.a==es)]", "a text without quotes may be refused: write 'es' at position 9");
        check_error(
            "$[?(es==@.a)]",
            "a filter asks about a path or a value, and this is neither at position 4",
        );
    }

    #[test]
    fn regular_expressions_have_flags() {
        let regex = |pattern: &str, flags: &str| FilterLiteral::Regex {
            pattern: pattern.into(),
            flags: flags.into(),
        };
        check("/a.*/", regex("a.*", ""));
        check(r"/a\/(b|c)'/im", regex(r"a\/(b|c)'", "im"));
        check_error(
            "$[?(@.a =~ /x)]",
            "this `/` starts a regular expression, and none ends it at position 11",
        );
    }

    #[test]
    fn arrays_hold_values() {
        let array = FilterLiteral::Array;
        check("[]", array(vec![]));
        check("[ 1, 'x', null ]", array(vec![number("1"), string("x"), FilterLiteral::Null]));
        check("[[\"]\"], []]", array(vec![array(vec![string("]")]), array(vec![])]));
        check_error("$[?(@.a == [1)]", "this bracket is not closed at position 11");
    }

    #[test]
    fn other_json_is_kept_as_it_is() {
        check(r#"{"a": [1]}"#, FilterLiteral::Json(r#"{"a": [1]}"#.into()));
        check("[x, y]", FilterLiteral::Json("[x, y]".into()));
        check("[1,]", FilterLiteral::Json("[1,]".into()));
    }
}
