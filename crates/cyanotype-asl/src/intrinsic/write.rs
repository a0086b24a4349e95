//! The text of a call.

use std::fmt::{self, Write};

use super::{Argument, IntrinsicCall, Template};

impl fmt::Display for IntrinsicCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.function)?;
        for (at, argument) in self.arguments.iter().enumerate() {
            if at > 0 {
                f.write_str(", ")?;
            }
            argument.fmt(f)?;
        }
        f.write_char(')')
    }
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(text) => {
                f.write_char('\'')?;
                escaped(text, f)?;
                f.write_char('\'')
            }
            Self::Template(template) => template.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Bool(value) => value.fmt(f),
            Self::Null => f.write_str("null"),
            Self::Path(path) => path.fmt(f),
            Self::Call(call) => call.fmt(f),
        }
    }
}

/// With its quotes.
impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('\'')?;
        for (at, piece) in self.pieces.iter().enumerate() {
            if at > 0 {
                f.write_str("{}")?;
            }
            escaped(piece, f)?;
        }
        f.write_char('\'')
    }
}

fn escaped(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for character in text.chars() {
        if matches!(character, '\'' | '{' | '}' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(character)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let call = IntrinsicCall::parse(text).unwrap();
        assert_eq!(call.to_string(), expected);
        assert_eq!(IntrinsicCall::parse(expected).as_ref(), Ok(&call), "reads as the same");
    }

    #[test]
    fn arguments_are_apart() {
        check("States.UUID( )", "States.UUID()");
        check("States.Array(1,-2.50,true,null,$.a-b)", "States.Array(1, -2.5, true, null, $['a-b'])");
        check("States.MathAdd(States.ArrayLength($.a),1)", "States.MathAdd(States.ArrayLength($.a), 1)");
    }

    #[test]
    fn what_is_special_is_escaped() {
        check(r"States.Array('it\'s', '{}', '\\n')", r"States.Array('it\'s', '\{\}', '\\n')");
        check(r"States.Format('{} \{\} {', $.a)", r"States.Format('{} \{\} \{', $.a)");
    }
}
