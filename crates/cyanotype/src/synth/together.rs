//! Which stacks must be seen together.

use cyanotype_cfn::{Key, Tree, Value};
use indexmap::IndexMap;

use crate::{
    app::{AppData, Body, Element, ResourceKind},
    iam::Statement,
};

/// The stacks of an app in sets that name nothing of each other, so that each can go through all passes by itself.
///
/// Then what the passes touch is what few stacks hold, which stays in the processor's caches from pass to pass; and the
/// memory of one set serves the next. Both the sets and the stacks of a set are in the order of their making.
pub(super) fn together(app: &AppData) -> Vec<Vec<u32>> {
    let mut sets = Sets { parents: (0..app.stacks.len()).collect() };
    for (stack, data) in app.stacks.iter().enumerate() {
        let mut visit = |key: Key| {
            if key.app == app.id && key.stack as usize != stack {
                sets.join(stack, key.stack as usize);
            }
        };
        for element in &data.elements {
            each_key(element, &mut visit);
        }
        data.boundary.iter().flat_map(|(tree, _)| tree.targets()).for_each(&mut visit);
    }
    let mut stacks: IndexMap<usize, Vec<u32>> = IndexMap::new();
    for stack in 0..app.stacks.len() {
        stacks.entry(sets.first_of(stack)).or_default().push(stack as u32);
    }
    stacks.into_values().collect()
}

/// Calls `visit` with all that an element names, in whatever way.
fn each_key(element: &Element, visit: &mut dyn FnMut(Key)) {
    let mut in_tree = |tree: &Tree| {
        tree.walk(|tree| {
            tree.as_intrinsic().and_then(|intrinsic| intrinsic.key()).into_iter().for_each(&mut *visit);
            true
        });
    };
    match &element.body {
        Body::Resource(body) => {
            let policies = body.update_policy.values();
            body.properties.values().chain(body.metadata.values()).chain(policies).for_each(&mut in_tree);
            match &body.kind {
                ResourceKind::Role(role) => {
                    role.statements.iter().flat_map(Statement::trees).for_each(&mut in_tree);
                    role.attached.iter().map(|(policy, _)| policy).for_each(&mut in_tree);
                }
                ResourceKind::Machine(machine) => {
                    let parts = &machine.parts;
                    let called = parts.tasks.values().chain(parts.substitutions.values());
                    // A right can be on what no property names.
                    let on = parts.on.values().flatten().map(|on| &on.value);
                    called.chain(on).map(Value::tree).for_each(&mut in_tree);
                }
                _ => {}
            }
            body.depends_on.iter().copied().chain(body.condition).for_each(visit);
        }
        Body::Output(output) => {
            output.export.iter().chain([&output.value]).for_each(&mut in_tree);
            output.condition.into_iter().for_each(visit);
        }
        Body::Condition(tree) => in_tree(tree),
        Body::Mapping(entries) => entries.values().flat_map(IndexMap::values).for_each(in_tree),
        Body::Parameter(_) => {}
    }
}

/// Disjoint sets of stacks: each stack's parent is a stack of the same set that was made before it, or itself.
struct Sets {
    parents: Vec<usize>,
}

impl Sets {
    fn first_of(&self, mut stack: usize) -> usize {
        while let Some(parent) = self.parents.get(stack).copied().filter(|parent| *parent != stack) {
            stack = parent;
        }
        stack
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first_of(a), self.first_of(b));
        if let Some(parent) = self.parents.get_mut(a.max(b)) {
            *parent = a.min(b);
        }
    }
}

#[cfg(test)]
mod tests {
    use cyanotype_cfn::tree;
    use serde_json::Value as Json;

    use super::*;
    use crate::{
        app::{App, Output},
        flow::{Machine, machine},
        payload,
        step_functions::{StateMachine, StateMachineProps},
    };

    #[test]
    fn stacks_are_together_that_name_each_other_in_either_direction_or_by_way_of_others() {
        let app = App::new();
        let stacks: Vec<_> = (0..6).map(|n| app.stack(format!("Stack{n}"))).collect();
        let queue = |n: usize| stacks[n].resource("Queue", "AWS::SQS::Queue", tree!({}));
        let (shared, alone) = (queue(5), queue(1));
        stacks[0].resource(
            "Topic",
            "AWS::SNS::Topic",
            tree!({ "TopicName": [{ "A": shared.attribute("Arn") }] }),
        );
        stacks[3].output("Url", Output::of(shared.reference()));
        stacks[2].resource("Topic", "AWS::SNS::Topic", tree!({})).depends_on(&queue(3));
        stacks[1].output("Url", Output::of(alone.reference()));
        assert_eq!(together(&app.data()), [vec![0, 2, 3, 5], vec![1], vec![4]]);
    }

    #[test]
    fn a_stack_is_together_with_what_its_calls_are_said_to_be_on() {
        let app = App::new();
        let (web, _) = (app.stack("Web"), app.stack("Other"));
        let orders = app.stack("Data").resource("Orders", "AWS::SQS::Queue", tree!({}));
        let definition: Machine<Json, Json> =
            machine(|m| m.service("Call", "aws-sdk:sqs:purgeQueue", payload!({})).on(&orders).then(m.end()));
        StateMachine::new(&web, "Caller", definition, StateMachineProps::default());
        assert_eq!(together(&app.data()), [vec![0, 2], vec![1]]);
    }

    #[test]
    fn what_another_app_has_is_of_no_stack_here() {
        let (app, other) = (App::new(), App::new());
        let (here, _) = (app.stack("Here"), app.stack("There"));
        let _ = other.stack("Other");
        let theirs = other.stack("Theirs").resource("Queue", "AWS::SQS::Queue", tree!({}));
        here.output("Url", Output::of(theirs.reference()));
        assert_eq!(together(&app.data()), [[0], [1]]);
    }
}
