//! `cargo xtask bench`: the race against the AWS CDK, on this machine, in one run.

use std::fs;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result};
use camino::Utf8PathBuf;
use clap::Args;

use crate::tools::install_npm;
use crate::workspace::{Workspace, run};

/// Measures; prints medians and ratios, and writes `target/bench/report.json`.
#[derive(Args)]
pub(crate) struct Bench {}

impl Bench {
    #[expect(clippy::unused_self, reason = "a verb is run by its arguments, of which this one has none")]
    pub(crate) fn run(&self) -> ExitCode {
        match bench() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: {error:#}");
                ExitCode::FAILURE
            }
        }
    }
}

fn bench() -> Result<()> {
    let workspace = Workspace::find()?;
    let peer = install_peer(&workspace)?;
    run(&mut workspace.cargo(["build", "--package", "xtask", "--locked"]))?;
    run(&mut workspace.cargo(["build", "--package", "xtask", "--locked", "--release"]))?;
    let out = workspace.emptied("target/bench")?;
    let release = workspace.root.join("target/release/xtask");
    let inner = out.join("inner.json");
    let measured = Command::new(&release).args(["race", "100", "measure"]).output()?;
    fs::write(&inner, measured.stdout).with_context(|| format!("cannot write {inner}"))?;
    run(Command::new("python3")
        .arg(workspace.root.join("xtask/bench/race.py"))
        .arg("--release")
        .arg(release)
        .arg("--dev")
        .arg(workspace.root.join("target/debug/xtask"))
        .arg("--node-modules")
        .arg(peer.join("node_modules"))
        .arg("--inner")
        .arg(inner)
        .arg("--report")
        .arg(out.join("report.json")))
}

/// The CDK's library under `target/peer`, as pinned; installed on first use.
fn install_peer(workspace: &Workspace) -> Result<Utf8PathBuf> {
    let pins = workspace.root.join("xtask/bench");
    let directory = workspace.root.join("target/peer");
    let wanted = fs::read_to_string(pins.join("package-lock.json"))?;
    let stamp = directory.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|stamp| stamp == wanted) {
        return Ok(directory);
    }
    eprintln!("installing the AWS CDK into {directory}");
    workspace.emptied("target/peer")?;
    install_npm(&pins, &directory)?;
    fs::write(stamp, wanted)?;
    Ok(directory)
}
