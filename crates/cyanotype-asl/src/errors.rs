//! What a state does about errors.

use indexmap::IndexMap;

use crate::{Json, NullablePath, Text, record::record, words::words};

record! {
    /// Tries again after some errors: an item of `Retry`.
    ///
    /// See "Retrying after an error":
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html>.
    pub struct Retrier {
        /// The names of the errors; `States.ALL` alone, and in the last retrier.
        "ErrorEquals" => error_equals: Vec<String>,
        /// How long it waits before the first time, 1 to 99,999,999 seconds; 1 without it.
        "IntervalSeconds" => interval_seconds: Option<u32>,
        /// How often it tries again at most, 0 to 99,999,999; 3 without it.
        "MaxAttempts" => max_attempts: Option<u32>,
        /// The longest wait, more than the first and up to 31,622,400 seconds.
        "MaxDelaySeconds" => max_delay_seconds: Option<u32>,
        /// By what each wait is longer than the one before, 1 or more; 2 without it.
        "BackoffRate" => backoff_rate: Option<f64>,
        /// Whether each wait is a random part of what it would be, so that many do not try again at once.
        "JitterStrategy" => jitter_strategy: Option<JitterStrategy>,
        /// For readers.
        "Comment" => comment: Option<Text>,
    }
}

words! {
    /// What chance has to do with how long a [`Retrier`] waits.
    pub enum JitterStrategy {
        /// Nothing, as without it.
        None = "NONE",
        /// Each wait is a random part of what it would be.
        Full = "FULL",
    }
}

record! {
    /// Goes on elsewhere after some errors: an item of `Catch`.
    ///
    /// See "Fallback states": <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html>.
    pub struct Catcher {
        /// The names of the errors; `States.ALL` alone, and in the last catcher.
        "ErrorEquals" => error_equals: Vec<String>,
        /// Where in the input the error is put, in JSONPath. Without it the error takes the input's place.
        "ResultPath" => result_path: Option<NullablePath>,
        /// What it hands on, in JSONata; the error without it.
        "Output" => output: Option<Json>,
        /// Variables that it sets.
        "Assign" => assign: Option<IndexMap<String, Json>>,
        /// For readers.
        "Comment" => comment: Option<Text>,
        /// The state to go to.
        "Next" => next: String,
    }
}

/// What Lambda fails with for a moment, as Step Functions names it. AWS advises a retrier for these at every function.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception>
pub const LAMBDA_TRANSIENT: [&str; 4] = [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
];

/// What a version answers that nobody has called for weeks, while it wakes.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>
pub const LAMBDA_WAKING: [&str; 3] = [
    "Lambda.ResourceNotReadyException",
    "Lambda.SnapStartNotReadyException",
    "Lambda.ResourceConflictException",
];

impl Retrier {
    /// A retrier with AWS's defaults.
    #[must_use]
    pub fn new(error_equals: Vec<String>) -> Self {
        Self {
            error_equals,
            interval_seconds: None,
            max_attempts: None,
            max_delay_seconds: None,
            backoff_rate: None,
            jitter_strategy: None,
            comment: None,
        }
    }
}

impl Catcher {
    /// A catcher that replaces the input by the error.
    #[must_use]
    pub fn new(error_equals: Vec<String>, next: impl Into<String>) -> Self {
        Self { error_equals, result_path: None, output: None, assign: None, comment: None, next: next.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ReferencePath, record::Held};

    #[test]
    fn a_retrier_is_written_as_far_as_it_is_no_default() {
        let mut retrier = Retrier::new(vec!["A".into(), "B".into()]);
        assert_eq!(retrier.json().to_compact(), r#"{"ErrorEquals":["A","B"]}"#);
        retrier.interval_seconds = Some(2);
        retrier.max_attempts = Some(6);
        retrier.max_delay_seconds = Some(60);
        retrier.backoff_rate = Some(1.5);
        retrier.jitter_strategy = Some(JitterStrategy::Full);
        retrier.comment = Some("c".into());
        assert_eq!(
            retrier.json().to_compact(),
            r#"{"ErrorEquals":["A","B"],"IntervalSeconds":2,"MaxAttempts":6,"MaxDelaySeconds":60,"BackoffRate":1.5,"JitterStrategy":"FULL","Comment":"c"}"#,
        );
    }

    #[test]
    fn a_catcher_says_where_the_error_goes() {
        let mut catcher = Catcher::new(vec!["States.ALL".into()], "Failed");
        assert_eq!(catcher.json().to_compact(), r#"{"ErrorEquals":["States.ALL"],"Next":"Failed"}"#);
        catcher.result_path = Some(ReferencePath::root().field("error").into());
        catcher.comment = Some("c".into());
        assert_eq!(
            catcher.json().to_compact(),
            r#"{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Comment":"c","Next":"Failed"}"#,
        );
    }
}
