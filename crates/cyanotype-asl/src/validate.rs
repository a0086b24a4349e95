//! What AWS refuses, found before AWS is asked; and what it takes, and what then fails in every execution.

mod assign;
mod check;
mod choice;
mod context;
mod expression;
mod fields;
mod graph;
mod machine;
mod map;
mod paths;
mod placeholders;
mod resource;
mod retry;
mod rules;
mod scope;
mod size;
mod timestamp;
mod value;
mod variables;

use std::ops::RangeInclusive;

use self::check::Check;
use crate::{Code, Definition, Document, Finding, Json, Severity};

/// What a `TimeoutSeconds` can be.
pub const TIMEOUT_SECONDS: RangeInclusive<u32> = 1..=99_999_999;

/// The type of a state machine.
///
/// See "Choosing workflow type":
/// <https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html>.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Each execution runs each state exactly once, for up to a year.
    #[default]
    Standard,
    /// For up to five minutes, and without `.sync`, `.waitForTaskToken`, activities and distributed Maps.
    Express,
}

/// Everything that AWS refuses in a definition but for its length, which is that of the text, in the order in which it
/// stands there; and, as warnings, what AWS takes and no execution can do, such as to read a variable that nobody
/// assigns.
///
/// ```
/// use cyanotype_asl::{Document, Kind, validate};
///
/// let document = Document::parse(r#"{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" } } }"#)?;
/// let findings: Vec<_> = validate(document.json(), Kind::Standard).iter().map(ToString::to_string).collect();
/// assert_eq!(findings, [
///     "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next",
///     "MISSING_END_STATE: Workflow has no terminal state at /",
/// ]);
/// # Ok::<(), cyanotype_asl::SyntaxError>(())
/// ```
#[must_use]
pub fn validate(definition: &Json, kind: Kind) -> Vec<Finding> {
    let mut check = Check::new(kind);
    machine::check(&mut check, definition);
    check.findings
}

/// What [`validate`] finds in a definition of this type and would not find in a Standard one.
#[must_use]
pub fn validate_kind(definition: &Json, kind: Kind) -> Vec<Finding> {
    if kind == Kind::Standard {
        return vec![];
    }
    let anyway = validate(definition, Kind::Standard);
    let mut findings = validate(definition, kind);
    findings.retain(|finding| !anyway.contains(finding));
    findings
}

impl Definition {
    /// What [`validate`](crate::validate()) finds in it, and placeholders whose names `Fn::Sub` does not take.
    #[must_use]
    pub fn validate(&self, kind: Kind) -> Vec<Finding> {
        let json = self.to_json();
        let mut findings: Vec<_> = size::check(&json.to_compact()).into_iter().collect();
        findings.extend(validate(&json, kind));
        let mut check = Check::new(kind);
        placeholders::check(&mut check, &json);
        findings.extend(check.findings);
        // A rule that is too deep has no text, of which something else would be said.
        for finding in rules::too_deep(self) {
            findings.retain(|other| other.location != finding.location);
            findings.push(finding);
        }
        findings
    }
}

impl Document<'_> {
    /// Everything that is wrong with a definition as a text: what [`validate`] finds, a text that is
    /// too long, and the members that another one of the same name hides.
    #[must_use]
    pub fn validate(&self, kind: Kind) -> Vec<Finding> {
        let hidden = self.duplicates().iter().map(|location| Finding {
            code: Code::DuplicateField,
            severity: Severity::Error,
            location: location.clone(),
            state: location.state().map(str::to_owned),
            message: "the object has a member of this name already, and only one of them counts".into(),
            hint: Some("remove one of them, or rename it".into()),
        });
        let mut findings: Vec<_> = size::check(self.text).into_iter().chain(hidden).collect();
        findings.extend(validate(self.json(), kind));
        findings
    }
}
