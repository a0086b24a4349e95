//! Strings with placeholders, cut and put together.

use cyanotype_asl::{Segment, Text};

/// A text as a template has it: `${Name}` for each placeholder.
pub(crate) fn rendered(text: &Text) -> String {
    if let [Segment::Literal(literal)] = text.segments() {
        return literal.clone();
    }
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
    // Most are written out.
    if let [Segment::Literal(literal)] = text.segments() {
        return literal.splitn(limit, separator).map(Text::from).collect();
    }
    let mut parts = vec![];
    let mut part = Text::default();
    for segment in text.segments() {
        let Segment::Literal(literal) = segment else {
            part.push(segment.clone());
            continue;
        };
        let mut rest = literal.as_str();
        while parts.len() + 1 < limit
            && let Some((before, after)) = rest.split_once(separator)
        {
            part.push(Segment::Literal(before.into()));
            parts.push(std::mem::take(&mut part));
            rest = after;
        }
        part.push(Segment::Literal(rest.into()));
    }
    parts.push(part);
    parts
}

/// The text without a literal beginning.
pub(super) fn strip_prefix(text: &Text, prefix: &str) -> Option<Text> {
    match text.segments().first()? {
        Segment::Literal(literal) => {
            let mut after = Text::from(literal.strip_prefix(prefix)?);
            after.extend(text.segments().iter().skip(1).cloned());
            Some(after)
        }
        Segment::Placeholder(_) => None,
    }
}

/// What a definition names, as a policy has it: what IAM would take for wildcards or variables is escaped.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
pub(super) fn verbatim(text: &Text) -> Text {
    let escaped = |segment: &Segment| match segment {
        Segment::Literal(literal) if literal.contains(['*', '?', '$']) => {
            let mut out = String::with_capacity(literal.len() + 3);
            for (at, c) in literal.char_indices() {
                match c {
                    '*' | '?' => out.extend(['$', '{', c, '}']),
                    '$' if literal.get(at + 1..).is_some_and(|rest| rest.starts_with('{')) => {
                        out.push_str("${$}")
                    }
                    c => out.push(c),
                }
            }
            Segment::Literal(out)
        }
        other => other.clone(),
    };
    text.segments().iter().map(escaped).collect()
}

/// The same of a whole ARN, of which only what is behind the account can be escaped.
pub(super) fn verbatim_arn(arn: &Text) -> Text {
    let is_plain = |segment: &Segment| match segment {
        Segment::Literal(literal) => !literal.contains(['*', '?', '$']),
        Segment::Placeholder(_) => true,
    };
    if arn.segments().iter().all(is_plain) {
        return arn.clone();
    }
    let mut parts = split(arn, ":", 6);
    if parts.len() == 6
        && let Some(rest) = parts.last_mut()
    {
        *rest = verbatim(rest);
    }
    joined(&parts, ":")
}

/// Parts with something between them, such as those of an ARN with colons.
pub(super) fn joined(parts: &[Text], separator: &str) -> Text {
    let mut out = Text::default();
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            out.push(Segment::Literal(separator.into()));
        }
        out.extend(part.clone());
    }
    out
}

/// Whether it has a literal beginning.
pub(super) fn starts_with(text: &Text, prefix: &str) -> bool {
    matches!(text.segments().first(), Some(Segment::Literal(literal)) if literal.starts_with(prefix))
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
    fn wildcards_and_variables_are_escaped() {
        let escaped = |text: &str| rendered(&verbatim(&text.into()));
        assert_eq!(escaped("a*b?c"), "a${*}b${?}c");
        assert_eq!(escaped("a${b}$c"), "a${$}{b}$c");
        assert_eq!(rendered(&verbatim_arn(&"arn:aws:s3:::a/*".into())), "arn:aws:s3:::a/${*}");
    }

    #[test]
    fn a_beginning_is_literal() {
        assert_eq!(strip_prefix(&text(), "a:").as_ref().map(rendered), Some("${P}:b/c".into()));
        assert_eq!(strip_prefix(&Text::placeholder("arn"), "arn"), None);
    }
}
