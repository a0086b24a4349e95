//! Directories that are no function's code. The app is right.

use std::fs;

use crate::place::Place;

/// The app without a mistake, in a place with some code: synth says this of its function, and writes nothing.
#[track_caller]
fn check(place: &Place, message: &str, help: &str) {
    place.fails(
        &["-c", "code=code", "--out", "out"],
        &format!(
            "\
error: `Shop/Hello`: {message}
  --> examples/mistakes/src/right.rs:LINE
  = help: {help}

1 error: nothing was written
"
        ),
    );
}

#[test]
fn a_code_directory_that_is_not_there() {
    check(
        &Place::new(),
        "the code directory `code` does not exist",
        "give the path of a directory, or build it first; a relative path counts from where the command runs, \
         `asset!(\"…\")` from the crate that says it",
    );
}

#[test]
fn a_code_directory_that_is_a_file() {
    check(
        &Place::new().file("code", "exports.handler = async () => 1"),
        "`code` is not a directory",
        "give the directory that the file is in, and exclude what does not belong",
    );
}

#[test]
fn a_code_directory_without_files() {
    let place = Place::new();
    fs::create_dir_all(place.path("code/empty/too")).unwrap();
    check(
        &place,
        "the code directory `code` holds no files",
        "build the code first, or look at what is excluded: Lambda takes no empty zip",
    );
}

#[test]
fn a_code_directory_of_which_everything_is_ignored() {
    check(
        &Place::new().code().file("code/.cyanotypeignore", "*\n"),
        "the code directory `code` holds no files",
        "build the code first, or look at what is excluded: Lambda takes no empty zip",
    );
}

#[test]
fn a_code_directory_over_250_mb_unzipped() {
    let place = Place::new().code();
    // Sparse: nothing of it is on the disk, and nothing of it is read.
    fs::File::create(place.path("code/model.bin")).unwrap().set_len(250 << 20).unwrap();
    check(
        &place,
        "the code directory `code` has 262144052 bytes, and Lambda takes 262144000 unzipped",
        "exclude what the function does not need at run time, or move it into layers or an image",
    );
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::{Place, check};

    /// Code that is right but for one link.
    #[track_caller]
    fn check_link(to: &str, link: &str, message: &str, help: &str) {
        let place = Place::new().code().file("code/lib/greet.js", "");
        symlink(to, place.path(link)).unwrap();
        check(&place, message, help);
    }

    #[test]
    fn a_link_that_leads_nowhere() {
        check_link(
            "../node_modules/left-pad",
            "code/lib/left-pad",
            "the symbolic link `code/lib/left-pad` leads nowhere",
            "build or restore what it leads to, remove the link, or exclude it: links are followed",
        );
    }

    /// No permission that is taken away keeps the superuser from reading: this file can be looked at, and not be read,
    /// by anybody.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_cannot_be_read() {
        check_link(
            "/proc/self/mem",
            "code/core",
            "cannot read `code/core`: Input/output error (os error 5)",
            "make it readable, or exclude it from the function's code",
        );
    }

    #[test]
    fn what_is_neither_a_file_nor_a_directory_is_not_read() {
        check_link(
            "/dev/null",
            "code/seed",
            "`code/seed` is neither a file nor a directory",
            "remove it, or exclude it: a zip holds files, and no pipes, sockets or devices",
        );
    }

    #[test]
    fn a_link_to_itself() {
        check_link(
            "latest",
            "code/latest",
            "the symbolic link `code/latest` leads to itself, or to another that leads back to it",
            "remove the link, or exclude it: links are followed, and this one has no end",
        );
    }

    #[test]
    fn a_link_to_the_directory_that_it_is_in() {
        check_link(
            "..",
            "code/lib/up",
            "the symbolic link `code/lib/up` leads back to a directory that it is in",
            "remove the link, or exclude it: links are followed, and this one has no end",
        );
    }

    #[test]
    fn an_ignore_file_that_leads_nowhere() {
        check_link(
            "../shared.ignore",
            "code/.cyanotypeignore",
            "the symbolic link `code/.cyanotypeignore` leads nowhere",
            "build or restore what it leads to, remove the link, or exclude it: links are followed",
        );
    }
}
