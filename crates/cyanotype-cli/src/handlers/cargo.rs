//! Running cargo, or cargo-lambda where it is installed.

use std::{
    env, fs,
    process::{Command, Stdio},
};

use camino::{Utf8Path, Utf8PathBuf};
use cyanotype::lambda::Binary;

use super::{Batch, Problem, messages::Messages, workspace::Workspace, workspace::cargo};

/// How binaries are built.
pub(super) struct Cargo<'a> {
    workspace: &'a Workspace,
    /// Whether somebody watches.
    talks: bool,
    /// Whether cargo-lambda is installed. It brings a linker for every target, and links for an old glibc.
    lambda: bool,
}

impl<'a> Cargo<'a> {
    pub(super) fn of(workspace: &'a Workspace, talks: bool) -> Self {
        let version = cargo().args(["lambda", "--version"]).stdin(Stdio::null()).output();
        Self { workspace, talks, lambda: version.is_ok_and(|output| output.status.success()) }
    }

    /// Builds some binaries of one target in one run.
    pub(super) fn build(&self, batch: Batch) -> Vec<(Binary, Result<Utf8PathBuf, Problem>)> {
        let target = batch.first().map_or("", Binary::target);
        let messages = if is_installed(target, &self.workspace.root) {
            self.run(target, &batch)
        } else {
            Err((
                format!("the compiler has no standard library for {target}"),
                format!("install it: `rustup target add {target}`"),
            ))
        };
        let keep = |binary: &Binary| match &messages {
            Err(problem) => Err(problem.clone()),
            Ok(messages) => self.keep(binary, messages),
        };
        batch.iter().map(|binary| (binary.clone(), keep(binary))).collect()
    }

    fn run(&self, target: &str, batch: &Batch) -> Result<Messages, Problem> {
        let mut command = self.command(target, batch);
        let failed = |error| (format!("cannot run cargo: {error}"), "install it, or set `CARGO`".to_owned());
        let mut child = command.spawn().map_err(failed)?;
        let print = |text: &str, error| {
            if error || self.talks {
                eprint!("{text}");
            }
        };
        let mut messages = child.stdout.take().map(|out| Messages::read(out, print)).unwrap_or_default();
        let status = child.wait().map_err(failed)?;
        if self.lambda && !status.success() {
            // It moves what it has built when all is built: what lies there is of another day.
            messages.made.clear();
        }
        Ok(messages)
    }

    fn command(&self, target: &str, batch: &Batch) -> Command {
        let mut command = cargo();
        if self.lambda {
            command.args(["lambda", "build", "--lambda-dir"]).arg(self.lambda_directory(target));
        } else {
            command.arg("build");
        }
        // One that fails does not hide what is wrong with the others.
        command.args(["--release", "--keep-going", "--target", target]);
        // Not as an argument, which cargo-lambda hands on to `cargo metadata`, which does not know it.
        command.env("CARGO_TARGET_DIR", &self.workspace.target);
        if self.talks {
            command.args(["--message-format", "json-diagnostic-rendered-ansi"]);
        } else {
            command.args(["--message-format", "json", "--quiet"]);
        }
        let mut packages: Vec<_> = batch.iter().map(Binary::package).collect();
        packages.dedup();
        for package in packages {
            command.args(["--package", package]);
        }
        for binary in batch {
            command.args(["--bin", binary.name()]);
        }
        command.current_dir(&self.workspace.root).stdin(Stdio::null()).stdout(Stdio::piped());
        command
    }

    /// Copies what was built to a place where the next run of cargo does not replace it.
    fn keep(&self, binary: &Binary, messages: &Messages) -> Result<Utf8PathBuf, Problem> {
        let (package, name, target) = (binary.package(), binary.name(), binary.target());
        let Some(made) = messages.path(package, name) else {
            return Err(
                messages.problem(&format!("`{name}` of the package `{package}` for {target}"), target)
            );
        };
        let made = if self.lambda {
            self.lambda_directory(target).join(name).join("bootstrap")
        } else {
            made.into()
        };
        let place = self.workspace.place(binary);
        let directory = place.parent().unwrap_or(Utf8Path::new("."));
        let copied = fs::create_dir_all(directory).and_then(|()| fs::copy(&made, &place));
        copied.map_err(|error| {
            (
                format!("cannot copy `{made}` to `{place}`: {error}"),
                "make room, or make it writable".to_owned(),
            )
        })?;
        Ok(place)
    }

    fn lambda_directory(&self, target: &str) -> Utf8PathBuf {
        self.workspace.target.join("lambda").join(target)
    }
}

/// Whether the compiler has the standard library of a target.
fn is_installed(target: &str, root: &Utf8Path) -> bool {
    let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let output = rustc.args(["--print", "target-libdir", "--target", target]).current_dir(root).output();
    match output {
        Ok(output) if output.status.success() => {
            Utf8Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir()
        }
        // Not known; cargo will say.
        _ => true,
    }
}
