//! Functions, and what stands in their parentheses.

use super::{Parsed, Parser, Step, cursor::Cursor, error};
use crate::jsonpath::PathArgument;

/// What Jayway computes. It looks a name up when it reads data, and not before.
const FUNCTIONS: [&str; 13] = [
    "append", "avg", "concat", "first", "index", "keys", "last", "length", "max", "min", "size", "stddev",
    "sum",
];

const NO_FUNCTION: &str = "there is no such function: there are append, avg, concat, first, index, keys, last, length, \
    max, min, size, stddev, sum";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Path,
    Json,
}

/// How many of each are open.
struct Open {
    parentheses: i64,
    brackets: i64,
    braces: i64,
    quotes: i64,
}

impl Parser {
    pub(super) fn function(&mut self, cursor: &mut Cursor, name: &str, open: usize) -> Parsed<Step> {
        if !FUNCTIONS.contains(&name) {
            self.doubt(cursor.position(), NO_FUNCTION);
        }
        if !is_closed(cursor, open) {
            // A path inside of another ends at the first parenthesis that closes, but for an empty pair.
            return match self.depth {
                0 => error(open, "this parenthesis is not closed"),
                _ => error(open, "a function inside of another path takes no arguments"),
            };
        }
        cursor.go_to(open + 1);
        let mut arguments = vec![];
        if cursor.byte() == Some(b')') {
            cursor.skip(1);
        } else {
            self.enter(open)?;
            self.arguments(cursor, &mut arguments)?;
            self.leave();
        }
        Ok(Step::Function { name: name.to_owned(), arguments })
    }

    /// Goes over the arguments as Jayway does: by counting, with quotes that protect neither brackets nor commas.
    fn arguments(&mut self, cursor: &mut Cursor, arguments: &mut Vec<PathArgument>) -> Parsed<()> {
        let start = cursor.position();
        let mut open = Open { parentheses: 1, brackets: 0, braces: 0, quotes: 0 };
        let mut argument: Option<(usize, Kind)> = None;
        let mut before = None;
        let mut ignored = false;
        while cursor.in_bounds() {
            let at = cursor.position();
            let Some(byte) = cursor.byte() else { break };
            cursor.skip(1);
            if argument.is_none() {
                argument = match byte {
                    b' ' | b'\t' | b'\n' | b'\r' => continue,
                    b'{' | b'"' | b'-' | b'0'..=b'9' => Some((at, Kind::Json)),
                    b'$' | b'@' => Some((at, Kind::Path)),
                    b',' | b')' => None,
                    _ => {
                        if !std::mem::replace(&mut ignored, true) {
                            self.doubt(
                                at,
                                "an argument starts with `$`, `{`, `\"` or a digit, so this is ignored",
                            );
                        }
                        None
                    }
                };
            }
            open.count(byte, before, at)?;
            if open.is_end_of_argument(byte) {
                let end = if byte == b')' && before == Some(b'(') { at + 1 } else { at };
                if let Some((start, kind)) = argument.take() {
                    self.argument(cursor.window(start, end), kind, arguments)?;
                }
                ignored = false;
                if open.parentheses == 0 {
                    return Ok(());
                }
            }
            before = Some(byte);
        }
        if open.parentheses != 0 || open.brackets != 0 || open.braces != 0 {
            return error(start, "these arguments are not closed");
        }
        self.doubt(start, "a quote or a bracket that stays open hides an argument here");
        Ok(())
    }

    fn argument(&mut self, window: Cursor, kind: Kind, arguments: &mut Vec<PathArgument>) -> Parsed<()> {
        let text = window.rest();
        match kind {
            Kind::Path => arguments.push(PathArgument::Path(self.path(window)?)),
            Kind::Json if text.matches('(').count() != text.matches(')').count() => {
                self.doubt(window.position(), "the parentheses of this argument do not match, so it is lost");
            }
            Kind::Json => arguments.push(PathArgument::Json(text.trim_end().to_owned())),
        }
        Ok(())
    }
}

impl Open {
    fn count(&mut self, byte: u8, before: Option<u8>, at: usize) -> Parsed<()> {
        match byte {
            b'"' if before != Some(b'\\') && self.quotes > 0 => self.quotes -= 1,
            b'"' => self.quotes += 1,
            b'(' => self.parentheses += 1,
            b')' => self.parentheses -= 1,
            b'[' => self.brackets += 1,
            b'{' => self.braces += 1,
            b']' if self.brackets == 0 => return error(at, "this bracket closes nothing"),
            b']' => self.brackets -= 1,
            b'}' if self.braces == 0 => return error(at, "this brace closes nothing"),
            b'}' => self.braces -= 1,
            _ => {}
        }
        Ok(())
    }

    fn is_end_of_argument(&self, byte: u8) -> bool {
        let level = matches!((byte, self.parentheses), (b')', 0 | 1) | (b',', 1));
        level && self.quotes == 0 && self.braces == 0 && self.brackets == 0
    }
}

fn is_closed(cursor: &Cursor, open: usize) -> bool {
    let mut depth = 0_usize;
    let mut at = open;
    while let Some(found) = cursor.find_any(at, b"()") {
        match cursor.at(found) {
            Some(b'(') => depth += 1,
            _ => depth -= 1,
        }
        if depth == 0 {
            return true;
        }
        at = found + 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        JsonPath,
        jsonpath::test::{check_doubt, check_error, check_steps},
    };

    fn function(name: &str, arguments: &[&str]) -> Step {
        let argument = |text: &&str| match JsonPath::parse(text) {
            Ok(path) => PathArgument::Path(path),
            Err(_) => PathArgument::Json((*text).to_owned()),
        };
        Step::Function { name: name.into(), arguments: arguments.iter().map(argument).collect() }
    }

    #[test]
    fn arguments_are_paths_and_json() {
        check_steps("$.length()", &[function("length", &[])]);
        check_steps("$..sum()", &[Step::Descendant, function("sum", &[])]);
        check_steps("$.append(1, -2)", &[function("append", &["1", "-2"])]);
        check_steps("$.concat($.a,$.b['c d'])", &[function("concat", &["$.a", "$.b['c d']"])]);
        check_steps(r#"$.append({"a":[1,2]})"#, &[function("append", &[r#"{"a":[1,2]}"#])]);
        check_steps("$.sum($.a.length(), 1)", &[function("sum", &["$.a.length()", "1"])]);
    }

    #[test]
    fn arguments_are_closed() {
        check_error("$.sum(", "this parenthesis is not closed at position 5");
        check_error("$.sum(()", "this parenthesis is not closed at position 5");
        check_error("$.sum([1)", "these arguments are not closed at position 6");
        check_error("$.sum(])", "this bracket closes nothing at position 6");
        check_error("$.sum(})", "this brace closes nothing at position 6");
        check_error(
            "$.sum($.a b)",
            "a name with spaces stands in brackets and quotes: ['a name'] at position 9",
        );
        check_error(&format!("$.{}", "(".repeat(1_000_000)), "this parenthesis is not closed at position 2");
    }

    #[test]
    fn other_arguments_are_ignored() {
        let message = "an argument starts with `$`, `{`, `\"` or a digit, so this is ignored";
        check_doubt("$.concat('x')", &format!("{message} at position 9"));
        check_steps("$.concat('x')", &[function("concat", &[])]);
    }

    #[test]
    fn unknown_functions_are_doubted() {
        assert!(NO_FUNCTION.ends_with(&FUNCTIONS.join(", ")));
        check_doubt("$.a.len()", &format!("{NO_FUNCTION} at position 4"));
    }

    #[test]
    fn a_function_inside_of_a_path_takes_no_arguments() {
        check_steps("$.sum($.a.length())", &[function("sum", &["$.a.length()"])]);
        check_error(
            "$.sum($.a.sum(1))",
            "a function inside of another path takes no arguments at position 13",
        );
        check_error(
            "$[?(@.sum(1) == 1)]",
            "a function inside of another path takes no arguments at position 9",
        );
    }
}
