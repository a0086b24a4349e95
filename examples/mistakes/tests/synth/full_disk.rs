//! A disk without room: the output is as it was, and nothing is left beside it.

use std::{
    fs,
    io::{Write as _, stderr},
    process::{Command, Stdio},
};

use crate::place::{Place, binary};

/// With files of at most one block, the system refuses to write on as it does on a full disk, and needs no right to.
/// That the process is killed for it by default is switched off, as it is for no full disk.
fn limited(place: &Place, blocks: u32, arguments: &[&str]) -> Command {
    let mut command = place.program("sh");
    command.arg("-c").arg(format!("ulimit -f {blocks} && trap '' XFSZ && exec \"$0\" \"$@\""));
    command.args([binary(), "synth"]).args(arguments);
    command
}

const NO_ROOM_FOR_THE_TEMPLATE: &str = "\
error: cannot write `PLACE/.out.cyanotype/Shop.template.json`: File too large (os error 27)

1 error: nothing was written
";

#[test]
fn where_nothing_was_nothing_is_left() {
    let place = Place::new().code();
    place.command_fails(&mut limited(&place, 1, &["--out", "out"]), NO_ROOM_FOR_THE_TEMPLATE);
}

#[test]
fn directories_that_were_made_for_the_output_are_not_left_either() {
    let place = Place::new().code();
    let expected = NO_ROOM_FOR_THE_TEMPLATE.replace("PLACE/", "PLACE/new/deep/");
    place.command_fails(&mut limited(&place, 1, &["--out", "new/deep/out"]), &expected);
}

#[test]
fn a_good_output_stays_when_its_successor_does_not_fit() {
    let place = Place::new().code();
    place.succeeds(&["--out", "out"]);
    let mut command = limited(&place, 1, &["-c", "wait=5", "--out", "out"]);
    place.command_fails(&mut command, NO_ROOM_FOR_THE_TEMPLATE);
}

#[test]
fn a_good_output_stays_when_the_zip_of_its_successor_does_not_fit() {
    let place = Place::new().code();
    place.succeeds(&["--out", "out"]);
    let place = place.file("code/model.bin", vec![1; 1 << 20]);
    // Blocks of 512 bytes or of a kilobyte, as the shell has it: room for everything but the zip.
    let output = limited(&place, 64, &["--out", "out"]).output().unwrap();
    let said = place.said(&output);
    let zip = said.split('`').nth(1).unwrap_or_default();
    assert!(zip.starts_with("PLACE/.out.cyanotype/asset.") && zip.ends_with(".zip"), "{said}");
    let expected = format!(
        "error: cannot write `{zip}`: File too large (os error 27)\n\n1 error: nothing was written\n"
    );
    place.command_fails(&mut limited(&place, 64, &["--out", "out"]), &expected);
}

/// The same on a real file system of 64 KiB, where the machine lets anybody mount one in a room of their own.
#[cfg(target_os = "linux")]
#[test]
fn on_a_file_system_without_room_a_good_output_stays_and_nothing_is_left_beside_it() {
    const MOUNT: &str = "mount -t tmpfs -o size=64k none disk";
    let place = Place::new().code();
    fs::create_dir(place.path("disk")).unwrap();
    let room = |script: &str| {
        let mut command = place.program("unshare");
        command.args(["-Urm", "sh", "-c", script, binary()]).stdout(Stdio::null());
        command
    };
    if !room(MOUNT).stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
        let _ =
            writeln!(stderr(), "skipped: no file system can be mounted here; the limits above are the test");
        return;
    }
    // The file system is gone with its room: what was on it is copied out before and after.
    let script = format!(
        "{MOUNT} && \"$0\" synth --out disk/out && cp -r disk before \
         && head -c 100000 /dev/zero >code/model.bin \
         && {{ \"$0\" synth --out disk/out; code=$?; cp -r disk after; exit $code; }}"
    );
    let output = room(&script).output().unwrap();
    let said = place.said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with("error: cannot write `PLACE/disk/.out.cyanotype/asset."), "{said}");
    assert!(
        said.ends_with(".zip`: No space left on device (os error 28)\n\n1 error: nothing was written\n"),
        "{said}"
    );
    assert_eq!(place.files("before").len(), 6, "the directory and its five files");
    assert_eq!(place.files("before"), place.files("after"));
}
