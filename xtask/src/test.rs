//! `cargo xtask test`: runs the stages in their order and says how long each took.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::stages::{STAGES, Stage};
use crate::workspace::Workspace;

/// Runs all stages, or those that are named, in their order.
#[derive(Args)]
pub(crate) struct Test {
    /// Stages to run; all when none is named
    #[arg(value_name = "STAGE", value_parser = PossibleValuesParser::new(STAGES.iter().map(|stage| stage.name)))]
    stages: Vec<String>,
    /// Print the stages and run none
    #[arg(long)]
    list: bool,
    /// Run the stages after one that failed as well
    #[arg(long)]
    keep_going: bool,
}

impl Test {
    pub(crate) fn run(&self) -> ExitCode {
        if self.list {
            for stage in STAGES {
                println!("{:10} {}", stage.name, stage.about);
            }
            return ExitCode::SUCCESS;
        }
        match Workspace::find() {
            Ok(workspace) => self.run_in(&workspace),
            Err(error) => {
                eprintln!("error: {error:#}");
                ExitCode::FAILURE
            }
        }
    }

    fn run_in(&self, workspace: &Workspace) -> ExitCode {
        let chosen = STAGES.iter().filter(|stage| self.chooses(stage));
        let mut outcomes = Vec::new();
        for stage in chosen {
            let outcome = Outcome::of(stage, workspace);
            let stop = !outcome.passed && !self.keep_going;
            outcomes.push(outcome);
            if stop {
                break;
            }
        }
        print_summary(&outcomes);
        if outcomes.iter().all(|outcome| outcome.passed) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn chooses(&self, stage: &Stage) -> bool {
        self.stages.is_empty() || self.stages.iter().any(|name| name == stage.name)
    }
}

struct Outcome {
    stage: &'static str,
    passed: bool,
    took: Duration,
}

impl Outcome {
    fn of(stage: &Stage, workspace: &Workspace) -> Self {
        eprintln!("\n==> {}: {}", stage.name, stage.about);
        let start = Instant::now();
        let result = (stage.run)(workspace);
        if let Err(error) = &result {
            eprintln!("error: {error:#}");
        }
        let outcome = Self { stage: stage.name, passed: result.is_ok(), took: start.elapsed() };
        eprintln!("<== {outcome}");
        outcome
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let verdict = if self.passed { "passed" } else { "FAILED" };
        write!(f, "{:10} {verdict} {:7.1} s", self.stage, self.took.as_secs_f64())
    }
}

fn print_summary(outcomes: &[Outcome]) {
    let all: Duration = outcomes.iter().map(|outcome| outcome.took).sum();
    let passed = outcomes.iter().filter(|outcome| outcome.passed).count();
    eprintln!();
    for outcome in outcomes {
        eprintln!("{outcome}");
    }
    eprintln!("{:17} {:7.1} s", "all", all.as_secs_f64());
    eprintln!("{passed} passed, {} failed", outcomes.len() - passed);
}
