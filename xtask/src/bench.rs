//! `cargo xtask bench`: what is said of speed, memory and kills, measured on this machine, in one run.

mod cdk;
mod clock;
mod kills;
mod lint;
mod policy;
mod random;
mod tree;
mod zip;

use std::fs;
use std::io::{IsTerminal as _, stderr};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result};
use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use clap::builder::PossibleValuesParser;
use serde_json::Value as Json;

use crate::workspace::{Workspace, run};

/// Measures; prints medians and ratios, and writes `target/bench/report.json`.
#[derive(Args)]
pub(crate) struct Bench {
    /// Parts to run; all when none is named
    #[arg(value_name = "PART", value_parser = PossibleValuesParser::new(PARTS.iter().map(|(name, _)| *name)))]
    parts: Vec<String>,
}

type Part = fn(&Yard) -> Result<Json>;

/// All parts, each of which gives a section of the report.
const PARTS: &[(&str, Part)] = &[
    ("zip", zip::race),
    ("kills", kills::kill),
    ("lint", lint::race),
    ("policy", policy::measure),
    ("cdk", cdk::race),
];

impl Bench {
    pub(crate) fn run(&self) -> ExitCode {
        match self.measure() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: {error:#}");
                ExitCode::FAILURE
            }
        }
    }

    fn measure(&self) -> Result<()> {
        let yard = Yard::ready(Workspace::find()?)?;
        let path = yard.out.join("report.json");
        let mut report = serde_json::Map::new();
        for (name, part) in PARTS.iter().filter(|(name, _)| self.chooses(name)) {
            eprintln!("\n==> {name}");
            report.insert((*name).into(), part(&yard)?);
            // After each part: what was measured is not lost with the next.
            let text = serde_json::to_string_pretty(&report)?;
            fs::write(&path, text + "\n").with_context(|| format!("cannot write {path}"))?;
        }
        println!("written to {path}");
        Ok(())
    }

    fn chooses(&self, part: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|name| name == part)
    }
}

/// What every part needs.
struct Yard {
    workspace: Workspace,
    /// Emptied, on the disk on which builds are.
    out: Utf8PathBuf,
    release: Utf8PathBuf,
}

impl Yard {
    fn ready(workspace: Workspace) -> Result<Self> {
        // The directory is named, or a person's own setting would build into another.
        let build = ["build", "--package", "xtask", "--locked", "--target-dir", "target", "--release"];
        run(&mut workspace.cargo(build))?;
        let release = workspace.root.join("target/release/xtask");
        let out = workspace.emptied("target/bench")?;
        Ok(Self { workspace, out, release })
    }

    /// A synth, in a process of its own, of functions whose code is in these directories.
    fn synth(&self, code: &[&Utf8Path], out: &Utf8Path) -> Command {
        let mut command = Command::new(&self.release);
        command.args(["race", "code"]);
        for directory in code {
            command.args(["--code", directory.as_str()]);
        }
        command.args(["synth", "--out", out.as_str()]);
        command
    }
}

/// Says how far it is, on one line, to whoever watches.
fn progress(done: usize, all: usize, what: &str) {
    if stderr().is_terminal() {
        eprint!("\r{what} {done}/{all}{}", if done == all { "\n" } else { "" });
    }
}
