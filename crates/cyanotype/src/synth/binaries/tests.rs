//! What synth says of binaries, and what of them moves a version.

use std::fs;

use super::*;
use crate::{
    app::Stack,
    asset::program,
    lambda::{Code, Function, FunctionProps, Runtime},
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
        format!("{} / {}", found.message(), found.hint().unwrap_or_default()).replace(path.as_str(), "FILE")
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
    let why =
        "nobody has built the binary `review` of the package `shop-handlers` for x86_64-unknown-linux-gnu";
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
