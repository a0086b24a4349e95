//! How long a definition may be.

use crate::{Code, Finding, Location, Severity};

/// `definition` in the API, and `DefinitionString` in CloudFormation.
const MAX_CHARACTERS: usize = 1_048_576;

/// What is wrong with the length of a text.
pub(super) fn check(text: &str) -> Option<Finding> {
    // No text has more characters than bytes.
    if text.len() <= MAX_CHARACTERS {
        return None;
    }
    let characters = text.chars().count();
    (characters > MAX_CHARACTERS).then(|| Finding {
        code: Code::ValidationException,
        severity: Severity::Error,
        location: Location::root(),
        state: None,
        message: format!("the definition has {characters} characters, and AWS takes {MAX_CHARACTERS}"),
        hint: Some("move a part into a state machine of its own".into()),
    })
}
