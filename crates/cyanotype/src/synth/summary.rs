//! What an app holds, in the terms of this domain.

use std::collections::HashMap;

use cyanotype_cfn::Key;

use super::{
    emit::policy_file,
    model::{Model, Node},
};
use crate::app::ResourceKind;

/// What a stack holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackSummary {
    /// The stack's name.
    pub name: String,
    /// Its functions, in the order in which they were made.
    pub functions: Vec<FunctionSummary>,
    /// Its machines, in the order in which they were made.
    pub machines: Vec<MachineSummary>,
    /// How many resources it has in all.
    pub resources: usize,
}

/// A function of a stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionSummary {
    /// Its path within the stack.
    pub name: String,
    /// The logical ID of its version, if it is published.
    pub version: Option<String>,
    /// The names of its aliases.
    pub aliases: Vec<String>,
    /// The file with the policy that its role must have, if others make its role.
    pub policy: Option<String>,
}

/// A state machine of a stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineSummary {
    /// Its path within the stack.
    pub name: String,
    /// `STANDARD` or `EXPRESS`.
    pub machine_type: &'static str,
    /// How many states it has.
    pub states: usize,
    /// Its Tasks, in the order of the definition.
    pub tasks: Vec<TaskSummary>,
    /// The file with the policy that its role must have, if others make its role.
    pub policy: Option<String>,
}

/// A Task of a machine, and the version that it is tied to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskSummary {
    /// The state's name.
    pub state: String,
    /// The version's logical ID, or the ARN of an imported one.
    pub version: String,
}

pub(super) fn summarize(model: &Model, stack: u32, name: &str) -> StackSummary {
    let aliases = aliases(model, stack);
    StackSummary {
        name: name.to_owned(),
        functions: model.nodes_of(stack).filter_map(|node| function(model, node, &aliases)).collect(),
        machines: model.nodes_of(stack).filter_map(|node| machine(model, node)).collect(),
        resources: model.nodes_of(stack).count(),
    }
}

/// The names of the aliases of each of a stack's functions.
fn aliases(model: &Model, stack: u32) -> HashMap<Key, Vec<String>> {
    let mut aliases: HashMap<Key, Vec<String>> = HashMap::new();
    for element in model.nodes_of(stack).filter_map(|node| model.element(node.key)) {
        if let Some(ResourceKind::Alias(alias)) = element.resource().map(|body| &body.kind) {
            aliases.entry(alias.function).or_default().extend(element.path.last().cloned());
        }
    }
    aliases
}

fn function(model: &Model, node: &Node, aliases: &HashMap<Key, Vec<String>>) -> Option<FunctionSummary> {
    let element = model.element(node.key)?;
    let ResourceKind::Function(function) = &element.resource()?.kind else { return None };
    Some(FunctionSummary {
        name: element.path.join("/"),
        version: function.version.map(|version| model.id(version).to_owned()),
        aliases: aliases.get(&node.key).cloned().unwrap_or_default(),
        policy: policy(model, node),
    })
}

fn machine(model: &Model, node: &Node) -> Option<MachineSummary> {
    let element = model.element(node.key)?;
    let ResourceKind::Machine(machine) = &element.resource()?.kind else { return None };
    let states = &machine.parts.definition.states;
    let tasks = states.keys().filter_map(|state| {
        let target = machine.parts.tasks.get(state)?;
        let version = match target.as_literal() {
            Some(arn) => arn.to_owned(),
            None => model.id(target.tree().targets().first().copied()?).to_owned(),
        };
        Some(TaskSummary { state: state.clone(), version })
    });
    Some(MachineSummary {
        name: element.path.join("/"),
        machine_type: machine.machine_type.name(),
        states: states.len(),
        tasks: tasks.collect(),
        policy: policy(model, node),
    })
}

fn policy(model: &Model, node: &Node) -> Option<String> {
    let stack = model.app.stacks.get(node.key.stack as usize)?;
    node.policy.as_ref().map(|_| policy_file(&stack.name, node))
}
