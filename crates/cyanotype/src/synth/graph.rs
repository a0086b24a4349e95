//! Who needs whom: the order in which identities can be known, and the cycles in which nothing can.

use std::collections::{HashMap, HashSet, VecDeque};

use cyanotype_cfn::{Intrinsic, Key, Tree, Value};
use petgraph::{algo::kosaraju_scc, graph::DiGraph};

use super::{
    model::{Identity, Model, Node, statement_targets},
    policies,
};
use crate::{
    app::{AppData, ResourceKind},
    diagnostic::Diagnostic,
    iam::Statement,
    step_functions::{arn_pattern, name_pattern},
};

/// Breaks the cycles that grants close, reports those that stay, and returns every resource after those that it needs.
pub(super) fn resolve(model: &mut Model) -> Vec<Key> {
    let (order, circles) = components(model);
    if circles.is_empty() {
        // A policy that is attached to a role comes before it.
        return if policies::write(model) { components(model).0 } else { order };
    }
    detach_grants(model, &circles);
    policies::write(model);
    let (order, circles) = components(model);
    for circle in circles {
        let found = report(model, &circle);
        model.diagnostics.push(found);
    }
    order
}

/// A right that would close a cycle goes out of the role: a right on a machine names it by pattern, any other stands in
/// a policy of its own. Which ones these are is seen from all grants at once, so that the order of calls is nothing.
fn detach_grants(model: &mut Model, circles: &[Vec<Key>]) {
    let circle_of: HashMap<Key, usize> =
        circles.iter().enumerate().flat_map(|(n, keys)| keys.iter().map(move |key| (*key, n))).collect();
    let machines: HashMap<Key, Option<Tree>> = model
        .nodes
        .values()
        .filter(|node| is_machine(model, node.key))
        .map(|node| (node.key, node.properties.get("StateMachineName").cloned()))
        .collect();
    let versions: HashMap<Key, Key> = model
        .nodes
        .values()
        .filter_map(|node| match node.identity {
            Identity::Fingerprint(function) => Some((node.key, function)),
            _ => None,
        })
        .collect();
    let moves = |node: &&Node<'_>| matches!(node.identity, Identity::Fingerprint(_) | Identity::Rights);
    let moving: HashSet<Key> = model.nodes.values().filter(moves).map(|node| node.key).collect();
    for node in model.nodes.values_mut() {
        let Some(circle) = circle_of.get(&node.key) else { continue };
        let closes = |key: &Key| circle_of.get(key) == Some(circle);
        let (mut inline, mut detached) = (vec![], vec![]);
        for statement in std::mem::take(&mut node.statements) {
            if !statement_targets(&statement).iter().any(closes) {
                inline.push(statement);
                continue;
            }
            let machine = |key, named| {
                let name = machines.get(&key)?.as_ref();
                Some(match named {
                    Named::Arn => arn_pattern(key, name),
                    Named::Name => name_pattern(key, name),
                })
            };
            let mut by_pattern = replace_closing(statement, &closes, machine);
            if statement_targets(&by_pattern).iter().any(closes) {
                // What moves and closes nothing stays in the role, which moves with it.
                let names = |tree: &Tree, is: &dyn Fn(&Key) -> bool| tree.targets().iter().any(is);
                let stays = |tree: &Tree| names(tree, &|key| moving.contains(key)) && !names(tree, &closes);
                if by_pattern.resources.iter().any(stays) && !by_pattern.resources.iter().all(stays) {
                    let resources = std::mem::take(&mut by_pattern.resources);
                    let (stay, close) = resources.into_iter().partition(stays);
                    inline.push(Statement { resources: stay, ..by_pattern.clone() });
                    by_pattern.resources = close;
                }
                // A version that calls back has an identity that depends on the role's own. So the right is on every
                // version of its function: one on the present version would move on in place, under the versions that
                // hold the role already.
                let all_versions = |key, named| {
                    let function = *versions.get(&key).filter(|_| matches!(named, Named::Arn))?;
                    Some(Value::concat([Value::attribute(function, "Arn"), ":*".into()]).into())
                };
                detached.push(replace_closing(by_pattern, &closes, all_versions));
            } else {
                inline.push(by_pattern);
            }
        }
        (node.statements, node.detached) = (inline, detached);
    }
}

/// How a statement names what closes a circle.
#[derive(Clone, Copy)]
enum Named {
    /// By its ARN, which is `Ref` of a machine and of a version.
    Arn,
    /// By its name, in an ARN that is put together, such as that of a machine's executions.
    Name,
}

/// The statement with another value in the place of each that closes the circle, where there is one to put there.
fn replace_closing(
    mut statement: Statement,
    closes: &dyn Fn(&Key) -> bool,
    instead: impl Fn(Key, Named) -> Option<Tree>,
) -> Statement {
    let instead = |key: Key, named| Some(key).filter(closes).and_then(|key| instead(key, named));
    for resource in &mut statement.resources {
        let Tree::Intrinsic(intrinsic) = resource else { continue };
        match &mut **intrinsic {
            Intrinsic::Ref(key) => {
                if let Some(other) = instead(*key, Named::Arn) {
                    *resource = other;
                }
            }
            Intrinsic::Concat(parts) => {
                for part in parts {
                    if let Some(Intrinsic::GetAtt(key, attribute)) = part.as_intrinsic()
                        && attribute == "Name"
                        && let Some(other) = instead(*key, Named::Name)
                    {
                        *part = other;
                    }
                }
            }
            _ => {}
        }
    }
    statement
}

/// Every resource after those that it needs, and the sets of resources that need each other.
fn components(model: &mut Model) -> (Vec<Key>, Vec<Vec<Key>>) {
    for node in model.nodes.values_mut() {
        node.needs = needs(model.app, node);
    }
    let mut graph = DiGraph::<Key, ()>::new();
    let mut indices = model.table();
    for key in model.nodes.keys() {
        indices.insert(key, graph.add_node(key));
    }
    let mut to_itself = HashSet::new();
    for node in model.nodes.values() {
        let Some(from) = indices.get(node.key) else { continue };
        for target in &node.needs {
            if let Some(to) = indices.get(*target) {
                graph.update_edge(*from, *to, ());
            }
            if *target == node.key {
                to_itself.insert(*target);
            }
        }
    }
    let mut order = vec![];
    let mut circles = vec![];
    for component in kosaraju_scc(&graph) {
        let mut keys: Vec<_> =
            component.iter().filter_map(|index| graph.node_weight(*index)).copied().collect();
        keys.sort();
        order.extend(&keys);
        if keys.len() > 1 || keys.first().is_some_and(|key| to_itself.contains(key)) {
            circles.push(keys);
        }
    }
    circles.sort();
    (order, circles)
}

/// What CloudFormation must make before a resource.
fn needs(app: &AppData, node: &Node) -> Vec<Key> {
    let trees = node.properties.values().chain(node.statements.iter().flat_map(Statement::trees));
    let mut keys = Tree::targets_of(trees);
    if let Some(body) = app.resource(node.key) {
        keys.extend(&body.depends_on);
        keys.extend(Tree::targets_of(body.update_policy.values()));
    }
    keys
}

fn is_machine(model: &Model, key: Key) -> bool {
    let body = model.resource(key);
    body.is_some_and(|body| matches!(body.kind, ResourceKind::Machine(_)))
}

/// A shortest circle, link by link.
fn report(model: &Model, circle: &[Key]) -> Diagnostic {
    let links = shortest_circle(model, circle);
    let mut message = "CloudFormation can make none of these first, since each needs the next:".to_owned();
    for (n, from) in links.iter().enumerate() {
        let to = links.get(n + 1).or(links.first()).unwrap_or(from);
        let place = model.nodes.get(*from).map(|node| place_of(node, *to)).unwrap_or_default();
        message.push_str(&format!("\n  `{}` needs `{}` ({place})", model.path(*from), model.path(*to)));
    }
    let first = links.first().or(circle.first());
    let mut found = Diagnostic::error(message).help(
        "break one link: name a resource by a pattern or a fixed name instead of referring to it, or hand the value \
         over at run time (a parameter in SSM, the input of the execution)",
    );
    if let Some(node) = first.and_then(|key| model.nodes.get(*key)) {
        found = found.at(node.at).construct(model.path(node.key));
    }
    found
}

fn shortest_circle(model: &Model, circle: &[Key]) -> Vec<Key> {
    let Some(start) = circle.first().copied() else { return vec![] };
    let inside: HashSet<Key> = circle.iter().copied().collect();
    let mut from: HashMap<Key, Key> = HashMap::new();
    let mut todo = VecDeque::from([start]);
    while let Some(key) = todo.pop_front() {
        let Some(node) = model.nodes.get(key) else { continue };
        for next in node.needs.iter().copied().filter(|next| inside.contains(next)) {
            if next == start {
                let mut links = vec![key];
                while let Some(before) = links.last().filter(|last| **last != start).and_then(|k| from.get(k))
                {
                    links.push(*before);
                }
                links.reverse();
                return links;
            }
            if let std::collections::hash_map::Entry::Vacant(unseen) = from.entry(next) {
                unseen.insert(key);
                todo.push_back(next);
            }
        }
    }
    vec![start]
}

/// Where a resource names another: `Environment.Variables.TABLE`.
pub(super) fn place_of(node: &Node, target: Key) -> String {
    for (name, tree) in node.properties.iter() {
        let mut todo = vec![(name.to_owned(), tree)];
        while let Some((place, tree)) = todo.pop() {
            match tree {
                Tree::Map(entries) => {
                    todo.extend(entries.iter().rev().map(|(k, v)| (format!("{place}.{k}"), v)))
                }
                Tree::List(items) => {
                    todo.extend(items.iter().enumerate().rev().map(|(n, v)| (format!("{place}[{n}]"), v)));
                }
                other if other.targets().contains(&target) => return format!("in `{place}`"),
                _ => {}
            }
        }
    }
    if node.statements.iter().any(|s| statement_targets(s).contains(&target)) {
        return "in what it is allowed".into();
    }
    "by `depends_on`".into()
}
