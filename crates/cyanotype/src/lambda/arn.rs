//! ARNs of versions.

use std::{error::Error, fmt};

use crate::iam::is_account;

/// Why an ARN is not that of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VersionArnError {
    /// It is no ARN of a Lambda function.
    NotAFunction(String),
    /// It has no qualifier, so it names whatever was deployed last.
    Unqualified(String),
    /// Its qualifier is `$LATEST` or `$LATEST.PUBLISHED`.
    Latest(String),
    /// Its qualifier is an alias.
    Alias(String),
}

impl fmt::Display for VersionArnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFunction(arn) => write!(
                f,
                "`{arn}` is not the ARN of a Lambda version, such as \
                 `arn:aws:lambda:eu-west-1:123456789012:function:hello:7`"
            ),
            Self::Unqualified(arn) => write!(
                f,
                "`{arn}` has no version: it calls whatever was deployed last; end it with a version's number, `{arn}:7`"
            ),
            Self::Latest(arn) => write!(
                f,
                "`{arn}` calls whatever was deployed last; end it with a version's number instead, such as `:7`"
            ),
            Self::Alias(arn) => write!(
                f,
                "`{arn}` names an alias, which can be moved while an execution runs; end it with the number of the \
                 version that the alias names now"
            ),
        }
    }
}

impl Error for VersionArnError {}

/// The function's ARN, of the ARN of one of its versions.
pub(crate) fn function_of(arn: &str) -> Result<&str, VersionArnError> {
    let parts: Vec<_> = arn.split(':').collect();
    let (qualifier, whole) = match *parts.as_slice() {
        ["arn", partition, "lambda", region, account, "function", name]
            if full(&[partition, region, account, name]) =>
        {
            return Err(VersionArnError::Unqualified(arn.into()));
        }
        ["arn", partition, "lambda", region, account, "function", name, qualifier] => {
            (qualifier, full(&[partition, region, account, name, qualifier]))
        }
        _ => ("", false),
    };
    if !whole || !parts.get(4).is_some_and(|account| is_account(account)) {
        return Err(VersionArnError::NotAFunction(arn.into()));
    }
    match qualifier {
        "$LATEST" | "$LATEST.PUBLISHED" => Err(VersionArnError::Latest(arn.into())),
        // Lambda counts versions from 1.
        number if number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0') => {
            Ok(arn.get(..arn.len() - number.len() - 1).unwrap_or(arn))
        }
        _ => Err(VersionArnError::Alias(arn.into())),
    }
}

fn full(parts: &[&str]) -> bool {
    parts
        .iter()
        .all(|part| !part.is_empty() && !part.contains(['*', '$', '{', '}']) || part.starts_with("$LATEST"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FUNCTION: &str = "arn:aws:lambda:eu-west-1:123456789012:function:hello";

    #[track_caller]
    fn check(tail: &str, expected: Result<&str, fn(String) -> VersionArnError>) {
        let arn = format!("{FUNCTION}{tail}");
        let expected = expected.map_err(|error| error(arn.clone()));
        assert_eq!(function_of(&arn), expected);
    }

    #[test]
    fn a_number_is_a_version() {
        check(":7", Ok(FUNCTION));
        check(":120", Ok(FUNCTION));
    }

    #[test]
    fn what_can_move_is_no_version() {
        check("", Err(VersionArnError::Unqualified));
        check(":$LATEST", Err(VersionArnError::Latest));
        check(":$LATEST.PUBLISHED", Err(VersionArnError::Latest));
        check(":live", Err(VersionArnError::Alias));
        check(":v1", Err(VersionArnError::Alias));
        check(":0", Err(VersionArnError::Alias));
    }

    #[test]
    fn what_is_no_function_is_said_to_be_none() {
        check(":7:8", Err(VersionArnError::NotAFunction));
        check(":", Err(VersionArnError::NotAFunction));
        for arn in [
            "",
            "hello:7",
            "arn:aws:states:eu-west-1:123456789012:stateMachine:m:7",
            "arn:aws:lambda:::function:f:7",
        ] {
            assert_eq!(function_of(arn), Err(VersionArnError::NotAFunction(arn.into())));
        }
    }
}
