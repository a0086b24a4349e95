//! Binaries that cargo does not build.

use crate::place::check;

#[test]
fn unknown_packages_and_binaries_are_all_named_before_anything_is_built() {
    check(
        "unknown-binaries",
        "\
error: `Shop/Slip`: the workspace has no package `rust-handlers-function`
  --> examples/mistakes/src/handlers.rs:LINE
  = help: did you mean `rust-handlers-functions`?

error: `Shop/Typo`: the package `rust-handlers-functions` has no binary `reveiw`
  --> examples/mistakes/src/handlers.rs:LINE
  = help: did you mean `review`?

error: `Shop/Library`: the package `rust-handlers-types` has no binary `review`
  --> examples/mistakes/src/handlers.rs:LINE
  = help: it has none at all: give it a `src/main.rs`, or a `src/bin/review.rs`

error: `Shop/Node`: a binary of cargo does not run on `nodejs22.x`
  --> examples/mistakes/src/handlers.rs:LINE
  = help: it brings all that it needs, and runs on `provided.al2023`: `.runtime(Runtime::PROVIDED_AL2023)`

error: `Shop/Node`: the package `rust-handlers-functions` has no binary `approve`
  --> examples/mistakes/src/handlers.rs:LINE
  = help: it has `mask`, `publish`, `review`

5 errors: nothing was written
",
    );
}

/// Machines that cannot build, by programs that stand for what is installed on them.
#[cfg(unix)]
mod machines {
    use std::{env, fs, os::unix::fs::PermissionsExt, process::Command};

    use crate::place::Place;

    const ARGUMENTS: [&str; 4] = ["-c", "mistake=handler", "--out", "out"];

    /// A place with a compiler whose libraries are in a directory, and a cargo that prints this when it builds.
    fn machine(libraries: &str, cargo: &str) -> (Place, Command) {
        let real = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
        let cargo = format!(
            "#!/bin/sh\ncase \"$1\" in\n  metadata) exec '{real}' \"$@\" ;;\n  build) {cargo} ;;\n  *) exit 1 ;;\nesac\n"
        );
        let place = Place::new().file("rustc", format!("#!/bin/sh\necho {libraries}\n")).file("cargo", cargo);
        for program in ["rustc", "cargo"] {
            fs::set_permissions(place.path(program), fs::Permissions::from_mode(0o755)).unwrap();
        }
        let mut command = place.synth(&ARGUMENTS);
        command.env("RUSTC", place.path("rustc")).env("CARGO", place.path("cargo"));
        (place, command)
    }

    #[track_caller]
    fn check(libraries: &str, cargo: &str, expected: &str) {
        let (place, mut command) = machine(libraries, cargo);
        place.command_fails(&mut command, &format!("{expected}\n\n1 error: nothing was written\n"));
    }

    #[test]
    fn a_target_that_is_not_installed_is_named_with_the_command_that_installs_it() {
        check(
            "/nowhere",
            "exit 101",
            "\
error: `Shop/Review`: the compiler has no standard library for aarch64-unknown-linux-musl
  --> examples/mistakes/src/handlers.rs:LINE
  = help: install it: `rustup target add aarch64-unknown-linux-musl`",
        );
    }

    #[test]
    fn a_linker_that_is_not_installed_is_named_with_what_would_do_instead() {
        let error = r#"{"reason":"compiler-message","message":{"level":"error","message":"linker `aarch64-gcc` not found","rendered":"error: linker\n"}}"#;
        check(
            "/",
            &format!("echo '{}'; exit 101", error.replace('\\', "\\\\")),
            "\
error: linker
error: `Shop/Review`: the linker `aarch64-gcc` is not installed, and `review` of the package \
`rust-handlers-functions` for aarch64-unknown-linux-musl needs it
  --> examples/mistakes/src/handlers.rs:LINE
  = help: install cargo-lambda, which brings a linker for every target; or name one of your own in \
`.cargo/config.toml`: `[target.aarch64-unknown-linux-musl]`, `linker = \"…\"`",
        );
    }

    #[test]
    fn what_the_compiler_says_of_a_handler_is_shown_above() {
        let error = r#"{"reason":"compiler-message","message":{"level":"error","message":"mismatched types","rendered":"error[E0308]: mismatched types\n"}}"#;
        check(
            "/",
            &format!("echo '{}'; exit 101", error.replace('\\', "\\\\")),
            "\
error[E0308]: mismatched types
error: `Shop/Review`: cargo cannot build `review` of the package `rust-handlers-functions` for \
aarch64-unknown-linux-musl
  --> examples/mistakes/src/handlers.rs:LINE
  = help: mend what it says above",
        );
    }
}
