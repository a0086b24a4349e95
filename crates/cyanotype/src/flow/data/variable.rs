//! Variables of an execution.

use std::marker::PhantomData;

/// A variable that holds an `F`; [`variable`] makes it.
#[derive(Debug)]
pub struct Var<F> {
    pub(in crate::flow) name: &'static str,
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
/// A state sets it ([`assign`](crate::flow::Fragment::assign)), and every later state of its scope, and of the scopes
/// within, reads it as it reads data.
///
/// ```
/// use cyanotype::{flow::variable, prelude::*};
///
/// let machine: Machine<String, String> = machine(|m| {
///     let first = variable::<String>("first");
///     m.assign("Keep", first, root::<String>()).then(m.pass("Work")).then(m.recall("Again", first)).then(m.end())
/// });
/// assert!(machine.diagnostics().is_empty());
/// ```
///
/// <https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html>
#[must_use]
pub fn variable<F>(name: &'static str) -> Var<F> {
    Var { name, types: PhantomData }
}
