//! What of a directory of code publishes.

use std::{fs, path::Path as FsPath};

use super::*;

/// Writes files below a new directory.
fn directory(files: &[(&str, &str)]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    for (name, text) in files {
        let path = directory.path().join(name);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, text));
        written.unwrap_or_else(|error| panic!("{error}"));
    }
    directory
}

fn of_directory(directory: &FsPath) -> String {
    let code = Code::directory(directory.to_str().unwrap_or_default()).exclude("*.md");
    published(with(Runtime::NODEJS_22, "index.handler", code), |_, _| ()).1
}

#[test]
fn a_byte_of_a_file_and_its_name_publish() {
    let (a, b) = (directory(&[("index.js", "1")]), directory(&[("index.js", "2")]));
    let c = directory(&[("index.mjs", "1")]);
    assert_ne!(of_directory(a.path()), of_directory(b.path()));
    assert_ne!(of_directory(a.path()), of_directory(c.path()));
}

#[test]
fn where_a_directory_lies_and_what_is_excluded_does_not_publish() {
    let a = directory(&[("index.js", "1"), ("lib/a.js", "2")]);
    let b = directory(&[("lib/a.js", "2"), ("README.md", "not in the zip"), ("index.js", "1")]);
    assert_eq!(of_directory(a.path()), of_directory(b.path()));
}

#[test]
fn the_time_of_a_file_does_not_publish() {
    let a = directory(&[("index.js", "1")]);
    let before = of_directory(a.path());
    let file = fs::File::options().append(true).open(a.path().join("index.js"));
    let set = file.and_then(|file| file.set_modified(std::time::SystemTime::UNIX_EPOCH));
    set.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(before, of_directory(a.path()));
}

#[cfg(unix)]
#[test]
fn an_executable_bit_publishes_and_other_bits_do_not() {
    use std::os::unix::fs::PermissionsExt;
    let a = directory(&[("bootstrap", "1")]);
    let of = |mode: u32| {
        let set = fs::set_permissions(a.path().join("bootstrap"), fs::Permissions::from_mode(mode));
        set.unwrap_or_else(|error| panic!("{error}"));
        of_directory(a.path())
    };
    assert_ne!(of(0o644), of(0o755));
    assert_eq!(of(0o644), of(0o600));
}
