//! A published machine: the only thing of Step Functions that a Task can start.

use std::{fmt, marker::PhantomData};

use cyanotype_cfn::{Key, Value};

use super::{StateMachineVersionArnError, arn::machine_of};
use crate::{
    app::{Construct, ResourceBody, ResourceKind},
    diagnostic::Source,
    flow::{Call, CallKind, Execution, Pinned, sealed},
    version_source::VersionSource,
};

/// An immutable version of a state machine that takes `I` and yields `O`.
///
/// [`StateMachine::publish`](super::StateMachine::publish) makes it, or [`StateMachineVersion::import`]; nothing else
/// does. A Task that calls it starts an execution, waits for its end, and yields an [`Execution`]: whatever is deployed
/// meanwhile, the execution runs the definition that the version holds.
///
/// ```
/// use cyanotype::prelude::*;
///
/// # let stack = App::new().stack("Shop");
/// let nap: Machine<u32, u32> = machine(|m| m.wait("Wait", seconds(5)).then(m.end()));
/// let nap = StateMachine::new(&stack, "Nap", nap, StateMachineProps::default());
/// let nap_v = nap.publish();
/// let twice: Machine<u32, u32> = machine(|m| {
///     let second = m.task("Again", &nap_v).select(path!(Execution<u32> => output));
///     m.task("Nap", &nap_v).select(path!(Execution<u32> => output)).then(second).then(m.end())
/// });
/// StateMachine::new(&stack, "Twice", twice, StateMachineProps::default());
/// ```
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-version.html>
pub struct StateMachineVersion<I, O> {
    source: VersionSource,
    types: PhantomData<fn(I) -> O>,
}

/// What a published machine's version is beyond its properties.
#[derive(Debug, Clone)]
pub(crate) struct MachineVersionData {
    pub(crate) machine: Key,
}

impl<I, O> StateMachineVersion<I, O> {
    /// A version that is deployed elsewhere, by its ARN, which must end with a number:
    /// `arn:aws:states:eu-west-1:123456789012:stateMachine:greeting:7`.
    ///
    /// It is for whoever deploys that machine to keep the version.
    ///
    /// # Errors
    /// When the ARN has no qualifier, or that of an alias, which can move; or when it is no machine's.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let machine = "arn:aws:states:eu-west-1:123456789012:stateMachine:greeting";
    /// assert!(StateMachineVersion::<String, String>::import(format!("{machine}:7")).is_ok());
    /// assert!(StateMachineVersion::<String, String>::import(format!("{machine}:live")).is_err());
    /// ```
    pub fn import(arn: impl Into<String>) -> Result<Self, StateMachineVersionArnError> {
        let arn = arn.into();
        machine_of(&arn)?;
        Ok(Self { source: VersionSource::Imported { arn }, types: PhantomData })
    }

    /// The ARN, with the version's number.
    ///
    /// It is for whoever starts executions. A policy names the [machine](super::StateMachine::arn) instead, since IAM
    /// looks at the machine's ARN also when a version is started.
    #[must_use]
    pub fn arn(&self) -> Value<String> {
        self.source.arn()
    }

    /// The machine of this app that it is a version of.
    pub(super) fn machine(&self) -> Option<Key> {
        self.source.of()
    }

    /// Adds the version to the machine's construct.
    ///
    /// AWS gives the machine another revision when its definition or role changes. All of a version's properties are
    /// create-only, so CloudFormation then makes another version under the same logical ID, and the policy on
    /// replacement keeps the one before.
    pub(super) fn add(under: &Construct, id: &str, machine: Key, at: Source) -> Key {
        let data = MachineVersionData { machine };
        let mut body =
            ResourceBody::new("AWS::StepFunctions::StateMachineVersion", ResourceKind::MachineVersion(data));
        let revision = Value::<String>::attribute(machine, "StateMachineRevisionId");
        body.properties.insert("StateMachineArn".into(), Value::<String>::reference(machine).into());
        body.properties.insert("StateMachineRevisionId".into(), revision.into());
        under.add([id.to_owned(), "Version".into()], at, body)
    }

    pub(super) fn of(id: &str, under: &Construct, machine: Key, version: Key) -> Self {
        Self { source: VersionSource::published(under, id, machine, version), types: PhantomData }
    }
}

impl<I, O> Clone for StateMachineVersion<I, O> {
    fn clone(&self) -> Self {
        Self { source: self.source.clone(), types: PhantomData }
    }
}

impl<I, O> fmt::Debug for StateMachineVersion<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StateMachineVersion").field(&self.source.name()).finish()
    }
}

impl<I, O> Pinned for StateMachineVersion<I, O> {
    type In = I;
    type Out = Execution<O>;
}

impl<I, O> sealed::Sealed for StateMachineVersion<I, O> {
    fn call(&self) -> Call {
        self.source.call(CallKind::Machine)
    }
}
