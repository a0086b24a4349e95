//! Where states are made.

mod calls;
mod control;
mod scopes;
mod shapes;
mod waits;

use std::{cell::RefCell, fmt, marker::PhantomData, panic::Location};

pub use self::waits::{Failure, failure};
use super::{
    At, Choice, Fragment, JsonPath, Jsonata, Language, Sink,
    body::{Body, DraftKind, Id},
    fragment::{Last, OneScope},
};
use crate::diagnostic::Source;

/// Where the states of a machine are made. `R` is what the scope yields when it ends, `L` the language of its states.
///
/// It is `Copy`: hand it to functions that make a part of the machine.
///
/// ```
/// use cyanotype::prelude::*;
///
/// /// A part of any machine.
/// fn cool_down<'m, R, T>(m: Scope<'m, R>) -> Open<'m, T, T> {
///     m.wait("Wait", seconds(60)).then(m.pass("Waited"))
/// }
///
/// let machine: Machine<u32, u32> = machine(|m| cool_down(m).then(m.end()));
/// ```
pub struct Scope<'scope, R, L = JsonPath> {
    pub(super) body: &'scope RefCell<Body>,
    scope: OneScope<'scope>,
    types: PhantomData<fn(R) -> L>,
}

impl<'m, R, L: Language> Scope<'m, R, L> {
    /// A Choice: decides by data where to go.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html>
    #[track_caller]
    pub fn choice<T>(self, name: &str) -> Choice<'m, T, L> {
        self.make(name, Location::caller(), DraftKind::Choice { rules: vec![], default: None })
    }

    /// A Succeed: ends the scope with the data as its result.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-succeed.html>
    #[track_caller]
    pub fn succeed(self, name: &str) -> At<'m, R> {
        self.make(name, Location::caller(), DraftKind::Succeed)
    }

    /// A Fail: ends the execution, or the Parallel or Map that it is in, with an error. [`Sink::error`] and
    /// [`Sink::cause`] say which; [`fail_with`](Self::fail_with) takes it from the data.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html>
    #[track_caller]
    pub fn fail(self, name: &str) -> Sink<'m> {
        let kind = DraftKind::Fail { error: None, cause: None };
        let (state, id) = self.body.borrow_mut().add(name, Location::caller(), L::IS_JSONATA, kind);
        Sink { body: self.body, id, state, _scope: self.scope }
    }

    pub(super) fn make<In, K>(self, name: &str, at: Source, kind: DraftKind) -> Fragment<'m, In, K> {
        let (state, entry, out) = {
            let mut body = self.body.borrow_mut();
            let (state, entry) = body.add(name, at, L::IS_JSONATA, kind);
            (state, entry, body.states.get(state).map_or(entry, |state| state.next))
        };
        self.fragment(entry, out, Last::State(state))
    }
}

impl<'m, R> Scope<'m, R> {
    /// The same scope, for states in JSONata: `m.jsonata().evaluate(..)`. There is no way back, as AWS has none.
    ///
    /// ```
    /// use cyanotype::{flow::expression, prelude::*};
    ///
    /// let machine: Machine<Vec<u32>, u32> = machine(|m| {
    ///     m.pass("Start").then(m.jsonata().evaluate("Sum", expression("$sum($states.input)"))).then(m.end())
    /// });
    /// assert!(machine.diagnostics().is_empty());
    /// ```
    #[must_use]
    pub fn jsonata(self) -> Scope<'m, R, Jsonata> {
        Scope { body: self.body, scope: self.scope, types: PhantomData }
    }
}

impl<'m, R, L> Scope<'m, R, L> {
    pub(super) fn new(body: &'m RefCell<Body>) -> Self {
        Self { body, scope: OneScope(PhantomData), types: PhantomData }
    }

    pub(super) fn fragment<In, K>(self, entry: Id, out: Id, last: Last) -> Fragment<'m, In, K> {
        Fragment { body: self.body, entry, out, last, scope: self.scope, types: PhantomData }
    }
}

impl<R, L> Clone for Scope<'_, R, L> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<R, L> Copy for Scope<'_, R, L> {}

impl<R, L> fmt::Debug for Scope<'_, R, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scope")
    }
}
