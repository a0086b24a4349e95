//! Rights that are more than a role holds in itself.

use cyanotype_cfn::Tree;

use crate::{
    diagnostic::Diagnostic,
    iam::{Statement, document_size, value_size},
};

/// Characters that all policies in a role may have together.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>, as of the other two.
const INLINE: usize = 10_240;
/// Characters that a managed policy may have.
const MANAGED: usize = 6_144;
/// Managed policies that a role may have, as long as nobody has asked AWS for more.
const ATTACHED: usize = 10;

/// Where a role has its statements.
#[derive(Debug)]
pub(super) struct Placed {
    /// In the role itself.
    pub(super) inline: Vec<Statement>,
    /// In managed policies that are attached to it.
    pub(super) managed: Vec<Vec<Statement>>,
}

/// Whether a role has room for all of this in itself.
pub(super) fn has_room(statements: &[Statement], detached: &[Statement]) -> bool {
    let beside = if detached.is_empty() { 0 } else { document_size(detached) };
    document_size(statements) + beside <= INLINE
}

/// Places statements, in the order given: all in the role where they fit, else what does not fit in as few managed
/// policies as the order allows. A statement can be in several, each with a part of its resources, which says the same.
/// `detached` are in the role too, by a policy beside it, and `attached` managed policies are its already.
///
/// # Errors
/// All of its characters, when they fit nowhere.
pub(super) fn place(
    statements: Vec<Statement>,
    detached: &[Statement],
    attached: usize,
) -> Result<Placed, usize> {
    let beside = if detached.is_empty() { 0 } else { document_size(detached) };
    let whole = document_size(&statements) + beside;
    if statements.is_empty() && detached.is_empty() || whole <= INLINE {
        return Ok(Placed { inline: statements, managed: vec![] });
    }
    if beside > INLINE {
        return Err(whole);
    }
    let mut bins = Bins { all: vec![Bin::new(INLINE - beside)] };
    for statement in statements {
        bins.add(statement).ok_or(whole)?;
    }
    let mut bins = bins.all.into_iter().map(|bin| bin.statements);
    let inline = bins.next().unwrap_or_default();
    let managed: Vec<_> = bins.collect();
    if managed.len() + attached > ATTACHED { Err(whole) } else { Ok(Placed { inline, managed }) }
}

/// That a role's statements fit nowhere.
pub(super) fn too_many(size: usize, attached: usize) -> Diagnostic {
    let policies = ATTACHED.saturating_sub(attached);
    let message = format!(
        "its rights have up to {size} characters, and a role holds 10,240 in itself and 6,144 in each of {policies} \
         managed policies"
    );
    Diagnostic::error(message).help(
        "move a part of what it does to a machine or function of its own, which has a role of its own; or allow by a \
         pattern what is named one by one",
    )
}

struct Bins {
    all: Vec<Bin>,
}

struct Bin {
    room: usize,
    statements: Vec<Statement>,
}

impl Bin {
    fn new(size: usize) -> Self {
        Self { room: size.saturating_sub(document_size(&[])), statements: vec![] }
    }
}

impl Bins {
    /// Adds a statement; None when a part of it fits in no policy.
    fn add(&mut self, mut statement: Statement) -> Option<()> {
        let resources = std::mem::take(&mut statement.resources);
        // With the brackets of its resources and the comma behind it.
        let frame = document_size(std::slice::from_ref(&statement)) - document_size(&[]) + 1;
        let mut is_open = false;
        for resource in resources {
            let size = value_size(&resource) + 1;
            if !is_open || self.all.last()?.room < size {
                self.open(&statement, frame + size)?;
                is_open = true;
            }
            self.put(resource, size)?;
        }
        Some(())
    }

    /// Begins a statement in a bin that has room for so much.
    fn open(&mut self, statement: &Statement, size: usize) -> Option<()> {
        if self.all.last().is_none_or(|bin| bin.room < size) {
            self.all.push(Bin::new(MANAGED));
        }
        let bin = self.all.last_mut().filter(|bin| bin.room >= size)?;
        bin.statements.push(statement.clone());
        bin.room -= size;
        Some(())
    }

    /// Adds a resource to the statement that was begun last.
    fn put(&mut self, resource: Tree, size: usize) -> Option<()> {
        let bin = self.all.last_mut()?;
        let statement = bin.statements.last_mut()?;
        // The first is counted with the statement.
        if !statement.resources.is_empty() {
            bin.room -= size;
        }
        statement.resources.push(resource);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use std::panic::Location;

    use super::*;

    fn statement(action: &str, resources: std::ops::Range<u32>) -> Statement {
        let one = Statement::new([action], Location::caller());
        resources.fold(one, |statement, n| statement.on(format!("arn:aws:s3:::{n:0>50}")))
    }

    /// The number of resources in each policy.
    fn placed(statements: Vec<Statement>, attached: usize) -> Result<Vec<usize>, usize> {
        let placed = place(statements, &[], attached)?;
        assert!(document_size(&placed.inline) <= INLINE);
        assert!(placed.managed.iter().all(|policy| document_size(policy) <= MANAGED));
        let count = |policy: &Vec<Statement>| policy.iter().map(|s| s.resources.len()).sum();
        Ok([&placed.inline].into_iter().chain(&placed.managed).map(count).collect())
    }

    #[test]
    fn what_fits_is_in_the_role() {
        assert_eq!(placed(vec![statement("s3:GetObject", 0..150)], 0), Ok(vec![150]));
        assert_eq!(placed(vec![], 0), Ok(vec![0]));
    }

    #[test]
    fn a_statement_that_does_not_fit_is_several_of_the_same_effect() {
        let all = placed(vec![statement("s3:GetObject", 0..300)], 0);
        assert_eq!(all.as_ref().map(|all| (all.len(), all.iter().sum())), Ok((3, 300)), "{all:?}");
        let two = vec![statement("s3:GetObject", 0..100), statement("s3:PutObject", 0..100)];
        assert_eq!(placed(two, 0).map(|all| all.iter().sum::<usize>()), Ok(200));
    }

    #[test]
    fn what_a_role_cannot_hold_is_told_by_its_size() {
        let many = || vec![statement("s3:GetObject", 0..1_000)];
        let size = document_size(&many());
        assert_eq!(placed(many(), 0).map(|all| all.iter().sum()), Ok(1_000));
        assert_eq!(placed(many(), 3), Err(size));
        let long = vec![statement(&format!("s3:{}", "x".repeat(INLINE)), 0..1)];
        assert!(placed(long, 0).is_err());
    }

    #[test]
    fn what_stands_beside_the_role_takes_room_in_it() {
        let detached = [statement("s3:PutObject", 0..100)];
        let placed = place(vec![statement("s3:GetObject", 0..100)], &detached, 0);
        let managed = placed.map(|placed| placed.managed.len());
        assert_eq!(managed, Ok(1));
    }
}
