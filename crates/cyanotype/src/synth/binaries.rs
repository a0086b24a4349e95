//! Binaries of the user's workspace: which are wanted, and what becomes of those that somebody has built.

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
    asset::{self, BootstrapError, Machine},
    diagnostic::Diagnostic,
    lambda::{Architecture, Binary, CargoBinary, CodeSource, Packing, Runtime},
};

/// What was handed over of each binary: where it lies, or why it does not.
pub(crate) type Binaries = BTreeMap<Binary, Result<Utf8PathBuf, Problem>>;

/// What is wrong, and what would be right.
type Problem = (String, String);

/// The family of runtimes that start a `bootstrap`.
const PROVIDED: &str = "provided";
/// The glibc of each. Source: <https://docs.aws.amazon.com/linux/al2023/ug/glibc-gcc-and-binutils.html>
const GLIBC: [(&str, (u32, u32)); 2] = [("provided.al2023", (2, 34)), ("provided.al2", (2, 26))];

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
                architecture(properties.get("Architectures")).map(|architecture| binary.on(architecture)),
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
            let problems = match architecture(properties.get("Architectures")) {
                None => vec![deploy_time_architecture()],
                Some(architecture) => {
                    let wanted = binary.on(architecture);
                    let place = (wanted.clone(), binary.packing);
                    let zip = zips.entry(place).or_insert_with(|| zip_of(&wanted, binary.packing, options));
                    let mut problems: Vec<_> = other_runtime(runtime).into_iter().collect();
                    match zip {
                        Ok((zip, program)) => {
                            built.insert(Key { app: app.id, stack, element: index }, zip.clone());
                            problems.extend(other_machine(&wanted, architecture, program.machine));
                            problems.extend(newer_glibc(&wanted, runtime, program.glibc));
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

/// The architecture of a function with these `Architectures`. None: the deploy alone knows it.
pub(super) fn architecture(architectures: Option<&Tree>) -> Option<Architecture> {
    let named = match architectures {
        None => return Some(Architecture::X86_64),
        Some(Tree::List(names)) => names.first().and_then(Tree::as_text)?,
        Some(_) => return None,
    };
    [Architecture::Arm64, Architecture::X86_64].into_iter().find(|known| known.name() == named)
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

fn other_runtime(runtime: &str) -> Option<Problem> {
    let fits = runtime == PROVIDED || runtime.starts_with("provided.");
    (!fits).then(|| {
        let provided = Runtime::PROVIDED_AL2023;
        (
            format!("a binary of cargo does not run on `{runtime}`"),
            format!(
                "it brings all that it needs, and runs on `{}`: `.runtime(Runtime::PROVIDED_AL2023)`",
                provided.identifier()
            ),
        )
    })
}

fn other_machine(binary: &Binary, wanted: Architecture, is: Machine) -> Option<Problem> {
    let is = match (is, wanted) {
        (Machine::Arm64, Architecture::Arm64) | (Machine::X86_64, Architecture::X86_64) => return None,
        (Machine::Arm64, _) => "arm64".to_owned(),
        (Machine::X86_64, _) => "x86_64".to_owned(),
        (Machine::Other(number), _) => format!("the machine of number {number}"),
    };
    Some((
        format!("its binary is built for {is}, and its architecture is {}", wanted.name()),
        format!("hand over the one that is built for {}", binary.target()),
    ))
}

fn newer_glibc(binary: &Binary, runtime: &str, needs: Option<(u32, u32)>) -> Option<Problem> {
    let needs = needs?;
    let (_, has) = GLIBC.iter().find(|(name, _)| *name == runtime)?;
    (needs > *has).then(|| {
        (
            format!(
                "its binary needs glibc {}.{} of the machine that built it, and `{runtime}` has {}.{}",
                needs.0, needs.1, has.0, has.1
            ),
            format!(
                "install cargo-lambda, which links for an older one; or link it statically: \
                 `Code::cargo(\"{}\", \"{}\").musl()`",
                binary.package(),
                binary.name()
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{
        app::Stack,
        asset::program,
        lambda::{Code, Function, FunctionProps},
    };

    const X86_64: u16 = 62;
    const ARM64: u16 = 183;

    fn function(stack: &Stack, id: &str, runtime: Runtime, architecture: Option<Architecture>) {
        let props = FunctionProps::builder()
            .runtime(runtime)
            .handler("bootstrap")
            .architecture_opt(architecture)
            .code(Code::cargo("shop-handlers", "review"))
            .build();
        Function::<String, bool>::new(stack, id, props).publish();
    }

    fn app(runtime: Runtime, architecture: Option<Architecture>) -> App {
        let app = App::new();
        function(&app.stack("Shop"), "Review", runtime, architecture);
        app
    }

    /// What synth says of an app whose binaries are all this file.
    fn said(app: &App, file: &[u8]) -> Vec<String> {
        let place = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(place.path().join("review")).unwrap();
        fs::write(&path, file).unwrap();
        let hand_over = |options: SynthOptions, binary| options.built(binary, path.clone());
        let options = app.binaries().into_iter().fold(SynthOptions::default(), hand_over);
        let said = app.synth(&options);
        let words = said.diagnostics().iter().map(|found| {
            format!("{} / {}", found.message(), found.hint().unwrap_or_default())
                .replace(path.as_str(), "FILE")
        });
        words.collect()
    }

    #[track_caller]
    fn check(runtime: Runtime, architecture: Option<Architecture>, file: &[u8], expected: &[&str]) {
        assert_eq!(said(&app(runtime, architecture), file), expected);
    }

    #[test]
    fn a_binary_that_the_runtime_can_run_is_taken() {
        let al2023 = || Runtime::PROVIDED_AL2023;
        check(al2023(), None, &program(X86_64, &["GLIBC_2.34"]), &[]);
        check(al2023(), Some(Architecture::Arm64), &program(ARM64, &["GLIBC_2.17"]), &[]);
        check(Runtime::other("provided.al2"), None, &program(X86_64, &[]), &[]);
        // Of a runtime that is not known yet its glibc is not either.
        check(Runtime::other("provided.al2029"), None, &program(X86_64, &["GLIBC_2.50"]), &[]);
    }

    #[test]
    fn a_glibc_that_is_newer_than_the_runtime_s_is_refused() {
        let help = "install cargo-lambda, which links for an older one; or link it statically: \
                    `Code::cargo(\"shop-handlers\", \"review\").musl()`";
        check(
            Runtime::PROVIDED_AL2023,
            None,
            &program(X86_64, &["GLIBC_2.38"]),
            &[&format!(
                "its binary needs glibc 2.38 of the machine that built it, and `provided.al2023` has 2.34 / {help}"
            )],
        );
        check(
            Runtime::other("provided.al2"),
            None,
            &program(X86_64, &["GLIBC_2.34"]),
            &[&format!(
                "its binary needs glibc 2.34 of the machine that built it, and `provided.al2` has 2.26 / {help}"
            )],
        );
    }

    #[test]
    fn a_binary_for_another_machine_is_refused() {
        check(
            Runtime::PROVIDED_AL2023,
            Some(Architecture::Arm64),
            &program(X86_64, &[]),
            &[
                "its binary is built for x86_64, and its architecture is arm64 / hand over the one that is built for \
               aarch64-unknown-linux-gnu",
            ],
        );
        check(
            Runtime::PROVIDED_AL2023,
            None,
            b"#!/bin/sh\n",
            &["`FILE` is no program for 64-bit Linux / hand over the file that \
               `cargo build --release --target x86_64-unknown-linux-gnu` makes"],
        );
    }

    #[test]
    fn another_runtime_is_refused() {
        check(
            Runtime::NODEJS_22,
            None,
            &program(X86_64, &[]),
            &["a binary of cargo does not run on `nodejs22.x` / it brings all that it needs, and runs on \
               `provided.al2023`: `.runtime(Runtime::PROVIDED_AL2023)`"],
        );
    }

    #[test]
    fn without_anybody_who_builds_synth_says_who_does() {
        let app = app(Runtime::PROVIDED_AL2023, None);
        let synthesis = app.synth(&SynthOptions::default());
        let [problem] = synthesis.diagnostics() else { panic!("{:?}", synthesis.diagnostics()) };
        let why = "nobody has built the binary `review` of the package `shop-handlers` for x86_64-unknown-linux-gnu";
        assert_eq!(problem.message(), why);
        assert!(problem.hint().unwrap().contains("`SynthOptions::default().built(binary, path)`"));
        assert!(synthesis.assembly().is_none());
    }

    #[test]
    fn each_binary_is_wanted_once_for_each_target() {
        let app = App::new();
        let stack = app.stack("Shop");
        for (id, architecture) in
            [("A", None), ("B", Some(Architecture::X86_64)), ("C", Some(Architecture::Arm64))]
        {
            function(&stack, id, Runtime::PROVIDED_AL2023, architecture);
        }
        let targets: Vec<_> = app.binaries().iter().map(Binary::target).collect();
        assert_eq!(targets, ["aarch64-unknown-linux-gnu", "x86_64-unknown-linux-gnu"]);
    }

    #[test]
    fn what_moves_a_version_is_what_the_binary_holds() {
        let version = |file: &[u8], name: &str| {
            let place = tempfile::tempdir().unwrap();
            let path = Utf8PathBuf::from_path_buf(place.path().join(name)).unwrap();
            fs::write(&path, file).unwrap();
            let app = app(Runtime::PROVIDED_AL2023, None);
            let options = SynthOptions::default().built(app.binaries().remove(0), path);
            app.synth(&options).stacks()[0].functions[0].version.clone()
        };
        let (one, two) = (program(X86_64, &["GLIBC_2.2.5"]), program(X86_64, &["GLIBC_2.17"]));
        assert_eq!(version(&one, "a"), version(&one, "b"));
        assert_ne!(version(&one, "a"), version(&two, "a"));
    }
}
