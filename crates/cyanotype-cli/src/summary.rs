//! What was synthesized, in the terms of this domain.

use std::fmt::Write as _;

use camino::Utf8Path;
use cyanotype::synth::{FunctionSummary, MachineSummary, StackSummary};

/// The summary that `synth` ends with.
pub(crate) fn summary(stacks: &[StackSummary], out: &Utf8Path, files: usize) -> String {
    let mut text = String::new();
    for stack in stacks {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}  {}", stack.name, counted(stack.resources, "resource"));
        let names = stack.functions.iter().map(|f| &f.name).chain(stack.machines.iter().map(|m| &m.name));
        let width = names.map(|name| name.chars().count()).max().unwrap_or_default();
        for function in &stack.functions {
            let _ = writeln!(text, "  function  {:width$}  {}", function.name, version_of(function));
            text += &role_of(function.policy.as_deref());
        }
        for machine in &stack.machines {
            let _ = writeln!(text, "  machine   {:width$}  {}", machine.name, kind_of(machine));
            text += &role_of(machine.policy.as_deref());
            let tasks = machine.tasks.iter().map(|task| task.state.chars().count());
            let inner = tasks.max().unwrap_or_default();
            for task in &machine.tasks {
                let _ = writeln!(text, "            {:inner$}  →  {}", task.state, task.version);
            }
        }
        text.push('\n');
    }
    let all = if stacks.len() > 1 { " --all" } else { "" };
    let files = counted(files, "file");
    let _ = writeln!(text, "{files} in {out}. To deploy:\n  npx cdk deploy --app {out}{all}");
    text
}

fn version_of(function: &FunctionSummary) -> String {
    let version = function.version.as_deref().unwrap_or("not published");
    match function.aliases.as_slice() {
        [] => version.to_owned(),
        aliases => format!("{version}  ←  {}", aliases.join(", ")),
    }
}

/// Where it is said what a role must allow that others make.
fn role_of(policy: Option<&str>) -> String {
    policy
        .map(|policy| format!("            its role is supplied, and must allow {policy}\n"))
        .unwrap_or_default()
}

fn kind_of(machine: &MachineSummary) -> String {
    format!("{}, {}", machine.machine_type, counted(machine.states, "state"))
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

#[cfg(test)]
mod tests {
    use cyanotype::synth::TaskSummary;

    use super::*;

    #[test]
    fn each_task_is_shown_with_the_version_that_it_is_tied_to() {
        let stack = StackSummary {
            name: "BlueGreen".into(),
            functions: vec![FunctionSummary {
                name: "Hello".into(),
                version: Some("HelloVersion3f9a11c04d2e".into()),
                aliases: vec!["live".into()],
                policy: None,
            }],
            machines: vec![MachineSummary {
                name: "Greeting".into(),
                machine_type: "STANDARD",
                states: 5,
                tasks: vec![TaskSummary {
                    state: "Say hello".into(),
                    version: "HelloVersion3f9a11c04d2e".into(),
                }],
                policy: Some("BlueGreen.Greeting.policy.json".into()),
            }],
            resources: 6,
        };
        let expected = "\
BlueGreen  6 resources
  function  Hello     HelloVersion3f9a11c04d2e  ←  live
  machine   Greeting  STANDARD, 5 states
            its role is supplied, and must allow BlueGreen.Greeting.policy.json
            Say hello  →  HelloVersion3f9a11c04d2e

5 files in target/synth. To deploy:
  npx cdk deploy --app target/synth
";
        assert_eq!(summary(&[stack], "target/synth".into(), 5), expected);
    }
}
