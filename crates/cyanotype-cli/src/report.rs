//! Diagnostics, for people and for programs.

use clap::ValueEnum;
use cyanotype::prelude::{Diagnostic, Severity};

/// In which form a verb says what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    /// For people, on standard error
    #[default]
    Text,
    /// A list of `{severity, construct, state, file, line, message, help}`, on standard output
    Json,
}

/// Prints all diagnostics; says whether one of them is an error.
pub(crate) fn report(diagnostics: &[Diagnostic], format: Format) -> bool {
    match format {
        Format::Text => {
            for diagnostic in diagnostics {
                eprintln!("{diagnostic}\n");
            }
        }
        Format::Json => println!("{}", json(diagnostics)),
    }
    let errors = diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
    if errors > 0 && format == Format::Text {
        let s = if errors == 1 { "" } else { "s" };
        eprintln!("{errors} error{s}: nothing was written");
    }
    errors > 0
}

fn json(diagnostics: &[Diagnostic]) -> String {
    // A list of structures of strings and numbers: nothing in it can fail to be written.
    serde_json::to_string_pretty(diagnostics).unwrap_or_default()
}
