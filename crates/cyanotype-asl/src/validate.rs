//! What AWS refuses, found before AWS is asked.

mod choice;
mod edges;
mod kind;
mod names;
mod placeholders;
mod reach;
mod seconds;
mod size;
mod timestamp;

pub use self::seconds::TIMEOUT_SECONDS;
use crate::{Definition, Finding};

/// The type of a state machine.
///
/// See "Choosing workflow type":
/// <https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html>.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Each execution runs each state exactly once, for up to a year.
    #[default]
    Standard,
    /// For up to five minutes, and without `.sync`, `.waitForTaskToken` and activities.
    Express,
}

/// Everything that is wrong with a definition, in the order of its states.
#[must_use]
pub fn validate(definition: &Definition, kind: Kind) -> Vec<Finding> {
    let mut findings = vec![];
    size::check(definition, &mut findings);
    names::check(definition, &mut findings);
    placeholders::check(definition, &mut findings);
    seconds::check(definition, &mut findings);
    choice::check(definition, &mut findings);
    edges::check(definition, &mut findings);
    reach::check(definition, &mut findings);
    kind::check(definition, kind, &mut findings);

    let position = |finding: &Finding| finding.state.as_ref().and_then(|s| definition.states.get_index_of(s));
    findings.sort_by_key(position);
    findings
}

/// The part of [`validate`] that depends on the type of the state machine.
#[must_use]
pub fn validate_kind(definition: &Definition, kind: Kind) -> Vec<Finding> {
    let mut findings = vec![];
    kind::check(definition, kind, &mut findings);
    findings
}

#[cfg(test)]
mod test {
    //! What the tests of all rules share.

    use super::*;
    use crate::State;

    /// A definition that starts in the first of these states.
    pub(super) fn definition<const N: usize>(states: [(&str, State); N]) -> Definition {
        let mut definition = Definition::new(states.first().map_or("", |(name, _)| *name));
        definition.states.extend(states.map(|(name, state)| (name.to_owned(), state)));
        definition
    }

    /// The findings are these, in AWS's form.
    #[track_caller]
    pub(super) fn check(definition: &Definition, expected: &[&str]) {
        check_kind(definition, Kind::Standard, expected);
    }

    #[track_caller]
    pub(super) fn check_kind(definition: &Definition, kind: Kind, expected: &[&str]) {
        let found: Vec<_> = validate(definition, kind).iter().map(Finding::to_string).collect();
        assert_eq!(found, expected);
    }
}
