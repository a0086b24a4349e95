//! Reading a path, as Jayway's compiler goes over it.

mod bracket;
mod cursor;
mod escape;
mod filter;
mod function;
mod literal;

use self::cursor::Cursor;
use super::{Doubt, JsonPath, MAX_DEPTH, PathError, Root, Step};

type Parsed<T> = Result<T, PathError>;

/// Nobody reads more, and a long text should not become a longer list.
const MAX_DOUBTS: usize = 100;

pub(super) fn parse(text: &str) -> Parsed<JsonPath> {
    let mut parser = Parser { doubts: vec![], depth: 0 };
    let mut cursor = Cursor::new(text);
    cursor.trim();
    for (from, to) in [(0, cursor.position()), (cursor.end(), text.len())] {
        if from < to {
            parser.doubt(from, "spaces around a path are no part of it");
        }
    }
    let mut path = parser.whole(cursor)?;
    path.doubts = parser.doubts;
    path.doubts.sort_by_key(|doubt| doubt.position);
    Ok(path)
}

struct Parser {
    /// Of all paths in one another: positions are those of the whole text.
    doubts: Vec<Doubt>,
    /// Of filters, parentheses and arguments around this place. Where it is 0, the path is no part of another.
    depth: usize,
}

fn error<T>(position: usize, message: impl Into<String>) -> Parsed<T> {
    Err(PathError { position, message: message.into() })
}

impl Parser {
    fn doubt(&mut self, position: usize, message: impl Into<String>) {
        if self.doubts.len() < MAX_DOUBTS {
            self.doubts.push(Doubt { position, message: message.into() });
        }
    }

    /// Goes into something that may hold itself; `leave` goes out. An error ends the reading, so it needs no way out.
    fn enter(&mut self, position: usize) -> Parsed<()> {
        if self.depth == MAX_DEPTH {
            return error(position, format!("this nests more than {MAX_DEPTH} deep"));
        }
        self.depth += 1;
        Ok(())
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    /// A path that fills its window.
    fn whole(&mut self, cursor: Cursor) -> Parsed<JsonPath> {
        if cursor.last() == Some(b'.') {
            return error(cursor.end() - 1, "a path does not end with a dot");
        }
        self.path(cursor)
    }

    fn path(&mut self, mut cursor: Cursor) -> Parsed<JsonPath> {
        let root = self.root(&mut cursor)?;
        let mut steps = vec![];
        if cursor.in_bounds() && !matches!(cursor.byte(), Some(b'.' | b'[')) {
            return error(cursor.position(), "a step starts with `.` or `[`");
        }
        while cursor.in_bounds() {
            // Jayway looks for no step in the last character alone, but for the first of a path.
            if cursor.is_last() && !steps.is_empty() {
                self.doubt(cursor.position(), "this last character is no step, and nobody reads it");
                break;
            }
            self.step(&mut cursor, &mut steps)?;
        }
        Ok(JsonPath { root, steps, doubts: vec![] })
    }

    fn root(&mut self, cursor: &mut Cursor) -> Parsed<Root> {
        let start = cursor.position();
        let rest = cursor.rest();
        let root = if rest.starts_with("$$") {
            Root::Context
        } else if let Some(after) = rest.strip_prefix('$') {
            match variable(after) {
                "" => Root::Input,
                name => Root::Variable(name.to_owned()),
            }
        } else if self.depth > 0 && rest.starts_with('@') {
            Root::Item
        } else {
            return error(start, "a path starts with `$`");
        };
        cursor.skip(match &root {
            Root::Input | Root::Item => 1,
            Root::Context => 2,
            Root::Variable(name) => 1 + name.len(),
        });
        match &root {
            Root::Context | Root::Variable(_) if self.depth > 0 => {
                self.doubt(start, "inside of a path, `$` and `@` alone are known to work");
            }
            Root::Variable(name) if name.starts_with('_') => {
                self.doubt(start + 1, "the name of a variable starts with a letter");
            }
            _ => {}
        }
        Ok(root)
    }

    /// One step, with the dots before it.
    fn step(&mut self, cursor: &mut Cursor, steps: &mut Vec<Step>) -> Parsed<()> {
        let start = cursor.position();
        if let Some(Step::Function { .. }) = steps.last() {
            self.doubt(start, "a function is the end of a path, and this is after one");
        }
        match cursor.byte() {
            Some(b'.') => dots(cursor, steps)?,
            Some(b'[') => {}
            _ => self.doubt(start, "a dot is missing here"),
        }
        let step = match cursor.byte() {
            Some(b'[') => self.bracket(cursor)?,
            Some(b'*') => {
                cursor.skip(1);
                Step::Wildcard
            }
            _ => self.name(cursor)?,
        };
        steps.push(step);
        Ok(())
    }

    /// A member without quotes, or a function.
    fn name(&mut self, cursor: &mut Cursor) -> Parsed<Step> {
        let start = cursor.position();
        let end = cursor.find_any(start, b" .[(").unwrap_or(cursor.end());
        let name = cursor.slice(start, end);
        match cursor.at(end).filter(|_| end < cursor.end()) {
            Some(b' ') => error(end, "a name with spaces stands in brackets and quotes: ['a name']"),
            Some(b'(') => self.function(cursor, name, end),
            _ => {
                cursor.go_to(end);
                Ok(Step::Field(name.to_owned()))
            }
        }
    }
}

fn dots(cursor: &mut Cursor, steps: &mut Vec<Step>) -> Parsed<()> {
    let start = cursor.position();
    cursor.skip(1);
    if cursor.in_bounds() && cursor.byte() == Some(b'.') {
        cursor.skip(1);
        steps.push(Step::Descendant);
    }
    match cursor.byte().filter(|_| cursor.in_bounds()) {
        None => error(start, "a path does not end with a dot"),
        Some(b'.') => error(cursor.position(), "this dot is one too many"),
        Some(_) => Ok(()),
    }
}

/// The name of a variable that the text starts with, or nothing.
///
/// AWS takes Unicode's ID_Start and ID_Continue. Letters, digits and the first block of combining marks are near enough
/// to tell where a name ends.
fn variable(text: &str) -> &str {
    let starts = |character: char| character.is_alphabetic() || character == '_';
    let continues =
        |character: char| character.is_alphanumeric() || matches!(character, '_' | '\u{300}'..='\u{36f}');
    let end = match text.chars().next() {
        Some(first) if starts(first) => text.find(|character| !continues(character)).unwrap_or(text.len()),
        _ => 0,
    };
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jsonpath::test::{check_doubt, check_error, check_steps};

    fn field(name: &str) -> Step {
        Step::Field(name.into())
    }

    #[track_caller]
    fn check_root(text: &str, expected: Root) {
        assert_eq!(JsonPath::parse(text).unwrap().root(), &expected, "{text}");
    }

    #[test]
    fn a_path_starts_at_the_input_the_context_or_a_variable() {
        check_root("$", Root::Input);
        check_root("$.a", Root::Input);
        check_root("$$", Root::Context);
        check_root("$$.Execution.Id", Root::Context);
        check_root("$name", Root::Variable("name".into()));
        check_root("$größe_2[0]", Root::Variable("größe_2".into()));
        check_error("", "a path starts with `$` at position 0");
        check_error("a.b", "a path starts with `$` at position 0");
        check_error("@.a", "a path starts with `$` at position 0");
        check_error("$$a", "a step starts with `.` or `[` at position 2");
        check_error("$1", "a step starts with `.` or `[` at position 1");
        check_error("$name-x", "a step starts with `.` or `[` at position 5");
        check_doubt("$_x", "the name of a variable starts with a letter at position 1");
    }

    #[test]
    fn names_need_no_quotes() {
        check_steps("$.a.b-c", &[field("a"), field("b-c")]);
        check_steps("$.1a", &[field("1a")]);
        check_steps("$.日本", &[field("日本")]);
        check_steps("$.it's,\"so\"", &[field("it's,\"so\"")]);
        check_error("$.a b", "a name with spaces stands in brackets and quotes: ['a name'] at position 3");
    }

    #[test]
    fn wildcards_and_descendants() {
        check_steps("$.*", &[Step::Wildcard]);
        check_steps("$..a", &[Step::Descendant, field("a")]);
        check_steps("$..*", &[Step::Descendant, Step::Wildcard]);
        check_steps("$..[0]", &[Step::Descendant, Step::Index(0)]);
        check_steps("$.[0]", &[Step::Index(0)]);
        check_error("$...a", "this dot is one too many at position 3");
        check_error("$.", "a path does not end with a dot at position 1");
        check_error("$.a.", "a path does not end with a dot at position 3");
        check_error("$..", "a path does not end with a dot at position 2");
        check_error(&".".repeat(1_000_000), "a path does not end with a dot at position 999999");
    }

    #[test]
    fn what_is_dropped_in_silence_is_doubted() {
        check_doubt("$.a[", "this last character is no step, and nobody reads it at position 3");
        check_doubt("$[0]!", "this last character is no step, and nobody reads it at position 4");
        check_doubt("$[0]ab", "a dot is missing here at position 4");
        check_doubt(" $.a", "spaces around a path are no part of it at position 0");
        check_doubt("$.a  ", "spaces around a path are no part of it at position 3");
        check_doubt(
            "$.a.length().b",
            "a function is the end of a path, and this is after one at position 12",
        );
    }
}
