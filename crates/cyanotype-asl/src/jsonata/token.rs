//! What the lexer makes and the parser reads.

/// A token, or what is left of it in a node.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) value: Value,
    /// Where it ends, in UTF-16 code units: the reference says where its reader stood when it made the token.
    pub(super) position: usize,
}

/// What a token says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// The end of the expression.
    End,
    /// An operator or a bracket; `and`, `or` and `in` are operators too.
    Operator(&'static str),
    /// The name of a field, in backquotes or not.
    Name(String),
    /// A variable, without its `$`.
    Variable(String),
    /// A string.
    Text(String),
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
    Null,
    /// A regular expression, of which nobody needs more.
    Regex,
}

impl Token {
    /// Whether it is this operator.
    pub(super) fn is(&self, operator: &str) -> bool {
        matches!(self.value, Value::Operator(own) if own == operator)
    }
}

impl Value {
    /// As the reference puts it in the `token` of an error.
    pub(super) fn text(&self) -> String {
        match self {
            Self::End => "(end)".into(),
            Self::Operator(operator) => (*operator).into(),
            Self::Name(text) | Self::Variable(text) | Self::Text(text) => text.clone(),
            Self::Number(number) => number_text(*number),
            Self::Boolean(boolean) => boolean.to_string(),
            Self::Null => "null".into(),
            Self::Regex => "{}".into(),
        }
    }

    /// As the reference puts it in a message: as JSON.
    pub(super) fn json(&self) -> String {
        match self {
            Self::End | Self::Operator(_) | Self::Name(_) | Self::Variable(_) | Self::Text(_) => {
                quoted(&self.text())
            }
            Self::Number(_) | Self::Boolean(_) | Self::Null | Self::Regex => self.text(),
        }
    }
}

/// A JSON string.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A number as ECMAScript writes it, which takes an exponent for the very large and the very small.
fn number_text(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 {
        "0".into()
    } else if size >= 1e21 {
        format!("{number:e}").replace('e', "e+")
    } else if size < 1e-6 {
        format!("{number:e}")
    } else {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &Value, text: &str, json: &str) {
        assert_eq!(value.text(), text);
        assert_eq!(value.json(), json);
    }

    #[test]
    fn words_are_quoted_in_messages() {
        check(&Value::End, "(end)", r#""(end)""#);
        check(&Value::Name("a\"b".into()), "a\"b", r#""a\"b""#);
        check(&Value::Operator("]"), "]", r#""]""#);
    }

    #[test]
    fn numbers_are_written_as_ecmascript_does() {
        check(&Value::Number(-0.0), "0", "0");
        check(&Value::Number(-1.50), "-1.5", "-1.5");
        check(&Value::Number(1e20), "100000000000000000000", "100000000000000000000");
        check(&Value::Number(1.5e21), "1.5e+21", "1.5e+21");
        check(&Value::Number(1.5e-7), "1.5e-7", "1.5e-7");
    }

    #[test]
    fn other_values_are_as_in_json() {
        check(&Value::Null, "null", "null");
        check(&Value::Boolean(true), "true", "true");
        check(&Value::Regex, "{}", "{}");
    }
}
