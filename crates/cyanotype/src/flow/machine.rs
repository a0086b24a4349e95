//! The whole of a machine.

use std::{fmt, marker::PhantomData, panic::Location};

use cyanotype_asl::{Definition, Finding, Json, Kind, QueryLanguage, TIMEOUT_SECONDS};
use cyanotype_cfn::Value;
use indexmap::IndexMap;

use super::{
    Ended, Fragment, Jsonata, On, Scope, Seconds, Settled, body::Scoped, branch::scoped, emit::emit,
};
use crate::diagnostic::{Diagnostic, Source};

/// A state machine that takes `I` and yields `O`.
///
/// It is a value, complete with everything that is wrong with it; nothing of AWS exists for it yet.
#[must_use = "a machine is a value: give it to a state machine of a stack"]
pub struct Machine<I, O> {
    pub(super) parts: Parts,
    pub(super) types: PhantomData<fn(I) -> O>,
}

/// Defines a state machine; the closure returns where it starts.
///
/// What goes in and what comes out is inferred where an edge says it. Elsewhere the binding does:
/// `let m: Machine<Order, Receipt> = machine(..)`.
///
/// ```
/// use cyanotype::prelude::*;
///
/// let nap: Machine<u32, u32> = machine(|m| m.wait("Wait", seconds(5)).then(m.succeed("Done")));
/// assert_eq!(nap.definition().start_at, "Wait");
/// assert!(nap.diagnostics().is_empty());
/// ```
#[track_caller]
pub fn machine<I, O, K: Ended + Settled>(
    define: impl for<'m> FnOnce(Scope<'m, O>) -> Fragment<'m, I, K>,
) -> Machine<I, O> {
    Machine { parts: Parts::new(&scoped(Location::caller(), define), None), types: PhantomData }
}

/// Defines a state machine whose states are all written in JSONata.
///
/// ```
/// use cyanotype::{flow::expression, prelude::*};
///
/// let sum: Machine<Vec<u32>, u32> =
///     jsonata_machine(|m| m.evaluate("Sum", expression("$sum($states.input)")).then(m.end()));
/// assert!(sum.diagnostics().is_empty());
/// ```
#[track_caller]
pub fn jsonata_machine<I, O, K: Ended + Settled>(
    define: impl for<'m> FnOnce(Scope<'m, O, Jsonata>) -> Fragment<'m, I, K>,
) -> Machine<I, O> {
    let scope = scoped(Location::caller(), define);
    Machine { parts: Parts::new(&scope, Some(QueryLanguage::Jsonata)), types: PhantomData }
}

impl<I, O> Machine<I, O> {
    /// A comment on the whole, for readers of the definition.
    pub fn comment(mut self, text: &str) -> Self {
        self.parts.definition.comment = Some(text.into());
        self
    }

    /// How long an execution may run, 1 to 99,999,999 seconds. It then ends with `TIMED_OUT`.
    #[track_caller]
    pub fn timeout(mut self, time: Seconds) -> Self {
        if !TIMEOUT_SECONDS.contains(&time.get()) {
            let diagnostic = Diagnostic::error(format!("an execution cannot have {} seconds", time.get()));
            let help = "a timeout is 1 to 99,999,999 seconds";
            self.parts.diagnostics.push(diagnostic.at(Location::caller()).help(help));
            Diagnostic::sort(&mut self.parts.diagnostics);
        }
        self.parts.definition.timeout_seconds = Some(time.get());
        self
    }

    /// Everything that is wrong with it: errors first, then in the order of the user's lines.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.parts.diagnostics
    }

    /// The definition, states in breadth-first order from the start. It is for AWS only where nothing is wrong.
    #[must_use]
    pub fn definition(&self) -> &Definition {
        &self.parts.definition
    }

    pub(crate) fn into_parts(self) -> Parts {
        self.parts
    }
}

impl<I, O> fmt::Debug for Machine<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts { definition, diagnostics, .. } = &self.parts;
        f.debug_struct("Machine")
            .field("definition", definition)
            .field("diagnostics", diagnostics)
            .finish_non_exhaustive()
    }
}

/// What a machine is made of.
#[derive(Debug, Clone)]
pub(crate) struct Parts {
    pub(crate) definition: Definition,
    /// What the placeholders of the definition stand for, in order of first use.
    pub(crate) substitutions: IndexMap<String, Value<String>>,
    /// The ARN that each Task calls, by state.
    pub(crate) tasks: IndexMap<String, Value<String>>,
    /// Where each state was made.
    pub(crate) lines: IndexMap<String, Source>,
    /// What the calls of a state are on, where that is said.
    pub(crate) on: IndexMap<String, Vec<On>>,
    /// Where the machine was made.
    pub(crate) at: Source,
    /// What is wrong with it as a state machine of any type; [`validate`] says the rest.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Parts {
    fn new(scope: &Scoped, language: Option<QueryLanguage>) -> Self {
        let mut parts = match emit(scope, language) {
            Ok(parts) => parts,
            Err(diagnostics) => return Self::broken(scope.at, diagnostics),
        };
        let findings = parts.definition.validate(Kind::Standard);
        let findings: Vec<_> = findings.into_iter().map(|finding| parts.diagnostic(finding)).collect();
        parts.diagnostics.extend(findings);
        Diagnostic::sort(&mut parts.diagnostics);
        // A condition that is used twice is wrong once.
        parts.diagnostics.dedup();
        parts
    }

    /// Those of a machine that has no definition.
    pub(super) fn broken(at: Source, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            definition: Definition::new(""),
            substitutions: IndexMap::new(),
            tasks: IndexMap::new(),
            lines: IndexMap::new(),
            on: IndexMap::new(),
            at,
            diagnostics,
        }
    }

    /// What the model's validator found, at the user's line.
    fn diagnostic(&self, finding: Finding) -> Diagnostic {
        let Finding { code, severity, location, state, message, hint } = finding;
        let message = format!("{message} ({code} at {location})");
        let diagnostic = match severity {
            cyanotype_asl::Severity::Error => Diagnostic::error(message),
            cyanotype_asl::Severity::Warning => Diagnostic::warning(message),
        };
        let line = state.as_ref().and_then(|state| self.lines.get(state)).copied();
        let diagnostic = diagnostic.at(line.unwrap_or(self.at));
        let diagnostic = state.into_iter().fold(diagnostic, Diagnostic::state);
        hint.into_iter().fold(diagnostic, Diagnostic::help)
    }
}

/// What is wrong with a machine as a state machine of this type, beside what [`Machine::diagnostics`] says.
/// `json` is its definition.
pub(crate) fn validate(parts: &Parts, json: &Json, kind: Kind) -> Vec<Diagnostic> {
    let findings = cyanotype_asl::validate_kind(json, kind);
    findings.into_iter().map(|finding| parts.diagnostic(finding)).collect()
}
