//! The states of a machine as they are collected, before anything is known of the whole.

use serde_json::Value;

use super::{Retry, condition::Node, path::Reference, pinned::Call};
use crate::diagnostic::{Diagnostic, Source};

/// Everything that was made in a scope.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) states: Vec<Draft>,
    links: Vec<Link>,
    /// What was noticed while states were made.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Stands for the place that an edge leads to, which may be known only later. It is public in name only, for the
/// methods of sealed traits.
#[derive(Debug, Clone, Copy)]
pub struct Id(usize);

/// What is known of where an [`Id`] leads.
#[derive(Debug, Clone, Copy)]
pub(super) enum Link {
    /// Nothing yet: a loop's start before its body, a join's end before what follows.
    Unbound,
    /// The state with this index.
    State(usize),
    /// The end of the scope.
    End,
    /// Where another leads.
    Same(Id),
}

/// A state under construction.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) at: Source,
    pub(super) comment: Option<String>,
    pub(super) kind: DraftKind,
    /// Where it goes, unless its kind says that otherwise.
    pub(super) next: Id,
}

#[derive(Debug)]
pub(super) enum DraftKind {
    Task(Box<DraftTask>),
    Wait { seconds: u32 },
    Pass { result: Option<Result<Value, String>> },
    Choice { rules: Vec<DraftRule>, default: Option<Id> },
    Succeed,
    Fail { error: Option<String>, cause: Option<String> },
}

#[derive(Debug)]
pub(super) struct DraftTask {
    pub(super) call: Call,
    pub(super) timeout: Option<u32>,
    pub(super) retry: Vec<Retry>,
    pub(super) catch: Vec<DraftCatch>,
    pub(super) into: Option<Reference>,
    pub(super) select: Option<Reference>,
}

#[derive(Debug)]
pub(super) struct DraftCatch {
    pub(super) errors: Vec<String>,
    /// Where in the input the error is put; without it the error takes the input's place.
    pub(super) into: Option<Reference>,
    pub(super) to: Id,
}

#[derive(Debug)]
pub(super) struct DraftRule {
    pub(super) condition: Vec<Node>,
    pub(super) to: Id,
}

impl Body {
    pub(super) fn link(&mut self, link: Link) -> Id {
        self.links.push(link);
        Id(self.links.len() - 1)
    }

    /// Makes `from` lead where `to` leads.
    pub(super) fn bind(&mut self, from: Id, to: Id) {
        if let Some(link) = self.links.get_mut(from.0) {
            *link = Link::Same(to);
        }
    }

    /// Adds a state and gives its index and the way to it.
    pub(super) fn add(&mut self, name: &str, at: Source, kind: DraftKind) -> (usize, Id) {
        let next = self.link(Link::Unbound);
        let index = self.states.len();
        self.states.push(Draft { name: name.into(), at, comment: None, kind, next });
        (index, self.link(Link::State(index)))
    }

    /// Where it leads, through every link in between.
    pub(super) fn follow(&self, mut id: Id) -> Link {
        // No chain is longer than the table; a longer one is a circle of links without a state.
        for _ in 0..=self.links.len() {
            match self.links.get(id.0) {
                Some(Link::Same(next)) => id = *next,
                Some(link) => return *link,
                None => break,
            }
        }
        Link::Unbound
    }
}

impl Draft {
    /// The edge that can be the end of the state itself: `"End": true`.
    pub(super) fn next(&self) -> Option<Id> {
        match &self.kind {
            DraftKind::Task(_) | DraftKind::Wait { .. } | DraftKind::Pass { .. } => Some(self.next),
            DraftKind::Choice { .. } | DraftKind::Succeed | DraftKind::Fail { .. } => None,
        }
    }

    /// The other edges out of it, in the order in which they are written. Each leads to a state.
    pub(super) fn others(&self) -> impl Iterator<Item = Id> {
        let (rules, default, catch) = match &self.kind {
            DraftKind::Choice { rules, default } => (rules.as_slice(), *default, &[][..]),
            DraftKind::Task(task) => (&[][..], None, task.catch.as_slice()),
            _ => (&[][..], None, &[][..]),
        };
        rules.iter().map(|rule| rule.to).chain(default).chain(catch.iter().map(|catch| catch.to))
    }
}
