//! Code in files, from the directory to the zip in the assembly: always the zip that its name says, or an error.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

mod common;

use std::{
    collections::BTreeMap,
    fs::{self, File},
    thread,
};

use camino::{Utf8Path, Utf8PathBuf};
use common::*;
use cyanotype::{
    cfn::{Digest, WriteError, WriteReport},
    prelude::*,
};

/// A directory of code, and place for what is written.
struct Place {
    _keep: tempfile::TempDir,
    root: Utf8PathBuf,
}

impl Place {
    /// Files of many sizes: some in one read, some in several.
    fn new() -> Self {
        let keep = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(keep.path().into()).unwrap();
        let place = Self { _keep: keep, root };
        for (n, size) in [0, 1, 1000, 1 << 20, (1 << 20) + 1, 3_000_000].into_iter().enumerate() {
            let directory = place.code().join(format!("part-{}", n % 3));
            fs::create_dir_all(&directory).unwrap();
            fs::write(directory.join(format!("{n}.js")), vec![n as u8; size]).unwrap();
        }
        place
    }

    fn code(&self) -> Utf8PathBuf {
        self.root.join("code")
    }

    fn out(&self) -> Utf8PathBuf {
        self.root.join("parent/out")
    }

    fn app(&self) -> App {
        shop(|stack| {
            let code = Code::directory(self.code());
            let props = FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler");
            Fun::new(stack, "Hello", props.code(code).build()).publish()
        })
    }

    fn write(&self, out: &Utf8Path) -> Result<WriteReport, WriteError> {
        synth(&self.app()).assembly().unwrap().write(out, &mut |_| ())
    }
}

/// Name and bytes of every file.
fn files(directory: &Utf8Path) -> BTreeMap<String, Vec<u8>> {
    let entries = directory.read_dir_utf8().unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().to_owned(), fs::read(entry.path()).unwrap())).collect()
}

/// The only zip in a directory. Its name is its hash.
#[track_caller]
fn zip_in(directory: &Utf8Path) -> Utf8PathBuf {
    let files = files(directory);
    let zips: Vec<_> = files.iter().filter(|(name, _)| name.ends_with(".zip")).collect();
    let [(name, bytes)] = zips.as_slice() else { panic!("{} zips", zips.len()) };
    assert_eq!(**name, format!("asset.{}.zip", Digest::of(bytes).hex()));
    directory.join(name)
}

#[test]
fn a_zip_that_was_damaged_is_mended_by_the_next_synth() {
    let place = Place::new();
    let out = place.out();
    assert_eq!(place.write(&out).unwrap().reused, 0);
    assert_eq!(place.write(&out).unwrap().reused, 1);
    let (whole, zip) = (files(&out), zip_in(&out));
    let bytes = fs::read(&zip).unwrap();

    let shorter = bytes[..bytes.len() / 2].to_vec();
    let mut longer = bytes.clone();
    longer.push(0);
    let mut changed = bytes.clone();
    changed[bytes.len() / 2] ^= 1;
    for damaged in [shorter, longer, changed, vec![]] {
        fs::write(&zip, damaged).unwrap();
        assert_eq!(place.write(&out).unwrap().reused, 0);
        assert!(files(&out) == whole);
    }
}

#[test]
fn a_change_counts_though_size_and_times_are_as_before() {
    let place = Place::new();
    let file = place.code().join("part-2/2.js");
    place.write(&place.out()).unwrap();
    let before = zip_in(&place.out());
    let modified = fs::metadata(&file).unwrap().modified().unwrap();
    fs::write(&file, vec![b'x'; 1000]).unwrap();
    File::options().write(true).open(&file).unwrap().set_modified(modified).unwrap();
    place.write(&place.out()).unwrap();
    assert_ne!(zip_in(&place.out()), before);
}

#[test]
fn code_that_changes_between_hashing_and_writing_leaves_the_old_assembly() {
    let place = Place::new();
    let out = place.out();
    place.write(&out).unwrap();
    let old = files(&out);
    fs::write(place.code().join("part-0/0.js"), "new").unwrap();
    let synthesis = synth(&place.app());
    let write = || synthesis.assembly().unwrap().write(&out, &mut |_| ());

    // In one file of each kind: read once, and in blocks.
    for name in ["part-0/0.js", "part-2/5.js"] {
        let file = place.code().join(name);
        let hashed = fs::read(&file).unwrap();
        for changed in [&b"as written"[..], b""] {
            fs::write(&file, changed).unwrap();
            let error = write().unwrap_err();
            assert!(matches!(&error, WriteError::AssetChanged(name) if name == "Shop/Hello/Code"), "{error}");
            assert!(files(&out) == old);
        }
        fs::remove_file(&file).unwrap();
        let error = write().unwrap_err().to_string();
        assert!(error.contains(&format!("`{file}`: ")), "{error}");
        assert!(files(&out) == old);
        fs::write(&file, hashed).unwrap();
    }
    assert_eq!(files_beside(&out), ["out"]);
    write().unwrap();
    assert!(files(&out) != old);
}

#[test]
fn of_two_files_that_cannot_be_read_the_first_by_name_is_reported() {
    let place = Place::new();
    let synthesis = synth(&place.app());
    for name in ["part-2/2.js", "part-1/4.js"] {
        fs::remove_file(place.code().join(name)).unwrap();
    }
    for _ in 0..20 {
        let error = synthesis.assembly().unwrap().write(&place.out(), &mut |_| ()).unwrap_err();
        assert!(error.to_string().contains("part-1/4.js"), "{error}");
    }
}

#[test]
fn synths_at_the_same_time_write_the_same_into_one_directory_and_into_many() {
    let place = Place::new();
    let alone = place.root.join("alone/out");
    place.write(&alone).unwrap();
    let whole = files(&alone);
    let outs: Vec<_> =
        (0..9).map(|n| place.root.join(format!("parent/{}", ["out", "a", "b"][n % 3]))).collect();
    for _ in 0..3 {
        thread::scope(|scope| {
            for out in &outs {
                scope.spawn(|| place.write(out).unwrap());
            }
        });
        for out in &outs {
            assert!(files(out) == whole, "{out}");
        }
        assert_eq!(files_beside(&place.out()), ["a", "b", "out"]);
        // In the second round something is mended at the same time.
        fs::write(zip_in(&place.out()), "PK").unwrap();
    }
}

fn files_beside(out: &Utf8Path) -> Vec<String> {
    let entries = out.parent().unwrap().read_dir_utf8().unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().to_owned()).collect();
    names.sort();
    names
}
