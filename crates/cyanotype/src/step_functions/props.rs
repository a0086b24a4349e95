//! A state machine's properties.

use cyanotype_asl::Kind;
use cyanotype_cfn::Value;
use indexmap::IndexMap;
use typed_builder::TypedBuilder;

use super::{KmsKey, encryption::Encryption};
use crate::{flow::Seconds, iam::SuppliedRole};

/// The properties of a [`StateMachine`](super::StateMachine), none of them required.
///
/// ```
/// use cyanotype::prelude::*;
///
/// let props = StateMachineProps::builder()
///     .machine_type(StateMachineType::Express)
///     .logging(Logging::level(LogLevel::Error).keep_days(30))
///     .tracing(true)
///     .timeout(seconds(3600))
///     .comment("Greets who is to be greeted")
///     .build();
/// ```
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html>
#[derive(Debug, Clone, TypedBuilder)]
#[builder(
    field_defaults(default, setter(into, strip_option(fallback_suffix = "_opt"))),
    builder_type(doc = "Builds [`StateMachineProps`].")
)]
pub struct StateMachineProps {
    /// The machine's name: 1 to 80 characters. Unset, CloudFormation makes one of the logical ID, which is better: a
    /// machine with a fixed name cannot be replaced while the old one stays.
    pub(super) name: Option<Value<String>>,
    /// Standard or Express. Another type is another machine; the old one stays.
    #[builder(setter(!strip_option))]
    pub(super) machine_type: StateMachineType,
    /// The role that it has, which others make: an `AWS::IAM::Role` of the app, or an ARN. Unset, one is generated of
    /// what it must allow.
    ///
    /// Nothing guards executions that run here: its rights change in place, whoever changes them. Synth warns, and
    /// writes what the role must allow beside the template, as `<stack>.<logical ID>.policy.json`. Of a role of the
    /// app it looks whether its policies allow all of that, and says what is missing. `.allow(..)`, `.may(..)`,
    /// `.exact_rights(true)` and `.stable_role()` would change nothing of it, and are errors; a permissions boundary
    /// of the stack is of generated roles alone.
    ///
    /// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html>
    pub(super) role: Option<SuppliedRole>,
    /// Writes what its executions do to a log group of its own.
    pub(super) logging: Option<Logging>,
    /// Traces its executions with X-Ray.
    #[builder(setter(!strip_option))]
    pub(super) tracing: bool,
    /// Lets the role call the versions that the definition names, and no other. Unset, it may call all versions of
    /// their functions and machines, which no definition can make use of, and keeps its rights from deploy to deploy.
    ///
    /// With it, each new version is another role of the machine; the roles before stay, for the executions that hold
    /// them, and count towards the account's 1,000. Where a function may start the machine that calls it, its right
    /// is on all versions as before, since its version cannot be known before the role.
    #[builder(setter(!strip_option))]
    pub(super) exact_rights: bool,
    /// The key with which its definition and its executions are encrypted, over what AWS does anyway, and how long a
    /// data key is reused: 60 to 900 seconds. A key that is disabled bites when these have passed.
    ///
    /// The role may use the key for this machine, and for its log. The key's own policy must let the account's
    /// policies do so, or the machine's roles by [`principal_pattern`](crate::app::Construct::principal_pattern). Of
    /// a machine that writes a log it must let `delivery.logs.amazonaws.com` decrypt.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// fn props(key: &Resource) -> StateMachineProps {
    ///     StateMachineProps::builder().kms_key(key, seconds(300)).build()
    /// }
    /// ```
    ///
    /// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html>
    #[builder(setter(
        !strip_option,
        fn transform<K: Into<KmsKey>>(key: K, reuse: Seconds) -> Option<Encryption> {
            Some(Encryption::new(key.into(), reuse))
        }
    ))]
    pub(super) kms_key: Option<Encryption>,
    /// How long an execution may take: 1 to 99,999,999 seconds, after which it ends in `States.Timeout`.
    pub(super) timeout: Option<Seconds>,
    /// What it does, for people.
    pub(super) comment: Option<String>,
    /// Tags.
    #[builder(setter(
        !strip_option,
        fn transform<K: Into<String>, V: Into<Value<String>>>(entries: impl IntoIterator<Item = (K, V)>) -> IndexMap<String, Value<String>> {
            entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect()
        }
    ))]
    pub(super) tags: IndexMap<String, Value<String>>,
}

impl Default for StateMachineProps {
    fn default() -> Self {
        Self::builder().build()
    }
}

/// How a machine's executions run.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StateMachineType {
    /// For a year at most, each step once, with a history.
    #[default]
    Standard,
    /// For five minutes at most, each step at least once, without a history.
    Express,
}

impl StateMachineType {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::Express => "EXPRESS",
        }
    }

    /// The type as the States Language knows it.
    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::Standard => Kind::Standard,
            Self::Express => Kind::Express,
        }
    }
}

/// A log group for a machine's executions, named `/aws/vendedlogs/states/…`: such names do not count towards the size
/// of the account's log resource policy.
///
/// The log group is not retained: it goes when the machine leaves the app.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html>
#[derive(Debug, Clone)]
pub struct Logging {
    pub(super) level: LogLevel,
    pub(super) data: bool,
    pub(super) keep_days: Option<u32>,
    pub(super) key: Option<KmsKey>,
}

/// Which events of an execution are logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    /// All.
    All,
    /// Errors.
    Error,
    /// Errors that end the execution.
    Fatal,
}

impl Logging {
    /// Logs events from a level on, without the data of the execution, and keeps them for ever.
    #[must_use]
    pub fn level(level: LogLevel) -> Self {
        Self { level, data: false, keep_days: None, key: None }
    }

    /// Logs the inputs and outputs too.
    #[must_use]
    pub fn with_data(self) -> Self {
        Self { data: true, ..self }
    }

    /// Keeps events for some days: one of the numbers that CloudWatch Logs knows, such as 1, 7, 14, 30, 90, 365.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html>
    #[must_use]
    pub fn keep_days(self, days: u32) -> Self {
        Self { keep_days: Some(days), ..self }
    }

    /// Encrypts the log group with a key of the account's. The key's own policy must let
    /// `logs.<Region>.amazonaws.com` use it.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html>
    #[must_use]
    pub fn kms_key(self, key: impl Into<KmsKey>) -> Self {
        Self { key: Some(key.into()), ..self }
    }
}

impl LogLevel {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::All => "ALL",
            Self::Error => "ERROR",
            Self::Fatal => "FATAL",
        }
    }
}
