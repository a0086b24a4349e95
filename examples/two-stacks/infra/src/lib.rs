//! A function in one stack, the machine that calls it in another, and five days of changes.
//!
//! | day | what changes | who publishes |
//! |---|---|---|
//! | 1 | all is new | the function |
//! | 2 | an environment variable | the function |
//! | 3 | nothing | nobody |
//! | 4 | a tag | nobody |
//! | 5 | a file of the function's layer | the function |
//!
//! The stacks are named by teams: `Library` has the function, `Desk` the machine. A version of the function is handed
//! over by an output of its build, so that `Desk` has another template exactly when there is another version.

mod day;
mod desk;
mod library;

use cyanotype::prelude::*;

pub use day::Day;

/// The app. `-c day=1` to `5` says which day it is (5), `-c wait=SECONDS` how long an execution waits before it calls
/// (300), and `-c together=true` puts all into one stack, `Desk` (false). With `-c archive=true` the machine keeps what
/// it publishes in a table, which the function may read (false); `-c exact=true` lets the machine call the version that
/// it names alone (false).
pub fn app(cx: &mut Context) -> anyhow::Result<App> {
    let day = cx.get("day", Day::default());
    let wait = cx.get("wait", 300);
    let together = cx.get("together", false);
    let archives = cx.get("archive", false);
    let props = StateMachineProps::builder().exact_rights(cx.get("exact", false)).build();

    let app = App::new();
    let desk = app.stack("Desk").description("Publishes what was reviewed");
    let library = match together {
        true => desk.clone(),
        false => app.stack("Library").description("Reviews"),
    };
    let archive = archives.then(|| library::archive(&library));
    let review_v = library::define(&library, day, archive.as_ref());
    desk::define(&desk, &review_v, seconds(wait), archive.as_ref(), props);
    Ok(app)
}
