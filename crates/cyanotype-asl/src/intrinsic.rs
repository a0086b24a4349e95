//! Intrinsic functions, with the place of everything that is wrong.
//!
//! What cannot be read is an [`IntrinsicError`]. What can be read and never works, such as an argument too few, is a
//! [`Problem`]; what works and may be meant otherwise, a [`Doubt`]. Positions are byte offsets into the text.
//!
//! See "Intrinsic functions for JSONPath states" in the AWS Step Functions Developer Guide:
//! <https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html>.

#[cfg(test)]
mod arbitrary;
mod check;
mod function;
mod parse;
mod write;

use std::{
    fmt,
    hash::{Hash, Hasher},
};

use serde_json::Number;

pub use self::function::{Function, Type};
use crate::{JsonPath, jsonpath::Doubt};

/// How many functions may stand in one another, the outermost included.
pub const MAX_NESTING: usize = 10;

/// A call of an intrinsic function, such as `States.Format('Hello {}', $.name)`.
///
/// It is the value of a field whose name ends in `.$`, where the query language is JSONPath.
///
/// ```
/// use cyanotype_asl::{IntrinsicCall, intrinsic::{Argument, Function}};
///
/// let call = IntrinsicCall::parse("States.Format('Hello {}, {}', $.name)")?;
/// assert_eq!(call.function(), Function::Format);
/// assert!(matches!(call.arguments(), [Argument::Template(_), Argument::Path(_)]));
/// assert_eq!(
///     call.problems()[0].to_string(),
///     "the template has 2 `{}`, and there is 1 argument for them at position 14",
/// );
///
/// let error = IntrinsicCall::parse("States.Fromat('Hello')").unwrap_err();
/// assert_eq!(error.to_string(), "there is no States.Fromat: did you mean States.Format? at position 0");
/// # Ok::<(), cyanotype_asl::intrinsic::IntrinsicError>(())
/// ```
///
/// Two calls are equal when they compute the same; where their parts stand is no part of it.
#[derive(Debug, Clone)]
pub struct IntrinsicCall {
    function: Function,
    arguments: Vec<Argument>,
    places: Places,
}

/// Where the parts of a call stand.
#[derive(Debug, Clone, Default)]
struct Places {
    call: usize,
    /// One for each argument.
    arguments: Vec<usize>,
    /// Backslashes that escape nothing.
    open_escapes: Vec<usize>,
    /// Of the paths among the arguments.
    doubts: Vec<Doubt>,
}

/// What stands between the parentheses of a call.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Argument {
    /// A text in single quotes, without its escapes.
    String(String),
    /// The text that [`Function::Format`] fills in.
    Template(Template),
    /// A number.
    Number(Number),
    /// `true` or `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// A path into the input, the Context object or a variable.
    Path(JsonPath),
    /// The result of another function.
    Call(IntrinsicCall),
}

/// A text with places to fill in: `'Hello {}'`.
///
/// It keeps apart a place, `{}`, and the two characters, `\{\}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Template {
    /// One at least.
    pieces: Vec<String>,
}

/// Why a text is no call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntrinsicError {
    /// Where it stops being one, in bytes from 0.
    pub position: usize,
    /// What is wrong there.
    pub message: String,
}

/// Why a call never works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is, in bytes from 0.
    pub position: usize,
    /// What is wrong there.
    pub message: String,
}

impl IntrinsicCall {
    /// Reads a text that starts with `States.`.
    ///
    /// # Errors
    /// When it is no call of a function that there is, with arguments that can be read.
    pub fn parse(text: &str) -> Result<Self, IntrinsicError> {
        parse::parse(text)
    }

    /// The function.
    #[must_use]
    pub fn function(&self) -> Function {
        self.function
    }

    /// Its arguments, in order.
    #[must_use]
    pub fn arguments(&self) -> &[Argument] {
        &self.arguments
    }

    /// The paths among its arguments and those of the calls inside of it.
    pub(crate) fn paths(&self) -> Vec<&JsonPath> {
        let mut paths = vec![];
        let mut todo = vec![self];
        while let Some(call) = todo.pop() {
            for argument in &call.arguments {
                match argument {
                    Argument::Path(path) => paths.push(path),
                    Argument::Call(inner) => todo.push(inner),
                    _ => {}
                }
            }
        }
        paths
    }

    /// Why it, or a call inside of it, never works, in order of position: the number of arguments, the types of those
    /// that are known, the values that a function refuses, and how deep functions nest.
    ///
    /// What a path leads to is not known.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        check::problems(self)
    }

    /// What may be meant otherwise, or may be refused: in its paths, numbers that will be rounded, and more functions
    /// than AWS promises to take. In order of position.
    #[must_use]
    pub fn doubts(&self) -> Vec<Doubt> {
        check::doubts(self)
    }
}

impl PartialEq for IntrinsicCall {
    fn eq(&self, other: &Self) -> bool {
        self.function == other.function && self.arguments == other.arguments
    }
}

impl Eq for IntrinsicCall {}

impl Hash for IntrinsicCall {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.function.hash(state);
        self.arguments.hash(state);
    }
}

impl Template {
    /// The texts before, between and after the places, without escapes: one more than there are places.
    #[must_use]
    pub fn pieces(&self) -> &[String] {
        &self.pieces
    }

    /// How many `{}` it has.
    #[must_use]
    pub fn places(&self) -> usize {
        self.pieces.len().saturating_sub(1)
    }
}

impl fmt::Display for IntrinsicError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at position {}", self.message, self.position)
    }
}

impl std::error::Error for IntrinsicError {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at position {}", self.message, self.position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_keeps_places_and_braces_apart() {
        let call = IntrinsicCall::parse(r"States.Format('\{\} {}-{}', 1, 2)").unwrap();
        let [Argument::Template(template), ..] = call.arguments() else { panic!("{call:?}") };
        assert_eq!(template.pieces(), ["{} ", "-", ""]);
        assert_eq!(template.places(), 2);
        assert_eq!(call.problems(), []);
    }

    #[test]
    fn spelling_is_no_part_of_equality() {
        let call = |text| IntrinsicCall::parse(text).unwrap();
        assert_eq!(call("States.MathAdd(1, $.a)"), call("States.MathAdd( 1,$['a'] )"));
        assert_ne!(call("States.MathAdd(1, $.a)"), call("States.MathAdd($.a, 1)"));
    }
}
