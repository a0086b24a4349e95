//! The workspace that an application is in, as cargo sees it.

use std::{collections::BTreeMap, env, process::Command};

use camino::{Utf8Path, Utf8PathBuf};
use cyanotype::lambda::Binary;
use serde::Deserialize;

use super::{Batch, Problem, nearest::nearest};

/// A workspace, and the binaries of its packages.
#[derive(Debug)]
pub(super) struct Workspace {
    pub(super) root: Utf8PathBuf,
    /// Where everything of handlers is built.
    pub(super) target: Utf8PathBuf,
    /// The names of each package's binaries.
    packages: BTreeMap<String, Vec<String>>,
}

/// What is read of `cargo metadata`.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_root: String,
    target_directory: String,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// The cargo that runs the application, or the one that is installed.
pub(super) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

impl Workspace {
    /// The workspace of the package that cargo runs; without cargo, of the directory where the command runs.
    pub(super) fn here() -> Result<Self, Problem> {
        let mut command = cargo();
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        if let Some(package) = env::var_os("CARGO_MANIFEST_DIR") {
            command.current_dir(package);
        }
        let help = "functions that run a binary are synthesized in the workspace of that binary";
        let output = command.output().map_err(|error| (format!("cannot run cargo: {error}"), help.into()))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err((format!("cargo finds no workspace: {}", said.trim()), help.into()));
        }
        Self::of(&output.stdout)
            .map_err(|error| (format!("cargo's metadata is not as expected: {error}"), help.into()))
    }

    fn of(metadata: &[u8]) -> serde_json::Result<Self> {
        let metadata: Metadata = serde_json::from_slice(metadata)?;
        let binaries = |package: Package| {
            let is_binary = |target: &Target| target.kind.iter().any(|kind| kind == "bin");
            let names = package.targets.into_iter().filter(is_binary).map(|target| target.name).collect();
            (package.name, names)
        };
        Ok(Self {
            root: metadata.workspace_root.into(),
            target: Utf8PathBuf::from(metadata.target_directory).join("cyanotype/handlers"),
            packages: metadata.packages.into_iter().map(binaries).collect(),
        })
    }

    /// Why the workspace has no such binary, if it has not.
    pub(super) fn problem_with(&self, binary: &Binary) -> Option<Problem> {
        let (package, name) = (binary.package(), binary.name());
        let Some(binaries) = self.packages.get(package) else {
            let packages: Vec<_> = self.packages.keys().map(String::as_str).collect();
            return Some((format!("the workspace has no package `{package}`"), meant(package, &packages)));
        };
        if binaries.iter().any(|known| known == name) {
            return None;
        }
        let binaries: Vec<_> = binaries.iter().map(String::as_str).collect();
        let help = if binaries.is_empty() {
            format!("it has none at all: give it a `src/main.rs`, or a `src/bin/{name}.rs`")
        } else {
            meant(name, &binaries)
        };
        Some((format!("the package `{package}` has no binary `{name}`"), help))
    }

    /// What one run of cargo can build each: all of a target, or, where two packages have binaries of one name, which
    /// cargo writes to the same file, one package of it.
    pub(super) fn batches(&self, binaries: Vec<Binary>) -> Vec<Batch> {
        let mut by_target: BTreeMap<_, Batch> = BTreeMap::new();
        for binary in binaries {
            by_target.entry(binary.target()).or_default().push(binary);
        }
        let mut batches = vec![];
        for batch in by_target.into_values() {
            if !self.clashes(&batch) {
                batches.push(batch);
                continue;
            }
            let mut by_package: BTreeMap<_, Batch> = BTreeMap::new();
            for binary in batch {
                by_package.entry(binary.package().to_owned()).or_default().push(binary);
            }
            batches.extend(by_package.into_values());
        }
        batches
    }

    /// Whether another package of the batch has a binary of the same name too, wanted or not.
    fn clashes(&self, batch: &Batch) -> bool {
        batch.iter().any(|binary| {
            let has = |other: &Binary| {
                self.packages
                    .get(other.package())
                    .is_some_and(|names| names.iter().any(|name| name == binary.name()))
            };
            batch.iter().any(|other| other.package() != binary.package() && has(other))
        })
    }

    /// Where a binary is kept once it is built.
    pub(super) fn place(&self, binary: &Binary) -> Utf8PathBuf {
        let kept: &Utf8Path = "built".into();
        self.target.join(kept).join(binary.target()).join(binary.package()).join(binary.name())
    }
}

fn meant(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => {
            format!("it has {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use cyanotype::prelude::*;

    use super::*;

    /// Two packages with a binary `serve` each, and one without.
    const METADATA: &str = r#"{
        "packages": [
            { "name": "a", "targets": [{ "name": "a", "kind": ["lib"] }, { "name": "serve", "kind": ["bin"] }] },
            { "name": "b", "targets": [{ "name": "serve", "kind": ["bin"] }, { "name": "other", "kind": ["bin"] }] },
            { "name": "c", "targets": [{ "name": "c", "kind": ["bin"] }] }
        ],
        "workspace_root": "/w",
        "target_directory": "/w/target"
    }"#;

    fn wanted(binaries: &[(&str, &str, Architecture)]) -> Vec<Binary> {
        let app = App::new();
        let stack = app.stack("Shop");
        for (n, (package, name, architecture)) in binaries.iter().enumerate() {
            let props = FunctionProps::builder()
                .runtime(Runtime::PROVIDED_AL2023)
                .handler("bootstrap")
                .architecture(*architecture)
                .code(Code::cargo(*package, *name))
                .build();
            Function::<(), ()>::new(&stack, format!("F{n}"), props);
        }
        app.binaries()
    }

    #[track_caller]
    fn check(binaries: &[(&str, &str, Architecture)], expected: &[&[&str]]) {
        let workspace = Workspace::of(METADATA.as_bytes()).unwrap();
        let batches = workspace.batches(wanted(binaries));
        let names = |batch: &Batch| -> Vec<_> {
            batch.iter().map(|binary| format!("{}/{}", binary.package(), binary.name())).collect()
        };
        assert_eq!(batches.iter().map(names).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn all_of_an_architecture_are_built_in_one_run() {
        let (arm, x86) = (Architecture::Arm64, Architecture::X86_64);
        check(&[("c", "c", arm), ("a", "serve", arm)], &[&["a/serve", "c/c"]]);
        check(&[("c", "c", x86), ("a", "serve", arm), ("c", "c", arm)], &[&["a/serve", "c/c"], &["c/c"]]);
    }

    #[test]
    fn binaries_of_one_name_are_built_one_after_the_other_and_kept_apart() {
        let arm = Architecture::Arm64;
        check(&[("a", "serve", arm), ("b", "serve", arm)], &[&["a/serve"], &["b/serve"]]);
        // Cargo would build the other package's too, and write it to the same file.
        check(&[("a", "serve", arm), ("b", "other", arm)], &[&["a/serve"], &["b/other"]]);
        let workspace = Workspace::of(METADATA.as_bytes()).unwrap();
        let places = wanted(&[("a", "serve", arm), ("b", "serve", arm)]);
        let [a, b] = places.as_slice() else { panic!("{places:?}") };
        assert_ne!(workspace.place(a), workspace.place(b));
    }
}
