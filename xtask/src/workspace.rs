//! Where things are, and how commands are run.

use std::env;
use std::io::ErrorKind;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

/// This repository's checkout.
pub(crate) struct Workspace {
    pub(crate) root: Utf8PathBuf,
    /// This binary, asked for at the start: cargo may link it anew under our feet, and the system then gives a
    /// path that is none.
    xtask: Utf8PathBuf,
}

impl Workspace {
    pub(crate) fn find() -> Result<Self> {
        let package =
            env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
        let root =
            Utf8PathBuf::from(package).parent().context("the package has no parent directory")?.to_owned();
        Ok(Self { root, xtask: Utf8PathBuf::try_from(env::current_exe()?)? })
    }

    /// `cargo` with these arguments, in the workspace.
    pub(crate) fn cargo<const N: usize>(&self, arguments: [&str; N]) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root).args(arguments);
        command
    }

    /// This very binary, for a verb of its own.
    pub(crate) fn xtask(&self) -> Command {
        self.command(&self.xtask)
    }

    /// A program, in the workspace.
    pub(crate) fn command(&self, program: &Utf8Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// A directory below the root, there and empty.
    pub(crate) fn emptied(&self, path: &str) -> Result<Utf8PathBuf> {
        let directory = self.root.join(path);
        match std::fs::remove_dir_all(&directory) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot empty {directory}"));
            }
            _ => {}
        }
        std::fs::create_dir_all(&directory).with_context(|| format!("cannot make {directory}"))?;
        Ok(directory)
    }
}

/// Runs a command to its end, on our own input and output; an error unless it succeeds.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("cannot run {program}"))?;
    if !status.success() {
        let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
        bail!("{program} {}: {status}", arguments.join(" "));
    }
    Ok(())
}
