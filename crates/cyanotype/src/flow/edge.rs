//! What may follow what.

use super::{
    At, Choice, Ended, Fragment, OfScopes, Open, Settled, Sink, Working,
    body::Id,
    fragment::{Last, sealed::Sealed},
};

/// What may follow a state that yields `Out`: an open path, a state under construction, or a target.
#[diagnostic::on_unimplemented(
    message = "wrong data on this edge: the state before yields `{Out}`, which this does not take",
    label = "is `{Self}`",
    note = "a `Fragment<'_, In, _>` takes `In`: reshape what comes before with `.select(path!(..))` or `.into_field(path!(..))`",
    note = "or claim its type with `.assume::<T>()`"
)]
pub trait Step<'m, Out>: Sealed {
    #[doc(hidden)]
    type After<Start>;
    #[doc(hidden)]
    fn follow<Start, K>(self, from: Fragment<'m, Start, K>) -> Self::After<Start>;
}

impl<'m, Out, K: Settled> Step<'m, Out> for Fragment<'m, Out, K> {
    type After<Start> = Fragment<'m, Start, K::As>;

    fn follow<Start, F>(self, from: Fragment<'m, Start, F>) -> Self::After<Start> {
        from.bind(self.entry);
        let last = match self.last {
            Last::Nothing => from.last,
            last => last,
        };
        Fragment { entry: from.entry, last, ..self.cast() }
    }
}

impl<'m, Out> Step<'m, Out> for Sink<'m> {
    type After<Start> = At<'m, Start>;

    fn follow<Start, F>(self, from: Fragment<'m, Start, F>) -> At<'m, Start> {
        from.bind(self.id);
        Fragment { last: Last::State(self.state), ..from.cast() }
    }
}

/// Where a rule or the default of a Choice goes: a path that has ended and takes `In`, or a Fail.
#[diagnostic::on_unimplemented(
    message = "wrong data on this edge: it carries `{In}`, which this target does not take",
    label = "is `{Self}`",
    note = "a `Fragment<'_, In, Closed>` takes `In`; a Choice carries to its targets what it decides about, a Catch an `ErrorOutput`"
)]
pub trait Target<'m, In>: Sealed {
    #[doc(hidden)]
    fn id(self) -> Id;
}

impl<'m, In, K: Ended + Settled> Target<'m, In> for Fragment<'m, In, K> {
    fn id(self) -> Id {
        self.entry
    }
}

impl<'m, In> Target<'m, In> for Sink<'m> {
    fn id(self) -> Id {
        self.id
    }
}

impl<'m, In, Out> Open<'m, In, Out> {
    /// Continues with a state, or ends in a target.
    pub fn then<S: Step<'m, Out>>(self, next: S) -> S::After<In> {
        next.follow(self)
    }

    /// Claims that the data here is a `T`, whatever the states before say. The one untyped escape: grep for it.
    pub fn assume<T>(self) -> Open<'m, In, T> {
        self.cast()
    }
}

impl<'m, In, Out, W> Fragment<'m, In, Working<Out, W>> {
    /// Continues with a state, or ends in a target.
    pub fn then<S: Step<'m, Out>>(self, next: S) -> S::After<In> {
        next.follow(self)
    }
}

/// Holds for nothing: it gives `.then(..)` after an end a message.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this path has ended: nothing can follow it",
    label = "`.then(..)` after an end",
    note = "Succeed, Fail, a complete Choice and whatever leads to them are ends: put them last, `task.then(end)`"
)]
pub trait AfterTheEnd {}

/// Holds for nothing: it gives `.then(..)` on a Choice a message.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a Choice has no Next: it goes on through its rules",
    label = "`.then(..)` on a Choice",
    note = "give each rule its target: `.when(condition, target).otherwise(target)`; `m.join(..)` lets several go on as one"
)]
pub trait AfterAChoice {}

/// Holds for nothing: it gives what only a Task, Map or Parallel has a message elsewhere.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "only a Task, Map or Parallel under construction has Retry, Catch and a place for its result, and a Task a timeout",
    label = "call it on the state itself, before `.then(..)` and `.select(..)`",
    note = "such as `m.task(..).timeout(..).retry(..).into_field(..).then(..)`"
)]
pub trait OnATask {}

/// Holds for nothing: it gives what a Map or Parallel does not have a message there.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a Map or Parallel has no timeout: only a Task has",
    label = "give the Tasks in it a timeout, or the machine",
    note = "such as `m.map(.., |item| item.task(..).timeout(..).then(item.end()))`"
)]
pub trait NotOnScopes {}

impl<In, Out, R, L> Fragment<'_, In, Working<Out, OfScopes<R, L>>> {
    #[doc(hidden)]
    pub fn timeout<S: NotOnScopes>(self, _: S) -> Self {
        self
    }

    #[doc(hidden)]
    pub fn heartbeat<S: NotOnScopes>(self, _: S) -> Self {
        self
    }
}

impl<In> At<'_, In> {
    #[doc(hidden)]
    pub fn retry<S: OnATask>(self, _: S) -> Self {
        self
    }

    #[doc(hidden)]
    pub fn catch<E: OnATask, T>(self, _: E, _: T) -> Self {
        self
    }

    #[doc(hidden)]
    pub fn then<S: AfterTheEnd>(self, _: S) -> Self {
        self
    }
}

impl Sink<'_> {
    #[doc(hidden)]
    pub fn retry<S: OnATask>(self, _: S) -> Self {
        self
    }

    #[doc(hidden)]
    pub fn then<S: AfterTheEnd>(self, _: S) -> Self {
        self
    }
}

impl<'m, In, L> Choice<'m, In, L> {
    #[doc(hidden)]
    pub fn then<S: AfterAChoice>(self, _: S) -> At<'m, In> {
        self.cast()
    }
}

impl<In, Out> Open<'_, In, Out> {
    #[doc(hidden)]
    pub fn timeout<S: OnATask>(self, _: S) -> Self {
        self
    }

    #[doc(hidden)]
    pub fn retry<S: OnATask>(self, _: S) -> Self {
        self
    }

    #[doc(hidden)]
    pub fn catch<E: OnATask, T>(self, _: E, _: T) -> Self {
        self
    }

    #[doc(hidden)]
    pub fn catch_into<E: OnATask, F, T>(self, _: E, _: F, _: T) -> Self {
        self
    }

    #[doc(hidden)]
    pub fn into_field<S: OnATask>(self, _: S) -> Self {
        self
    }

    #[doc(hidden)]
    pub fn select<S: OnATask>(self, _: S) -> Self {
        self
    }
}
