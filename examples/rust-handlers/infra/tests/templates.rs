//! What the example becomes, whole, but for what its binaries hold: any file stands for them here.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::fs;

use camino::Utf8PathBuf;
use cyanotype::{Context, prelude::SynthOptions, synth::Synthesis};

/// The head of a program for 64-bit Linux, which needs nothing.
fn program(machine: u8) -> Vec<u8> {
    let mut program = b"\x7fELF\x02\x01".to_vec();
    program.resize(64, 0);
    program[16] = 3;
    program[18] = machine;
    program
}

fn synth(architecture: &str, machine: u8) -> Synthesis {
    let place = tempfile::tempdir().unwrap();
    let file = Utf8PathBuf::from_path_buf(place.path().join("program")).unwrap();
    fs::write(&file, program(machine)).unwrap();
    let mut context = Context::new([("architecture".to_owned(), architecture.to_owned())]);
    let app = rust_handlers_infra::app(&mut context).unwrap();
    let hand_over = |options: SynthOptions, binary| options.built(binary, &file);
    app.synth(&app.binaries().into_iter().fold(SynthOptions::default(), hand_over))
}

#[test]
fn the_template_and_its_definition() {
    let synthesis = synth("arm64", 183);
    assert_eq!(synthesis.diagnostics(), []);
    let assembly = synthesis.assembly().unwrap();
    for file in ["template.json", "Moderation.asl.json"] {
        insta::assert_snapshot!(file, assembly.text(&format!("Comments.{file}")).unwrap());
    }
}

#[test]
fn binaries_for_another_architecture_are_refused_one_by_one() {
    let synthesis = synth("arm64", 62);
    let said: Vec<_> = synthesis.diagnostics().iter().map(|found| found.message()).collect();
    assert_eq!(said, ["its binary is built for x86_64, and its architecture is arm64"; 3]);
    assert!(synthesis.assembly().is_none());
}

#[test]
fn an_architecture_that_lambda_has_not_is_an_error() {
    let mut context = Context::new([("architecture".to_owned(), "riscv".to_owned())]);
    let error = rust_handlers_infra::app(&mut context).unwrap_err().to_string();
    assert_eq!(error, "`-c architecture=riscv`: Lambda has arm64 and x86_64");
}
