//! Strings with placeholders, cut and put together.

use cyanotype_asl::{Segment, Text};

/// A text as a template has it: `${Name}` for each placeholder.
pub(in crate::iam) fn rendered(text: &Text) -> String {
    text.segments().iter().fold(String::new(), |mut out, segment| {
        match segment {
            Segment::Literal(literal) => out.push_str(literal),
            Segment::Placeholder(name) => {
                out.push_str("${");
                out.push_str(name);
                out.push('}');
            }
        }
        out
    })
}

/// One text after the other.
pub(super) fn concat<const N: usize>(parts: [Text; N]) -> Text {
    parts.into_iter().flatten().collect()
}

/// A literal, a text and a literal.
pub(super) fn around(before: &str, text: &Text, after: &str) -> Text {
    concat([before.into(), text.clone(), after.into()])
}

/// What is before and after the first place where literal text has a separator.
pub(super) fn split_once(text: &Text, separator: &str) -> Option<(Text, Text)> {
    let mut before = Text::default();
    let mut segments = text.segments().iter();
    while let Some(segment) = segments.next() {
        if let Segment::Literal(literal) = segment
            && let Some((left, right)) = literal.split_once(separator)
        {
            before.push(Segment::Literal(left.into()));
            let mut after = Text::from(right);
            after.extend(segments.cloned());
            return Some((before, after));
        }
        before.push(segment.clone());
    }
    None
}

/// The parts between separators in literal text, the last with all the rest when there are more than `limit`.
pub(super) fn split(text: &Text, separator: &str, limit: usize) -> Vec<Text> {
    let mut parts = vec![];
    let mut rest = text.clone();
    while parts.len() + 1 < limit
        && let Some((before, after)) = split_once(&rest, separator)
    {
        parts.push(before);
        rest = after;
    }
    parts.push(rest);
    parts
}

/// The text without a literal beginning.
pub(super) fn strip_prefix(text: &Text, prefix: &str) -> Option<Text> {
    match text.segments().first()? {
        Segment::Literal(literal) if literal.starts_with(prefix) => {
            let (_, after) = split_once(text, prefix)?;
            Some(after)
        }
        _ => None,
    }
}

/// In lower case, as some services write names in ARNs.
pub(super) fn lower(text: &Text) -> Text {
    text.segments()
        .iter()
        .map(|segment| match segment {
            Segment::Literal(literal) => Segment::Literal(literal.to_lowercase()),
            Segment::Placeholder(_) => segment.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> Text {
        Text::from_iter([
            Segment::Literal("a:".into()),
            Segment::Placeholder("P".into()),
            Segment::Literal(":b/c".into()),
        ])
    }

    #[track_caller]
    fn check(parts: &[Text], expected: &[&str]) {
        assert_eq!(parts.iter().map(rendered).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn separators_count_in_literal_text_alone() {
        check(&split(&text(), ":", 9), &["a", "${P}", "b/c"]);
        check(&split(&text(), ":", 2), &["a", "${P}:b/c"]);
        check(&split(&Text::placeholder("A::B"), ":", 9), &["${A::B}"]);
    }

    #[test]
    fn a_beginning_is_literal() {
        assert_eq!(strip_prefix(&text(), "a:").as_ref().map(rendered), Some("${P}:b/c".into()));
        assert_eq!(strip_prefix(&Text::placeholder("arn"), "arn"), None);
    }
}
