//! What the tests of the verbs share: the program, run in a directory of its own.

use std::{
    fs,
    io::Write as _,
    process::{Command, Stdio},
};

pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) printed: String,
    pub(crate) said: String,
}

/// Runs a verb beside these files, with this on its standard input.
pub(crate) fn run(verb: &str, files: &[(&str, &[u8])], arguments: &[&str], input: &str) -> Ran {
    let place = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(place.path().join(name), bytes).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_cyanotype"));
    command.arg(verb).args(arguments).current_dir(place.path());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), printed: text(output.stdout), said: text(output.stderr) }
}
