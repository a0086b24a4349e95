//! `cyanotype`: the verbs that need no application.

use std::process::ExitCode;

fn main() -> ExitCode {
    cyanotype_cli::standalone()
}
