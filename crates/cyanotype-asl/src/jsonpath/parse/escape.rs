//! Escapes in quoted names and strings.

use super::{Parsed, error};

/// The text without its escapes. A backslash before any other character stands for that character.
pub(super) fn unescape(text: &str, position: usize) -> Parsed<String> {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.char_indices();
    // The first half of a pair of UTF-16 units, and where it stands.
    let mut high: Option<(usize, u32)> = None;
    while let Some((at, character)) = characters.next() {
        let escaped = (character == '\\').then(|| characters.next()).flatten().map(|(_, escaped)| escaped);
        if escaped == Some('u') {
            let digits: String = characters.by_ref().take(4).map(|(_, digit)| digit).collect();
            let unit = u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 4);
            let Some(unit) = unit else {
                return error(position + at, "`\\u` wants four hexadecimal digits");
            };
            let code = match high.take() {
                Some((_, first)) if (0xdc00..0xe000).contains(&unit) => {
                    0x10000 + ((first - 0xd800) << 10) + (unit - 0xdc00)
                }
                Some((at, _)) => return half(position + at),
                None if (0xd800..0xdc00).contains(&unit) => {
                    high = Some((at, unit));
                    continue;
                }
                None => unit,
            };
            match char::from_u32(code) {
                Some(character) => out.push(character),
                None => return half(position + at),
            }
            continue;
        }
        if let Some((at, _)) = high {
            return half(position + at);
        }
        out.push(match escaped {
            Some('r') => '\r',
            Some('f') => '\u{c}',
            Some('t') => '\t',
            Some('n') => '\n',
            Some('b') => '\u{8}',
            Some(other) => other,
            None => character,
        });
    }
    match high {
        Some((at, _)) => half(position + at),
        None => Ok(out),
    }
}

fn half<T>(position: usize) -> Parsed<T> {
    error(position, "this is half of a character: UTF-16 writes it with two `\\u`")
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(text: &str, expected: Result<&str, &str>) {
        let unescaped = super::unescape(text, 10).map_err(|error| error.to_string());
        assert_eq!(unescaped.as_deref().map_err(String::as_str), expected, "{text}");
    }

    #[test]
    fn a_backslash_changes_what_follows() {
        check("it's", Ok("it's"));
        check(r#"\'\"\\\/\x"#, Ok(r#"'"\/x"#));
        check(r"\r\f\t\n\b", Ok("\r\u{c}\t\n\u{8}"));
        check("a\\", Ok("a\\"));
    }

    #[test]
    fn characters_have_numbers() {
        check(r"\u00e9\u65E5", Ok("é日"));
        check(r"\ud83c\udd97", Ok("🆗"));
        check(r"a\u12", Err(r"`\u` wants four hexadecimal digits at position 11"));
        check(r"\uzzzz", Err(r"`\u` wants four hexadecimal digits at position 10"));
    }

    #[test]
    fn half_a_character_is_none() {
        let message = "this is half of a character: UTF-16 writes it with two `\\u` at position 10";
        check(r"\ud83c", Err(message));
        check(r"\ud83cx", Err(message));
        check(r"\ud83c\u0041", Err(message));
        check(r"\udd97", Err(message));
    }
}
