//! Which places certainly hold something when an execution comes to a state.

use std::collections::HashMap;

use cyanotype_asl::MAX_RULE_DEPTH;

use super::graph::{Graph, Node};
use crate::flow::{
    body::{Draft, DraftInto, DraftKind, DraftPass, DraftTest},
    condition, guard,
    path::{Reference, Spot},
    schema::{Place, Schemas},
};

/// A place that certainly holds something.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    pub(super) spot: Spot,
    /// Whether a state has filled it, so that what must be in it is there. What was asked for may be null.
    filled: bool,
}

impl Known {
    pub(super) fn filled(spot: Spot) -> Self {
        Self { spot, filled: true }
    }

    fn asked(spot: Spot) -> Self {
        Self { spot, filled: false }
    }

    /// Whether what is at the place is certainly there, too.
    pub(super) fn covers(&self, place: &Place) -> bool {
        place.spot.contains(&self.spot)
            || (self.filled
                && self.spot.contains(&place.spot)
                && place.sure_after <= self.spot.path.steps().len())
    }
}

/// By state, the places that every way to it has filled or asked for.
#[derive(Debug, Default)]
pub(super) struct Presence {
    known: HashMap<Node, Vec<Known>>,
}

impl Presence {
    /// Follows the data along all edges until nothing changes: at a state where ways meet, only what all of them know
    /// is known.
    pub(super) fn new(graph: &Graph<'_>, schemas: &mut Schemas) -> Self {
        let mut presence = Self { known: HashMap::from([(graph.start(), vec![])]) };
        let mut todo = vec![graph.start()];
        while let Some(node) = todo.pop() {
            let (Node::State(index), Some(draft)) = (node, graph.draft(node)) else { continue };
            let known = presence.at(node).to_vec();
            for (to, known) in edges(graph, index, draft, &known, schemas) {
                if presence.arrive(to, known) {
                    todo.push(to);
                }
            }
        }
        presence
    }

    /// What is known when the state is entered.
    pub(super) fn at(&self, node: Node) -> &[Known] {
        self.known.get(&node).map_or(&[], Vec::as_slice)
    }

    /// Whether less is known there than was. A state is looked at again only then, so this ends.
    fn arrive(&mut self, node: Node, known: Vec<Known>) -> bool {
        match self.known.get_mut(&node) {
            None => {
                self.known.insert(node, known);
                true
            }
            Some(before) => {
                let length = before.len();
                before.retain(|place| known.contains(place));
                before.len() < length
            }
        }
    }
}

/// Where an execution goes from a state, and what is known of its data then.
fn edges(
    graph: &Graph<'_>,
    index: usize,
    draft: &Draft,
    known: &[Known],
    schemas: &mut Schemas,
) -> Vec<(Node, Vec<Known>)> {
    let mut edges = vec![];
    let mut with = |field: &Reference| -> Vec<Known> {
        known.iter().cloned().chain(schemas.find(field).map(|place| Known::filled(place.spot))).collect()
    };
    let next = match &draft.kind {
        DraftKind::Wait(_) | DraftKind::Pass(DraftPass::Nothing) => known.to_vec(),
        DraftKind::Task(_, work) | DraftKind::Map(_, work) | DraftKind::Parallel(_, work) => {
            for catch in &work.catch {
                let known = catch.into.as_ref().map_or_else(Vec::new, &mut with);
                edges.push((graph.follow(index, catch.to), known));
            }
            match &work.into {
                _ if work.select.is_some() || work.output.is_some() => vec![],
                Some(DraftInto::Field(field)) => with(field),
                Some(DraftInto::Nowhere) => known.to_vec(),
                None => vec![],
            }
        }
        // Other data, of which nothing is known.
        DraftKind::Pass(_) => vec![],
        DraftKind::Choice { rules, default } => {
            let mut known = known.to_vec();
            for rule in rules {
                let mut holds = known.clone();
                if let DraftTest::Condition(nodes) = &rule.test {
                    let tests: Vec<_> = nodes.iter().filter_map(condition::Node::test).collect();
                    let places: Vec<Option<Place>> =
                        tests.iter().map(|test| schemas.find(&test.place).ok()).collect();
                    let placed: Vec<_> = (tests.into_iter().zip(&places))
                        .map(|(test, place)| guard::Placed { test, place: place.as_ref(), other: None })
                        .collect();
                    holds.extend(
                        guard::present(nodes, &placed, MAX_RULE_DEPTH, true).into_iter().map(Known::asked),
                    );
                    known.extend(
                        guard::present(nodes, &placed, MAX_RULE_DEPTH, false).into_iter().map(Known::asked),
                    );
                }
                edges.push((graph.follow(index, rule.to), holds));
            }
            edges.extend(default.map(|to| (graph.follow(index, to), known)));
            return edges;
        }
        DraftKind::Succeed | DraftKind::Fail { .. } => return edges,
    };
    if !graph.is_end(draft.next) {
        edges.push((graph.follow(index, draft.next), next));
    }
    edges
}
