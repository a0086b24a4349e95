//! A Fail.

use std::{cell::RefCell, fmt};

use super::{
    body::{Body, Draft, DraftKind, Id},
    data::{Kind, Part},
    fragment::OneScope,
};

/// A Fail: a `Copy` target for anything.
#[derive(Clone, Copy)]
#[must_use = "a Fail state is nobody's target yet"]
pub struct Sink<'scope> {
    pub(super) body: &'scope RefCell<Body>,
    pub(super) id: Id,
    pub(super) state: usize,
    pub(super) _scope: OneScope<'scope>,
}

impl Sink<'_> {
    /// The name of the error, such as `OrderRefused`. Who starts the execution can catch it by this name.
    pub fn error(self, name: &str) -> Self {
        self.edit(|state| {
            if let DraftKind::Fail { error, .. } = &mut state.kind {
                *error = Some(Part(Kind::Json(Ok(name.into()))));
            }
        })
    }

    /// What happened, for people.
    pub fn cause(self, text: &str) -> Self {
        self.edit(|state| {
            if let DraftKind::Fail { cause, .. } = &mut state.kind {
                *cause = Some(Part(Kind::Json(Ok(text.into()))));
            }
        })
    }

    /// A comment for readers of the definition.
    pub fn comment(self, text: &str) -> Self {
        self.edit(|state| state.comment = Some(text.into()))
    }

    fn edit(self, edit: impl FnOnce(&mut Draft)) -> Self {
        if let Some(state) = self.body.borrow_mut().states.get_mut(self.state) {
            edit(state);
        }
        self
    }
}

impl fmt::Debug for Sink<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sink").field("id", &self.id).finish_non_exhaustive()
    }
}
