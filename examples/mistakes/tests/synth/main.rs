//! What synth says of each mistake, to the letter, and what it leaves on the disk: nothing, or what was there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

mod apps;
mod command;
mod deterministic;
mod directories;
#[cfg(unix)]
mod full_disk;
mod handlers;
mod outputs;
mod place;
