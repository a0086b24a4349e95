//! The text of a path.

use std::fmt::{self, Display, Write};

use super::{JsonPath, PathArgument, Root, Step};
use crate::{PathStep, path::is_plain};

/// What a path stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Alone,
    /// In a filter, the second of two neighbouring brackets is not seen as one, so a dot goes between them.
    Filter,
}

/// It reads back as itself, but for names with brackets or quotes in a filter or in the arguments of a function: there
/// Jayway counts brackets without looking at quotes, and such a name has no spelling but its author's.
impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        path(self, Place::Alone, f)
    }
}

pub(super) fn path(path: &JsonPath, place: Place, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match &path.root {
        Root::Input => f.write_char('$')?,
        Root::Context => f.write_str("$$")?,
        Root::Variable(name) => write!(f, "${name}")?,
        Root::Item => f.write_char('@')?,
    }
    let mut before: Option<&Step> = None;
    for step in &path.steps {
        let after_dots = matches!(before, Some(Step::Descendant));
        let after_bracket = before.is_some_and(is_bracket) && is_bracket(step);
        if place == Place::Filter && after_bracket {
            f.write_char('.')?;
        }
        self::step(step, after_dots, f)?;
        before = Some(step);
    }
    Ok(())
}

fn is_bracket(step: &Step) -> bool {
    match step {
        Step::Field(name) => !is_plain(name),
        Step::Descendant | Step::Function { .. } => false,
        _ => true,
    }
}

fn step(step: &Step, after_dots: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let dot = if after_dots { "" } else { "." };
    match step {
        Step::Field(name) if is_plain(name) => write!(f, "{dot}{name}"),
        Step::Field(name) => PathStep::Field(name.clone()).fmt(f),
        Step::Fields(names) => {
            f.write_char('[')?;
            for (at, name) in names.iter().enumerate() {
                if at > 0 {
                    f.write_char(',')?;
                }
                quoted(name, f)?;
            }
            f.write_char(']')
        }
        Step::Index(index) => write!(f, "[{index}]"),
        Step::Indices(indices) => {
            let indices: Vec<_> = indices.iter().map(i32::to_string).collect();
            write!(f, "[{}]", indices.join(","))
        }
        Step::Slice { start, end } => {
            let bound = |bound: &Option<i32>| bound.map(|index| index.to_string()).unwrap_or_default();
            write!(f, "[{}:{}]", bound(start), bound(end))
        }
        Step::Wildcard => f.write_str("[*]"),
        Step::Descendant => f.write_str(".."),
        Step::Filter(expression) => write!(f, "[?({expression})]"),
        Step::Script(text) => write!(f, "[({text})]"),
        Step::Function { name, arguments } => {
            write!(f, "{dot}{name}(")?;
            for (at, argument) in arguments.iter().enumerate() {
                if at > 0 {
                    f.write_char(',')?;
                }
                match argument {
                    PathArgument::Path(path) => path.fmt(f)?,
                    PathArgument::Json(text) => f.write_str(text)?,
                }
            }
            f.write_char(')')
        }
    }
}

/// In single quotes, with what is special there escaped.
pub(super) fn quoted(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_char('\'')?;
    for character in text.chars() {
        if matches!(character, '\'' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(character)?;
    }
    f.write_char('\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let path = JsonPath::parse(text).unwrap();
        assert_eq!(path.to_string(), expected);
        assert_eq!(JsonPath::parse(expected).as_ref(), Ok(&path), "reads as the same");
    }

    #[test]
    fn names_are_quoted_where_they_must() {
        check("$", "$");
        check("$$.Execution.Id", "$$.Execution.Id");
        check("$name.a", "$name.a");
        check("$.a-b.c", "$['a-b'].c");
        check("$.größe", "$['größe']");
        check(r#"$["it's \\ it"]"#, r"$['it\'s \\ it']");
        check("$['a' , 'b']", "$['a','b']");
    }

    #[test]
    fn steps_are_written_in_brackets() {
        check("$.a.[0].*", "$.a[0][*]");
        check("$..*", "$..[*]");
        check("$..a[0, 1]", "$..a[0,1]");
        check("$[1:]", "$[1:]");
        check("$[:-1]", "$[:-1]");
        check("$..a.length()", "$..a.length()");
        check("$.concat($.a, $['b c'], 1)", "$.concat($.a,$['b c'],1)");
    }

    #[test]
    fn filters_have_spaces() {
        check("$[?(@.a==1)]", "$[?(@.a == 1)]");
        check("$[?( (@.a && @.b)|| !@.c)]", "$[?(@.a && @.b || !@.c)]");
        check("$[?((@.a || @.b) && @.c)]", "$[?((@.a || @.b) && @.c)]");
        check("$[?(!(@.a IN ['x', 1, null]))]", "$[?(!(@.a in ['x',1,null]))]");
        check(r"$[?(@.a =~ /x\/.*/i)]", r"$[?(@.a =~ /x\/.*/i)]");
        check("$[?(!!@.a)]", "$[?(!!@.a)]");
    }

    #[test]
    fn neighbouring_brackets_are_apart_in_a_filter() {
        check("$[?(@['a b'].['c d'][0] == 1)]", "$[?(@['a b'].['c d'].[0] == 1)]");
    }
}
