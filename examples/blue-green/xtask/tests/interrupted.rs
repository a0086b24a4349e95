//! A synth that is killed, or meets another: the output directory is always a whole assembly, old or new.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Name and bytes of every file.
type Files = BTreeMap<String, Vec<u8>>;

fn start(day: &str, out: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_blue-green-xtask"));
    command.args(["synth", "-c", &format!("day={day}"), "--out"]).arg(out);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

#[track_caller]
fn finish(child: Child) {
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn files(directory: &Path) -> Files {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

/// What each day's assembly is.
fn days(place: &Path) -> [Files; 2] {
    ["1", "2"].map(|day| {
        let out = place.join(format!("day{day}"));
        finish(start(day, &out));
        files(&out)
    })
}

/// How long a synth takes now: what else the machine does changes.
fn takes(day: &str, out: &Path) -> Duration {
    let from = Instant::now();
    finish(start(day, out));
    from.elapsed()
}

#[test]
fn a_killed_synth_leaves_the_old_assembly_or_the_new_one() {
    let place = tempfile::tempdir().unwrap();
    let whole = days(place.path());
    let parent = place.path().join("parent");
    let out = parent.join("out");
    finish(start("1", &out));
    let (mut killed, mut done) = (0, 0);
    for round in 0..50_u32 {
        let day = if round % 2 == 0 { "2" } else { "1" };
        let takes = takes(day, &place.path().join("clock"));
        let mut child = start(day, &out);
        // From at once to when it should be over: multiples of a number that has no factor in common with 64.
        thread::sleep(takes * (round * 27 % 64) / 48);
        child.kill().unwrap();
        match child.wait().unwrap().success() {
            true => done += 1,
            false => killed += 1,
        }
        let now = files(&out);
        assert!(whole.contains(&now), "round {round}: {:?}", now.keys());
    }
    assert!(killed > 10 && done > 0, "{killed} killed, {done} done: the moments are badly chosen");
    finish(start("2", &out));
    assert_eq!(files(&out), whole[1]);
    let left: Vec<_> = fs::read_dir(&parent).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["out"]);
}

#[test]
fn two_synths_into_one_directory_leave_a_whole_assembly() {
    let place = tempfile::tempdir().unwrap();
    let whole = days(place.path());
    let out = place.path().join("parent/out");
    for round in 0..25 {
        let children = ["1", "2"].map(|day| start(day, &out));
        children.into_iter().for_each(finish);
        let now = files(&out);
        assert!(whole.contains(&now), "round {round}: {:?}", now.keys());
    }
}
