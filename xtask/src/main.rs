//! This repository's own commands, as `cargo xtask VERB`: an application's verbs, on the blue-green example, and
//! what only a repository needs. The pattern is described at <https://github.com/matklad/cargo-xtask>.
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a command talks to the person who runs it")]

mod bench;
mod codegen;
mod fuzz;
mod race;
mod stages;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

fn main() -> ExitCode {
    match Xtask::parse().verb {
        Verb::Application(verb) => cyanotype_cli::run(verb, blue_green_infra::app),
        Verb::Test(test) => test.run(),
        Verb::Bench(bench) => bench.run(),
        Verb::Codegen(codegen) => codegen.run(),
        Verb::Fuzz(fuzz) => fuzz.run(),
        Verb::Race(race) => race.run(),
    }
}

/// The commands of this repository.
#[derive(Parser)]
#[command(name = "xtask", bin_name = "cargo xtask")]
struct Xtask {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    #[command(flatten)]
    Application(cyanotype_cli::Verb),
    /// Run everything that must pass: the cargo tests, the real checkers and the end-to-end scenarios
    Test(test::Test),
    /// Measure speed, memory and kills on this machine
    Bench(bench::Bench),
    /// Write the tables that are made of what AWS publishes; `--check` compares them
    Codegen(codegen::Codegen),
    /// Look for texts on which the parsers or the validator panic, or are slow; needs the nightly toolchain
    Fuzz(fuzz::Fuzz),
    #[command(hide = true)]
    Race(race::Race),
}
