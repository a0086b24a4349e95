//! References from stack to stack: an output that exports, and an import.

use std::collections::{BTreeSet, HashMap};

use cyanotype_cfn::{Intrinsic, Key, LogicalId};
use petgraph::{algo::kosaraju_scc, graph::DiGraph};

use super::{
    graph::place_of,
    model::{Identity, Model, Node},
};
use crate::{
    app::{Body, Element},
    diagnostic::Diagnostic,
};

/// What stacks hand to each other.
#[derive(Debug, Default)]
pub(super) struct Exports {
    /// What other stacks import of a resource: its reference (None) or an attribute.
    pub(super) exported: BTreeSet<(Key, Option<String>)>,
    /// How many stacks each comes after, in the longest chain of those that import one from the other.
    pub(super) depths: HashMap<u32, u32>,
    /// The stacks that each imports from.
    pub(super) dependencies: HashMap<u32, BTreeSet<u32>>,
}

/// Finds what crosses stacks, and reports what must not.
///
/// An export cannot change while it is imported. So nothing is exported whose logical ID can move.
pub(super) fn resolve(model: &mut Model) -> Exports {
    let mut exports = Exports::default();
    let mut found = vec![];
    for node in model.nodes.values() {
        if node.needs.iter().all(|target| target.stack == node.key.stack) {
            continue;
        }
        let named = named_elsewhere(node);
        for (target, attribute) in &named {
            let (target, attribute) = (*target, attribute.map(str::to_owned));
            match movable(model, target) {
                Some((what, instead)) => found.push(refused(model, node, target, what, instead)),
                None => {
                    exports.exported.insert((target, attribute));
                    exports.dependencies.entry(node.key.stack).or_default().insert(target.stack);
                }
            }
        }
        for target in node.needs.iter().copied() {
            let of_resource = model.element(target).and_then(Element::resource).is_some();
            if target.stack != node.key.stack && of_resource && !named.iter().any(|(t, _)| *t == target) {
                found.push(refused(
                    model,
                    node,
                    target,
                    "`depends_on` works within a stack alone",
                    "refer to something of the other stack, and it is deployed first",
                ));
            }
        }
    }
    for (key, attribute) in &exports.exported {
        let id = output_id(model, *key, attribute.as_deref());
        let taken = |element: &&Element| {
            matches!(element.body, Body::Output(_))
                && LogicalId::from_path(&element.path).is_some_and(|own| own.as_str() == id)
        };
        let stack = model.app.stacks.get(key.stack as usize);
        if let Some(element) = stack.and_then(|stack| stack.elements.iter().find(taken)) {
            let problem = format!("its logical ID is `{id}`, which the export of `{}` has", model.path(*key));
            let construct = format!("{}/{}", stack.map_or("", |stack| &stack.name), element.path.join("/"));
            let help = "give the output another name";
            found.push(Diagnostic::error(problem).at(element.at).construct(construct).help(help));
        }
    }
    exports.depths = depths(model, &exports, &mut found);
    model.diagnostics.extend(found);
    exports
}

/// The name of an export.
pub(super) fn export_name(model: &Model, key: Key, attribute: Option<&str>) -> String {
    let stack = model.app.stacks.get(key.stack as usize).map_or("", |stack| &stack.name);
    let id = model.id(key);
    match attribute {
        // An export's name takes no dot.
        Some(attribute) => format!("{stack}:{id}:{}", attribute.replace('.', "-")),
        None => format!("{stack}:{id}"),
    }
}

/// The logical ID of the output that exports something.
pub(super) fn output_id(model: &Model, key: Key, attribute: Option<&str>) -> String {
    format!("Export{}{}", model.id(key), attribute.unwrap_or_default().replace('.', ""))
}

/// The references and attributes of other stacks that a node names, each with the attribute's name.
fn named_elsewhere<'n>(node: &'n Node<'_>) -> Vec<(Key, Option<&'n str>)> {
    let mut named = vec![];
    for tree in node.properties.values() {
        tree.walk(|tree| {
            let name = match tree.as_intrinsic() {
                Some(Intrinsic::Ref(key)) => Some((*key, None)),
                Some(Intrinsic::GetAtt(key, attribute)) => Some((*key, Some(attribute.as_str()))),
                _ => None,
            };
            named.extend(name.filter(|(key, _)| key.stack != node.key.stack));
            true
        });
    }
    named
}

/// Why something cannot be exported, and what to do; None if it can.
fn movable(model: &Model, target: Key) -> Option<(&'static str, &'static str)> {
    let Some(node) = model.nodes.get(target) else {
        return Some((
            "parameters, conditions and mappings belong to one stack",
            "give the other stack its own",
        ));
    };
    let together = "make both in one stack, or look the value up at deploy time by a name that you give";
    match node.identity {
        Identity::Fixed | Identity::Stable => None,
        Identity::CreateOnly(_) | Identity::Of(_) => Some((
            "its logical ID moves when it cannot be changed in place, and an export cannot change while it is imported",
            together,
        )),
        Identity::Revision(_) => Some((
            "its ARN is another one with each definition, and an export cannot change while it is imported",
            "make the machine and whoever calls its version in one stack",
        )),
        Identity::Rights if node.facts.is_some() => Some((
            "a permissions boundary's logical ID moves with what it says, and an export cannot change while it is imported",
            "make a policy of its own for the other stack",
        )),
        Identity::Rights => Some((
            "a role's logical ID moves with its rights, and an export cannot change while it is imported",
            "name the roles by `principal_pattern()`, which is the same for all of them",
        )),
        Identity::Fingerprint(_) => Some((
            "a version's logical ID moves with its code, and an export cannot change while it is imported",
            "make the function and whoever calls its version in one stack",
        )),
    }
}

fn refused(model: &Model, node: &Node, target: Key, what: &str, instead: &str) -> Diagnostic {
    let place = place_of(node, target);
    let message = format!("it names `{}` of another stack {place}: {what}", model.path(target));
    Diagnostic::error(message).at(node.at).construct(model.path(node.key)).help(instead)
}

/// How deep each stack is below those that it imports from; stacks that import from each other are an error.
fn depths(model: &Model, exports: &Exports, found: &mut Vec<Diagnostic>) -> HashMap<u32, u32> {
    let mut graph = DiGraph::<u32, ()>::new();
    // Later stacks first, so that stacks that do not depend on each other come out in the order of their making.
    let indices: HashMap<u32, _> =
        model.stacks.iter().map(|stack| (*stack, graph.add_node(*stack))).collect();
    for (from, to) in exports.dependencies.iter().flat_map(|(from, all)| all.iter().map(move |to| (from, to)))
    {
        if let (Some(from), Some(to)) = (indices.get(from), indices.get(to)) {
            graph.update_edge(*from, *to, ());
        }
    }
    let mut depth: HashMap<u32, u32> = HashMap::new();
    for component in kosaraju_scc(&graph) {
        let mut stacks: Vec<_> =
            component.iter().filter_map(|index| graph.node_weight(*index)).copied().collect();
        stacks.sort_unstable();
        if let [first, _, ..] = stacks.as_slice() {
            let names: Vec<_> = stacks.iter().filter_map(|s| model.app.stacks.get(*s as usize)).collect();
            let list = names.iter().map(|stack| format!("`{}`", stack.name)).collect::<Vec<_>>().join(", ");
            let mut problem = Diagnostic::error(format!("the stacks {list} import from each other"))
                .help("move what they share into a stack of its own, which both import from");
            if let Some(stack) = model.app.stacks.get(*first as usize) {
                problem = problem.at(stack.at).construct(&stack.name);
            }
            found.push(problem);
        }
        for stack in &stacks {
            let below =
                exports.dependencies.get(stack).into_iter().flatten().filter_map(|d| depth.get(d)).max();
            depth.insert(*stack, below.map_or(0, |d| d + 1));
        }
    }
    depth
}
