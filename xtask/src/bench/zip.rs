//! The race against `zip` and `sha256sum`, on a large function.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use camino::Utf8Path;
use serde_json::{Value as Json, json};

use super::{Yard, progress, tree};

const FILES: usize = 20_000;
const BYTES: u64 = 240_000_000;
/// How often each is measured, after once to warm up; the median counts.
const ROUNDS: usize = 5;

/// What is wanted of a synth: so many times faster than the tools, the second within a time, both within a memory.
const FASTER: f64 = 1.5;
const SECOND: Duration = Duration::from_secs(1);
const MEBIBYTES: f64 = 200.0;

/// Synthesizes a function of 240 MB into an empty directory and again, and stores and hashes the same files with `zip`
/// and `sha256sum`.
pub(super) fn race(yard: &Yard) -> Result<Json> {
    if let Some(tool) = ["zip", "sha256sum"].into_iter().find(|tool| !installed(tool)) {
        println!("left out: `{tool}` is not installed");
        return Ok(Json::Null);
    }
    let place = yard.out.join("zip");
    let (code, out, zip) = (place.join("code"), place.join("out"), place.join("code.zip"));
    tree::make(&code, FILES, BYTES, 1)?;
    let mut taken = Taken::default();
    for round in 0..=ROUNDS {
        progress(round, ROUNDS, "zipping");
        // In turns, so that what else the machine does meets all three.
        let first = synth(yard, &code, &out)?;
        let second = synth(yard, &code, &out)?;
        let tools = store(&code, &zip)?;
        fs::remove_dir_all(&out)?;
        fs::remove_file(&zip)?;
        if round > 0 {
            taken.first.push(first.0);
            taken.second.push(second.0);
            taken.tools.push(tools);
            taken.peaks.extend([first.1, second.1]);
        }
    }
    fs::remove_dir_all(&place)?;
    Ok(taken.report())
}

#[derive(Default)]
struct Taken {
    first: Vec<Duration>,
    second: Vec<Duration>,
    tools: Vec<Duration>,
    peaks: Vec<f64>,
}

impl Taken {
    fn report(mut self) -> Json {
        let [first, second, tools] = [&mut self.first, &mut self.second, &mut self.tools].map(|times| {
            times.sort();
            times.get(times.len() / 2).copied().unwrap_or_default()
        });
        let peak = self.peaks.iter().copied().fold(0.0, f64::max);
        let faster = tools.as_secs_f64() / first.as_secs_f64();
        let milliseconds = |time: Duration| (time.as_secs_f64() * 1e4).round() / 10.0;
        let verdict = |held| if held { "" } else { "  MISSED" };
        println!("{BYTES} bytes in {FILES} files, medians of {ROUNDS}");
        println!("  zip -r0, sha256sum  {:7.1} ms", milliseconds(tools));
        println!(
            "  first synth         {:7.1} ms  {faster:.2} x as fast (wanted: {FASTER}){}",
            milliseconds(first),
            verdict(faster >= FASTER)
        );
        println!(
            "  second synth        {:7.1} ms  (wanted: below {}){}",
            milliseconds(second),
            milliseconds(SECOND),
            verdict(second < SECOND)
        );
        println!(
            "  peak of memory      {peak:7.1} MiB (wanted: below {MEBIBYTES}){}",
            verdict(peak < MEBIBYTES)
        );
        json!({
            "files": FILES,
            "bytes": BYTES,
            "ms of zip and sha256sum": milliseconds(tools),
            "ms of the first synth": milliseconds(first),
            "ms of the second synth": milliseconds(second),
            "first synth is faster by": (faster * 100.0).round() / 100.0,
            "peak MiB": peak,
        })
    }
}

fn installed(tool: &str) -> bool {
    let mut command = Command::new(tool);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// How long a synth takes, and how many MiB it had at most.
fn synth(yard: &Yard, code: &Utf8Path, out: &Utf8Path) -> Result<(Duration, f64)> {
    let (time, said) = timed(&mut yard.synth(&[code], out))?;
    let peak = said.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    let kibibytes: f64 = peak.context("no peak of memory was said")?.parse()?;
    Ok((time, kibibytes / 1024.0))
}

/// How long the tools take for the same.
fn store(code: &Utf8Path, zip: &Utf8Path) -> Result<Duration> {
    let (stored, _) = timed(Command::new("zip").args(["-q", "-r0", zip.as_str(), "."]).current_dir(code))?;
    let (hashed, _) = timed(Command::new("sha256sum").arg(zip))?;
    Ok(stored + hashed)
}

/// How long a process takes from start to end, and what it says on standard error.
fn timed(command: &mut Command) -> Result<(Duration, String)> {
    let start = Instant::now();
    let output = command.output().with_context(|| format!("cannot run {command:?}"))?;
    let time = start.elapsed();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        bail!("{command:?}: {}\n{said}", output.status);
    }
    Ok((time, said))
}
