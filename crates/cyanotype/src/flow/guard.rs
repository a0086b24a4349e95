//! Reading what may be absent fails the execution, unless a test before made sure that it is there.

use super::{
    condition::{Check, Node, Test},
    path::Spot,
    schema::Place,
};

/// A test and where it reads. No place is known for a path that was not found, which has its own diagnostic.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) test: &'a Test,
    pub(super) place: Option<&'a Place>,
    /// What it is compared with, when that is in the data too.
    pub(super) other: Option<&'a Place>,
}

/// The tests that read, unguarded, what may be absent.
///
/// `known` is what must be there because the rules before did not hold, and gains what must be there if this one
/// does not either. A condition deeper than `max_depth` is not looked at: it is refused anyway.
pub(super) fn unguarded<'a>(
    nodes: &[Node],
    placed: &[Placed<'a>],
    max_depth: usize,
    known: &mut Vec<Spot>,
) -> Vec<(&'a Test, &'a Place)> {
    let mut found = vec![];
    if let Some(tree) = tree(nodes, placed, max_depth) {
        tree.check(known, &mut found);
        known.extend(tree.present(false));
    }
    found
}

/// What must be there when a condition came out like this.
pub(super) fn present(nodes: &[Node], placed: &[Placed<'_>], max_depth: usize, outcome: bool) -> Vec<Spot> {
    tree(nodes, placed, max_depth).map_or_else(Vec::new, |tree| tree.present(outcome))
}

/// A condition as a tree, whose depth is limited so that going through it can be recursive.
#[derive(Debug)]
enum Tree<'a> {
    Test(Placed<'a>),
    All(Vec<Tree<'a>>),
    Any(Vec<Tree<'a>>),
    Not(Box<Tree<'a>>),
}

fn tree<'a>(nodes: &[Node], placed: &[Placed<'a>], max_depth: usize) -> Option<Tree<'a>> {
    let mut done: Vec<(usize, Tree<'a>)> = vec![];
    let mut placed = placed.iter();
    for node in nodes {
        let parts = match node {
            Node::Test(_) => 0,
            Node::Not => 1,
            Node::All(parts) | Node::Any(parts) => *parts,
        };
        let parts = done.split_off(done.len().checked_sub(parts)?);
        let depth = 1 + parts.iter().map(|(depth, _)| *depth).max().unwrap_or_default();
        if depth > max_depth {
            return None;
        }
        let mut parts = parts.into_iter().map(|(_, tree)| tree);
        let tree = match node {
            Node::Test(_) => Tree::Test(*placed.next()?),
            Node::Not => Tree::Not(Box::new(parts.next()?)),
            Node::All(_) => Tree::All(parts.collect()),
            Node::Any(_) => Tree::Any(parts.collect()),
        };
        done.push((depth, tree));
    }
    done.pop().map(|(_, tree)| tree)
}

impl<'a> Tree<'a> {
    fn check(&self, known: &[Spot], found: &mut Vec<(&'a Test, &'a Place)>) {
        match self {
            Self::Not(part) => part.check(known, found),
            Self::All(parts) | Self::Any(parts) => {
                // The next part is looked at only where this one held (All) or did not (Any).
                let outcome = matches!(self, Self::All(_));
                let mut known = known.to_vec();
                for part in parts {
                    part.check(&known, found);
                    known.extend(part.present(outcome));
                }
            }
            Self::Test(Placed { test, place, other }) => {
                let reads = place.filter(|_| !matches!(test.check, Check::Present));
                for place in reads.into_iter().chain(*other) {
                    // `IsPresent $.a` says nothing of `$.a.b` when `a` can be null: only the place itself, or one
                    // inside of it, is a guard.
                    if place.optional && !known.iter().any(|known| place.spot.contains(known)) {
                        found.push((test, place));
                    }
                }
            }
        }
    }

    /// What must be there when the condition came out like this.
    fn present(&self, outcome: bool) -> Vec<Spot> {
        match self {
            Self::Not(part) => part.present(!outcome),
            Self::All(parts) if outcome => parts.iter().flat_map(|part| part.present(true)).collect(),
            Self::Any(parts) if !outcome => parts.iter().flat_map(|part| part.present(false)).collect(),
            Self::Test(Placed { test: Test { check: Check::Present, .. }, place: Some(place), .. })
                if outcome =>
            {
                vec![place.spot.clone()]
            }
            Self::All(_) | Self::Any(_) | Self::Test(_) => vec![],
        }
    }
}
