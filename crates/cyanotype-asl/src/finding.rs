//! What the validator says.

use std::fmt;

/// One thing that is wrong with a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing it is.
    pub code: Code,
    /// Whether AWS refuses the definition for it.
    pub severity: Severity,
    /// Where it is, as AWS names places: `/States/Wait/Seconds`, or `/` for the whole.
    pub location: String,
    /// The state that it is about.
    pub state: Option<String>,
    /// What is wrong, in AWS's words where they are known.
    pub message: String,
    /// What would be right.
    pub hint: Option<String>,
}

/// AWS's code for what is wrong, from `ValidateStateMachineDefinition`:
/// <https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    /// A field is missing, is not known, or has a value that it cannot have.
    SchemaValidationFailed,
    /// A state is named that is not there, or one is there that no other names.
    MissingTransitionTarget,
    /// No state ends the execution.
    MissingEndState,
    /// The request is refused before anyone reads the definition.
    ValidationException,
}

/// What follows from a [`Finding`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// AWS refuses the definition.
    Error,
    /// AWS takes it, but it does not do what it says.
    Warning,
}

impl Code {
    /// As AWS writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SchemaValidationFailed => "SCHEMA_VALIDATION_FAILED",
            Self::MissingTransitionTarget => "MISSING_TRANSITION_TARGET",
            Self::MissingEndState => "MISSING_END_STATE",
            Self::ValidationException => "ValidationException",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// `CODE: message at /States/X`, as AWS writes it.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} at {}", self.code, self.message, self.location)
    }
}

impl Finding {
    /// An error about the whole machine.
    pub(crate) fn machine(code: Code, location: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            location: location.into(),
            state: None,
            message: message.into(),
            hint: None,
        }
    }

    /// An error about a field of a state; about the whole state if the field is empty.
    pub(crate) fn state(code: Code, name: &str, field: &str, message: impl Into<String>) -> Self {
        let slash = if field.is_empty() { "" } else { "/" };
        let location = format!("/States/{name}{slash}{field}");
        Self { state: Some(name.into()), ..Self::machine(code, location, message) }
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}
