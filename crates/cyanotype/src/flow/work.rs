//! A Task under construction.

use std::panic::Location;

use super::{Holds, Open, Path, Seconds, Work, body::DraftKind, path::Reference};

impl<'m, In, Out> Work<'m, In, Out> {
    /// How long the call may take, 1 to 99,999,999 seconds; without it AWS waits 99,999,999.
    ///
    /// The state then fails with `States.Timeout`.
    pub fn timeout(self, time: Seconds) -> Self {
        self.edit(|state| {
            if let DraftKind::Task { timeout, .. } = &mut state.kind {
                *timeout = Some(time.get());
            }
        })
    }

    /// Keeps the input, and puts the result into one of its fields: `ResultPath`.
    ///
    /// The field is absent before, so it is an `Option` of the result (or open data).
    #[track_caller]
    pub fn into_field<F: Holds<Out>>(self, field: Path<In, F>) -> Work<'m, In, In> {
        self.put_into(field.to, Location::caller()).cast()
    }

    /// Goes on with a part only: `OutputPath`.
    ///
    /// It is the last thing that a Task does with its data, so the path is no [`Work`] any more.
    pub fn select<F>(self, part: Path<Out, F>) -> Open<'m, In, F> {
        self.edit(|state| {
            if let DraftKind::Task { select, .. } = &mut state.kind {
                *select = Some(part.to);
            }
        })
        .cast()
    }

    /// Claims that the result is a `T`, whatever the version says. The one untyped escape: grep for it.
    pub fn assume<T>(self) -> Work<'m, In, T> {
        self.cast()
    }

    fn put_into(self, field: Reference, at: crate::diagnostic::Source) -> Self {
        let mut taken = false;
        let path = self.edit(|state| {
            if let DraftKind::Task { into, .. } = &mut state.kind {
                taken = into.is_some();
                *into = Some(field);
            }
        });
        if taken {
            path.report(at, "this result has a place already", "call `.into_field(..)` once");
        }
        path
    }
}
