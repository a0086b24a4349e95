//! Apps of any size, to be synthesized against the clock: `xtask race 100 synth`, and `xtask race 100 measure` for the
//! time within the process.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use camino::Utf8PathBuf;
use clap::{Args, Subcommand};
use cyanotype::prelude::*;
use serde_json::Value as Json;

/// How often each measurement is repeated; the median counts.
const ROUNDS: usize = 11;

/// Synthesizes an app of many functions, each published, and one machine that calls them all.
#[derive(Args)]
pub(crate) struct Race {
    /// `article`, `code`, or how many functions
    app: String,
    /// A directory of the app `code`, which has a function for each
    #[arg(long, value_name = "DIR")]
    code: Vec<Utf8PathBuf>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    #[command(flatten)]
    Application(cyanotype_cli::Verb),
    /// Print how long a synth takes within the process, as JSON
    Measure,
}

impl Race {
    pub(crate) fn run(self) -> ExitCode {
        match self.verb {
            Verb::Application(verb) => {
                let code = cyanotype_cli::run(verb, |_| app(&self.app, &self.code));
                if let Some(peak) = peak() {
                    eprintln!("{peak}");
                }
                code
            }
            Verb::Measure => match measure() {
                Ok(text) => {
                    println!("{text}");
                    ExitCode::SUCCESS
                }
                Err(error) => {
                    eprintln!("error: {error:#}");
                    ExitCode::FAILURE
                }
            },
        }
    }
}

/// The line of the system's own account of this process that says how much memory it had at most.
///
/// What a parent learns of a child's peak includes its own memory at the moment of the start, which is more than ours.
fn peak() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find(|line| line.starts_with("VmHWM:")).map(str::to_owned)
}

fn app(name: &str, code: &[Utf8PathBuf]) -> Result<App> {
    let app = App::new();
    let stack = app.stack("Race");
    match name.parse() {
        Ok(count) => chain(&stack, count),
        Err(_) if name == "article" => article(&stack),
        Err(_) if name == "code" => directories(&stack, code),
        Err(_) => bail!("`{name}` is neither `article` nor `code` nor a number of functions"),
    }
    Ok(app)
}

fn article(stack: &Stack) {
    let hello = function(stack, "Hello", Code::inline("exports.handler = async () => \"Approved\";"));
    let hello_v = hello.publish();
    let definition = machine(|m| {
        let approved = root::<Json>().is("Approved");
        let decide = m.choice("Decide").when(approved, m.succeed("Success")).otherwise(m.fail("Failed"));
        m.wait("Wait", seconds(300)).then(m.task("Say hello", &hello_v)).then(decide)
    });
    StateMachine::<Json, Json>::new(stack, "Machine", definition, StateMachineProps::default());
}

fn chain(stack: &Stack, count: usize) {
    let versions: Vec<_> = (0..count)
        .map(|n| {
            let code = Code::inline(format!("exports.handler = async () => {n};"));
            function(stack, &format!("Function{n}"), code).publish()
        })
        .collect();
    let definition = machine(|m| {
        let start = m.pass::<Json>("Start");
        let calls = versions.iter().enumerate();
        calls.fold(start, |path, (n, version)| path.then(m.task(&format!("Call {n}"), version))).then(m.end())
    });
    StateMachine::new(stack, "Machine", definition, StateMachineProps::default());
}

fn directories(stack: &Stack, code: &[Utf8PathBuf]) {
    for (n, directory) in code.iter().enumerate() {
        function(stack, &format!("Function{n}"), Code::directory(directory).into()).publish();
    }
}

fn function(stack: &Stack, id: &str, code: Code) -> Function<Json, Json> {
    let props = FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler");
    Function::new(stack, id, props.code(code).build())
}

fn measure() -> Result<String> {
    let milliseconds = |time: Duration| (time.as_secs_f64() * 1e6).round() / 1e3;
    let one = |count: usize| {
        median(|| {
            let app = App::new();
            chain(&app.stack("Race"), count);
            app
        })
    };
    let (at_40, at_100, at_160) = (one(40)?, one(100)?, one(160)?);
    let stacks = median(|| {
        let app = App::new();
        (0..40).for_each(|n| chain(&app.stack(format!("Race{n}")), 40));
        app
    })?;
    let ratio = |a: Duration, b: Duration| (a.as_secs_f64() / b.as_secs_f64() * 100.0).round() / 100.0;
    let figures = serde_json::json!({
        "ms for 40 functions": milliseconds(at_40),
        "ms for 100 functions": milliseconds(at_100),
        "ms for 160 functions": milliseconds(at_160),
        "160 to 40": ratio(at_160, at_40),
        "40 stacks to one": ratio(stacks, at_40),
    });
    Ok(serde_json::to_string_pretty(&figures)?)
}

/// The median time to make and synthesize an app.
fn median(make: impl Fn() -> App) -> Result<Duration> {
    let mut times = vec![];
    // Once to warm up.
    drop(make().synth(&SynthOptions::default()));
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let app = make();
        let synthesis = app.synth(&SynthOptions::default());
        times.push(start.elapsed());
        if synthesis.assembly().is_none() {
            bail!("{:#?}", synthesis.diagnostics());
        }
    }
    times.sort();
    Ok(times.get(ROUNDS / 2).copied().unwrap_or_default())
}
