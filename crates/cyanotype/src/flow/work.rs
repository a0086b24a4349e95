//! A Task under construction.

use std::panic::Location;

use super::{
    ErrorOutput, Holds, Open, Path, Retry, Seconds, Target, Work,
    body::{DraftCatch, DraftKind, DraftTask},
    path::Reference,
};

impl<'m, In, Out> Work<'m, In, Out> {
    /// How long the call may take, 1 to 99,999,999 seconds; without it AWS waits 99,999,999.
    ///
    /// The state then fails with `States.Timeout`.
    pub fn timeout(self, time: Seconds) -> Self {
        self.task(|task| task.timeout = Some(time.get()))
    }

    /// Tries again after some errors. Several are looked at in order; the first that names an error counts.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// # let hello: Version<String, String> =
    /// #     Version::import("arn:aws:lambda:eu-west-1:123456789012:function:hello:7").unwrap();
    /// let machine: Machine<String, String> = machine(|m| {
    ///     m.task("Hello", &hello).retry(Retry::lambda_transient()).retry(Retry::on(["Busy"]).max_attempts(9)).then(m.end())
    /// });
    /// assert!(machine.diagnostics().is_empty());
    /// ```
    pub fn retry(self, retry: Retry) -> Self {
        self.task(|task| task.retry.push(retry))
    }

    /// After some errors goes on with the error *instead of* the data, once trying again was in vain.
    ///
    /// Errors are names such as `States.Timeout`, `States.TaskFailed` or a function's own; `States.ALL` stands alone, in
    /// the last catcher. Several are looked at in order; the first that names an error counts.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// # let hello: Version<String, String> =
    /// #     Version::import("arn:aws:lambda:eu-west-1:123456789012:function:hello:7").unwrap();
    /// let machine: Machine<String, String> = machine(|m| {
    ///     let failed = m.fail("Failed").cause("nobody said hello");
    ///     m.task("Hello", &hello).catch(["States.ALL"], failed).then(m.end())
    /// });
    /// assert!(machine.diagnostics().is_empty());
    /// ```
    pub fn catch<E: Into<String>, T: Target<'m, ErrorOutput>>(
        self,
        errors: impl IntoIterator<Item = E>,
        to: T,
    ) -> Self {
        let catch =
            DraftCatch { errors: errors.into_iter().map(Into::into).collect(), into: None, to: to.id() };
        self.task(|task| task.catch.push(catch))
    }

    /// After some errors goes on with the input, and the error in one of its fields, once trying again was in vain.
    ///
    /// The field is absent before, so it is an `Option` of [`ErrorOutput`] (or open data).
    #[track_caller]
    pub fn catch_into<E: Into<String>, F: Holds<ErrorOutput>, T: Target<'m, In>>(
        self,
        errors: impl IntoIterator<Item = E>,
        field: Path<In, F>,
        to: T,
    ) -> Self {
        let errors = errors.into_iter().map(Into::into).collect();
        let catch = DraftCatch { errors, into: Some(field.to), to: to.id() };
        self.task(|task| task.catch.push(catch))
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
        self.task(|task| task.select = Some(part.to)).cast()
    }

    /// Claims that the result is a `T`, whatever the version says. The one untyped escape: grep for it.
    pub fn assume<T>(self) -> Work<'m, In, T> {
        self.cast()
    }

    fn task(self, edit: impl FnOnce(&mut DraftTask)) -> Self {
        self.edit(|state| {
            if let DraftKind::Task(task) = &mut state.kind {
                edit(task);
            }
        })
    }

    fn put_into(self, field: Reference, at: crate::diagnostic::Source) -> Self {
        let mut taken = false;
        let path = self.task(|task| {
            taken = task.into.is_some();
            task.into = Some(field);
        });
        if taken {
            path.report(at, "this result has a place already", "call `.into_field(..)` once");
        }
        path
    }
}
