//! A Choice under construction.

use super::{
    At, Choice, Cond, Target,
    body::{DraftKind, DraftRule},
};

impl<'m, T> Choice<'m, T> {
    /// Goes there if the condition holds. Rules are looked at in order; the first that holds is taken.
    pub fn when<K: Target<'m, T>>(self, condition: Cond<T>, to: K) -> Self {
        self.edit(|state| {
            if let DraftKind::Choice { rules, .. } = &mut state.kind {
                rules.push(DraftRule { condition: condition.nodes, to: to.id() });
            }
        })
    }

    /// Where everything else goes.
    pub fn otherwise<K: Target<'m, T>>(self, to: K) -> At<'m, T> {
        self.edit(|state| {
            if let DraftKind::Choice { default, .. } = &mut state.kind {
                *default = Some(to.id());
            }
        })
        .cast()
    }

    /// Everything else fails the execution with `States.NoChoiceMatched`.
    ///
    /// Where the rules ask for the values of one enum, one that none of them names is an error.
    pub fn no_default(self) -> At<'m, T> {
        self.cast()
    }
}
