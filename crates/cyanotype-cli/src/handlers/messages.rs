//! What cargo prints, one JSON object a line.

use std::io::{BufRead, BufReader, Read};

use serde::Deserialize;

use super::Problem;

/// What a run of cargo said.
#[derive(Debug, Default)]
pub(super) struct Messages {
    /// The executables that it made, by package and name.
    pub(super) made: Vec<Made>,
    /// The linker, where it was missing or could not do it.
    linker: Option<Linker>,
    /// Whether the compiler has found a mistake.
    mistakes: bool,
}

/// An executable that is up to date, be it built by this run or by one before.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Made {
    package: String,
    name: String,
    pub(super) path: String,
}

#[derive(Debug, PartialEq, Eq)]
enum Linker {
    Missing(String),
    Failed,
}

#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Line {
    CompilerArtifact {
        package_id: String,
        target: Target,
        executable: Option<String>,
    },
    CompilerMessage {
        message: Message,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    message: String,
    rendered: Option<String>,
}

impl Messages {
    /// Reads to the end; the compiler's messages go to `print` as they come.
    pub(super) fn read(output: impl Read, mut print: impl FnMut(&str, bool)) -> Self {
        let mut messages = Self::default();
        // What is not UTF-8, or no message, is not cargo's.
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            match serde_json::from_str(&line) {
                Ok(Line::CompilerArtifact { package_id, target, executable: Some(path) }) => {
                    let package = package_of(&package_id).to_owned();
                    messages.made.push(Made { package, name: target.name, path });
                }
                Ok(Line::CompilerMessage { message }) => {
                    let error = message.level.starts_with("error");
                    if error {
                        messages.look_at(&message.message);
                    }
                    if let Some(rendered) = message.rendered {
                        print(&rendered, error);
                    }
                }
                Ok(_) | Err(_) => {}
            }
        }
        messages
    }

    fn look_at(&mut self, error: &str) {
        if let Some(rest) = error.strip_prefix("linker `")
            && let Some((linker, _)) = rest.split_once("` not found")
        {
            self.linker = Some(Linker::Missing(linker.to_owned()));
        } else if error.starts_with("linking with `") {
            self.linker.get_or_insert(Linker::Failed);
        } else {
            self.mistakes = true;
        }
    }

    /// Where the executable of this name is.
    pub(super) fn path(&self, package: &str, name: &str) -> Option<&str> {
        self.made
            .iter()
            .find(|made| made.package == package && made.name == name)
            .map(|made| made.path.as_str())
    }

    /// Why something was not made.
    pub(super) fn problem(&self, what: &str, target: &str) -> Problem {
        let other = "install cargo-lambda, which brings a linker for every target; or name one of your own in \
                     `.cargo/config.toml`:";
        let config = format!("`[target.{target}]`, `linker = \"…\"`");
        match &self.linker {
            Some(Linker::Missing(linker)) => (
                format!("the linker `{linker}` is not installed, and {what} needs it"),
                format!("{other} {config}"),
            ),
            Some(Linker::Failed) if !self.mistakes => {
                (format!("the linker cannot link {what}; its message is above"), format!("{other} {config}"))
            }
            _ => (format!("cargo cannot build {what}"), "mend what it says above".into()),
        }
    }
}

/// The package of an ID: `path+file:///a/b#0.1.0`, `path+file:///a/b#name@0.1.0`, `registry+…#name@1.0.0`.
fn package_of(id: &str) -> &str {
    let (source, spec) = id.rsplit_once('#').unwrap_or(("", id));
    match spec.split_once('@') {
        Some((name, _)) => name,
        None => source.rsplit('/').next().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> (Messages, Vec<String>) {
        let mut printed = vec![];
        let messages = Messages::read(lines.join("\n").as_bytes(), |text, _| printed.push(text.to_owned()));
        (messages, printed)
    }

    fn error(text: &str) -> String {
        format!(
            r#"{{"reason":"compiler-message","message":{{"level":"error","message":"{text}","rendered":"E: {text}"}}}}"#
        )
    }

    #[track_caller]
    fn check_problem(errors: &[&str], why: &str, help: &str) {
        let lines: Vec<_> = errors.iter().map(|text| error(text)).collect();
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let (messages, printed) = read(&lines);
        assert_eq!(printed.len(), errors.len());
        let problem = messages.problem("`a`", "aarch64-unknown-linux-gnu");
        assert!(problem.0.contains(why) && problem.1.contains(help), "{problem:?}");
    }

    #[test]
    fn executables_are_known_by_package_and_name() {
        let line = |id: &str, executable: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","package_id":"{id}","target":{{"name":"x"}},"executable":{executable}}}"#
            )
        };
        let lines = [
            line("path+file:///w/crates/a#0.1.0", "\"/t/a\""),
            line("path+file:///w/crates/elsewhere#b@0.1.0", "\"/t/b\""),
            line("path+file:///w/crates/c#0.1.0", "null"),
            "Not cargo's".into(),
        ];
        let (messages, printed) = read(&lines.each_ref().map(String::as_str));
        assert!(printed.is_empty());
        assert_eq!(messages.path("a", "x"), Some("/t/a"));
        assert_eq!(messages.path("b", "x"), Some("/t/b"));
        assert_eq!(messages.path("c", "x"), None);
    }

    #[test]
    fn a_missing_linker_is_told_from_a_mistake() {
        let linker = "linker `aarch64-linux-gnu-gcc` not found";
        check_problem(&[linker], "the linker `aarch64-linux-gnu-gcc` is not installed", "cargo-lambda");
        check_problem(
            &["linking with `cc` failed: exit status: 1"],
            "the linker cannot link",
            "[target.aarch64-",
        );
        check_problem(&["mismatched types"], "cargo cannot build `a`", "above");
        check_problem(&["linking with `cc` failed", "mismatched types"], "cargo cannot build", "above");
        check_problem(&[], "cargo cannot build", "above");
    }
}
