//! Variables of an execution.

use std::{marker::PhantomData, panic::Location};

use schemars::{JsonSchema, Schema};

use crate::flow::{
    Path,
    path::{Origin, Reference, schema_of},
};

/// A variable that holds an `F`; [`variable`] makes it.
#[derive(Debug)]
pub struct Var<F> {
    pub(in crate::flow) name: &'static str,
    schema: fn() -> Schema,
    types: PhantomData<fn() -> F>,
}

impl<F> Clone for Var<F> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<F> Copy for Var<F> {}

/// A variable by its name, up to 80 letters, digits and `_`.
///
/// A state sets it ([`assign`](crate::flow::Fragment::assign)). Every later state of its scope, and of the scopes
/// within, reads [all of it](Var::value) or [a part](Var::at), as it reads data.
///
/// ```
/// use cyanotype::{flow::variable, prelude::*};
///
/// let machine: Machine<String, String> = machine(|m| {
///     let first = variable::<String>("first");
///     let is_x = m.choice("x?").when(first.value().is("x"), m.end()).otherwise(m.fail("Not x"));
///     m.assign("Keep", first, root::<String>()).then(m.pass("Work")).then(m.recall("Again", first)).then(is_x)
/// });
/// assert!(machine.diagnostics().is_empty());
/// ```
///
/// <https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html>
#[must_use]
pub fn variable<F: JsonSchema>(name: &'static str) -> Var<F> {
    Var { name, schema: schema_of::<F>, types: PhantomData }
}

impl<F> Var<F> {
    /// All of it, wherever a path into the data can stand.
    #[track_caller]
    pub fn value<T>(self) -> Path<T, F> {
        Path::of(Reference {
            origin: Origin::Variable(self.name),
            fields: vec![],
            schema: self.schema,
            at: Location::caller(),
        })
    }

    /// A part of it: `quote.at(path!(Quote => total))`.
    pub fn at<T, G>(self, part: Path<F, G>) -> Path<T, G> {
        Path::of(Reference { origin: Origin::Variable(self.name), ..part.to })
    }
}
