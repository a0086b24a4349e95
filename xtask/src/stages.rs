//! The stages of `cargo xtask test`. The first five need nothing but Rust and no network; the others use the tools
//! that `tools` installs.

use std::env;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use camino::{Utf8Path, Utf8PathBuf};

use crate::codegen;
use crate::tools::Tools;
use crate::workspace::{Workspace, run};

/// One thing that must pass.
pub(crate) struct Stage {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) run: fn(&Workspace) -> Result<()>,
}

/// All stages, in the order in which they run: what fails fast comes first.
pub(crate) const STAGES: &[Stage] = &[
    Stage { name: "fmt", about: "rustfmt has nothing to change", run: fmt },
    Stage { name: "clippy", about: "clippy has nothing to say", run: clippy },
    Stage { name: "tests", about: "unit, integration, compile-fail and doc tests", run: tests },
    Stage { name: "docs", about: "the documentation builds without a warning", run: docs },
    Stage { name: "features", about: "another crate's features change no byte of the output", run: features },
    Stage { name: "tools", about: "the pinned checkers and the emulator are installed", run: tools },
    Stage { name: "checkers", about: "real checkers accept what the example synthesizes", run: checkers },
    Stage {
        name: "oracles",
        about: "JSONata is read as the reference implementation reads it",
        run: oracles,
    },
    Stage { name: "e2e", about: "deploys on the emulator never break a running execution", run: e2e },
    Stage { name: "cdk", about: "the CDK CLI reads and deploys the assembly", run: cdk },
];

/// Day 1's Wait in seconds. A deploy on the emulator takes a fraction of one, so that two fit with room to spare.
const WAIT: u32 = 5;
/// The same where the CDK CLI deploys while the execution waits: a run of it takes a few seconds.
const WAIT_FOR_CLI: u32 = 15;

/// What an application compiles only when it asks for it, and is tested here.
const DEFLATE: [&str; 2] = ["--features", "cyanotype/deflate"];

/// How many expressions are made up for a comparison.
const RANDOM_EDITS: u32 = 10_000;

fn fmt(workspace: &Workspace) -> Result<()> {
    run(&mut workspace.cargo(["fmt", "--all", "--check"]))
}

fn clippy(workspace: &Workspace) -> Result<()> {
    let clippy = ["clippy", "--workspace", "--all-targets", "--locked"];
    for features in [&[][..], &DEFLATE] {
        run(workspace.cargo(clippy).args(features).args(["--", "-D", "warnings"]))?;
    }
    Ok(())
}

fn tests(workspace: &Workspace) -> Result<()> {
    run(workspace.cargo(["test", "--workspace", "--locked"]).args(DEFLATE))
}

fn docs(workspace: &Workspace) -> Result<()> {
    run(workspace.cargo(["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-D warnings"))
}

/// Builds this binary with a feature of `serde_json` that reorders maps, and compares what both write and say.
fn features(workspace: &Workspace) -> Result<()> {
    let out = workspace.emptied("target/features")?;
    let build = ["build", "--package", "xtask", "--locked", "--features", "preserve-order"];
    // A directory of its own, so that this binary is not replaced while it runs.
    run(workspace.cargo(build).args(["--target-dir", "target/preserve-order"]))?;
    let other = workspace.root.join("target/preserve-order/debug/xtask");
    for day in ["day=1", "day=2", "day=3"] {
        let directory = out.join(day);
        run(workspace.xtask().args(["synth", "-c", day, "--out", directory.as_str()]).stdout(Stdio::null()))?;
        // The other binary finds nothing that it would write differently.
        run(workspace.command(&other).args(["synth", "-c", day, "--check", "--out", directory.as_str()]))?;
    }
    let wrong = ["synth", "-c", "day=9", "-c", "z=1", "-c", "a=1", "--format", "json"];
    let said =
        [&mut workspace.xtask(), &mut workspace.command(&other)].map(|xtask| xtask.args(wrong).output());
    let [ours, theirs] = said;
    let (ours, theirs) = (ours?.stdout, theirs?.stdout);
    ensure!(!ours.is_empty() && ours == theirs, "diagnostics differ with `serde_json/preserve_order`");
    Ok(())
}

fn tools(workspace: &Workspace) -> Result<()> {
    Tools::ready(workspace).map(drop)
}

fn checkers(workspace: &Workspace) -> Result<()> {
    let tools = Tools::ready(workspace)?;
    // What is known of resource types is what the checkers know.
    codegen::check(workspace)?;
    let assemblies = synthesize_days(workspace)?;
    // Apps that were made at random: the test writes some of them where this variable says.
    let samples = workspace.emptied("target/e2e/samples")?;
    let test = ["test", "--package", "cyanotype", "--test", "never_a_panic", "--locked", "--quiet"];
    run(workspace.cargo(test).env("CYANOTYPE_SAMPLES", &samples).stdout(Stdio::null()))?;
    // And one of functions that are images, by the test of these.
    let images = workspace.emptied("target/e2e/images")?;
    let test = ["test", "--package", "cyanotype", "--test", "images", "--locked", "--quiet"];
    run(workspace.cargo(test).env("CYANOTYPE_IMAGES", &images).stdout(Stdio::null()))?;
    let orders = workspace.emptied("target/e2e/order-fulfilment")?;
    synthesize(example(workspace, "order-fulfilment-xtask"), &orders, &[])?;
    // As the tests have built them: optimizing is the compiler's business.
    let handlers = workspace.emptied("target/e2e/rust-handlers")?;
    let mut xtask = example(workspace, "rust-handlers-xtask");
    xtask.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
    synthesize(xtask, &handlers, &[])?;
    let mut command = tools.python("checkers.py");
    command.args(["--samples", samples.as_str()]);
    if env::var_os("CYANOTYPE_GOLDEN").is_some() {
        // The policies of definitions that others wrote, by the test of these.
        let policies = workspace.emptied("target/e2e/policies")?;
        let test = ["test", "--package", "cyanotype", "--test", "policies", "--locked", "--quiet"];
        run(workspace.cargo(test).env("CYANOTYPE_POLICIES", &policies).stdout(Stdio::null()))?;
        command.args(["--policies", policies.as_str()]);
    }
    command.args([&orders, &handlers, &images]);
    for days in [assemblies, synthesize_two_stacks(workspace)?] {
        for assembly in days.read_dir_utf8()? {
            command.arg(assembly?.path());
        }
    }
    run(&mut command)
}

fn oracles(workspace: &Workspace) -> Result<()> {
    let Ok(golden) = env::var("CYANOTYPE_GOLDEN") else {
        eprintln!("skipped: CYANOTYPE_GOLDEN does not say where the expressions are");
        return Ok(());
    };
    let tools = Tools::ready(workspace)?;
    let example = ["build", "--package", "cyanotype-asl", "--example", "jsonata_verdicts", "--locked"];
    run(workspace.cargo(example).args(["--target-dir", "target"]))?;
    run(tools
        .node(&workspace.root.join("xtask/oracles/jsonata.cjs"))
        .arg(golden)
        .arg(workspace.root.join("target/debug/examples/jsonata_verdicts"))
        .arg(RANDOM_EDITS.to_string()))
}

fn e2e(workspace: &Workspace) -> Result<()> {
    let tools = Tools::ready(workspace)?;
    synthesize_days(workspace)?;
    synthesize_two_stacks(workspace)?;
    run(tools.python("end_to_end.py").arg(workspace.root.join("target/e2e/days")))
}

fn cdk(workspace: &Workspace) -> Result<()> {
    let tools = Tools::ready(workspace)?;
    let assemblies = workspace.emptied("target/e2e/cdk")?;
    synthesize(workspace.xtask(), &assemblies.join("day1"), &["day=1", &format!("wait={WAIT_FOR_CLI}")])?;
    synthesize(workspace.xtask(), &assemblies.join("day2"), &["day=2"])?;
    run(tools.python("cdk_cli.py").arg(assemblies))
}

/// The blue-green example's days, day 2 under another salt, and the days with exact rights, each as an assembly of its
/// own.
fn synthesize_days(workspace: &Workspace) -> Result<Utf8PathBuf> {
    let wait = format!("wait={WAIT}");
    let assemblies = workspace.emptied("target/e2e/days/blue-green")?;
    synthesize(workspace.xtask(), &assemblies.join("day1"), &["day=1", &wait])?;
    synthesize(workspace.xtask(), &assemblies.join("day2"), &["day=2"])?;
    synthesize(workspace.xtask(), &assemblies.join("day2-again"), &["day=2", "redeploy=2"])?;
    synthesize(workspace.xtask(), &assemblies.join("day3"), &["day=3"])?;
    for day in ["1", "2", "3"] {
        let context = [&format!("day={day}"), wait.as_str(), "exact=true"];
        synthesize(workspace.xtask(), &assemblies.join(format!("day{day}-exact")), &context)?;
    }
    Ok(assemblies)
}

/// The two-stacks example's days, and each with all in one stack; and one day with and without a table.
fn synthesize_two_stacks(workspace: &Workspace) -> Result<Utf8PathBuf> {
    let assemblies = workspace.emptied("target/e2e/days/two-stacks")?;
    let wait = format!("wait={WAIT}");
    let synthesize = |out: String, context: &[&str]| {
        let context = [&[wait.as_str()], context].concat();
        synthesize(example(workspace, "two-stacks-xtask"), &assemblies.join(out), &context)
    };
    for day in 1..=5 {
        let context = format!("day={day}");
        synthesize(format!("day{day}"), &[&context])?;
        synthesize(format!("day{day}-together"), &[&context, "together=true"])?;
    }
    for (kind, exact) in [("", "exact=false"), ("-exact", "exact=true")] {
        synthesize(format!("archive{kind}"), &["day=1", "together=true", exact, "archive=true"])?;
        synthesize(format!("no-archive{kind}"), &["day=1", "together=true", exact])?;
    }
    Ok(assemblies)
}

/// The command line of an example that has one of its own.
fn example(workspace: &Workspace, package: &str) -> Command {
    let mut command = workspace.cargo(["run", "--quiet", "--locked", "--package"]);
    command.args([package, "--"]);
    command
}

fn synthesize(mut command: Command, out: &Utf8Path, context: &[&str]) -> Result<()> {
    command.args(["synth", "--out", out.as_str()]);
    for pair in context {
        command.args(["-c", pair]);
    }
    run(command.stdout(Stdio::null())).with_context(|| format!("no assembly for {context:?}"))
}
