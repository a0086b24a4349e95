//! The writer. Its bytes reach the template, so it is our own and depends on no feature of another crate.

use std::fmt::Write;

use super::Json;
use crate::{Segment, Text};

pub(super) fn compact(json: &Json) -> String {
    let mut writer = Writer { out: String::new(), indent: None };
    writer.value(json);
    writer.out
}

pub(super) fn pretty(json: &Json) -> String {
    let mut writer = Writer { out: String::new(), indent: Some(0) };
    writer.value(json);
    writer.out
}

struct Writer {
    out: String,
    /// How deep the line is, or nothing for one line.
    indent: Option<usize>,
}

impl Writer {
    fn value(&mut self, json: &Json) {
        match json {
            Json::Null => self.out.push_str("null"),
            Json::Bool(true) => self.out.push_str("true"),
            Json::Bool(false) => self.out.push_str("false"),
            Json::Number(number) => self.out.push_str(&number.to_string()),
            Json::String(text) => self.text(text),
            Json::Array(values) => self.group('[', ']', values.iter(), |writer, value| writer.value(value)),
            Json::Object(members) => self.group('{', '}', members.iter(), |writer, (key, value)| {
                writer.out.push('"');
                writer.literal(key, false);
                writer.out.push_str(if writer.indent.is_some() { "\": " } else { "\":" });
                writer.value(value);
            }),
        }
    }

    fn group<T>(
        &mut self,
        open: char,
        close: char,
        items: impl ExactSizeIterator<Item = T>,
        write: impl Fn(&mut Self, T),
    ) {
        self.out.push(open);
        let empty = items.len() == 0;
        self.indent = self.indent.map(|indent| indent + 1);
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.line();
            write(self, item);
        }
        self.indent = self.indent.map(|indent| indent - 1);
        if !empty {
            self.line();
        }
        self.out.push(close);
    }

    fn line(&mut self) {
        if let Some(indent) = self.indent {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("  ", indent));
        }
    }

    fn text(&mut self, text: &Text) {
        self.out.push('"');
        let mut segments = text.segments().iter().peekable();
        while let Some(segment) = segments.next() {
            match segment {
                Segment::Literal(literal) => self.literal(literal, segments.peek().is_some()),
                Segment::Placeholder(name) => {
                    self.out.push_str("${");
                    self.out.push_str(name);
                    self.out.push('}');
                }
            }
        }
        self.out.push('"');
    }

    /// A `$` that a reader of placeholders could take for the start of one is written as an escape: before a
    /// brace, and before a placeholder, where `$${` means something else to some readers.
    fn literal(&mut self, literal: &str, before_placeholder: bool) {
        let mut characters = literal.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '$' => match characters.peek() {
                    Some('{') => self.escape('$'),
                    None if before_placeholder => self.escape('$'),
                    _ => self.out.push('$'),
                },
                character if character.is_control() => self.escape(character),
                character => self.out.push(character),
            }
        }
    }

    /// Control characters and `$` are all below U+10000, where one escape is enough.
    fn escape(&mut self, character: char) {
        // Writing to a string cannot fail.
        let _ = write!(self.out, "\\u{:04x}", u32::from(character));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: impl Into<Json>, expected: &str) {
        let text = json.into().to_compact();
        assert_eq!(text, expected);
        // Whatever was written is JSON.
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
    }

    fn text<const N: usize>(segments: [Segment; N]) -> Text {
        segments.into_iter().collect()
    }

    fn literal(text: &str) -> Segment {
        Segment::Literal(text.into())
    }

    fn placeholder() -> Segment {
        Segment::Placeholder("P".into())
    }

    #[test]
    fn a_placeholder_is_written_as_fn_sub_reads_it() {
        check(Text::placeholder("HelloVersion"), r#""${HelloVersion}""#);
        check(text([literal("a"), placeholder(), literal("b")]), r#""a${P}b""#);
    }

    #[test]
    fn a_literal_never_reads_as_a_placeholder() {
        check("${P}", r#""\u0024{P}""#);
        check("$${P}", r#""$\u0024{P}""#);
        check("${!P}", r#""\u0024{!P}""#);
        check(text([literal("$"), literal("{P}")]), r#""\u0024{P}""#);
        check(Json::object([("${P}", true)]), r#"{"\u0024{P}":true}"#);
    }

    #[test]
    fn a_dollar_before_a_placeholder_is_escaped() {
        check(text([literal("5$"), placeholder()]), r#""5\u0024${P}""#);
        check(text([literal("$a"), placeholder()]), r#""$a${P}""#);
    }

    /// Every text of up to five of these parts means the same after substitution, to a reader like `Fn::Sub`.
    #[test]
    fn substitution_reaches_placeholders_alone() {
        let parts = ["$", "{", "}", "!", "\\", "P"].map(literal).into_iter().chain([placeholder()]);
        let parts: Vec<_> = parts.collect();
        let mut texts = vec![vec![]];
        for _ in 0..5 {
            let longer = texts
                .iter()
                .flat_map(|text| parts.iter().map(|part| [&text[..], std::slice::from_ref(part)].concat()));
            texts = longer.collect();
            for segments in &texts {
                let expected: String = segments.iter().map(meaning).collect();
                let written = Json::from(segments.iter().cloned().collect::<Text>()).to_compact();
                let read: String = serde_json::from_str(&substituted(&written)).expect("JSON");
                assert_eq!(read, expected, "{written}");
            }
        }
    }

    fn meaning(segment: &Segment) -> &str {
        match segment {
            Segment::Literal(literal) => literal,
            Segment::Placeholder(_) => "(value)",
        }
    }

    /// What `Fn::Sub` makes of a text: it replaces whatever is between `${` and the next `}`.
    fn substituted(text: &str) -> String {
        let mut parts = text.split("${");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |out, part| out + "(value)" + part.split_once('}').expect("a brace").1)
    }

    #[test]
    fn other_dollars_stay() {
        check("$.a", r#""$.a""#);
        check("5$", r#""5$""#);
        check("$ {", r#""$ {""#);
    }

    #[test]
    fn strings_are_escaped() {
        check("\" \\ \n \r \t \u{1} \u{7f} é 🦀", r#""\" \\ \n \r \t \u0001 \u007f é 🦀""#);
    }

    #[test]
    fn numbers_are_written_as_they_are() {
        check(serde_json::json!([0, -1, 1.5, 1e300, u64::MAX]), "[0,-1,1.5,1e+300,18446744073709551615]");
    }

    #[test]
    fn order_is_kept() {
        check(Json::object([("b", 1), ("a", 2)].map(|(key, n): (_, u32)| (key, n))), r#"{"b":1,"a":2}"#);
    }

    #[test]
    fn pretty_text_is_indented_by_two_spaces() {
        let json = Json::object([
            ("a", Json::Array(vec![Json::Null, Json::object([("b", "c")])])),
            ("d", Json::Array(vec![])),
            ("e", Json::Object(indexmap::IndexMap::new())),
        ]);
        let expected = r#"{
  "a": [
    null,
    {
      "b": "c"
    }
  ],
  "d": [],
  "e": {}
}"#;
        assert_eq!(json.to_pretty(), expected);
    }
}
