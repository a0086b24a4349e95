//! Outputs that synth does not touch.

use std::fs;

use crate::place::Place;

#[test]
fn a_directory_with_files_of_the_user_stays_as_it_is() {
    let place = Place::new().code().file("mine/thesis.txt", "dear").file("mine/drafts/1.txt", "reader");
    place.fails(
        &["--out", "mine"],
        "\
error: `PLACE/mine` holds files that synth has not written (`drafts`, `thesis.txt`), and replacing it would delete \
them; name another directory with --out, or move them away

1 error: nothing was written
",
    );
}

#[test]
fn a_file_that_the_user_put_into_our_directory_stays_and_so_does_the_directory() {
    let place = Place::new().code();
    place.succeeds(&["--out", "out"]);
    let place = place.file("out/notes.txt", "mine");
    place.fails(
        &["-c", "wait=5", "--out", "out"],
        "\
error: `PLACE/out` holds files that synth has not written (`notes.txt`), and replacing it would delete them; name \
another directory with --out, or move them away

1 error: nothing was written
",
    );
}

#[test]
fn an_output_that_is_a_file_stays_a_file() {
    Place::new().code().file("out", "a report").fails(
        &["--out", "out"],
        "\
error: `PLACE/out` is not a directory; name another with --out, or remove it

1 error: nothing was written
",
    );
}

#[test]
fn an_output_below_a_file_names_the_file() {
    Place::new().code().file("reports", "a report").fails(
        &["--out", "reports/out"],
        "\
error: `PLACE/reports` is not a directory; name another with --out, or remove it

1 error: nothing was written
",
    );
}

/// The last good output stays, byte for byte, whatever is wrong now. `fails` looks at all that is in the place.
#[test]
fn a_good_output_outlives_a_mistake_in_the_app() {
    let place = Place::new().code();
    place.succeeds(&["--out", "out"]);
    place.fails(
        &["-c", "mistake=unreachable-state", "--out", "out"],
        "\
error: `Shop/Greeting`, state `Pause`: no path leads to this state
  --> examples/mistakes/src/machines.rs:LINE
  = help: make it the target of an edge, or remove it

1 error: nothing was written
",
    );
}

#[test]
fn a_good_output_outlives_its_code() {
    let place = Place::new().code();
    place.succeeds(&["--out", "out"]);
    fs::remove_file(place.path("code/index.js")).unwrap();
    place.fails(
        &["--out", "out"],
        "\
error: `Shop/Hello`: the code directory `code` holds no files
  --> examples/mistakes/src/right.rs:LINE
  = help: build the code first, or look at what is excluded: Lambda takes no empty zip

1 error: nothing was written
",
    );
}
