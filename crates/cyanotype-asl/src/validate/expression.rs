//! One expression of JSONata.

use std::collections::HashSet;

use super::{check::Check, context, paths, value, variables};
use crate::{Code, Json, Jsonata, jsonata::Constant};

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Number,
    Boolean,
    String,
    Array,
}

/// The value of a field that takes one type, and may be an expression.
pub(super) fn of<'j>(check: &mut Check<'j>, json: &'j Json, wanted: Wanted) {
    match json {
        Json::String(text) if value::is_expression(check, json) => {
            if let Some(text) = text.as_literal() {
                self::check(check, text, Some(wanted));
            }
        }
        _ => paths::expressions(check, json),
    }
}

/// A text that begins with `{%`.
pub(super) fn check(check: &mut Check<'_>, text: &str, wanted: Option<Wanted>) {
    let Some(inner) = text.strip_prefix("{%").and_then(|rest| rest.strip_suffix("%}")) else {
        check.schema("an expression of JSONata ends in '%}'");
        return;
    };
    let expression = match Jsonata::parse(inner) {
        Ok(expression) => expression,
        Err(error) => {
            check.error(Code::InvalidJsonataExpression, error.message.clone());
            return;
        }
    };
    for problem in expression.problems() {
        check.error(Code::UnsupportedJsonataExpression, problem.message);
    }
    let mut read = HashSet::new();
    for names in expression.states_paths() {
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        match names.as_slice() {
            ["errorOutput", ..] if !check.catches && read.insert("$states.errorOutput".to_owned()) => {
                let message = "Reference to '$states.errorOutput' is not supported outside of a Catch";
                check
                    .error(Code::UnsupportedJsonataExpression, message)
                    .hint("only a catcher has an error to hand on");
            }
            ["context", names @ ..] => context::names(check, names),
            _ => {}
        }
    }
    for variable in expression.variables() {
        if read.insert(variable.name.clone()) {
            variables::read(check, &variable.name);
        }
    }
    constant(check, inner, expression.constant(), wanted);
}

/// What is certain to fail when it is evaluated, in AWS's words for it. AWS takes the definition.
fn constant(check: &mut Check<'_>, text: &str, found: Option<Constant>, wanted: Option<Wanted>) {
    let Some(found) = found else { return };
    let field = check.field_of_state();
    let subject =
        format!("The JSONata expression '{}' specified for the field '{field}'", value::short(text.trim()));
    let wanted = match (wanted, found) {
        (_, Constant::Undefined) => {
            check.warning(format!("{subject} returned nothing (undefined)."));
            return;
        }
        (_, Constant::Function) => {
            check.warning(format!("{subject} is a function, which is no JSON"));
            return;
        }
        // `Items` takes an object as well, of which recorded executions that failed know nothing.
        (None, _)
        | (Some(Wanted::Number), Constant::Number)
        | (Some(Wanted::Boolean), Constant::Boolean)
        | (Some(Wanted::String), Constant::String)
        | (Some(Wanted::Array), Constant::Array | Constant::Object) => return,
        (Some(Wanted::Number), _) => "number",
        (Some(Wanted::Boolean), _) => "boolean",
        (Some(Wanted::String), _) => "string",
        (Some(Wanted::Array), _) => "array",
    };
    check.warning(format!(
        "{subject} returned an unexpected result type. Expected '{wanted}', but was '{}'",
        found.name()
    ));
}
