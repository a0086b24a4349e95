//! `synth`: the main job.

use std::{
    env,
    io::{IsTerminal, stderr},
    process::ExitCode,
};

use camino::Utf8PathBuf;
use clap::Args;
use cyanotype::{
    App, Context,
    cfn::Assembly,
    prelude::{Diagnostic, SynthOptions},
    synth::Synthesis,
};

use crate::{
    handlers,
    place::default_output,
    report::{Format, report},
    summary::summary,
};

/// Writes an app's assembly.
#[derive(Debug, Args)]
pub struct Synth {
    /// The directory to write; `target/synth` of the workspace if not given
    #[arg(long, value_name = "DIR")]
    out: Option<Utf8PathBuf>,

    /// Only this stack, and those that it depends on; may be given again
    #[arg(long, value_name = "NAME")]
    stack: Vec<String>,

    /// A context value; every app has `redeploy=N`, which moves all versions
    #[arg(short = 'c', long = "context", value_name = "KEY=VALUE", value_parser = pair)]
    context: Vec<(String, String)>,

    /// Write nothing: fail if the directory is not what would be written
    #[arg(long)]
    check: bool,

    /// The form of diagnostics
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Format,
}

impl Synth {
    pub(crate) fn run(self, app: impl Fn(&mut Context) -> anyhow::Result<App>) -> ExitCode {
        let mut context = Context::new(self.context.iter().cloned());
        let app = app(&mut context);
        let mut diagnostics = context.problems();
        let synthesis = match app {
            Ok(app) => {
                let mut options = SynthOptions::default().stacks(self.stack.iter().cloned());
                if let Some(salt) = context.salt() {
                    options = options.salt(salt);
                }
                let synthesis = app.synth(&handlers::build(&app, options));
                diagnostics.extend(synthesis.diagnostics().iter().cloned());
                Some(synthesis)
            }
            Err(error) => {
                diagnostics.push(Diagnostic::of_error(format!("{error:#}")));
                None
            }
        };
        if report(&diagnostics, self.format) {
            return ExitCode::FAILURE;
        }
        match synthesis.as_ref().and_then(|synthesis| Some((synthesis, synthesis.assembly()?))) {
            Some((_, assembly)) if self.check => self.compare(assembly),
            Some((synthesis, assembly)) => self.write(synthesis, assembly),
            None => ExitCode::FAILURE,
        }
    }

    fn write(&self, synthesis: &Synthesis, assembly: &Assembly) -> ExitCode {
        let out = self.out();
        let talks = stderr().is_terminal();
        let mut progress = |asset: &str| {
            if talks {
                eprintln!("zipping {asset}");
            }
        };
        match assembly.write(&out, &mut progress) {
            Ok(report) => {
                if self.format == Format::Text {
                    print!("{}", summary(synthesis.stacks(), &out, report.files));
                }
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("error: {error}\n\n1 error: nothing was written");
                ExitCode::FAILURE
            }
        }
    }

    fn compare(&self, assembly: &Assembly) -> ExitCode {
        let out = self.out();
        let differences = match assembly.check(&out) {
            Ok(differences) => differences,
            Err(error) => {
                eprintln!("error: {error}");
                return ExitCode::FAILURE;
            }
        };
        if differences.is_empty() {
            return ExitCode::SUCCESS;
        }
        eprintln!("error: `{out}` is not what synth would write");
        for difference in differences {
            eprintln!("  {difference}");
        }
        eprintln!("  = help: run `{}`", without_check(env::args().skip(1)));
        ExitCode::FAILURE
    }

    fn out(&self) -> Utf8PathBuf {
        self.out.clone().unwrap_or_else(default_output)
    }
}

/// The same command, writing this time.
fn without_check(arguments: impl Iterator<Item = String>) -> String {
    let arguments = arguments.filter(|argument| argument != "--check");
    ["cargo".to_owned(), "xtask".into()].into_iter().chain(arguments).collect::<Vec<_>>().join(" ")
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.into(), value.into())),
        _ => Err("give a key and a value: `-c stage=live`".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_split_at_its_first_equals_sign() {
        assert_eq!(pair("a=b=c"), Ok(("a".into(), "b=c".into())));
        assert!(pair("a").is_err());
        assert!(pair("=b").is_err());
    }

    #[test]
    fn the_mending_command_is_the_same_one_without_the_check() {
        let arguments = ["synth", "--check", "-c", "day=1"].map(str::to_owned);
        assert_eq!(without_check(arguments.into_iter()), "cargo xtask synth -c day=1");
    }
}
