//! Methods that are there to say why they are not: without them, rustc would say that a method is missing, and no more.

use crate::flow::{At, Choice, Fragment, OfScopes, Open, Sink, Working};

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
