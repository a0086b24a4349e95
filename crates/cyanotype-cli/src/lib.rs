//! The verbs of an application, for its `cargo xtask`.
//!
//! An application's whole xtask is this, with `my_infra::app` of type `fn(&mut Context) -> anyhow::Result<App>`:
//!
//! ```no_run
//! # mod my_infra {
//! #     use cyanotype::prelude::*;
//! #     pub fn app(_: &mut Context) -> anyhow::Result<App> { Ok(App::new()) }
//! # }
//! use std::process::ExitCode;
//!
//! fn main() -> ExitCode {
//!     cyanotype_cli::main(my_infra::app)
//! }
//! ```
//!
//! Results go to standard output, messages and progress to standard error. The exit code is 0 when all is well, 1 when
//! there is something to mend, and 2 when the command line itself is wrong.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line talks to the person who runs it"
)]

mod handlers;
mod lint;
mod place;
mod policy;
mod report;
mod summary;
mod synth;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use cyanotype::{App, Context};

pub use lint::Lint;
pub use policy::Policy;
pub use synth::Synth;

/// Parses the command line and runs its verb on an application.
pub fn main(app: impl Fn(&mut Context) -> anyhow::Result<App>) -> ExitCode {
    run(CommandLine::parse().verb, app)
}

/// Runs a verb on an application: for an xtask that has verbs of its own too.
pub fn run(verb: Verb, app: impl Fn(&mut Context) -> anyhow::Result<App>) -> ExitCode {
    match verb {
        Verb::Synth(synth) => synth.run(app),
        Verb::Lint(lint) => lint.run(),
        Verb::Policy(policy) => policy.run(),
    }
}

/// Parses the command line of the `cyanotype` command, which has the verbs that need no application, and runs its verb.
#[must_use]
pub fn standalone() -> ExitCode {
    match Standalone::parse().verb {
        StandaloneVerb::Lint(lint) => lint.run(),
        StandaloneVerb::Policy(policy) => policy.run(),
    }
}

/// The verbs of an application.
#[derive(Debug, Subcommand)]
#[non_exhaustive]
pub enum Verb {
    /// Write the CloudFormation templates and assets of the app
    Synth(Synth),
    /// Validate files in the Amazon States Language
    Lint(Lint),
    /// Write the IAM policy that a file in the Amazon States Language needs
    Policy(Policy),
}

/// What AWS would say to a state machine, before AWS is asked
#[derive(Parser)]
#[command(name = "cyanotype", version)]
struct Standalone {
    #[command(subcommand)]
    verb: StandaloneVerb,
}

#[derive(Subcommand)]
enum StandaloneVerb {
    /// Validate files in the Amazon States Language
    Lint(Lint),
    /// Write the IAM policy that a file in the Amazon States Language needs
    Policy(Policy),
}

#[derive(Parser)]
#[command(name = "xtask", bin_name = "cargo xtask")]
struct CommandLine {
    #[command(subcommand)]
    verb: Verb,
}
