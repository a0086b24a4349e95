//! Reading a call.

use serde_json::Number;

use super::{Argument, Function, IntrinsicCall, IntrinsicError, Places, Template};
use crate::{
    JsonPath,
    jsonpath::{Doubt, MAX_DEPTH},
};

const PREFIX: &str = "States.";

type Parsed<T> = Result<T, IntrinsicError>;

pub(super) fn parse(text: &str) -> Parsed<IntrinsicCall> {
    let mut parser = Parser { text, position: 0, depth: 0 };
    if !text.starts_with(PREFIX) {
        return parser.error("an intrinsic function starts with `States.`");
    }
    let call = parser.call()?;
    parser.skip_blanks();
    match parser.rest() {
        "" => Ok(call),
        _ => parser.error("here the call should end"),
    }
}

struct Parser<'t> {
    text: &'t str,
    position: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn error<T>(&self, message: impl Into<String>) -> Parsed<T> {
        Err(IntrinsicError { position: self.position, message: message.into() })
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.position..).unwrap_or_default()
    }

    /// Passes over it, if it is here.
    fn skip(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.position += text.len();
        }
        found
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.position += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// Passes over such characters.
    fn take(&mut self, is_part: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let text = rest.split(|character| !is_part(character)).next().unwrap_or_default();
        self.position += text.len();
        text
    }

    fn call(&mut self) -> Parsed<IntrinsicCall> {
        // AWS promises a few; this limit is there to be in no danger from any text.
        if self.depth == MAX_DEPTH {
            return self.error(format!("this nests more than {MAX_DEPTH} deep"));
        }
        self.depth += 1;
        let mut places = Places { call: self.position, ..Places::default() };
        let function = self.function()?;
        self.skip_blanks();
        if !self.skip("(") {
            return self.error("`(` is missing here");
        }
        let mut arguments = vec![];
        self.skip_blanks();
        if !self.skip(")") {
            loop {
                self.skip_blanks();
                places.arguments.push(self.position);
                let is_template = function == Function::Format && arguments.is_empty();
                arguments.push(self.argument(is_template, &mut places)?);
                self.skip_blanks();
                if self.skip(")") {
                    break;
                }
                if !self.skip(",") {
                    return self.error("`,` or `)` is missing here");
                }
            }
        }
        self.depth -= 1;
        Ok(IntrinsicCall { function, arguments, places })
    }

    fn function(&mut self) -> Parsed<Function> {
        let start = self.position;
        let name = self.take(|character| character.is_alphanumeric() || matches!(character, '_' | '.'));
        if let Some(function) = Function::from_name(name) {
            return Ok(function);
        }
        self.position = start;
        match (name, Function::nearest(name)) {
            (PREFIX, _) => self.error("the name of a function is missing after `States.`"),
            (_, Some(nearest)) => self.error(format!("there is no {name}: did you mean {nearest}?")),
            (_, None) => self.error(format!("there is no {name}")),
        }
    }

    fn argument(&mut self, is_template: bool, places: &mut Places) -> Parsed<Argument> {
        let rest = self.rest();
        if rest.starts_with('\'') {
            let pieces = self.string(is_template, places)?;
            return Ok(match <[String; 1]>::try_from(pieces) {
                Ok([text]) if !is_template => Argument::String(text),
                Ok([text]) => Argument::Template(Template { pieces: vec![text] }),
                Err(pieces) => Argument::Template(Template { pieces }),
            });
        }
        if rest.starts_with('$') {
            return self.path(places).map(Argument::Path);
        }
        if rest.starts_with(PREFIX) {
            return self.call().map(Argument::Call);
        }
        if rest.starts_with('"') {
            return self.error("a text stands in single quotes");
        }
        let start = self.position;
        let word =
            self.take(|character| character.is_alphanumeric() || matches!(character, '_' | '-' | '+' | '.'));
        let number = word.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        match word {
            "true" => return Ok(Argument::Bool(true)),
            "false" => return Ok(Argument::Bool(false)),
            "null" => return Ok(Argument::Null),
            _ if number => {
                if let Ok(number) = serde_json::from_str::<Number>(word) {
                    // What serde_json makes of many digits is off by one in the last of them.
                    let exact = || word.parse().ok().and_then(Number::from_f64);
                    let number = if number.is_f64() { exact().unwrap_or(number) } else { number };
                    return Ok(Argument::Number(number));
                }
            }
            _ => {}
        }
        self.position = start;
        match word {
            "" => self.error("an argument is missing here"),
            _ if number => self.error("this is no number"),
            _ => self.error(
                "an argument is a text in single quotes, a number, true, false, null, a path or a call",
            ),
        }
    }

    /// A text in quotes, in pieces between `{}` if that has a meaning in it.
    fn string(&mut self, is_template: bool, places: &mut Places) -> Parsed<Vec<String>> {
        let mut pieces = vec![];
        let mut piece = String::new();
        let mut characters = self.rest().char_indices().skip(1).peekable();
        while let Some((at, character)) = characters.next() {
            match (character, characters.peek().map(|(_, next)| *next)) {
                ('\'', _) => {
                    self.position += at + 1;
                    pieces.push(piece);
                    return Ok(pieces);
                }
                ('{', Some('}')) if is_template => {
                    characters.next();
                    pieces.push(std::mem::take(&mut piece));
                }
                ('\\', Some(next @ ('\'' | '{' | '}' | '\\'))) => {
                    characters.next();
                    piece.push(next);
                }
                ('\\', _) => {
                    places.open_escapes.push(self.position + at);
                    piece.push(character);
                }
                _ => piece.push(character),
            }
        }
        self.error("this quote is not closed")
    }

    fn path(&mut self, places: &mut Places) -> Parsed<JsonPath> {
        let start = self.position;
        let text = path_text(self.rest());
        self.position += text.len();
        let path = JsonPath::parse(text)
            .map_err(|error| IntrinsicError { position: start + error.position, message: error.message })?;
        let doubts = path.doubts().iter().cloned().chain(bare_name(text));
        places.doubts.extend(doubts.map(|doubt| Doubt { position: start + doubt.position, ..doubt }));
        Ok(path)
    }
}

/// The path that the text starts with: up to a comma or a parenthesis that are not in brackets, and closed.
fn path_text(text: &str) -> &str {
    let mut brackets = 0_usize;
    let mut parentheses = 0_usize;
    let mut quote = None;
    let mut bytes = text.bytes().enumerate();
    let end = loop {
        let Some((at, byte)) = bytes.next() else { break text.len() };
        match (quote, byte) {
            (Some(_), b'\\') => drop(bytes.next()),
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') if brackets > 0 => quote = Some(byte),
            (None, b'[') => brackets += 1,
            (None, b']') => brackets = brackets.saturating_sub(1),
            (None, b'(') if brackets == 0 => parentheses += 1,
            (None, b')') if brackets == 0 && parentheses > 0 => parentheses -= 1,
            (None, b')') if brackets == 0 => break at,
            (None, b',') if brackets == 0 && parentheses == 0 => break at,
            (None, _) => {}
        }
    };
    text.get(..end).unwrap_or_default().trim_end_matches([' ', '\t', '\n', '\r'])
}

/// A name with more than letters, digits and `_` stands in brackets, as the developer guide has it.
fn bare_name(path: &str) -> Option<Doubt> {
    let outside = path.split(['[', '(']).next().unwrap_or_default();
    let strange =
        |character: char| !character.is_alphanumeric() && !matches!(character, '$' | '.' | '*' | '_');
    let position = outside.find(strange)?;
    let message = "in an intrinsic function, such a name stands in brackets and quotes".to_owned();
    Some(Doubt { position, message })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(argument: &str, expected: Argument) {
        let call = IntrinsicCall::parse(&format!("States.Array({argument} )")).unwrap();
        assert_eq!(call.arguments(), [expected]);
        assert_eq!(call.problems(), []);
    }

    #[track_caller]
    fn check_error(text: &str, expected: &str) {
        let found = IntrinsicCall::parse(text).map_err(|error| error.to_string());
        assert_eq!(found, Err(expected.to_owned()));
    }

    fn path(text: &str) -> Argument {
        Argument::Path(JsonPath::parse(text).unwrap())
    }

    #[test]
    fn texts_stand_in_single_quotes() {
        check("''", Argument::String("".into()));
        check(r"'it\'s \{\} \\'", Argument::String(r"it's {} \".into()));
        check(r#"'{"a": "(,)"}'"#, Argument::String(r#"{"a": "(,)"}"#.into()));
        check("'a\nb'", Argument::String("a\nb".into()));
        check_error("States.Array('a)", "this quote is not closed at position 13");
        check_error(r"States.Array('a\')", "this quote is not closed at position 13");
        check_error(r#"States.Array("a")"#, "a text stands in single quotes at position 13");
    }

    #[test]
    fn other_literals_are_json() {
        check("1", Argument::Number(1.into()));
        check("-1", Argument::Number((-1).into()));
        check("2.5e3", Argument::Number(serde_json::Number::from_f64(2500.0).unwrap()));
        check("true", Argument::Bool(true));
        check("null", Argument::Null);
        check_error("States.Array(1.)", "this is no number at position 13");
        check_error("States.Array(01)", "this is no number at position 13");
        check_error("States.Array(-)", "this is no number at position 13");
        let message = "an argument is a text in single quotes, a number, true, false, null, a path or a call";
        check_error("States.Array(yes)", &format!("{message} at position 13"));
    }

    #[test]
    fn paths_end_at_a_comma_or_a_parenthesis() {
        check("$", path("$"));
        check("$$.Execution.Id", path("$$.Execution.Id"));
        check("$name[0]", path("$name[0]"));
        check("$['a,b)\\'c']", path("$['a,b)\\'c']"));
        check("$.a[?(@.b in ['x', ')'])].c", path("$.a[?(@.b in ['x', ')'])].c"));
        check("$.a.length()", path("$.a.length()"));
        check("$.concat($.a, $.b)", path("$.concat($.a, $.b)"));
        check_error("States.Array($.a[0, 1)", "this bracket is not closed at position 16");
        check_error("States.Array(1, $.a.)", "a path does not end with a dot at position 19");
    }

    #[test]
    fn calls_stand_in_calls() {
        let inner = IntrinsicCall::parse("States.UUID()").unwrap();
        check("States.UUID ( )", Argument::Call(inner));
    }

    #[test]
    fn a_call_has_its_form() {
        check_error("", "an intrinsic function starts with `States.` at position 0");
        check_error("$.a", "an intrinsic function starts with `States.` at position 0");
        check_error("States. ", "the name of a function is missing after `States.` at position 0");
        check_error(
            "States.Fromat()",
            "there is no States.Fromat: did you mean States.Format? at position 0",
        );
        check_error("States.Array(States.Foo())", "there is no States.Foo at position 13");
        check_error("States.StringToJson $.a)", "`(` is missing here at position 20");
        check_error("States.Array(1", "`,` or `)` is missing here at position 14");
        check_error("States.Array(1 2)", "`,` or `)` is missing here at position 15");
        check_error("States.Array(1,)", "an argument is missing here at position 15");
        check_error("States.Array(,1)", "an argument is missing here at position 13");
        check_error("States.Array(", "an argument is missing here at position 13");
        check_error("States.Array() x", "here the call should end at position 15");
    }

    #[test]
    fn nesting_is_read_to_a_limit() {
        let nested = |depth| format!("{}{}", "States.Array(".repeat(depth), ")".repeat(depth));
        assert!(IntrinsicCall::parse(&nested(MAX_DEPTH)).is_ok());
        check_error(&nested(MAX_DEPTH + 1), "this nests more than 100 deep at position 1300");
    }
}
