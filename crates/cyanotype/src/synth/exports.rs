//! References from stack to stack: an output, and an import of it.

use std::collections::{BTreeSet, HashMap};

use cyanotype_cfn::{HandOver, Intrinsic, Key, LogicalId};
use petgraph::{algo::kosaraju_scc, graph::DiGraph};

use super::{
    canonical::short_hash,
    graph::place_of,
    model::{Identity, Model, Node},
};
use crate::{
    app::{Body, Element, ResourceKind, StackData},
    diagnostic::Diagnostic,
};

/// What stacks hand to each other.
#[derive(Debug, Default)]
pub(super) struct Exports {
    /// What other stacks have of a resource: its reference (None) or an attribute.
    pub(super) handed: BTreeSet<(Key, Option<String>)>,
    /// How many stacks each comes after, in the longest chain of those that have something one of the other.
    pub(super) depths: HashMap<u32, u32>,
    /// The stacks that each has something of.
    pub(super) dependencies: HashMap<u32, BTreeSet<u32>>,
}

/// Finds what crosses stacks, and reports what must not.
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
            match unreachable(model, node, target) {
                Some((what, instead)) => found.push(refused(model, node, target, &what, instead)),
                None => {
                    exports.handed.insert((target, attribute));
                    exports.dependencies.entry(node.key.stack).or_default().insert(target.stack);
                }
            }
            found.extend(vanishes(model, node, target));
        }
        for target in node.needs.iter().copied() {
            let of_resource = model.resource(target).is_some();
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
    for (key, attribute) in &exports.handed {
        let id = output_id(model, *key, attribute.as_deref());
        let taken = |element: &&Element| {
            matches!(element.body, Body::Output(_))
                && LogicalId::from_path(&element.path).is_some_and(|own| own.as_str() == id)
        };
        let stack = model.app.stacks.get(key.stack as usize);
        if let Some(element) = stack.and_then(|stack| stack.elements.iter().find(taken)) {
            let problem = format!(
                "its logical ID is `{id}`, which the output of `{}` for other stacks has",
                model.path(*key)
            );
            let construct = format!("{}/{}", stack.map_or("", |stack| &stack.name), element.path.join("/"));
            let help = "give the output another name";
            found.push(Diagnostic::error(problem).at(element.at).construct(construct).help(help));
        }
    }
    exports.depths = depths(model, &exports, &mut found);
    found.dedup();
    model.diagnostics.extend(found);
    exports
}

/// How a stack hands something to others.
///
/// An export cannot change while it is imported, so what can become another resource is handed over by an output whose
/// ID says which one it is: whoever reads it has another template when it is another one, and fails where it is not
/// there yet.
pub(super) fn hand_over(model: &Model, key: Key, attribute: Option<&str>) -> HandOver {
    let stack = model.app.stacks.get(key.stack as usize).map_or("", |stack| &stack.name);
    if moves(model, key) {
        return HandOver::Output { stack: stack.to_owned(), id: output_id(model, key, attribute) };
    }
    let id = model.id(key);
    let name = match attribute {
        // An export's name takes no dot.
        Some(attribute) => format!("{stack}:{id}:{}", attribute.replace('.', "-")),
        None => format!("{stack}:{id}"),
    };
    HandOver::Export { name }
}

/// The logical ID of the output that hands something to other stacks.
pub(super) fn output_id(model: &Model, key: Key, attribute: Option<&str>) -> String {
    let (id, attribute) = (model.id(key), attribute.unwrap_or_default().replace('.', ""));
    if !moves(model, key) {
        return format!("Export{id}{attribute}");
    }
    // A machine's version and a layer's are another one under the ID that they have.
    let seen_as = model.nodes.get(key).and_then(|node| node.seen_as.as_deref());
    let which = seen_as.map(|identity| short_hash(identity, WHICH)).unwrap_or_default();
    format!("HandOver{id}{attribute}{which}")
}

/// Digits that say which one it is, of what has the same ID from deploy to deploy.
const WHICH: usize = 12;

/// Whether it becomes another resource in the course of things: under another logical ID, or a layer or a machine's
/// version with each content.
fn moves(model: &Model, key: Key) -> bool {
    let Some(node) = model.nodes.get(key) else { return false };
    let body = model.resource(key);
    match node.identity {
        Identity::Fixed => body.is_some_and(|body| matches!(body.kind, ResourceKind::Layer(_))),
        Identity::Stable => false,
        Identity::CreateOnly(_)
        | Identity::Of(_)
        | Identity::Revision(_)
        | Identity::Rights
        | Identity::Fingerprint(_) => true,
    }
}

/// The references and attributes of other stacks that a node names, each with the attribute's name.
fn named_elsewhere<'n>(node: &'n Node<'_>) -> Vec<(Key, Option<&'n str>)> {
    let mut named = vec![];
    for tree in node.properties.values() {
        tree.walk(|tree| {
            let name = tree.as_intrinsic().and_then(Intrinsic::reads);
            named.extend(name.filter(|(key, _)| key.stack != node.key.stack));
            true
        });
    }
    named
}

/// Why a node cannot have something of another stack, and what to do; None if it can.
fn unreachable(model: &Model, node: &Node, target: Key) -> Option<(String, &'static str)> {
    if model.nodes.get(target).is_none() {
        let what = "parameters, conditions and mappings belong to one stack";
        return Some((what.to_owned(), "give the other stack its own"));
    }
    let place = |stack: u32| model.app.stacks.get(stack as usize)?.environment.as_ref();
    let (here, there) = (place(node.key.stack)?, place(target.stack)?);
    let what = || format!("it is in {} of {}, and this is for {} of {}", there.1, there.0, here.1, here.0);
    let instead = "give both stacks one account and Region, or look the value up by a name that you give";
    (here != there).then(|| (what(), instead))
}

/// A warning where what is to stay needs what does not.
fn vanishes(model: &Model, node: &Node, target: Key) -> Option<Diagnostic> {
    let stack = |key: Key| model.app.stacks.get(key.stack as usize);
    let ours = |key: Key| {
        let body = model.resource(key);
        body.is_some_and(|body| !matches!(body.kind, ResourceKind::Plain))
    };
    let (here, there): (&StackData, &StackData) = (stack(node.key)?, stack(target)?);
    let problem = || {
        let message = format!(
            "it names `{}` of the stack `{}`, which is ephemeral: the next deploy may take it from what runs",
            model.path(target),
            there.name
        );
        let help = format!("make `{}` ephemeral too, or none of them", here.name);
        Diagnostic::warning(message).at(node.at).construct(model.path(node.key)).help(help)
    };
    (there.ephemeral && !here.ephemeral && ours(node.key) && ours(target)).then(problem)
}

fn refused(model: &Model, node: &Node, target: Key, what: &str, instead: &str) -> Diagnostic {
    let place = place_of(node, target);
    let message = format!("it names `{}` of another stack {place}: {what}", model.path(target));
    Diagnostic::error(message).at(node.at).construct(model.path(node.key)).help(instead)
}

/// How deep each stack is below those that it has something of; stacks that need each other are an error.
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
            let mut problem = Diagnostic::error(format!("the stacks {list} need each other"))
                .help("move what they share into a stack of its own, which both name");
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
