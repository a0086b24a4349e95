//! What an execution can name, and needs as a right.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::cloudformation::{World, numbers};

/// An execution that waits for longer than any deploy takes.
#[derive(Debug)]
pub(crate) struct Execution {
    machine: usize,
    /// Things that must go on to exist.
    needs: BTreeSet<usize>,
    /// Roles, and what they must go on to allow.
    rights: Vec<(usize, BTreeSet<String>)>,
}

impl Execution {
    /// Starts one on every machine of every stack.
    pub(crate) fn start_all(world: &World) -> Vec<Self> {
        let mut started = vec![];
        for stack in world.stack_names() {
            for (_, thing) in world.owned_by(&stack) {
                if world.thing(thing).type_name == "AWS::StepFunctions::StateMachine" {
                    started.push(Self::start(world, thing));
                }
            }
        }
        started
    }

    /// What it has lost; None if it will succeed.
    pub(crate) fn lost(&self, world: &World) -> Option<String> {
        for need in &self.needs {
            let thing = world.thing(*need);
            if !thing.alive {
                return Some(format!(
                    "an execution of #{} needs #{need}, a {}",
                    self.machine, thing.type_name
                ));
            }
        }
        for (role, rights) in &self.rights {
            if let Some(right) = rights.difference(&world.rights(*role)).next() {
                return Some(format!(
                    "an execution of #{} needs `{right}` of the role #{role}",
                    self.machine
                ));
            }
        }
        None
    }

    fn start(world: &World, machine: usize) -> Self {
        let mut execution = Self { machine, needs: BTreeSet::from([machine]), rights: vec![] };
        execution.need_revision(world, &world.thing(machine).properties);
        execution
    }

    /// What a machine's definition names, and the role with which it runs.
    fn need_revision(&mut self, world: &World, revision: &Value) {
        self.need_role(world, &revision["RoleArn"]);
        for version in numbers(&revision["DefinitionString"]) {
            self.needs.insert(version);
            let published = &world.thing(version).properties;
            // A nested machine runs as it was when its version was published.
            if !published["Revision"].is_null() {
                self.needs.extend(numbers(&published["StateMachineArn"]));
                self.need_revision(world, &published["Revision"]);
                continue;
            }
            // What the version holds of its function: its role, and what its environment names.
            self.needs.extend(numbers(&published["Published"]));
            self.needs.extend(numbers(&published["Environment"]));
            self.needs.extend(numbers(&published["Layers"]));
            self.need_role(world, &published["Role"]);
        }
    }

    fn need_role(&mut self, world: &World, arn: &Value) {
        for role in numbers(arn) {
            let rights = world.rights(role);
            self.needs.insert(role);
            self.needs.extend(numbers(&world.thing(role).properties["PermissionsBoundary"]));
            for right in &rights {
                self.needs.extend(numbers(&Value::from(right.as_str())));
            }
            self.rights.push((role, rights));
        }
    }
}
