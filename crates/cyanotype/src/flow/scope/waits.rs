//! States that do no work: Wait, and a Fail that reads its data.

use std::{marker::PhantomData, panic::Location};

use crate::flow::{
    At, Gives, JsonPath, Language, Open, Scope, Seconds, Timestamp,
    body::{DraftKind, DraftWait},
    data::Part,
};

impl<'m, R, L: Language> Scope<'m, R, L> {
    /// A Wait of 0 to 99,999,999 seconds; the data stays.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html>
    #[track_caller]
    pub fn wait<T>(self, name: &str, time: Seconds) -> Open<'m, T, T> {
        self.make(name, Location::caller(), DraftKind::Wait(DraftWait::Seconds(time.get())))
    }

    /// A Wait of as many seconds as the data says.
    #[track_caller]
    pub fn wait_seconds<T>(self, name: &str, time: impl Gives<T, u32, L>) -> Open<'m, T, T> {
        self.make(name, Location::caller(), DraftKind::Wait(DraftWait::SecondsAt(time.part())))
    }

    /// A Wait until an instant, as RFC 3339 writes it: `2026-11-24T10:00:00Z`.
    #[track_caller]
    pub fn wait_until<T>(self, name: &str, instant: &str) -> Open<'m, T, T> {
        self.make(name, Location::caller(), DraftKind::Wait(DraftWait::Until(instant.into())))
    }

    /// A Wait until an instant that the data says.
    ///
    /// ```
    /// use cyanotype::{flow::Timestamp, prelude::*};
    /// # use schemars::JsonSchema;
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, JsonSchema)]
    /// # struct Appointment { at: Timestamp }
    /// let machine: Machine<Appointment, Appointment> =
    ///     machine(|m| m.wait_until_at("Until then", path!(Appointment => at)).then(m.end()));
    /// assert!(machine.diagnostics().is_empty());
    /// ```
    #[track_caller]
    pub fn wait_until_at<T>(self, name: &str, instant: impl Gives<T, Timestamp, L>) -> Open<'m, T, T> {
        self.make(name, Location::caller(), DraftKind::Wait(DraftWait::UntilAt(instant.part())))
    }

    /// A Fail whose error and cause are made of the data, a target for one type of data then.
    ///
    /// ```
    /// use cyanotype::{flow::failure, prelude::*};
    ///
    /// # let hello: Version<String, String> =
    /// #     Version::import("arn:aws:lambda:eu-west-1:123456789012:function:hello:7").unwrap();
    /// let machine: Machine<String, String> = machine(|m| {
    ///     let failure = failure().error(path!(ErrorOutput => error)).cause(path!(ErrorOutput => cause));
    ///     let failed = m.fail_with("Failed", failure);
    ///     m.task("Hello", &hello).catch(["States.ALL"], failed).then(m.end())
    /// });
    /// assert!(machine.diagnostics().is_empty());
    /// ```
    #[track_caller]
    pub fn fail_with<T>(self, name: &str, failure: Failure<T, L>) -> At<'m, T> {
        let Failure { error, cause, .. } = failure;
        self.make(name, Location::caller(), DraftKind::Fail { error, cause })
    }
}

/// What a Fail says, made of data; [`failure`] makes it.
#[derive(Debug, Clone)]
#[must_use = "a failure does nothing until a Fail has it: `m.fail_with(name, failure)`"]
pub struct Failure<T, L = JsonPath> {
    error: Option<Part>,
    cause: Option<Part>,
    types: PhantomData<fn(T, L)>,
}

/// A failure that says nothing yet.
pub fn failure<T, L>() -> Failure<T, L> {
    Failure { error: None, cause: None, types: PhantomData }
}

impl<T, L> Failure<T, L> {
    /// The error's name, by which it can be caught.
    pub fn error(mut self, error: impl Gives<T, String, L>) -> Self {
        self.error = Some(error.part());
        self
    }

    /// What happened, for people.
    pub fn cause(mut self, cause: impl Gives<T, String, L>) -> Self {
        self.cause = Some(cause.part());
        self
    }
}
