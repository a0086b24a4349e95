//! The race against the AWS CDK.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result};
use camino::Utf8PathBuf;
use serde_json::Value as Json;

use super::Yard;
use crate::tools::install_npm;
use crate::workspace::{Workspace, run};

/// Synthesizes the same apps with ours and theirs, as whole processes.
pub(super) fn race(yard: &Yard) -> Result<Json> {
    let workspace = &yard.workspace;
    let peer = install_peer(workspace)?;
    run(&mut workspace.cargo(["build", "--package", "xtask", "--locked", "--target-dir", "target"]))?;
    let inner = yard.out.join("inner.json");
    let measured = Command::new(&yard.release).args(["race", "100", "measure"]).output()?;
    fs::write(&inner, measured.stdout).with_context(|| format!("cannot write {inner}"))?;
    let report = yard.out.join("cdk.json");
    run(Command::new("python3")
        .arg(workspace.root.join("xtask/bench/race.py"))
        .arg("--release")
        .arg(&yard.release)
        .arg("--dev")
        .arg(workspace.root.join("target/debug/xtask"))
        .arg("--node-modules")
        .arg(peer.join("node_modules"))
        .arg("--inner")
        .arg(inner)
        .arg("--report")
        .arg(&report))?;
    Ok(serde_json::from_str(&fs::read_to_string(report)?)?)
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
