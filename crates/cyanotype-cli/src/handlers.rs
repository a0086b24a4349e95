//! The binaries of the workspace that an app's functions run: cyanotype says which, and here they are built.

mod cargo;
mod messages;
mod nearest;
mod workspace;

use std::io::{IsTerminal, stderr};

use cyanotype::{App, lambda::Binary, prelude::SynthOptions};

use cargo::Cargo;
use workspace::Workspace;

/// What is wrong, and what would be right.
type Problem = (String, String);

/// Builds what an app wants, and hands it over: each binary as a file, or the reason why there is none.
///
/// They are built in the workspace of whoever called cargo, in a target directory of their own. So they wait for nobody
/// who builds there, and nobody waits for them. (`cargo run`, and so `cargo xtask`, frees its lock before it starts a
/// binary.)
pub(crate) fn build(app: &App, mut options: SynthOptions) -> SynthOptions {
    let wanted = app.binaries();
    if wanted.is_empty() {
        return options;
    }
    let workspace = match Workspace::here() {
        Ok(workspace) => workspace,
        Err(problem) => {
            for binary in wanted {
                options = options.not_built(binary, problem.0.clone(), problem.1.clone());
            }
            return options;
        }
    };
    let mut known = vec![];
    for binary in wanted {
        match workspace.problem_with(&binary) {
            Some((why, help)) => options = options.not_built(binary, why, help),
            None => known.push(binary),
        }
    }
    let cargo = Cargo::of(&workspace, stderr().is_terminal());
    for batch in workspace.batches(known) {
        for (binary, built) in cargo.build(batch) {
            options = match built {
                Ok(path) => options.built(binary, path),
                Err((why, help)) => options.not_built(binary, why, help),
            };
        }
    }
    options
}

/// Binaries of one target, which one run of cargo can build.
type Batch = Vec<Binary>;
