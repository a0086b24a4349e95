//! The command line as a person or a CI job meets it: what is printed where, the exit code, and what is on the disk.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A place of its own for each test, in which the command runs.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_blue-green-xtask"));
        Ran(command.args(arguments).current_dir(self.path()).output().unwrap())
    }

    fn names(&self, directory: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path().join(directory)).unwrap();
        let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn template(&self, directory: &str) -> String {
        fs::read_to_string(self.path().join(directory).join("BlueGreen.template.json")).unwrap()
    }
}

struct Ran(Output);

impl Ran {
    /// The exit code and standard error, of a run that printed no result.
    #[track_caller]
    fn fails(&self, code: i32, message: &str) {
        let said = String::from_utf8_lossy(&self.0.stderr);
        assert_eq!(self.0.status.code(), Some(code), "{said}");
        assert!(said.contains(message), "{said}");
        assert!(self.0.stdout.is_empty(), "{}", self.printed());
    }

    #[track_caller]
    fn succeeds(&self) -> String {
        let said = String::from_utf8_lossy(&self.0.stderr);
        assert!(self.0.status.success() && said.is_empty(), "{said}");
        self.printed()
    }

    fn printed(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }
}

#[test]
fn synth_prints_what_each_task_is_tied_to_and_how_to_deploy() {
    let place = Place::new();
    let printed = place.run(&["synth", "-c", "day=1"]).succeeds();
    let lines: Vec<_> = printed.lines().collect();
    let [stack, function, machine, task, "", deploy, command] = lines.as_slice() else { panic!("{printed}") };
    assert_eq!(*stack, "BlueGreen  6 resources");
    let version = function.split_whitespace().nth(2).unwrap();
    assert!(version.starts_with("HelloVersion") && function.ends_with("←  live"), "{function}");
    assert_eq!(*machine, "  machine   Greeting  STANDARD, 5 states");
    assert_eq!(*task, format!("            Hello  →  {version}"));
    assert_eq!(*deploy, "5 files in target/synth. To deploy:");
    assert_eq!(*command, "  npx cdk deploy --app target/synth");
    assert_eq!(place.names("target"), ["synth"]);
}

#[test]
fn the_default_output_is_the_workspace_s_also_from_below_its_root() {
    let place = Place::new();
    fs::write(place.path().join("Cargo.lock"), "").unwrap();
    fs::create_dir_all(place.path().join("crates/deep")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_blue-green-xtask"));
    let output = command.arg("synth").current_dir(place.path().join("crates/deep")).output().unwrap();
    assert!(output.status.success());
    assert_eq!(place.names("target/synth").len(), 5);
}

#[test]
fn two_synths_write_the_same_bytes() {
    let place = Place::new();
    for out in ["a", "b"] {
        place.run(&["synth", "--out", out]).succeeds();
    }
    assert_eq!(place.names("a"), place.names("b"));
    for name in place.names("a") {
        let bytes = |out: &str| fs::read(place.path().join(out).join(&name)).unwrap();
        assert_eq!(bytes("a"), bytes("b"), "{name}");
    }
}

#[test]
fn an_unknown_context_key_names_the_known_ones_and_writes_nothing() {
    let place = Place::new();
    let ran = place.run(&["synth", "-c", "dya=1"]);
    ran.fails(
        1,
        "error: the app knows no context key `dya`\n  = help: it knows `day`, `exact`, `redeploy`, `wait`",
    );
    ran.fails(1, "1 error: nothing was written");
    assert!(place.names(".").is_empty());
}

#[test]
fn every_wrong_context_value_is_reported_at_once() {
    let place = Place::new();
    let ran = place.run(&["synth", "-c", "day=4", "-c", "wait=soon", "-c", "x=y"]);
    ran.fails(1, "error: `-c day=4`: the example has the days 1, 2 and 3");
    ran.fails(1, "error: `-c wait=soon`: invalid digit found in string");
    ran.fails(1, "error: the app knows no context key `x`");
    ran.fails(1, "3 errors: nothing was written");
    assert!(place.names(".").is_empty());
}

#[test]
fn a_wait_that_aws_refuses_is_an_error_at_the_state() {
    let place = Place::new();
    let ran = place.run(&["synth", "-c", "day=1", "-c", "wait=100000000"]);
    ran.fails(1, "`BlueGreen/Greeting`, state `Wait`");
    ran.fails(1, "infra/src/day1.rs:");
}

#[test]
fn a_command_line_that_is_wrong_is_exit_code_2() {
    let place = Place::new();
    place.run(&["synth", "-c", "day"]).fails(2, "give a key and a value: `-c stage=live`");
    place.run(&["synth", "--ou", "x"]).fails(2, "--out");
    place.run(&["sinth"]).fails(2, "synth");
}

#[test]
fn an_unknown_stack_names_the_known_ones() {
    let place = Place::new();
    let ran = place.run(&["synth", "--stack", "Green"]);
    ran.fails(1, "error: the app has no stack `Green`\n  = help: it has `BlueGreen`");
    place.run(&["synth", "--stack", "BlueGreen"]).succeeds();
}

#[test]
fn check_compares_writes_nothing_and_names_the_command_that_mends() {
    let place = Place::new();
    let check = ["synth", "-c", "day=1", "--out", "out", "--check"];
    place.run(&check).fails(1, "`BlueGreen.template.json` is missing");
    assert!(place.names(".").is_empty());
    place.run(&["synth", "--out", "out", "-c", "day=1"]).succeeds();
    assert_eq!(place.run(&check).succeeds(), "");
    fs::write(place.path().join("out/BlueGreen.Greeting.asl.json"), "{}").unwrap();
    let ran = place.run(&check);
    ran.fails(1, "`BlueGreen.Greeting.asl.json` is out of date");
    ran.fails(1, "run `cargo xtask synth -c day=1 --out out`");
}

#[test]
fn diagnostics_can_be_had_as_json() {
    let place = Place::new();
    let ran = place.run(&["synth", "-c", "dya=1", "--format", "json"]);
    assert_eq!(ran.0.status.code(), Some(1));
    let list: serde_json::Value = serde_json::from_str(&ran.printed()).unwrap();
    assert_eq!(list[0]["severity"], "error");
    assert_eq!(list[0]["message"], "the app knows no context key `dya`");
    assert_eq!(place.run(&["synth", "--format", "json"]).succeeds(), "[]\n");
}

#[test]
fn files_of_another_s_are_never_replaced() {
    let place = Place::new();
    fs::create_dir(place.path().join("mine")).unwrap();
    fs::write(place.path().join("mine/thesis.txt"), "dear").unwrap();
    place.run(&["synth", "--out", "mine"]).fails(1, "holds files that synth has not written (`thesis.txt`)");
    place.run(&["synth", "--out", "mine/thesis.txt"]).fails(1, "is not a directory");
    assert_eq!(fs::read_to_string(place.path().join("mine/thesis.txt")).unwrap(), "dear");
}

#[test]
fn a_day_that_is_synthesized_over_another_leaves_none_of_its_files() {
    let place = Place::new();
    place.run(&["synth", "-c", "day=1", "--out", "out"]).succeeds();
    let day1: PathBuf = place.path().join("out").join(asset(&place.names("out")));
    place.run(&["synth", "-c", "day=3", "--out", "out"]).succeeds();
    assert!(!day1.exists());
    assert_eq!(place.names("out").len(), 4);
}

#[test]
fn the_salt_moves_the_version_and_nothing_else() {
    let place = Place::new();
    place.run(&["synth", "--out", "a"]).succeeds();
    place.run(&["synth", "--out", "b", "-c", "redeploy=2"]).succeeds();
    let version = |out: &str| {
        let template = place.template(out);
        let start = template.find("HelloVersion").unwrap();
        template[start..start + "HelloVersion".len() + 12].to_owned()
    };
    let (a, b) = (version("a"), version("b"));
    assert_ne!(a, b);
    let stamp = |id: &str| id.replace("HelloVersion", "cyanotype:");
    assert_eq!(place.template("a").replace(&a, &b).replace(&stamp(&a), &stamp(&b)), place.template("b"));
}

fn asset(names: &[String]) -> &str {
    names.iter().find(|name| name.starts_with("asset.")).unwrap()
}
