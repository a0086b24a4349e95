//! How a place in the data is written, in either language.

use std::fmt::Write;

use cyanotype_asl::{PathStep, Segment, Text};

use crate::flow::path::{Origin, Spot};

/// What a state reads from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    /// The input of the state.
    Input,
    /// What its work yielded.
    Result,
    /// The error that a catcher took.
    Error,
}

/// A place in JSONata: `$states.input.customer.name`.
pub(super) fn jsonata(root: Root, spot: &Spot) -> String {
    let root = match (spot.origin, root) {
        (Origin::Data, Root::Input) => "$states.input".to_owned(),
        (Origin::Data, Root::Result) => "$states.result".to_owned(),
        (Origin::Data, Root::Error) => "$states.errorOutput".to_owned(),
        (Origin::Variable(name), _) => format!("${name}"),
        (Origin::Context(path), _) => format!("$states.context.{path}"),
    };
    steps(root, spot.path.steps())
}

/// What is at a path within an expression that can be followed by a step.
pub(super) fn steps(mut expression: String, path: &[PathStep]) -> String {
    for step in path {
        match step {
            PathStep::Index(index) => _ = write!(expression, "[{index}]"),
            // No quoting can write a name that has the quote in it.
            PathStep::Field(name) if name.contains('`') => {
                expression = format!("$lookup({expression}, {})", string(name));
            }
            PathStep::Field(name) if is_plain(name) => _ = write!(expression, ".{name}"),
            PathStep::Field(name) => _ = write!(expression, ".`{name}`"),
        }
    }
    expression
}

/// The input with a value put at a path: what `ResultPath` does in JSONPath.
pub(super) fn merged(path: &[PathStep], value: &str) -> String {
    merge("$states.input".to_owned(), path, value)
}

fn merge(base: String, path: &[PathStep], value: &str) -> String {
    match path {
        [PathStep::Field(name), rest @ ..] => {
            let inner = steps(base.clone(), &[PathStep::Field(name.clone())]);
            let inner = merge(inner, rest, value);
            format!("$merge([{base}, {{{}: {inner}}}])", string(name))
        }
        // A result goes into a named field; an item of a tuple is refused.
        _ => value.to_owned(),
    }
}

/// A literal string: JSON's is JSONata's.
pub(super) fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A whole expression, as a state has it.
pub(super) fn whole(expression: Text) -> Text {
    let mut text = Text::from("{% ");
    text.extend(expression);
    text.push(Segment::Literal(" %}".into()));
    text
}

/// Whether JSONata takes it as a name without quotes: no word that is an operator, either.
fn is_plain(name: &str) -> bool {
    let starts = |c: char| c.is_ascii_alphabetic() || c == '_';
    let mut characters = name.chars();
    characters.next().is_some_and(starts)
        && characters.all(|c| starts(c) || c.is_ascii_digit())
        && !matches!(name, "and" | "or" | "in" | "true" | "false" | "null" | "function")
}

#[cfg(test)]
mod tests {
    use cyanotype_asl::ReferencePath;

    use super::*;

    fn root() -> ReferencePath {
        ReferencePath::root()
    }

    #[track_caller]
    fn check(path: ReferencePath, expected: &str) {
        assert_eq!(jsonata(Root::Input, &Spot { origin: Origin::Data, path }), expected);
    }

    #[test]
    fn names_are_quoted_where_they_must_be() {
        check(root(), "$states.input");
        check(root().field("a").index(0).field("_b"), "$states.input.a[0]._b");
        check(root().field("order-id").field("in"), "$states.input.`order-id`.`in`");
        check(root().field("a`b").field("c"), r#"$lookup($states.input, "a`b").c"#);
    }

    #[test]
    fn a_value_is_put_at_a_path() {
        let path = root().field("a").field("b");
        let expected = r#"$merge([$states.input, {"a": $merge([$states.input.a, {"b": $states.result}])}])"#;
        assert_eq!(merged(path.steps(), "$states.result"), expected);
    }
}
