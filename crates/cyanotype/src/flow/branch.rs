//! The branches of a Parallel.

use std::{cell::RefCell, fmt, marker::PhantomData, panic::Location};

use super::{
    Ended, Fragment, JsonPath, Language, Scope, Settled,
    body::{Body, Scoped},
};
use crate::diagnostic::Source;

/// A path in a scope of its own: it takes `In`, yields `O`, and leads nowhere else. [`branch`] makes it.
#[must_use = "a branch is a value: give it to a Parallel"]
pub struct Branch<In, O, L = JsonPath> {
    scoped: Scoped,
    types: PhantomData<fn(In, L) -> O>,
}

/// Makes a branch for [`Scope::parallel`]; the closure returns where it starts.
#[track_caller]
pub fn branch<In, O, L: Language, K: Ended + Settled>(
    path: impl for<'b> FnOnce(Scope<'b, O, L>) -> Fragment<'b, In, K>,
) -> Branch<In, O, L> {
    Branch { scoped: scoped(Location::caller(), path), types: PhantomData }
}

/// A tuple of up to eight branches, or a `Vec` of branches, that all take `In`.
#[diagnostic::on_unimplemented(
    message = "the branches of a Parallel are made by `branch(..)`, and all take the same data in the same language",
    label = "no tuple (of up to 8) or `Vec` of branches that take the same data"
)]
pub trait Branches<In, L>: sealed::Sealed {
    /// What each yields: a tuple or a `Vec`, an array in JSON.
    type Out;
    #[doc(hidden)]
    fn scopes(self) -> Vec<Scoped>;
}

/// Runs a closure in a scope of its own.
pub(super) fn scoped<In, O, L, K>(
    at: Source,
    define: impl for<'m> FnOnce(Scope<'m, O, L>) -> Fragment<'m, In, K>,
) -> Scoped {
    let body = RefCell::new(Body::default());
    let start = define(Scope::new(&body)).entry;
    Scoped { body: body.into_inner(), start, at }
}

impl<In, O, L> Branches<In, L> for Vec<Branch<In, O, L>> {
    type Out = Vec<O>;

    fn scopes(self) -> Vec<Scoped> {
        self.into_iter().map(|branch| branch.scoped).collect()
    }
}

macro_rules! tuples {
    ($($($out:ident)+),+) => { $(
        #[allow(non_snake_case, reason = "a variable for each type parameter")]
        impl<In, L, $($out),+> Branches<In, L> for ($(Branch<In, $out, L>,)+) {
            type Out = ($($out,)+);

            fn scopes(self) -> Vec<Scoped> {
                let ($($out,)+) = self;
                vec![$($out.scoped),+]
            }
        }
    )+ };
}
tuples! { A, A B, A B C, A B C D, A B C D E, A B C D E F, A B C D E F G, A B C D E F G H }

mod sealed {
    pub trait Sealed {}
    impl<In, O, L> Sealed for Vec<super::Branch<In, O, L>> {}
    macro_rules! tuples {
        ($($($out:ident)+),+) => { $(
            impl<In, L, $($out),+> Sealed for ($(super::Branch<In, $out, L>,)+) {}
        )+ };
    }
    tuples! { A, A B, A B C, A B C D, A B C D E, A B C D E F, A B C D E F G, A B C D E F G H }
}

impl<In, O, L> fmt::Debug for Branch<In, O, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Branch").field("states", &self.scoped.body.states.len()).finish_non_exhaustive()
    }
}
