//! JSONata expressions: whether they are any, and what they read.

mod ancestry;
mod ast;
mod check;
mod constant;
mod error;
mod functions;
mod lexer;
mod parser;
mod reads;
mod signature;
mod token;

use std::fmt;

use ast::Ast;
pub(crate) use constant::Constant;
pub use error::JsonataError;
use reads::Reads;

/// How deep an expression may be nested: in brackets, operands on the right, branches and function bodies.
///
/// The reference implementation has no such limit, but for its stack, which takes some thousands.
pub const MAX_JSONATA_DEPTH: usize = 200;

/// A JSONata expression: what stands between `{%` and `%}` in a definition.
///
/// It is read as the reference implementation, version 2.2, reads it: <https://docs.jsonata.org/overview.html>.
/// Nothing evaluates it, and nobody looks into its regular expressions but for where they end.
///
/// ```
/// use cyanotype_asl::Jsonata;
///
/// let expression = Jsonata::parse(" $states.input.orders[total > $limit].id ")?;
/// assert!(expression.problems().is_empty());
/// assert_eq!(expression.variables()[0].name, "limit");
/// assert_eq!(expression.states_fields()[0].name, "input");
/// # Ok::<(), cyanotype_asl::JsonataError>(())
/// ```
///
/// What Step Functions makes of it is described in "Transforming data with JSONata in Step Functions":
/// <https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html>.
#[derive(Debug, Clone)]
pub struct Jsonata {
    ast: Ast,
}

/// What AWS refuses in an expression that is well formed. Its display is the message.
///
/// AWS puts `UNSUPPORTED_JSONATA_EXPRESSION` before it.
///
/// ```
/// use cyanotype_asl::Jsonata;
///
/// let problems = Jsonata::parse("phone.number")?.problems();
/// assert_eq!(problems[0].to_string(), "Reference to 'phone' at the top level is not supported.");
/// # Ok::<(), cyanotype_asl::JsonataError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonataProblem {
    /// Where the name ends, counted as in [`JsonataError::position`].
    pub position: usize,
    /// What is wrong, in AWS's words where they are known.
    pub message: String,
}

/// A name that an expression reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonataName {
    /// The name, without the `$` of a variable.
    pub name: String,
    /// Where it ends, counted as in [`JsonataError::position`].
    pub position: usize,
}

impl fmt::Display for JsonataProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Jsonata {
    /// Reads an expression, without the `{%` and `%}` around it.
    ///
    /// # Errors
    ///
    /// If the reference implementation would not compile it, and if it is nested deeper than [`MAX_JSONATA_DEPTH`].
    pub fn parse(text: &str) -> Result<Self, JsonataError> {
        let ast = parser::parse(text).map_err(|error| *error)?;
        check::check(&ast).map_err(|error| *error)?;
        Ok(Self { ast })
    }

    /// What AWS refuses although it is well formed, each kind of reference once.
    ///
    /// A state has no context item, so that neither a field nor `$` or `$$` means anything at the top level.
    /// In predicates, in steps behind a dot, in function bodies and wherever else AWS's rule is not known nothing is
    /// a problem. `$eval` is one everywhere, unless the expression binds it: AWS documents it as the one function of
    /// JSONata that is not there, and no definition with it is known to have been taken.
    #[must_use]
    pub fn problems(&self) -> Vec<JsonataProblem> {
        Reads::of(&self.ast).problems
    }

    /// The variables that it reads without having bound them, at every place, in the order of the text.
    ///
    /// `$states` is none of them, nor are functions that JSONata or AWS defines.
    /// A function's body may use what is bound after it.
    #[must_use]
    pub fn variables(&self) -> Vec<JsonataName> {
        Reads::of(&self.ast).variables
    }

    /// The fields of `$states` that it names, such as `input` and `result`, at every place, in the order of the text.
    ///
    /// It says nothing of an expression that takes `$states` as a whole or reads it in other ways than by a dot.
    #[must_use]
    pub fn states_fields(&self) -> Vec<JsonataName> {
        Reads::of(&self.ast).states_fields
    }

    /// The names behind `$states`, such as `context`, `Map` and `Item`, at every place that reads it.
    pub(crate) fn states_paths(&self) -> Vec<Vec<String>> {
        Reads::of(&self.ast).states_paths
    }

    /// What it yields, whatever it is given, where that can be seen at once.
    pub(crate) fn constant(&self) -> Option<Constant> {
        Constant::of(&self.ast)
    }
}
