//! What a Task does about errors.

use cyanotype_asl::{JitterStrategy, LAMBDA_TRANSIENT, LAMBDA_WAKING, Retrier};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Seconds;

/// What a catcher hands on: the error that a state ended with.
///
/// <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html>
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ErrorOutput {
    /// Its name, such as `States.Timeout` or what a function calls it.
    pub error: String,
    /// For people; of a function that failed, JSON as a text.
    pub cause: String,
}

/// Errors after which a Task tries again, and how.
///
/// Without more said it tries three times, after 1, 2 and 4 seconds.
///
/// ```
/// use cyanotype::prelude::*;
///
/// let patient = Retry::on(["Busy"]).interval(seconds(5)).max_attempts(10).max_delay(seconds(60)).jitter();
/// # let _ = patient;
/// ```
///
/// <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html>
#[derive(Debug, Clone)]
#[must_use = "a Retry does nothing until a Task is given it: `m.task(..).retry(..)`"]
pub struct Retry {
    retrier: Retrier,
}

impl Retry {
    /// After these errors: names such as `States.Timeout`, `States.TaskFailed`, or a function's own.
    pub fn on<E: Into<String>>(errors: impl IntoIterator<Item = E>) -> Self {
        Self { retrier: Retrier::new(errors.into_iter().map(Into::into).collect()) }
    }

    /// After all errors but `States.DataLimitExceeded` and `States.Runtime`: `States.ALL`. It comes last.
    pub fn all() -> Self {
        Self::on(["States.ALL"])
    }

    /// After what Lambda fails with for a moment, six times, after 2, 4, 8… seconds, as AWS advises for every function.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception>
    pub fn lambda_transient() -> Self {
        Self::on(LAMBDA_TRANSIENT).interval(super::seconds(2)).max_attempts(6)
    }

    /// After what a version answers that was not called for weeks, while Lambda wakes it: ten times, from 5 seconds on,
    /// at most a minute apart.
    ///
    /// Versions with SnapStart, of container images and in a VPC go idle; an execution that waited long, or a caller of
    /// an old version, meets that.
    ///
    /// <https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html>
    pub fn lambda_waking() -> Self {
        Self::on(LAMBDA_WAKING).interval(super::seconds(5)).max_attempts(10).max_delay(super::seconds(60))
    }

    /// How long it waits before the first time, 1 to 99,999,999 seconds; 1 without it.
    pub fn interval(mut self, time: Seconds) -> Self {
        self.retrier.interval_seconds = Some(time.get());
        self
    }

    /// How often it tries again at most, 0 to 99,999,999; 3 without it. 0 is never: such errors are not tried again,
    /// whatever a later Retry says.
    pub fn max_attempts(mut self, times: u32) -> Self {
        self.retrier.max_attempts = Some(times);
        self
    }

    /// By what each wait is longer than the one before, 1.0 or more; 2.0 without it.
    pub fn backoff(mut self, rate: f64) -> Self {
        self.retrier.backoff_rate = Some(rate);
        self
    }

    /// The longest wait, more than the first and up to 31,622,400 seconds.
    pub fn max_delay(mut self, time: Seconds) -> Self {
        self.retrier.max_delay_seconds = Some(time.get());
        self
    }

    /// Waits a random part of each time, so that many executions do not try again at once.
    pub fn jitter(mut self) -> Self {
        self.retrier.jitter_strategy = Some(JitterStrategy::Full);
        self
    }

    pub(super) fn retrier(&self) -> Retrier {
        self.retrier.clone()
    }
}
