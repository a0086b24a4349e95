//! Which states a machine has, in which order.

use indexmap::IndexSet;

use crate::flow::body::{Body, Draft, Id, Link};

/// What is emitted as a state.
///
/// Only a Next can be `"End": true`, so a rule or a catcher that ends the scope leads to a Succeed of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Node {
    /// The state with this index.
    State(usize),
    /// The Succeed that the rules of the Choice, or the catchers of the Task, with this index lead to.
    EndOf(usize),
}

#[derive(Debug)]
pub(super) struct Graph<'a> {
    body: &'a Body,
    start: Node,
    /// Breadth-first from the start.
    order: IndexSet<Node>,
}

impl<'a> Graph<'a> {
    /// Everything that the start leads to; nothing if it leads to no state.
    pub(super) fn new(body: &'a Body, start: Id) -> Option<Self> {
        let Link::State(start) = body.follow(start) else { return None };
        let start = Node::State(start);
        let mut graph = Self { body, start, order: IndexSet::from([start]) };
        let mut at = 0;
        while let Some(node) = graph.order.get_index(at).copied() {
            at += 1;
            let Node::State(index) = node else { continue };
            let Some(draft) = body.states.get(index) else { continue };
            // The end at a Next is no state of its own.
            let next = draft.next().filter(|to| !graph.is_end(*to));
            let edges = next.into_iter().chain(draft.others());
            let targets: Vec<_> = edges.map(|to| graph.follow(index, to)).collect();
            graph.order.extend(targets);
        }
        Some(graph)
    }

    pub(super) fn start(&self) -> Node {
        self.start
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = Node> + use<'a, '_> {
        self.order.iter().copied()
    }

    /// The state, or the Choice or Task whose end it is.
    pub(super) fn draft(&self, node: Node) -> Option<&'a Draft> {
        let (Node::State(index) | Node::EndOf(index)) = node;
        self.body.states.get(index)
    }

    /// Whether the execution ends there. What leads nowhere counts as an end: it is reported, and the rest can still
    /// be checked.
    pub(super) fn is_end(&self, to: Id) -> bool {
        !matches!(self.body.follow(to), Link::State(_))
    }

    /// Whether it leads to a loop or a join that has no state.
    pub(super) fn leads_nowhere(&self, to: Id) -> bool {
        !matches!(self.body.follow(to), Link::State(_) | Link::End)
    }

    /// Where an edge from the state with this index leads.
    pub(super) fn follow(&self, from: usize, to: Id) -> Node {
        match self.body.follow(to) {
            Link::State(index) => Node::State(index),
            Link::End | Link::Unbound | Link::Same(_) => Node::EndOf(from),
        }
    }

    /// The states that no path leads to, in the order in which they were made.
    pub(super) fn unreached(&self) -> impl Iterator<Item = &'a Draft> {
        let states = self.body.states.iter().enumerate();
        states.filter(|(index, _)| !self.order.contains(&Node::State(*index))).map(|(_, draft)| draft)
    }

    /// The states that some path leads to, in the order in which they were made.
    pub(super) fn reached(&self) -> impl Iterator<Item = (Node, &'a Draft)> {
        let states = self.body.states.iter().enumerate().map(|(index, draft)| (Node::State(index), draft));
        states.filter(|(node, _)| self.order.contains(node))
    }
}
