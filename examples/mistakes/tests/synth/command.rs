//! Mistakes on the command line that the app is asked about.

use crate::place::Place;

#[test]
fn a_context_key_that_the_app_does_not_read_names_those_that_it_reads() {
    Place::new().code().fails(
        &["-c", "mistaek=none", "--out", "out"],
        "\
error: the app knows no context key `mistaek`
  = help: it knows `code`, `mistake`, `redeploy`, `wait`

1 error: nothing was written
",
    );
}

#[test]
fn a_context_value_that_is_no_number_says_what_is_wanted() {
    Place::new().code().fails(
        &["-c", "wait=soon", "--out", "out"],
        "\
error: `-c wait=soon`: invalid digit found in string
  --> examples/mistakes/src/main.rs:LINE
  = help: give a value that is a u32: `-c wait=…`

1 error: nothing was written
",
    );
}

#[test]
fn a_context_value_of_the_app_s_own_type_is_refused_in_the_app_s_words() {
    Place::new().code().fails(
        &["-c", "mistake=typo", "--out", "out"],
        "\
error: `-c mistake=typo`: there are another-app, cycle, duplicate-id, handler, image-by-tag, large-environment, \
large-inline-code, large-template, long-description, long-state-name, many-resources, several, unknown-binaries, \
unreachable-state, and none
  --> examples/mistakes/src/main.rs:LINE
  = help: give a value that is a Mistake: `-c mistake=…`

1 error: nothing was written
",
    );
}
