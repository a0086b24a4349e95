//! `lint`: what AWS would say to a file in the States Language.

mod excerpt;

use std::{
    fs,
    io::{self, Read as _},
    process::ExitCode,
};

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ValueEnum};
use cyanotype_asl::{Code, Document, Finding, Kind, Location, Position, Severity, SyntaxError};
use serde::Serialize;

use self::excerpt::excerpt;
use crate::report::Format;

/// Validates definitions of state machines.
#[derive(Debug, Args)]
pub struct Lint {
    /// Files in the Amazon States Language (JSON); `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<Utf8PathBuf>,

    /// Take `${Name}`, `Ref` and `Fn::…` for what CloudFormation fills in
    #[arg(long)]
    substitutions: bool,

    /// The type of the state machine
    #[arg(long = "type", value_enum, default_value_t, ignore_case = true, value_name = "TYPE")]
    kind: Type,

    /// The form of findings
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Format,
}

/// The type of a state machine.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
#[value(rename_all = "UPPER")]
pub(crate) enum Type {
    /// For up to a year, each state exactly once
    #[default]
    Standard,
    /// For up to five minutes
    Express,
}

/// What is said of one file.
#[derive(Serialize)]
pub(crate) struct File {
    file: String,
    findings: Vec<Entry>,
    #[serde(skip)]
    text: String,
}

/// One thing that is said of a file.
#[derive(Serialize)]
pub(crate) struct Entry {
    code: &'static str,
    severity: &'static str,
    location: String,
    line: usize,
    column: usize,
    message: String,
    hint: Option<String>,
    #[serde(skip)]
    position: Position,
}

impl Lint {
    /// Fails where AWS would refuse a definition, or where a file cannot be read. Warnings are shown and fail nothing.
    pub(crate) fn run(self) -> ExitCode {
        let mut read_all = true;
        let mut files = vec![];
        for path in &self.files {
            match read(path) {
                Ok(text) => files.push(self.file(path, text)),
                Err(error) => {
                    eprintln!("error: cannot read `{path}`: {error}");
                    read_all = false;
                }
            }
        }
        match self.format {
            Format::Text => print!("{}", in_words(&files)),
            // Strings and numbers: nothing in it can fail to be written.
            Format::Json => println!("{}", serde_json::to_string_pretty(&files).unwrap_or_default()),
        }
        let errors = files.iter().any(File::has_errors);
        if errors || !read_all { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }

    fn file(&self, path: &Utf8Path, text: String) -> File {
        let findings = match Document::parse(&text) {
            Err(error) => vec![Entry::of_syntax(error)],
            Ok(document) => {
                let document = if self.substitutions { document.with_placeholders() } else { document };
                let findings = document.validate(self.kind.into()).into_iter().chain(document.advise());
                let mut findings: Vec<_> = findings.map(|finding| Entry::new(finding, &document)).collect();
                findings.sort_by_key(|finding| finding.position.offset);
                findings
            }
        };
        File::new(path, findings, text)
    }
}

impl File {
    /// What is said of a file, or of standard input.
    pub(crate) fn new(path: &Utf8Path, findings: Vec<Entry>, text: String) -> Self {
        let name = if path == "-" { "<standard input>" } else { path.as_str() };
        Self { file: name.to_owned(), findings, text }
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == "error")
    }
}

impl From<Type> for Kind {
    fn from(kind: Type) -> Self {
        match kind {
            Type::Standard => Self::Standard,
            Type::Express => Self::Express,
        }
    }
}

impl Entry {
    pub(crate) fn new(finding: Finding, document: &Document<'_>) -> Self {
        let position = document.position(&finding.location);
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        Self {
            code: finding.code.as_str(),
            severity,
            location: finding.location.to_string(),
            line: position.line,
            column: position.column,
            message: finding.message,
            hint: finding.hint,
            position,
        }
    }

    pub(crate) fn of_syntax(error: SyntaxError) -> Self {
        Self {
            code: Code::InvalidJsonDescription.as_str(),
            severity: "error",
            location: Location::root().to_string(),
            line: error.position.line,
            column: error.position.column,
            message: error.message,
            hint: None,
            position: error.position,
        }
    }
}

/// Files are UTF-8, as JSON is.
pub(crate) fn read(path: &Utf8Path) -> io::Result<String> {
    if path != "-" {
        return fs::read_to_string(path);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

/// Findings for people, with what they are about.
pub(crate) fn in_words(files: &[File]) -> String {
    let mut out = String::new();
    let (mut errors, mut warnings) = (0, 0);
    for file in files {
        for Entry { code, severity, location, line, column, message, hint, position } in &file.findings {
            match *severity {
                "error" => errors += 1,
                _ => warnings += 1,
            }
            out +=
                &format!("{severity}[{code}]: {message}\n  --> {}:{line}:{column}, {location}\n", file.file);
            out += &excerpt(&file.text, *position);
            out += &hint.as_ref().map(|hint| format!("  = help: {hint}\n")).unwrap_or_default();
            out.push('\n');
        }
    }
    let counted = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    out + &format!(
        "{}, {} in {}\n",
        counted(errors, "error"),
        counted(warnings, "warning"),
        counted(files.len(), "file")
    )
}
