//! `cargo xtask codegen`: writes the tables that are made of what AWS publishes, and compares them with `--check`.

mod schemas;
mod types;

use std::fs;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use crate::tools::Tools;
use crate::workspace::Workspace;

/// Where the table of resource types is.
const TYPES: &str = "crates/cyanotype-cfn/src/facts/types.txt";

/// Writes the table of CloudFormation's resource types from the schemas in the pinned cfn-lint.
#[derive(Args)]
pub(crate) struct Codegen {
    /// Only compare with what is there
    #[arg(long)]
    check: bool,
}

impl Codegen {
    pub(crate) fn run(&self) -> ExitCode {
        match self.generate() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: {error:#}");
                ExitCode::FAILURE
            }
        }
    }

    fn generate(&self) -> Result<()> {
        let workspace = Workspace::find()?;
        if self.check { check(&workspace) } else { write(&workspace) }
    }
}

/// An error if a table is not what the schemas say.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    compare(&directory(workspace)?, &workspace.root)
}

fn write(workspace: &Workspace) -> Result<()> {
    let path = workspace.root.join(TYPES);
    let text = types::table(&schemas::read(&directory(workspace)?)?)?;
    fs::write(&path, &text).with_context(|| format!("cannot write {path}"))?;
    println!("{TYPES}: {} types, {} bytes", text.lines().count(), text.len());
    Ok(())
}

fn compare(directory: &Utf8Path, root: &Utf8Path) -> Result<()> {
    let fresh = types::table(&schemas::read(directory)?)?;
    let known = fs::read_to_string(root.join(TYPES)).with_context(|| format!("cannot read {TYPES}"))?;
    if fresh == known {
        return Ok(());
    }
    let name = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    let differs = fresh.lines().find(|line| !known.lines().any(|other| other == *line)).map(name);
    let gone = known.lines().find(|line| !fresh.lines().any(|other| other == *line)).map(name);
    let which = differs.or(gone).unwrap_or_default();
    bail!("{TYPES} is not what the schemas say, of `AWS::{which}` for one: run `cargo xtask codegen`")
}

/// The schemas of the pinned cfn-lint, or those that the environment names.
fn directory(workspace: &Workspace) -> Result<Utf8PathBuf> {
    match schemas::given() {
        Some(given) => Ok(given),
        None => schemas::installed(&Tools::ready(workspace)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where there are schemas already: nothing is installed for it.
    #[test]
    fn the_table_is_what_the_schemas_say() {
        let workspace = Workspace::find().unwrap();
        let there = schemas::given().or_else(|| schemas::below(&workspace.root.join("target/tools")));
        let Some(directory) = there else { return };
        compare(&directory, &workspace.root).unwrap();
    }
}
