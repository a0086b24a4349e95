//! Aliases of state machines: names that can be moved, for who starts executions.

use std::{fmt, marker::PhantomData};

use cyanotype_cfn::{Key, Tree, Value, tree};

use super::{StateMachine, StateMachineVersion};
use crate::{
    app::{Construct, ResourceBody, ResourceKind},
    diagnostic::{Diagnostic, Source},
    shift::Shift,
};

/// A name for a version of a state machine that takes `I` and yields `O`.
///
/// For who starts executions: an event rule, a schedule, a program. An alias moves to the new version at a deploy, so a
/// Task that called it would start another machine than it was made for. An execution that runs stays with the version
/// that it started with, wherever the alias goes.
///
/// ```
/// use cyanotype::prelude::*;
///
/// # let stack = App::new().stack("Shop");
/// let nap: Machine<u32, u32> = machine(|m| m.wait("Wait", seconds(5)).then(m.end()));
/// let nap = StateMachine::new(&stack, "Nap", nap, StateMachineProps::default());
/// let live = nap.alias("live", &nap.publish()).shift(Shift::canary(10, 15).alarm("NapFails"));
/// stack.output("NapArn", live.arn());
/// ```
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-alias.html>, and for the
/// properties
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachinealias.html>
pub struct StateMachineAlias<I, O> {
    under: Construct,
    key: Key,
    pub(super) machine: Key,
    pub(super) name: String,
    version: Value<String>,
    types: PhantomData<fn(I) -> O>,
}

/// What an alias of a machine is beyond its properties.
#[derive(Debug, Clone)]
pub(crate) struct MachineAliasData {
    pub(crate) machine: Key,
}

impl<I, O> StateMachineAlias<I, O> {
    pub(super) fn add(
        machine: &StateMachine<I, O>,
        name: String,
        version: &StateMachineVersion<I, O>,
        at: Source,
    ) -> Self {
        let data = MachineAliasData { machine: machine.key };
        let mut body =
            ResourceBody::new("AWS::StepFunctions::StateMachineAlias", ResourceKind::MachineAlias(data));
        body.properties.insert("Name".into(), name.as_str().into());
        body.properties.insert(
            "RoutingConfiguration".into(),
            tree!([{ "StateMachineVersionArn": version.arn(), "Weight": 100 }]),
        );
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let wrong = !(1..=80).contains(&name.len())
            || !name.chars().all(fits)
            || name.bytes().all(|byte| byte.is_ascii_digit());
        if wrong {
            let problem = format!("`{name}` is no name for an alias of a state machine");
            let help = "it has 1 to 80 letters, digits, `-`, `_` and `.`, and is not a number";
            body.problems.push(Diagnostic::error(problem).at(at).help(help));
        }
        if version.machine().is_some_and(|of| of != machine.key) {
            let problem = format!("the alias `{name}` is given a version of another state machine");
            let help = "give it the version that this machine's `publish()` made";
            body.problems.push(Diagnostic::error(problem).at(at).help(help));
        }
        let key = machine.under.add([machine.id.clone(), "Alias".into(), name.clone()], at, body);
        let under = machine.under.clone();
        Self { under, key, machine: machine.key, name, version: version.arn(), types: PhantomData }
    }

    /// How the alias moves to a new version: all at once unless this says otherwise.
    #[allow(
        clippy::must_use_candidate,
        clippy::return_self_not_must_use,
        reason = "what it says is kept also when the handle is not"
    )]
    pub fn shift(self, shift: Shift) -> Self {
        let preference = shift.preference(&self.version);
        self.under.edit(self.key, |body| {
            // A resource has one of the two.
            body.properties.shift_remove("RoutingConfiguration");
            body.properties.insert("DeploymentPreference".into(), Tree::Map(preference));
            body.problems.extend(shift.problems());
        });
        self
    }

    /// The ARN, with the alias's name.
    #[must_use]
    pub fn arn(&self) -> Value<String> {
        Value::reference(self.key)
    }
}

impl<I, O> Clone for StateMachineAlias<I, O> {
    fn clone(&self) -> Self {
        let Self { under, key, machine, name, version, types } = self;
        let (under, name, version) = (under.clone(), name.clone(), version.clone());
        Self { under, key: *key, machine: *machine, name, version, types: *types }
    }
}

impl<I, O> fmt::Debug for StateMachineAlias<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StateMachineAlias").field(&self.key).finish()
    }
}
