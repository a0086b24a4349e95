//! Paths through states.

use std::{cell::RefCell, fmt, marker::PhantomData};

use super::{
    JsonPath, Language,
    body::{Body, Draft, Id},
};
use crate::diagnostic::{Diagnostic, Source};

/// A path through states that takes `In`; `K` says how it ends.
///
/// It is one type, so that a closure may return any kind of path and the compiler can say in words that a Next
/// is missing. Functions name the kinds by their aliases: [`Open`], [`Work`], [`Choice`] and [`At`].
#[must_use = "this path leads nowhere yet: continue it with `.then(..)`, or make it a target"]
pub struct Fragment<'scope, In, K> {
    pub(super) body: &'scope RefCell<Body>,
    /// Where it starts.
    pub(super) entry: Id,
    /// What its last edge goes to.
    pub(super) out: Id,
    pub(super) last: Last,
    pub(super) scope: OneScope<'scope>,
    pub(super) types: PhantomData<fn(In) -> K>,
}

/// The state that a path ends in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Last {
    /// No state was made for it: the end of a scope, or the start of a loop.
    Nothing,
    /// The one with this index.
    State(usize),
    /// Whichever states led to a join.
    Several,
}

/// A path that must be continued with its `Out`.
pub type Open<'m, In, Out> = Fragment<'m, In, NeedsNext<Out>>;
/// A Task under construction: it has Retry, Catch, a timeout and a place for its result.
pub type Work<'m, In, Out, L = JsonPath> = Fragment<'m, In, Working<Out, OfTask<Out, L>>>;
/// A Map or Parallel under construction: it has Retry, Catch and a place for its result.
pub type Several<'m, In, Out, L = JsonPath> = Fragment<'m, In, Working<Out, OfScopes<Out, L>>>;
/// A Choice under construction.
pub type Choice<'m, In, L = JsonPath> = Fragment<'m, In, NeedsDefault<L>>;
/// A path that has ended: a `Copy` target for any number of edges that carry `In`.
pub type At<'m, In> = Fragment<'m, In, Closed>;

/// The end of an [`Open`].
#[derive(Debug)]
pub struct NeedsNext<Out>(PhantomData<Out>);
/// The end of a [`Work`] or a [`Several`], which yields `Out`; `W` says of what.
#[derive(Debug)]
pub struct Working<Out, W = OfTask<Out>>(PhantomData<(Out, W)>);
/// The end of a [`Choice`].
#[derive(Debug)]
pub struct NeedsDefault<L = JsonPath>(PhantomData<L>);
/// The end of an [`At`].
#[derive(Debug)]
pub struct Closed(());

/// A Task in the language `L`, whose call yields `Result`.
#[derive(Debug)]
pub struct OfTask<Result, L = JsonPath>(PhantomData<(Result, L)>);
/// A Map or Parallel in the language `L`, whose scopes yield `Result`.
#[derive(Debug)]
pub struct OfScopes<Result, L = JsonPath>(PhantomData<(Result, L)>);

/// What is under construction: [`OfTask`] or [`OfScopes`].
pub trait UnderConstruction: sealed::Sealed {
    /// What the work itself yields, whatever is made of it.
    type Result;
    /// Its language.
    type Language: Language;
    #[doc(hidden)]
    type Yielding<T>: UnderConstruction;
}

impl<R, L: Language> UnderConstruction for OfTask<R, L> {
    type Result = R;
    type Language = L;
    type Yielding<T> = OfTask<T, L>;
}

impl<R, L: Language> UnderConstruction for OfScopes<R, L> {
    type Result = R;
    type Language = L;
    type Yielding<T> = OfScopes<T, L>;
}

/// A path without a missing Next. A machine, a loop, a join and every target are [`Ended`] and [`Settled`], that
/// is [`Closed`].
// Two traits for two messages: of one trait that is built of both, rustc would show neither.
#[diagnostic::on_unimplemented(
    message = "this path ends without a Next",
    label = "ends in `{Self}`: call `.then(..)` with a state, a target, `m.end()`, `m.succeed(..)` or `m.fail(..)`"
)]
pub trait Ended: sealed::Sealed {}
impl Ended for Closed {}
impl<L> Ended for NeedsDefault<L> {}

/// A path without a missing default. It may follow another.
#[diagnostic::on_unimplemented(
    message = "this Choice has no default yet",
    label = "call `.otherwise(target)`, or `.no_default()` to fail the execution when no rule holds"
)]
pub trait Settled: sealed::Sealed {
    #[doc(hidden)]
    type As;
}
impl Settled for Closed {
    type As = Self;
}
impl<Out> Settled for NeedsNext<Out> {
    type As = Self;
}
// Something went before it, so a timeout would no longer be about the start of the path.
impl<Out, W> Settled for Working<Out, W> {
    type As = NeedsNext<Out>;
}

pub(super) mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Closed {}
    impl<L> Sealed for super::NeedsDefault<L> {}
    impl<Out> Sealed for super::NeedsNext<Out> {}
    impl<Out, W> Sealed for super::Working<Out, W> {}
    impl<R, L> Sealed for super::OfTask<R, L> {}
    impl<R, L> Sealed for super::OfScopes<R, L> {}
    impl<In, K> Sealed for super::Fragment<'_, In, K> {}
    impl Sealed for super::super::Sink<'_> {}
}

/// Ties everything made in a scope to that scope. Invariant, so that no two scopes are ever taken for one.
// A jump out of a scope is a lifetime error, the one kind that takes no message of ours: all that rustc quotes
// is the parameter's name, "invariant over the parameter `'scope`". Hence the name, here and in each struct.
#[derive(Debug, Clone, Copy)]
pub(super) struct OneScope<'scope>(pub(super) PhantomData<fn(&'scope ()) -> &'scope ()>);

impl<In, K> Fragment<'_, In, K> {
    /// A comment on the last state of the path: `m.wait("Cool down", seconds(60)).comment("The API's limit.")`.
    ///
    /// It is for readers: AWS keeps it in the definition and does nothing with it.
    #[track_caller]
    pub fn comment(self, text: &str) -> Self {
        let at = std::panic::Location::caller();
        if !matches!(self.last, Last::State(_)) {
            let message = "a comment belongs to one state, and this path does not end in one";
            self.report(at, message, "call `.comment(..)` on the state, before it is joined with others");
        }
        self.edit(|state| state.comment = Some(text.into()))
    }
}

impl<'m, In, K> Fragment<'m, In, K> {
    /// Lets the last edge lead there.
    pub(super) fn bind(&self, to: Id) {
        self.body.borrow_mut().bind(self.out, to);
    }

    /// The same path, seen as another kind.
    pub(super) fn cast<I, K2>(self) -> Fragment<'m, I, K2> {
        let Self { body, entry, out, last, scope, .. } = self;
        Fragment { body, entry, out, last, scope, types: PhantomData }
    }

    pub(super) fn edit(self, edit: impl FnOnce(&mut Draft)) -> Self {
        self.with_state(edit);
        self
    }

    /// Gives the last state to a function, if the path ends in one.
    pub(super) fn with_state<T>(&self, edit: impl FnOnce(&mut Draft) -> T) -> Option<T> {
        let Last::State(last) = self.last else { return None };
        self.body.borrow_mut().states.get_mut(last).map(edit)
    }

    pub(super) fn report(&self, at: Source, message: &str, help: &str) {
        let mut body = self.body.borrow_mut();
        let mut diagnostic = Diagnostic::error(message).at(at).help(help);
        if let Last::State(last) = self.last
            && let Some(state) = body.states.get(last)
        {
            diagnostic = diagnostic.state(&state.name);
        }
        body.diagnostics.push(diagnostic);
    }
}

impl<In> Clone for At<'_, In> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<In> Copy for At<'_, In> {}

impl<In, K> fmt::Debug for Fragment<'_, In, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fragment").field("entry", &self.entry).field("out", &self.out).finish_non_exhaustive()
    }
}
