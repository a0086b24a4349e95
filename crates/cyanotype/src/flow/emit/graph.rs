//! Which states a machine has, in which order.

use std::collections::HashMap;

use indexmap::IndexSet;

use crate::{
    diagnostic::{Diagnostic, Source},
    flow::body::{Body, Draft, Id, Link, Scoped},
};

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

/// The states of a scope.
#[derive(Debug)]
pub(super) struct Graph<'a> {
    /// Tells scopes of one machine apart.
    pub(super) scope: usize,
    body: &'a Body,
    start: Node,
    /// Breadth-first from the start.
    order: IndexSet<Node>,
    /// The scopes within, by the index of their state. Looked up alone, so that no order comes from it.
    inner: HashMap<usize, Vec<Graph<'a>>>,
}

impl<'a> Graph<'a> {
    /// Everything that the start leads to, in this scope and those within; nothing if it leads to no state. Says what
    /// is wrong with the scopes as such.
    pub(super) fn new(
        body: &'a Body,
        start: Id,
        at: Source,
        scopes: &mut usize,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        diagnostics.extend(body.diagnostics.iter().cloned());
        let Link::State(start) = body.follow(start) else {
            let help = "make one in the closure and return it: `m.wait(..).then(m.end())`";
            diagnostics.push(Diagnostic::error("there is no state to start in").at(at).help(help));
            return None;
        };
        let start = Node::State(start);
        let order = IndexSet::from([start]);
        let mut graph = Self { scope: *scopes, body, start, order, inner: HashMap::new() };
        *scopes += 1;
        graph.walk();
        diagnostics.extend(graph.unreached().map(|state| {
            let help = "make it the target of an edge, or remove it";
            Diagnostic::error("no path leads to this state").at(state.at).state(&state.name).help(help)
        }));
        for node in graph.order.clone() {
            let Node::State(index) = node else { continue };
            let within = body.states.get(index).map_or(&[][..], |draft| draft.kind.scopes());
            let inner: Vec<_> = (within.iter())
                .filter_map(|Scoped { body, start, at }| Self::new(body, *start, at, scopes, diagnostics))
                .collect();
            if !inner.is_empty() {
                graph.inner.insert(index, inner);
            }
        }
        Some(graph)
    }

    fn walk(&mut self) {
        let mut at = 0;
        while let Some(node) = self.order.get_index(at).copied() {
            at += 1;
            let Node::State(index) = node else { continue };
            let Some(draft) = self.body.states.get(index) else { continue };
            // The end at a Next is no state of its own.
            let next = draft.next().filter(|to| !self.is_end(*to));
            let edges = next.into_iter().chain(draft.others());
            let targets: Vec<_> = edges.map(|to| self.follow(index, to)).collect();
            self.order.extend(targets);
        }
    }

    pub(super) fn start(&self) -> Node {
        self.start
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = Node> + use<'a, '_> {
        self.order.iter().copied()
    }

    /// The scopes of the state with this index.
    pub(super) fn inner(&self, index: usize) -> &[Graph<'a>] {
        self.inner.get(&index).map_or(&[], Vec::as_slice)
    }

    /// This scope and all within, the outer ones first.
    pub(super) fn scopes(&self) -> Vec<&Graph<'a>> {
        let mut scopes = vec![self];
        let mut at = 0;
        while let Some(scope) = scopes.get(at).copied() {
            at += 1;
            scopes.extend(scope.nodes().flat_map(|node| match node {
                Node::State(index) => scope.inner(index),
                Node::EndOf(_) => &[],
            }));
        }
        scopes
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
    fn unreached(&self) -> impl Iterator<Item = &'a Draft> {
        let states = self.body.states.iter().enumerate();
        states.filter(|(index, _)| !self.order.contains(&Node::State(*index))).map(|(_, draft)| draft)
    }

    /// The states that some path leads to, in the order in which they were made.
    pub(super) fn reached(&self) -> impl Iterator<Item = (Node, &'a Draft)> {
        let states = self.body.states.iter().enumerate().map(|(index, draft)| (Node::State(index), draft));
        states.filter(|(node, _)| self.order.contains(node))
    }
}
