//! How long a process takes.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

/// How often something is measured, after once to warm up; the median counts.
const ROUNDS: usize = 5;

/// The median of some runs of a command.
pub(super) fn median(command: impl Fn() -> Command) -> Result<Duration> {
    time(&mut command())?;
    let times: Result<Vec<_>> = (0..ROUNDS).map(|_| time(&mut command())).collect();
    let mut times = times?;
    times.sort();
    times.get(ROUNDS / 2).copied().context("no round was run")
}

/// One run. A checker fails where something is wrong, as much is that it is given: ours with 1, others with 2.
pub(super) fn time(command: &mut Command) -> Result<Duration> {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    ensure!(matches!(status.code(), Some(0..=2)), "{status}");
    Ok(start.elapsed())
}

/// To a tenth.
pub(super) fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e4).round() / 10.0
}
