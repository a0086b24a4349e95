//! Machines from files in the States Language.

mod bind;

use std::{collections::HashSet, marker::PhantomData, panic::Location};

use cyanotype_asl::{Definition, Document, Finding, Kind, Severity, State};
use cyanotype_cfn::Value;
use indexmap::IndexMap;

use self::bind::Binder;
use super::{Call, CalledOn, Machine, On, Parts, Pinned};
use crate::{
    diagnostic::{Diagnostic, Source},
    step_functions::Activity,
};

/// A definition in the States Language, and what its placeholders and ARNs stand for; [`machine_from_asl`] makes it.
#[derive(Debug, Clone)]
#[must_use = "a definition does nothing until `.machine()` makes a machine of it"]
pub struct Asl {
    text: String,
    at: Source,
    versions: IndexMap<String, Call>,
    activities: IndexMap<String, Value<String>>,
    values: IndexMap<String, Value<String>>,
    on: IndexMap<String, Vec<On>>,
}

/// Takes a definition from a text in the States Language, for a machine that is written elsewhere or not moved yet.
///
/// Every Task that calls a function or a state machine names it by a placeholder or an ARN, and each of these must be
/// [bound](Asl::bind) to a version before synth agrees. Nothing else can be called, as in the DSL. What the machine
/// takes and yields is for you to say.
///
/// ```
/// use cyanotype::{flow::machine_from_asl, prelude::*};
///
/// # let hello: Version<String, String> =
/// #     Version::import("arn:aws:lambda:eu-west-1:123456789012:function:hello:7").unwrap();
/// let text = r#"{
///     "StartAt": "Hello",
///     "States": { "Hello": { "Type": "Task", "Resource": "${HelloFunctionArn}", "End": true } }
/// }"#;
/// let machine: Machine<String, String> = machine_from_asl(text).bind("${HelloFunctionArn}", &hello).machine();
/// assert!(machine.diagnostics().is_empty());
/// ```
///
/// The way back is [`Machine::definition`], whose `to_json().to_pretty()` is the text.
#[track_caller]
pub fn machine_from_asl(text: impl Into<String>) -> Asl {
    Asl {
        text: text.into(),
        at: Location::caller(),
        versions: IndexMap::new(),
        activities: IndexMap::new(),
        values: IndexMap::new(),
        on: IndexMap::new(),
    }
}

impl Asl {
    /// Lets every Task that calls this call a version: a placeholder such as `${HelloFunctionArn}`, or the ARN as it
    /// stands in the text.
    pub fn bind<P: Pinned + ?Sized>(mut self, called: impl Into<String>, version: &P) -> Self {
        self.versions.insert(called.into(), version.call());
        self
    }

    /// Lets every Task that calls this wait for an activity.
    pub fn bind_activity<I, O>(mut self, called: impl Into<String>, activity: &Activity<I, O>) -> Self {
        self.activities.insert(called.into(), activity.arn());
        self
    }

    /// Says what a placeholder stands for that names no function, machine or activity: `TableName` for `${TableName}`.
    ///
    /// Pseudo parameters such as `${AWS::Region}` need nothing.
    pub fn substitute(mut self, name: impl Into<String>, value: impl Into<Value<String>>) -> Self {
        self.values.insert(name.into(), value.into());
        self
    }

    /// Says what the calls of a state are on, a Task's or a distributed Map's, where its arguments do not say it
    /// before an execution does: see [`Fragment::on`](super::Fragment::on). May be called again for more of them.
    ///
    /// ```
    /// use cyanotype::{flow::machine_from_asl, prelude::*};
    ///
    /// fn keeper(orders: &Resource) -> Machine<String, String> {
    ///     let text = r#"{"StartAt": "Save", "States": {"Save": {
    ///         "Type": "Task",
    ///         "Resource": "arn:aws:states:::dynamodb:putItem",
    ///         "Parameters": {"TableName.$": "$.table", "Item.$": "$.item"},
    ///         "End": true
    ///     }}}"#;
    ///     machine_from_asl(text).on("Save", orders).machine()
    /// }
    /// ```
    ///
    /// # Errors
    /// Synth reports a state that the definition does not have, and a resource that no right of the state can be on.
    #[track_caller]
    pub fn on(mut self, state: impl Into<String>, resource: impl CalledOn) -> Self {
        let on = On::all(resource, Location::caller());
        self.on.entry(state.into()).or_default().extend(on);
        self
    }

    /// The machine, with everything that is wrong with it.
    pub fn machine<I, O>(self) -> Machine<I, O> {
        Machine { parts: self.parts(), types: PhantomData }
    }

    fn parts(&self) -> Parts {
        let document = match Document::parse(&self.text) {
            Ok(document) => document.with_placeholders(),
            Err(error) => {
                let help = "a definition is JSON: see what `lint` says of the file";
                let diagnostic = Diagnostic::error(format!("the definition is no JSON: {error}"));
                return Parts::broken(self.at, vec![diagnostic.at(self.at).help(help)]);
            }
        };
        let findings = document.validate(Kind::Standard);
        let mut diagnostics: Vec<_> =
            findings.iter().map(|finding| self.diagnostic(&document, finding)).collect();
        let mut binder = Binder::new(self, &document);
        let json = binder.whole(document.json());
        diagnostics.append(&mut binder.diagnostics());
        let definition = match Definition::from_json(&json) {
            Ok(definition) => definition,
            Err(more) => {
                // What the validator has said is not said again in other words.
                if diagnostics.is_empty() {
                    diagnostics.extend(more.iter().map(|finding| self.diagnostic(&document, finding)));
                }
                return Parts::broken(self.at, diagnostics);
            }
        };
        let (substitutions, tasks) = binder.into_calls();
        let (on, mut unknown) = self.on_states(&definition);
        diagnostics.append(&mut unknown);
        let lines = IndexMap::new();
        Parts { definition, substitutions, tasks, lines, on, at: self.at, diagnostics }
    }

    /// What is said of the states that there are, and that something is said of others.
    fn on_states(&self, definition: &Definition) -> (IndexMap<String, Vec<On>>, Vec<Diagnostic>) {
        let mut states: HashSet<&str> = HashSet::new();
        let mut scopes = vec![&definition.states];
        while let Some(scope) = scopes.pop() {
            for (name, state) in scope {
                states.insert(name);
                match state {
                    State::Map(map) => scopes.extend(map.processor().map(|processor| &processor.states)),
                    State::Parallel(parallel) => {
                        scopes.extend(parallel.branches.iter().map(|branch| &branch.states));
                    }
                    _ => {}
                }
            }
        }
        let (known, unknown): (IndexMap<_, _>, IndexMap<_, _>) =
            self.on.clone().into_iter().partition(|(state, _)| states.contains(state.as_str()));
        let problem = |(state, on): (String, Vec<On>)| {
            let message =
                format!("the definition has no state `{state}`, whose call is said to be on something");
            let at = on.first().map_or(self.at, |on| on.at);
            Diagnostic::error(message).at(at).help("write the state's name as it stands in the text")
        };
        (known, unknown.into_iter().map(problem).collect())
    }

    fn diagnostic(&self, document: &Document<'_>, finding: &Finding) -> Diagnostic {
        let line = document.position(&finding.location).line;
        let message = format!("{} ({} at {}, line {line})", finding.message, finding.code, finding.location);
        let diagnostic = match finding.severity {
            Severity::Error => Diagnostic::error(message),
            Severity::Warning => Diagnostic::warning(message),
        };
        let diagnostic = finding.state.iter().fold(diagnostic.at(self.at), Diagnostic::state);
        finding.hint.iter().fold(diagnostic, Diagnostic::help)
    }
}
