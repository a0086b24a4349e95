//! The tools that are not Rust: a Python environment and npm packages under `target/tools`, installed on first use.
//!
//! What is installed is pinned in `xtask/e2e`, to the last package that the others bring.

use std::env;
use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use camino::{Utf8Path, Utf8PathBuf};

use crate::workspace::{Workspace, run};

/// Files of `xtask/e2e` that say what must be installed, for npm copied to where it installs.
const NPM_PINS: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];
const PYTHON_PINS: &str = "requirements.txt";

/// The installed tools.
pub(crate) struct Tools {
    scripts: Utf8PathBuf,
    directory: Utf8PathBuf,
}

impl Tools {
    /// The tools as they are pinned now, installed first unless they already are.
    pub(crate) fn ready(workspace: &Workspace) -> Result<Self> {
        let tools = Self {
            scripts: workspace.root.join("xtask/e2e"),
            directory: workspace.root.join("target/tools"),
        };
        let wanted = tools.wanted_stamp()?;
        if fs::read_to_string(tools.stamp()).is_ok_and(|stamp| stamp == wanted) {
            return Ok(tools);
        }
        workspace.emptied("target/tools")?;
        tools.install()?;
        // Last of all: an install that was interrupted has no stamp and is done again.
        fs::write(tools.stamp(), wanted)?;
        Ok(tools)
    }

    /// Where they are installed.
    pub(crate) fn directory(&self) -> &Utf8Path {
        &self.directory
    }

    /// A script of `xtask/e2e`, to be run in the Python environment.
    ///
    /// It sees nothing of the person's own AWS configuration, so that no profile can disturb it and no account of
    /// theirs can be reached; and its calls to this machine go through no proxy.
    pub(crate) fn python(&self, script: &str) -> Command {
        let mut command = Command::new(self.directory.join("venv/bin/python"));
        command.arg(self.scripts.join(script)).env("PYTHONDONTWRITEBYTECODE", "1");
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("AWS_")) {
            command.env_remove(name);
        }
        for name in ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] {
            command.env(name, "/dev/null");
        }
        for name in ["NO_PROXY", "no_proxy"] {
            command.env(name, "localhost,127.0.0.1");
        }
        command
    }

    /// A script for Node.js that finds the npm packages.
    pub(crate) fn node(&self, script: &Utf8Path) -> Command {
        let mut command = Command::new("node");
        command.arg(script).env("NODE_PATH", self.directory.join("node_modules"));
        command
    }

    /// An npm tool.
    pub(crate) fn npm(&self, name: &str) -> Command {
        Command::new(self.directory.join("node_modules/.bin").join(name))
    }

    fn install(&self) -> Result<()> {
        eprintln!("installing the Python tools into {} (about a minute)", self.directory);
        let venv = self.directory.join("venv");
        run(Command::new("python3").args(["-m", "venv", venv.as_str()]))?;
        run(Command::new(venv.join("bin/pip"))
            .args(["install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arg(self.scripts.join(PYTHON_PINS)))?;
        eprintln!("installing the npm tools");
        install_npm(&self.scripts, &self.directory)
    }

    fn stamp(&self) -> Utf8PathBuf {
        self.directory.join("installed")
    }

    /// The pins, the versions they are installed for and the place, which an environment has in its scripts.
    fn wanted_stamp(&self) -> Result<String> {
        let python = interpreter("python3", "Python", (3, 11))?;
        let node = interpreter("node", "Node.js", (20, 0))?;
        let mut stamp = format!("{}\n{python}{node}", self.directory);
        for file in NPM_PINS.into_iter().chain([PYTHON_PINS]) {
            let path = self.scripts.join(file);
            stamp += &fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
        }
        Ok(stamp)
    }
}

/// Installs the npm packages that are pinned in one directory into another.
pub(crate) fn install_npm(pins: &Utf8Path, directory: &Utf8Path) -> Result<()> {
    for file in NPM_PINS {
        fs::copy(pins.join(file), directory.join(file))?;
    }
    run(Command::new("npm").args(["ci", "--loglevel=error", "--ignore-scripts"]).current_dir(directory))
}

/// What the interpreter says its version is; an error when it is not there or too old.
fn interpreter(program: &str, name: &str, least: (u32, u32)) -> Result<String> {
    let needed = format!("these stages need {name} {}.{} or newer as `{program}`", least.0, least.1);
    let output = Command::new(program).arg("--version").output().with_context(|| needed.clone())?;
    let version = String::from_utf8_lossy(&output.stdout).into_owned();
    let found = parse_version(&version).with_context(|| format!("{needed}; it says {version:?}"))?;
    ensure!(found >= least, "{needed}; this one is {}", version.trim());
    Ok(version)
}

/// Major and minor version of `Python 3.11.7` or `v20.20.2`.
fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim().trim_start_matches(|c: char| !c.is_ascii_digit()).split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::parse_version;

    #[test]
    fn versions_are_read_as_the_interpreters_print_them() {
        assert_eq!(parse_version("Python 3.11.7\n"), Some((3, 11)));
        assert_eq!(parse_version("v20.20.2\n"), Some((20, 20)));
        assert_eq!(parse_version("no such thing"), None);
    }
}
