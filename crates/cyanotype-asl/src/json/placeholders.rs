//! Placeholders in texts that were written for a template.

use indexmap::IndexMap;

use super::Json;
use crate::{Segment, Text};

impl Json {
    /// This value, with what CloudFormation fills in as placeholders: every `${Name}` in its strings, and every `Ref`
    /// and `Fn::…`, as the `Definition` of a template has them. A name has letters, digits and `_.:-`.
    #[must_use]
    pub fn with_placeholders(self) -> Self {
        match self {
            Self::String(text) => Self::String(text.into_iter().flat_map(split).collect()),
            Self::Array(items) => Self::Array(items.into_iter().map(Self::with_placeholders).collect()),
            Self::Object(members) if is_intrinsic(&members) => Text::placeholder("Intrinsic").into(),
            Self::Object(members) => {
                Self::object(members.into_iter().map(|(name, value)| (name, value.with_placeholders())))
            }
            other => other,
        }
    }
}

fn is_intrinsic(members: &IndexMap<String, Json>) -> bool {
    matches!(members.keys().next(), Some(name) if members.len() == 1 && (name == "Ref" || name.starts_with("Fn::")))
}

fn split(segment: Segment) -> Text {
    let Segment::Literal(literal) = segment else { return Text::from_iter([segment]) };
    let mut text = Text::default();
    let mut rest = literal.as_str();
    while let Some((before, after)) = rest.split_once("${") {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':' | '-');
        match after.split_once('}') {
            Some((name, after)) if !name.is_empty() && name.chars().all(fits) => {
                text.push(Segment::Literal(before.into()));
                text.push(Segment::Placeholder(name.into()));
                rest = after;
            }
            _ => {
                text.push(Segment::Literal(format!("{before}${{")));
                rest = after;
            }
        }
    }
    text.push(Segment::Literal(rest.into()));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[Segment]) {
        let Json::String(text) = Json::from(text).with_placeholders() else { panic!("no string") };
        assert_eq!(text.segments(), expected);
    }

    #[test]
    fn names_between_braces_are_placeholders() {
        let literal = |text: &str| Segment::Literal(text.into());
        let placeholder = |name: &str| Segment::Placeholder(name.into());
        check("a", &[literal("a")]);
        check("${A}", &[placeholder("A")]);
        check(
            "arn:${AWS::Partition}:x:${A.Arn}",
            &[literal("arn:"), placeholder("AWS::Partition"), literal(":x:"), placeholder("A.Arn")],
        );
        check("${} ${a b} ${c", &[literal("${} ${a b} ${c")]);
    }
}
