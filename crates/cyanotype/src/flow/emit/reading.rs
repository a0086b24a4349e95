//! How a place in the data is written, in either language.

use cyanotype_asl::{PathStep, Text};

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
pub(super) fn jsonata(root: Root, spot: &Spot) -> Text {
    let root = match (spot.origin, root) {
        (Origin::Data, Root::Input) => "$states.input".to_owned(),
        (Origin::Data, Root::Result) => "$states.result".to_owned(),
        (Origin::Data, Root::Error) => "$states.errorOutput".to_owned(),
        (Origin::Variable(name), _) => format!("${name}"),
        (Origin::Context(path), _) => format!("$states.context.{path}"),
    };
    steps(root.into(), spot.path.steps())
}

/// What is at a path within an expression that can be followed by a step.
pub(super) fn steps(expression: Text, path: &[PathStep]) -> Text {
    path.iter().fold(expression, |expression, step| match step {
        PathStep::Index(index) => joined([expression, format!("[{index}]").into()]),
        // No quoting can write a name that has the quote in it.
        PathStep::Field(name) if name.contains('`') => {
            joined(["$lookup(".into(), expression, format!(", {})", string(name)).into()])
        }
        PathStep::Field(name) if is_plain(name) => joined([expression, format!(".{name}").into()]),
        PathStep::Field(name) => joined([expression, format!(".`{name}`").into()]),
    })
}

/// The input with a value put at a path: what `ResultPath` does in JSONPath.
pub(super) fn merged(path: &[PathStep], value: Text) -> Text {
    merge("$states.input".into(), path, value)
}

fn merge(base: Text, path: &[PathStep], value: Text) -> Text {
    match path {
        [PathStep::Field(name), rest @ ..] => {
            let inner = steps(base.clone(), &[PathStep::Field(name.clone())]);
            let inner = merge(inner, rest, value);
            joined(["$merge([".into(), base, format!(", {{{}: ", string(name)).into(), inner, "}])".into()])
        }
        // A result goes into a named field; an item of a tuple is refused.
        _ => value,
    }
}

/// One text of several.
pub(super) fn joined(parts: impl IntoIterator<Item = Text>) -> Text {
    parts.into_iter().flatten().collect()
}

/// A literal string: JSON's is JSONata's.
pub(super) fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A whole expression, as a state has it.
pub(super) fn whole(expression: Text) -> Text {
    joined(["{% ".into(), expression, " %}".into()])
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
        assert_eq!(jsonata(Root::Input, &Spot { origin: Origin::Data, path }), expected.into());
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
        assert_eq!(merged(path.steps(), "$states.result".into()), expected.into());
    }
}
