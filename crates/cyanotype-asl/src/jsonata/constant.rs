//! What an expression yields whatever it is given.

use super::{
    ast::{Ast, Kind},
    token::Value,
};

/// A type of JSON, or one of the two things that an expression can yield and that are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Constant {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
    Function,
    Undefined,
}

impl Constant {
    pub(super) fn of(ast: &Ast) -> Option<Self> {
        let mut id = ast.root();
        loop {
            let node = &ast[id];
            return match (&node.kind, &node.token.value) {
                (Kind::Leaf, Value::Null) => Some(Self::Null),
                (Kind::Leaf, Value::Boolean(_)) => Some(Self::Boolean),
                (Kind::Leaf, Value::Number(_)) => Some(Self::Number),
                (Kind::Leaf, Value::Text(_)) => Some(Self::String),
                (Kind::Leaf, Value::Regex) | (Kind::Lambda(..) | Kind::Transform(..), _) => {
                    Some(Self::Function)
                }
                (Kind::Array(_), _) => Some(Self::Array),
                (Kind::Object(_), _) => Some(Self::Object),
                (Kind::Block(expressions), _) => match expressions.last() {
                    Some(last) => {
                        id = *last;
                        continue;
                    }
                    None => Some(Self::Undefined),
                },
                _ => None,
            };
        }
    }

    /// As AWS names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
            Self::Function => "function",
            Self::Undefined => "undefined",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Jsonata;

    #[track_caller]
    fn check(expression: &str, expected: Option<Constant>) {
        assert_eq!(Jsonata::parse(expression).unwrap().constant(), expected, "{expression}");
    }

    #[test]
    fn literals_and_constructors_are_what_they_are() {
        check("1", Some(Constant::Number));
        check("'a'", Some(Constant::String));
        check("true", Some(Constant::Boolean));
        check("null", Some(Constant::Null));
        check("[$x]", Some(Constant::Array));
        check("{'a': $x}", Some(Constant::Object));
        check("($x := 1; (2))", Some(Constant::Number));
        check("()", Some(Constant::Undefined));
        check("function($x) { $x }", Some(Constant::Function));
        check("/a/", Some(Constant::Function));
    }

    #[test]
    fn what_depends_on_data_is_not_known() {
        for expression in ["$x", "$x.a", "1 + 1", "$x ? 1 : 2", "$f()", "[1][0]", "-1"] {
            check(expression, None);
        }
    }
}
