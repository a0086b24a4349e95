//! Statements that say together what one says.

use cyanotype_cfn::Tree;

use super::spill;
use crate::iam::Statement;

/// A statement by its parts.
struct Parts {
    /// Effect and conditions.
    under: String,
    actions: Vec<String>,
    resources: Vec<(String, Tree)>,
    statement: Statement,
}

/// The statements that users gave, in a role and beside it, with those as one that have the same effect, the same
/// conditions, and either the same actions or the same resources. Never those that differ in both, which would allow
/// each action on each resource. `text` is what a value says. They are in no order.
///
/// The role's identity is of the statements as they were given: so no release of this crate moves a role by how it
/// merges. Where a role has no room for them they stay, too, since those in policies of their own are told apart by
/// their texts.
pub(super) fn merged(
    inline: Vec<Statement>,
    detached: Vec<Statement>,
    text: impl Fn(&Tree) -> String,
) -> (Vec<Statement>, Vec<Statement>) {
    if !spill::has_room(&inline, &detached) {
        return (inline, detached);
    }
    (merge(inline, &text), merge(detached, &text))
}

fn merge(statements: Vec<Statement>, text: &dyn Fn(&Tree) -> String) -> Vec<Statement> {
    let given = statements.iter().filter(|statement| statement.given).count();
    if given < 2 {
        return statements;
    }
    let (given, found): (Vec<_>, Vec<_>) = statements.into_iter().partition(|statement| statement.given);
    let mut all: Vec<Parts> = given.into_iter().map(|statement| parts(statement, text)).collect();
    if mergeable(&all).is_none() {
        return all.into_iter().map(|parts| parts.statement).chain(found).collect();
    }
    // Each time one less, in the order of what they say.
    while let Some((first, second)) = mergeable(&all) {
        let other = all.remove(second);
        if let Some(into) = all.get_mut(first) {
            into.actions.extend(other.actions);
            into.resources.extend(other.resources);
            into.tidy();
        }
        all.sort_by(|a, b| a.order().cmp(&b.order()));
    }
    let merged = all.into_iter().map(|Parts { actions, resources, statement, .. }| {
        let resources = resources.into_iter().map(|(_, tree)| tree).collect();
        Statement { actions, resources, ..statement }
    });
    merged.chain(found).collect()
}

/// The first two that one statement can say.
fn mergeable(all: &[Parts]) -> Option<(usize, usize)> {
    all.iter().enumerate().find_map(|(first, a)| {
        let alike = |b: &Parts| a.under == b.under && (a.actions == b.actions || a.texts().eq(b.texts()));
        let second = all.iter().skip(first + 1).position(alike)?;
        Some((first, first + 1 + second))
    })
}

fn parts(statement: Statement, text: &dyn Fn(&Tree) -> String) -> Parts {
    let conditions =
        Tree::map(statement.conditions.iter().map(|(operator, keys)| (operator, Tree::map(keys.clone()))));
    let mut parts = Parts {
        under: format!("{} {}", statement.effect.name(), text(&conditions)),
        actions: statement.actions.clone(),
        resources: statement.resources.iter().map(|tree| (text(tree), tree.clone())).collect(),
        statement,
    };
    parts.tidy();
    parts
}

impl Parts {
    /// Everything once, in one order.
    fn tidy(&mut self) {
        self.actions.sort();
        self.actions.dedup();
        self.resources.sort_by(|a, b| a.0.cmp(&b.0));
        self.resources.dedup_by(|a, b| a.0 == b.0);
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.resources.iter().map(|(text, _)| text.as_str())
    }

    /// An order in which two are the same only if they say the same.
    fn order(&self) -> (&[String], &str, Vec<&str>) {
        (&self.actions, &self.under, self.texts().collect())
    }
}
