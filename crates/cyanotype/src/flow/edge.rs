//! What may follow what.

mod refusals;

pub use self::refusals::{AfterAChoice, AfterTheEnd, NotOnScopes, OnATask};
use super::{
    At, Ended, Fragment, Open, Settled, Sink, Working,
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
