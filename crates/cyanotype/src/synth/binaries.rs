//! Binaries of the user's workspace: which are wanted, and what becomes of those that somebody has built.

mod fit;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use camino::{Utf8Path, Utf8PathBuf};
use cyanotype_cfn::{Key, Tree};
use indexmap::IndexMap;

use super::{
    SynthOptions,
    packages::{Packed, packed},
};
use crate::{
    App,
    app::{AppData, Body, ResourceKind},
    asset::{self, BootstrapError},
    diagnostic::Diagnostic,
    lambda::{Architecture, Binary, CargoBinary, CodeSource, Packing},
};

/// What was handed over of each binary: where it lies, or why it does not.
pub(crate) type Binaries = BTreeMap<Binary, Result<Utf8PathBuf, Problem>>;

/// What is wrong, and what would be right.
type Problem = (String, String);

impl App {
    /// The binaries that the app's functions want ([`Code::cargo`](crate::prelude::Code::cargo)), each once and in
    /// order, for whoever builds them. The library does not.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let app = App::new();
    /// let props = FunctionProps::builder()
    ///     .runtime(Runtime::PROVIDED_AL2023)
    ///     .handler("bootstrap")
    ///     .code(Code::cargo("shop-handlers", "review"))
    ///     .build();
    /// let review: Function<String, bool> = Function::new(&app.stack("Shop"), "Review", props);
    ///
    /// let mut options = SynthOptions::default();
    /// for binary in app.binaries() {
    ///     let path = format!("target/{}/release/{}", binary.target(), binary.name());
    ///     options = options.built(binary, path);
    /// }
    /// // And `app.synth(&options)`, which reads the files.
    /// ```
    #[must_use]
    pub fn binaries(&self) -> Vec<Binary> {
        let data = self.data();
        let mut wanted = BTreeSet::new();
        for element in data.stacks.iter().flat_map(|stack| &stack.elements) {
            let Some((binary, properties)) = cargo(&element.body) else { continue };
            wanted.extend(
                Architecture::of_property(properties.get("Architectures"))
                    .map(|architecture| binary.on(architecture)),
            );
        }
        wanted.into_iter().collect()
    }
}

impl SynthOptions {
    /// Hands over a binary that an app [wants](App::binaries), as a file.
    #[must_use]
    pub fn built(mut self, binary: Binary, path: impl Into<Utf8PathBuf>) -> Self {
        self.binaries.insert(binary, Ok(path.into()));
        self
    }

    /// Says why there is no such binary and what would help, for synth to report at the lines that want it.
    #[must_use]
    pub fn not_built(mut self, binary: Binary, why: impl Into<String>, help: impl Into<String>) -> Self {
        self.binaries.insert(binary, Err((why.into(), help.into())));
        self
    }
}

/// The zips of functions whose code is a binary that was handed over.
pub(super) type Built = HashMap<Key, Packed>;

/// Makes the zips of the binaries that were handed over, and says what is wrong with the others.
pub(super) fn resolve(app: &AppData, options: &SynthOptions) -> (Built, Vec<Diagnostic>) {
    let (mut built, mut found) = (Built::new(), vec![]);
    let mut zips = BTreeMap::new();
    for (stack, data) in (0u32..).zip(&app.stacks) {
        for (index, element) in (0u32..).zip(&data.elements) {
            let Some((binary, properties)) = cargo(&element.body) else { continue };
            let runtime = properties.get("Runtime").and_then(Tree::as_text).unwrap_or_default();
            let problems = match Architecture::of_property(properties.get("Architectures")) {
                None => vec![deploy_time_architecture()],
                Some(architecture) => {
                    let wanted = binary.on(architecture);
                    let place = (wanted.clone(), binary.packing);
                    let zip = zips.entry(place).or_insert_with(|| zip_of(&wanted, binary.packing, options));
                    let mut problems: Vec<_> = fit::other_runtime(runtime).into_iter().collect();
                    match zip {
                        Ok((zip, program)) => {
                            built.insert(Key { app: app.id, stack, element: index }, zip.clone());
                            problems.extend(fit::other_machine(&wanted, architecture, program.machine));
                            problems.extend(fit::newer_glibc(&wanted, runtime, program.glibc));
                        }
                        Err(problem) => problems.push(problem.clone()),
                    }
                    problems
                }
            };
            let path = format!("{}/{}", data.name, element.path.join("/"));
            found.extend(
                problems.into_iter().map(|(message, help)| {
                    Diagnostic::error(message).at(binary.at).construct(&path).help(help)
                }),
            );
        }
    }
    (built, found)
}

/// What of a function that runs a binary is looked at here.
fn cargo(body: &Body) -> Option<(&CargoBinary, &IndexMap<String, Tree>)> {
    let Body::Resource(resource) = body else { return None };
    let ResourceKind::Function(function) = &resource.kind else { return None };
    match function.code.source() {
        CodeSource::Cargo(binary) => Some((binary, &resource.properties)),
        _ => None,
    }
}

fn zip_of(
    binary: &Binary,
    packing: Packing,
    options: &SynthOptions,
) -> Result<(Packed, asset::Program), Problem> {
    let path = match options.binaries.get(binary) {
        Some(Ok(path)) => path,
        Some(Err(problem)) => return Err(problem.clone()),
        None => return Err(nobody_built(binary)),
    };
    let (zip, program) = asset::bootstrap(path).map_err(|error| explain(&error, binary))?;
    let packed = packed(zip, packing).map_err(|error| unreadable(path, &error))?;
    Ok((packed, program))
}

fn nobody_built(binary: &Binary) -> Problem {
    let (name, package, target) = (binary.name(), binary.package(), binary.target());
    (
        format!("nobody has built the binary `{name}` of the package `{package}` for {target}"),
        "synthesize by `cyanotype_cli::main`, which builds it; or hand over what is built, for each of \
         `app.binaries()`: `SynthOptions::default().built(binary, path)`"
            .into(),
    )
}

fn explain(error: &BootstrapError, binary: &Binary) -> Problem {
    match error {
        BootstrapError::Unreadable(path, error) => unreadable(path, error),
        BootstrapError::NoProgram(path) => (
            format!("`{path}` is no program for 64-bit Linux"),
            format!("hand over the file that `cargo build --release --target {}` makes", binary.target()),
        ),
        BootstrapError::TooLarge(path, bytes) => (
            format!("`{path}` has {bytes} bytes, and Lambda takes 262144000 unzipped"),
            "strip it: `strip = true` in `[profile.release]`".into(),
        ),
    }
}

fn unreadable(path: &Utf8Path, error: &std::io::Error) -> Problem {
    (format!("cannot read `{path}`: {error}"), "build it first, and make it readable".into())
}

fn deploy_time_architecture() -> Problem {
    (
        "its architecture is known to the deploy alone, and a binary is built before".into(),
        "give it a literal: `.architecture(Architecture::Arm64)`".into(),
    )
}

#[cfg(test)]
mod tests;
