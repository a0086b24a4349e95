//! What synth has to say about an application: where it is, what is wrong, what would be right.

use std::{fmt, panic::Location};

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// A place in the user's code.
pub type Source = &'static Location<'static>;

/// One finding about an application.
///
/// Every verb collects all of them, sorts them by the user's lines, and writes nothing while one is an
/// [`Error`](Severity::Error).
///
/// Its text form is the one that rustc has made familiar:
///
/// ```text
/// error: `BlueGreen/Greeting`, state `Decide`: the JSON of Verdict is never "Reddy", only "Approved", "Rejected"
///   --> infra/src/lib.rs:31
///   = help: compare with one of these
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    severity: Severity,
    at: Option<Source>,
    construct: Option<String>,
    state: Option<String>,
    message: String,
    help: Option<String>,
}

/// Whether a finding keeps synth from writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Worth a look; the output is written.
    Warning,
}

impl Diagnostic {
    /// An error that is known by its message alone, such as one that an application's own code returned.
    pub fn of_error(message: impl fmt::Display) -> Self {
        Self::error(message.to_string())
    }

    pub(crate) fn error(message: impl Into<String>) -> Self {
        Self::new(Severity::Error, message.into())
    }

    pub(crate) fn warning(message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, message.into())
    }

    fn new(severity: Severity, message: String) -> Self {
        Self { severity, at: None, construct: None, state: None, message, help: None }
    }

    /// The user's line.
    #[must_use]
    pub(crate) fn at(self, at: Source) -> Self {
        Self { at: Some(at), ..self }
    }

    /// The stack or construct that it is about, by its path: `BlueGreen/Hello`.
    #[must_use]
    pub(crate) fn construct(self, path: impl Into<String>) -> Self {
        Self { construct: Some(path.into()), ..self }
    }

    /// The state that it is about.
    #[must_use]
    pub(crate) fn state(self, name: impl Into<String>) -> Self {
        Self { state: Some(name.into()), ..self }
    }

    /// What would be right.
    #[must_use]
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Whether it keeps synth from writing.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What would be right, where there is one answer.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// The state that it is about.
    #[must_use]
    pub fn state_name(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// The path of the stack or construct that it is about.
    #[must_use]
    pub fn construct_path(&self) -> Option<&str> {
        self.construct.as_deref()
    }

    /// The user's file and line.
    #[must_use]
    pub fn source(&self) -> Option<Source> {
        self.at
    }

    /// Errors first, then by file, line, state and message: the same order on every run.
    pub(crate) fn sort(all: &mut [Self]) {
        all.sort_by(|a, b| a.key().cmp(&b.key()));
    }

    fn key(&self) -> (Severity, &str, u32, Option<&str>, Option<&str>, &str) {
        let (file, line) = self.at.map_or(("", 0), |at| (at.file(), at.line()));
        (self.severity, file, line, self.construct.as_deref(), self.state.as_deref(), &self.message)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.severity {
            Severity::Error => "error: ",
            Severity::Warning => "warning: ",
        })?;
        match (&self.construct, &self.state) {
            (Some(construct), Some(state)) => write!(f, "`{construct}`, state `{state}`: ")?,
            (Some(construct), None) => write!(f, "`{construct}`: ")?,
            (None, Some(state)) => write!(f, "state `{state}`: ")?,
            (None, None) => {}
        }
        f.write_str(&self.message)?;
        if let Some(at) = self.at {
            write!(f, "\n  --> {}:{}", at.file(), at.line())?;
        }
        if let Some(help) = &self.help {
            write!(f, "\n  = help: {help}")?;
        }
        Ok(())
    }
}

/// `{severity, construct, state, file, line, message, help}`; what does not apply is null.
impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut out = to.serialize_struct("Diagnostic", 7)?;
        out.serialize_field(
            "severity",
            match self.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
        )?;
        out.serialize_field("construct", &self.construct)?;
        out.serialize_field("state", &self.state)?;
        out.serialize_field("file", &self.at.map(Location::file))?;
        out.serialize_field("line", &self.at.map(Location::line))?;
        out.serialize_field("message", &self.message)?;
        out.serialize_field("help", &self.help)?;
        out.end()
    }
}
