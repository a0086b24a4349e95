//! `cargo xtask fuzz`: gives the parsers and the validator texts until one of them panics or takes too long.
//!
//! Needs the nightly toolchain (`rustup toolchain install nightly`). It is no stage of `cargo xtask test`: what it
//! finds becomes a seed in `fuzz/seeds`, and an ordinary test gives every seed to every parser.

mod corpus;

use std::env;
use std::process::{Command, ExitCode};

use anyhow::{Result, ensure};
use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::workspace::{Workspace, run};

/// The programs in `fuzz/fuzz_targets`.
const TARGETS: [&str; 5] = ["document", "validate", "json_path", "intrinsic", "jsonata"];

const CARGO_FUZZ: &str = "0.13.2";

/// A text that takes longer than this many seconds counts as found.
const SECONDS_FOR_ONE: u32 = 1;

/// Runs fuzz targets one after another; all when none is named.
#[derive(Args)]
pub(crate) struct Fuzz {
    /// How long each target runs
    #[arg(long, default_value_t = 300)]
    seconds: u32,
    /// Targets to run
    #[arg(value_name = "TARGET", value_parser = PossibleValuesParser::new(TARGETS))]
    targets: Vec<String>,
}

impl Fuzz {
    pub(crate) fn run(&self) -> ExitCode {
        match self.run_all() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: {error:#}");
                ExitCode::FAILURE
            }
        }
    }

    fn run_all(&self) -> Result<()> {
        let workspace = Workspace::find()?;
        let tool = installed(&workspace)?;
        let mut found = vec![];
        for target in TARGETS.into_iter().filter(|target| self.chooses(target)) {
            let corpus = workspace.root.join("target/fuzz/corpus").join(target);
            let seeds = workspace.root.join("fuzz/seeds").join(target);
            let count = corpus::fill(target, &corpus, &seeds)?;
            run(cargo_fuzz(&workspace, &tool, "build").arg(target))?;
            eprintln!("\n==> {target}: {count} seeds, {} s", self.seconds);
            if let Err(error) = self.fuzz(&workspace, &tool, target, &corpus) {
                eprintln!("error: {error:#}");
                found.push(target);
            }
        }
        ensure!(
            found.is_empty(),
            "something was found in {}: mend it, and put its text into `fuzz/seeds`",
            found.join(", ")
        );
        Ok(())
    }

    fn chooses(&self, target: &str) -> bool {
        self.targets.is_empty() || self.targets.iter().any(|name| name == target)
    }

    fn fuzz(&self, workspace: &Workspace, tool: &Utf8Path, target: &str, corpus: &Utf8Path) -> Result<()> {
        let artifacts = workspace.root.join("target/fuzz/artifacts").join(target);
        std::fs::create_dir_all(&artifacts)?;
        let mut command = cargo_fuzz(workspace, tool, "run");
        command.args([target, corpus.as_str(), "--"]);
        command.arg(format!("-max_total_time={}", self.seconds));
        command.arg(format!("-timeout={SECONDS_FOR_ONE}"));
        command.arg(format!("-artifact_prefix={artifacts}/"));
        command.arg("-print_final_stats=1");
        run(&mut command)
    }
}

/// `cargo fuzz run` or `build`: a release build whose debug assertions are on, so that an overflow panics.
fn cargo_fuzz(workspace: &Workspace, tool: &Utf8Path, verb: &str) -> Command {
    let mut command = nightly(workspace, tool);
    command.args(["fuzz", verb, "--target-dir", workspace.root.join("target/fuzz/build").as_str()]);
    command
}

/// `cargo-fuzz` in its pinned version, installed first unless it already is.
fn installed(workspace: &Workspace) -> Result<Utf8PathBuf> {
    let tools = workspace.root.join("target/tools");
    let tool = tools.join("bin/cargo-fuzz");
    let version = Command::new(&tool).args(["fuzz", "--version"]).output();
    let wanted = format!("cargo-fuzz {CARGO_FUZZ}");
    if version.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == wanted) {
        return Ok(tool);
    }
    eprintln!("installing {wanted} into {tools} (about a minute)");
    let mut install = nightly(workspace, Utf8Path::new("cargo"));
    install.args(["install", "cargo-fuzz", "--version", CARGO_FUZZ, "--locked", "--force"]);
    run(install.args(["--root", tools.as_str()]))?;
    Ok(tool)
}

/// A program that finds the nightly toolchain, which the sanitizers need.
fn nightly(workspace: &Workspace, program: &Utf8Path) -> Command {
    let mut command = Command::new("rustup");
    command.current_dir(&workspace.root).args(["run", "nightly", program.as_str()]);
    // What the cargo that runs us says of its own toolchain, and of this package.
    let ours = |name: &str| matches!(name, "CARGO" | "RUSTC" | "RUSTDOC" | "RUSTUP_TOOLCHAIN" | "RUSTFLAGS");
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_str().is_some_and(ours)) {
        command.env_remove(name);
    }
    command
}
