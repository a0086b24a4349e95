//! What synth says when you make a mistake: `cargo run -p mistakes -- synth -c mistake=duplicate-id`.
//!
//! Each mistake is a function of a few lines. Without one the app is right, and takes the code of its function from
//! the directory that `-c code=DIR` names: what can be wrong with a directory needs no code here.
//!
//! The lines that synth names have a comment above them, by which the tests know them.

mod handlers;
mod images;
mod limits;
mod machines;
mod names;
mod references;
mod right;
mod several;

use std::{process::ExitCode, str::FromStr};

use cyanotype::prelude::*;

fn main() -> ExitCode {
    cyanotype_cli::main(app)
}

/// `-c mistake=NAME` makes a mistake (`none`), `-c code=DIR` is the code of the right app (`code`), `-c wait=SECONDS`
/// how long its machine waits (300).
fn app(cx: &mut Context) -> anyhow::Result<App> {
    // Synth names the next line.
    let mistake = cx.get("mistake", Mistake(None));
    let code = cx.get("code", "code".to_owned());
    // Synth names the next line.
    let wait = cx.get("wait", 300);

    let app = App::new();
    // Synth names the next line.
    let stack = app.stack("Shop");
    match mistake.0 {
        Some(make) => make(&stack),
        None => right::define(&stack, &code, wait),
    }
    Ok(app)
}

/// Adds what is wrong to the stack.
type Make = fn(&Stack);

/// All mistakes, by name.
const MISTAKES: [(&str, Make); 14] = [
    ("another-app", references::another_app),
    ("cycle", references::cycle),
    ("duplicate-id", names::duplicate_id),
    ("handler", handlers::handler),
    ("image-by-tag", images::by_tag),
    ("large-environment", limits::large_environment),
    ("large-inline-code", limits::large_inline_code),
    ("large-template", limits::large_template),
    ("long-description", limits::long_description),
    ("long-state-name", machines::long_state_name),
    ("many-resources", limits::many_resources),
    ("several", several::several),
    ("unknown-binaries", handlers::unknown_binaries),
    ("unreachable-state", machines::unreachable_state),
];

/// What is wrong with the app, if anything.
struct Mistake(Option<Make>);

impl FromStr for Mistake {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        if name == "none" {
            return Ok(Self(None));
        }
        match MISTAKES.iter().find(|(known, _)| *known == name) {
            Some((_, make)) => Ok(Self(Some(*make))),
            None => {
                let known: Vec<_> = MISTAKES.iter().map(|(known, _)| *known).collect();
                Err(format!("there are {}, and none", known.join(", ")))
            }
        }
    }
}
