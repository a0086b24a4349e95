//! What the validator says.

use std::fmt;

use crate::Location;

/// One thing that is wrong with a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing it is.
    pub code: Code,
    /// Whether AWS refuses the definition for it.
    pub severity: Severity,
    /// Where it is.
    pub location: Location,
    /// The state that it is about; the innermost, where states are within states.
    pub state: Option<String>,
    /// What is wrong, in AWS's words where they are known.
    pub message: String,
    /// What would be right.
    pub hint: Option<String>,
}

/// What follows from a [`Finding`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// AWS refuses the definition.
    Error,
    /// AWS takes it, but it does not do what it says, or not well.
    Warning,
}

macro_rules! codes {
    ($($name:ident $text:literal, $doc:literal;)+) => {
        /// What is wrong, by AWS's code where it has one.
        ///
        /// See `ValidateStateMachineDefinition`:
        /// <https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html>.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $doc] $name,)+
        }

        impl Code {
            /// As AWS writes it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

codes! {
    InvalidJsonDescription "INVALID_JSON_DESCRIPTION", "The text is no JSON.";
    SchemaValidationFailed "SCHEMA_VALIDATION_FAILED", "A field is missing, is not known, or has a value that it cannot have.";
    MissingTransitionTarget "MISSING_TRANSITION_TARGET", "A state is named that is not there, or one is there that no other names.";
    MissingEndState "MISSING_END_STATE", "No state ends the execution.";
    DuplicateStateName "DUPLICATE_STATE_NAME", "Two states of the machine have one name.";
    InvalidStateName "INVALID_STATE_NAME", "A state's name is empty or too long.";
    DuplicateLabelName "DUPLICATE_LABEL_NAME", "Two distributed Maps have one label.";
    InvalidLabelName "INVALID_LABEL_NAME", "A distributed Map's label has characters that it cannot have, or too many.";
    InvalidJsonataExpression "INVALID_JSONATA_EXPRESSION", "An expression is no JSONata.";
    UnsupportedJsonataExpression "UNSUPPORTED_JSONATA_EXPRESSION", "An expression is JSONata, but names what Step Functions does not give it.";
    ValidationException "ValidationException", "The request is refused before anyone reads the definition.";
    NoDollar "NO_DOLLAR", "A text looks like a path or an intrinsic function, and its name does not end in `.$`.";
    PassResultIsStatic "PASS_RESULT_IS_STATIC", "The result of a Pass looks like a path, and is a text.";
    DuplicateField "DUPLICATE_FIELD", "An object has two members of one name, of which the last counts. Not a code of AWS.";
    Advice "ADVICE", "AWS takes the definition, and a careful author would not write it. Not a code of AWS.";
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
