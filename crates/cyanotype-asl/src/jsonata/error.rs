//! Why an expression is refused.

use std::fmt;

use super::{
    MAX_JSONATA_DEPTH,
    token::{Token, Value, quoted},
};

/// How many steps are looked at for all the `%` of an expression.
///
/// The reference has no such limit, and takes a time that grows with the square of the length.
pub(super) const MAX_STEPS: usize = 1_000_000;

/// Why a text is no JSONata expression.
///
/// Its display is the message, which is what AWS puts behind `INVALID_JSONATA_EXPRESSION`.
/// The codes that begin with `S` are those of the reference implementation:
/// <https://docs.jsonata.org/embedding-extending>.
/// Two codes are ours: `L0001` for an expression that is nested deeper than [`MAX_JSONATA_DEPTH`], and `L0002` for
/// one in which the objects that its `%` operators name are too far to look for.
///
/// ```
/// use cyanotype_asl::Jsonata;
///
/// let error = Jsonata::parse("[1,2)").unwrap_err();
/// assert_eq!((error.code, error.position), ("S0202", 5));
/// assert_eq!(error.token.as_deref(), Some(")"));
/// assert_eq!(error.to_string(), r#"Expected "]", got ")""#);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonataError {
    /// The reference's code, such as `S0202`.
    pub code: &'static str,
    /// Where it is, in UTF-16 code units from the start of the expression, as the reference counts.
    ///
    /// A token's position is where it ends, not where it begins, so that the `)` of `[1,2)` is at 5.
    /// Inside of a literal or comment (`S01..`, `S03..`) it is where the reference's reader stood: at the start of
    /// a number or comment, at the bad escape, behind a string without an end.
    /// Where the text ends within `\u` and its digits, that is up to four behind the end.
    /// Where the reference gives none, for some of `S0217`, it is the position of the `%`.
    pub position: usize,
    /// The token that the error is about, where the reference names one.
    pub token: Option<String>,
    /// What is wrong, in the reference's words.
    pub message: String,
}

/// An error on its way out: small, since each level of the parser has some on its stack.
pub(super) type Refused = Box<JsonataError>;

impl std::error::Error for JsonataError {}

impl fmt::Display for JsonataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl JsonataError {
    /// An error whose message says neither a token nor a value.
    pub(super) fn at(code: &'static str, position: usize) -> Refused {
        Self::new(code, position, None, "", "")
    }

    /// An error about a token.
    pub(super) fn about(code: &'static str, token: &Token) -> Refused {
        Self::new(code, token.position, Some(token.value.text()), &token.value.json(), "")
    }

    /// An error about a piece of the text.
    pub(super) fn piece(code: &'static str, position: usize, piece: String) -> Refused {
        let json = quoted(&piece);
        Self::new(code, position, Some(piece), &json, "")
    }

    /// Another token than the one that must come next.
    pub(super) fn expected(operator: &str, got: &Token) -> Refused {
        let code = if got.value == Value::End { "S0203" } else { "S0202" };
        let token = got.value.text();
        Self::new(code, got.position, Some(token), &got.value.json(), &quoted(operator))
    }

    /// A parameter that is no variable, counted from 1.
    pub(super) fn parameter(number: usize, token: &Token) -> Refused {
        Self::new("S0208", token.position, Some(token.value.text()), "", &number.to_string())
    }

    /// A literal where the name of a field must be.
    pub(super) fn literal_step(value: &Value, position: usize) -> Refused {
        Self::new("S0213", position, None, "", &value.json())
    }

    fn new(code: &'static str, position: usize, token: Option<String>, json: &str, value: &str) -> Refused {
        Box::new(Self { code, position, token, message: message(code, json, value) })
    }
}

/// The reference's text for a code, with the token and the value put in.
fn message(code: &str, token: &str, value: &str) -> String {
    match code {
        "S0101" => "String literal must be terminated by a matching quote".into(),
        "S0102" => format!("Number out of range: {token}"),
        "S0103" => format!("Unsupported escape sequence: \\{token}"),
        "S0104" => "The escape sequence \\u must be followed by 4 hex digits".into(),
        "S0105" => "Quoted property name must be terminated with a backquote (`)".into(),
        "S0106" => "Comment has no closing tag".into(),
        "S0201" => format!("Syntax error: {token}"),
        "S0202" => format!("Expected {value}, got {token}"),
        "S0203" => format!("Expected {value} before end of expression"),
        "S0204" => format!("Unknown operator: {token}"),
        "S0207" => "Unexpected end of expression".into(),
        "S0208" => format!("Parameter {value} of function definition must be a variable name (start with $)"),
        "S0209" => "A predicate cannot follow a grouping expression in a step".into(),
        "S0210" => "Each step can only have one grouping expression".into(),
        "S0211" => format!("The symbol {token} cannot be used as a unary operator"),
        "S0212" => "The left side of := must be a variable name (start with $)".into(),
        "S0213" => {
            format!("The literal value {value} cannot be used as a step within a path expression")
        }
        "S0214" => format!("The right side of {token} must be a variable name (start with $)"),
        "S0215" => "A context variable binding must precede any predicates on a step".into(),
        "S0216" => "A context variable binding must precede the 'order-by' clause on a step".into(),
        "S0217" => "The object representing the 'parent' cannot be derived from this expression".into(),
        "S0301" => "Empty regular expressions are not allowed".into(),
        "S0302" => "No terminating / in regular expression".into(),
        "S0401" => "Type parameters can only be applied to functions and arrays".into(),
        "S0402" => "Choice groups containing parameterized types are not supported".into(),
        "L0001" => format!("The expression is nested deeper than {MAX_JSONATA_DEPTH}"),
        _ => format!("The expression takes more than {MAX_STEPS} steps to find what its % operators name"),
    }
}
