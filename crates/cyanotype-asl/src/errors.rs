//! What a state does about errors.

use indexmap::IndexMap;

use crate::{Json, ReferencePath};

/// Tries again after some errors: an item of `Retry`.
///
/// See "Retrying after an error": <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html>.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Retrier {
    /// For readers.
    pub comment: Option<String>,
    /// The names of the errors; `States.ALL` alone, and in the last retrier.
    pub error_equals: Vec<String>,
    /// How long it waits before the first time, 1 to 99,999,999 seconds; 1 without it.
    pub interval_seconds: Option<u32>,
    /// How often it tries again at most, 0 to 99,999,999; 3 without it.
    pub max_attempts: Option<u32>,
    /// By what each wait is longer than the one before, 1 or more; 2 without it.
    pub backoff_rate: Option<f64>,
    /// The longest wait, more than the first and up to 31,622,400 seconds.
    pub max_delay_seconds: Option<u32>,
    /// Whether each wait is a random part of what it would be, so that many do not try again at once.
    pub full_jitter: bool,
}

/// Goes on elsewhere after some errors: an item of `Catch`.
///
/// See "Fallback states": <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html>.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Catcher {
    /// For readers.
    pub comment: Option<String>,
    /// The names of the errors; `States.ALL` alone, and in the last catcher.
    pub error_equals: Vec<String>,
    /// Where in the input the error is put. Without it the error takes the input's place.
    pub result_path: Option<ReferencePath>,
    /// The state to go to.
    pub next: String,
}

impl Retrier {
    /// A retrier with AWS's defaults.
    #[must_use]
    pub fn new(error_equals: Vec<String>) -> Self {
        Self {
            comment: None,
            error_equals,
            interval_seconds: None,
            max_attempts: None,
            backoff_rate: None,
            max_delay_seconds: None,
            full_jitter: false,
        }
    }

    /// The retrier in JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let mut out = IndexMap::from([("ErrorEquals".to_owned(), list(&self.error_equals))]);
        let mut number =
            |name: &str, value: Option<u32>| out.extend(value.map(|n| (name.to_owned(), n.into())));
        number("IntervalSeconds", self.interval_seconds);
        number("MaxAttempts", self.max_attempts);
        number("MaxDelaySeconds", self.max_delay_seconds);
        if let Some(rate) = self.backoff_rate {
            // JSON has no infinity; what it has instead is refused.
            let rate = serde_json::Number::from_f64(rate).map_or(Json::Null, Json::Number);
            out.insert("BackoffRate".into(), rate);
        }
        if self.full_jitter {
            out.insert("JitterStrategy".into(), "FULL".into());
        }
        if let Some(comment) = &self.comment {
            out.insert("Comment".into(), comment.into());
        }
        Json::Object(out)
    }
}

impl Catcher {
    /// A catcher that replaces the input by the error.
    #[must_use]
    pub fn new(error_equals: Vec<String>, next: impl Into<String>) -> Self {
        Self { comment: None, error_equals, result_path: None, next: next.into() }
    }

    /// The catcher in JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let mut out = IndexMap::from([("ErrorEquals".to_owned(), list(&self.error_equals))]);
        if let Some(path) = &self.result_path {
            out.insert("ResultPath".into(), path.into());
        }
        if let Some(comment) = &self.comment {
            out.insert("Comment".into(), comment.into());
        }
        out.insert("Next".into(), Json::from(&self.next));
        Json::Object(out)
    }
}

fn list(names: &[String]) -> Json {
    Json::Array(names.iter().map(Json::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retrier_is_written_as_far_as_it_is_no_default() {
        let mut retrier = Retrier::new(vec!["A".into(), "B".into()]);
        assert_eq!(retrier.to_json().to_compact(), r#"{"ErrorEquals":["A","B"]}"#);
        retrier.interval_seconds = Some(2);
        retrier.max_attempts = Some(6);
        retrier.max_delay_seconds = Some(60);
        retrier.backoff_rate = Some(1.5);
        retrier.full_jitter = true;
        retrier.comment = Some("c".into());
        assert_eq!(
            retrier.to_json().to_compact(),
            r#"{"ErrorEquals":["A","B"],"IntervalSeconds":2,"MaxAttempts":6,"MaxDelaySeconds":60,"BackoffRate":1.5,"JitterStrategy":"FULL","Comment":"c"}"#,
        );
    }

    #[test]
    fn a_catcher_says_where_the_error_goes() {
        let mut catcher = Catcher::new(vec!["States.ALL".into()], "Failed");
        assert_eq!(catcher.to_json().to_compact(), r#"{"ErrorEquals":["States.ALL"],"Next":"Failed"}"#);
        catcher.result_path = Some(ReferencePath::root().field("error"));
        catcher.comment = Some("c".into());
        assert_eq!(
            catcher.to_json().to_compact(),
            r#"{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Comment":"c","Next":"Failed"}"#,
        );
    }
}
