//! The states of a machine as they are collected, before anything is known of the whole.

mod drafts;

pub(super) use self::drafts::{
    DraftBatch, DraftCall, DraftCatch, DraftDistributed, DraftInto, DraftItems, DraftKind, DraftMap,
    DraftPass, DraftReader, DraftRule, DraftSource, DraftTask, DraftTest, DraftVariable, DraftWait,
    DraftWork,
};
use crate::diagnostic::{Diagnostic, Source};

/// How deep scopes may be nested, so that going through them can be recursive.
const MAX_SCOPES: usize = 100;

/// Everything that was made in a scope.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) states: Vec<Draft>,
    links: Vec<Link>,
    /// What was noticed while states were made.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How deep the scopes within are nested.
    depth: usize,
}

/// A scope that is complete: a branch, or what runs for each item. It is public in name only, like [`Id`].
#[derive(Debug)]
pub struct Scoped {
    pub(super) body: Body,
    pub(super) start: Id,
    pub(super) at: Source,
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
    pub(super) is_jsonata: bool,
    pub(super) kind: DraftKind,
    /// Variables that it sets.
    pub(super) assign: Vec<DraftVariable>,
    /// Where it goes, unless its kind says that otherwise.
    pub(super) next: Id,
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
    pub(super) fn add(
        &mut self,
        name: &str,
        at: Source,
        is_jsonata: bool,
        mut kind: DraftKind,
    ) -> (usize, Id) {
        for scope in kind.scopes_mut() {
            if scope.body.depth >= MAX_SCOPES {
                scope.body = Self::default();
                let message = format!("scopes are nested more than {MAX_SCOPES} deep");
                let help = "run the inner ones in a state machine of their own, and call its version";
                self.diagnostics.push(Diagnostic::error(message).at(at).state(name).help(help));
            }
            self.depth = self.depth.max(scope.body.depth + 1);
        }
        let next = self.link(Link::Unbound);
        let index = self.states.len();
        self.states.push(Draft {
            name: name.into(),
            at,
            comment: None,
            is_jsonata,
            kind,
            assign: vec![],
            next,
        });
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
            DraftKind::Choice { .. } | DraftKind::Succeed | DraftKind::Fail { .. } => None,
            _ => Some(self.next),
        }
    }

    /// The other edges out of it, in the order in which they are written. Each leads to a state.
    pub(super) fn others(&self) -> impl Iterator<Item = Id> {
        let (rules, default) = match &self.kind {
            DraftKind::Choice { rules, default } => (rules.as_slice(), *default),
            _ => (&[][..], None),
        };
        let catch = self.kind.work().map_or(&[][..], |work| work.catch.as_slice());
        rules.iter().map(|rule| rule.to).chain(default).chain(catch.iter().map(|catch| catch.to))
    }
}
