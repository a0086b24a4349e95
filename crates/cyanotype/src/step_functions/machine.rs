//! A state machine.

use std::{fmt, marker::PhantomData, panic::Location, rc::Rc};

use cyanotype_cfn::{Intrinsic, Key, LogicalId, Pseudo, Tree, Value, tree};

use super::{KmsKey, Logging, StateMachineAlias, StateMachineProps, StateMachineType, StateMachineVersion};
use crate::{
    app::{self, Construct, ResourceBody, ResourceKind},
    diagnostic::{Diagnostic, Source},
    flow::{Machine, Parts},
    iam::{self, OwnRole, RoleData, Statement},
};

/// A Step Functions state machine that takes `I` and yields `O`, with a role that is generated from its definition.
///
/// A running execution keeps the definition and the role that it started with. So every Task calls a version, which
/// stays; and when what the machine may do changes, it gets another role, and the old one stays.
///
/// ```
/// use cyanotype::prelude::*;
///
/// # let stack = App::new().stack("Shop");
/// # let props = FunctionProps::builder()
/// #     .runtime(Runtime::NODEJS_22).handler("index.handler").code(Code::inline("")).build();
/// # let hello: Function<String, String> = Function::new(&stack, "Hello", props);
/// let hello_v = hello.publish();
/// let greeting = StateMachine::new(
///     &stack,
///     "Greeting",
///     machine(|m| m.wait("Wait", seconds(300)).then(m.task("Hello", &hello_v)).then(m.end())),
///     StateMachineProps::default(),
/// );
/// stack.output("MachineArn", greeting.arn());
/// ```
pub struct StateMachine<I, O> {
    pub(super) under: Construct,
    pub(super) id: String,
    pub(super) key: Key,
    role: OwnRole,
    types: PhantomData<fn(I) -> O>,
}

/// What a machine is beyond its properties.
#[derive(Debug, Clone)]
pub(crate) struct MachineData {
    /// Shared: an app is copied when it is synthesized.
    pub(crate) parts: Rc<Parts>,
    pub(crate) machine_type: StateMachineType,
    pub(crate) role: OwnRole,
    pub(crate) version: Option<Key>,
    pub(crate) logs: bool,
    /// The keys with which it encrypts its data, and its log group.
    pub(crate) keys: (Option<Value<String>>, Option<Value<String>>),
    pub(crate) traces: bool,
    /// Whether its role may call the versions that it names alone.
    pub(crate) exact: bool,
}

impl<I, O> StateMachine<I, O> {
    /// Adds a machine. Mistakes in its definition are reported by synth, with all others.
    #[track_caller]
    pub fn new(
        under: &Construct,
        id: impl Into<String>,
        definition: Machine<I, O>,
        props: StateMachineProps,
    ) -> Self {
        let (at, id) = (Location::caller(), id.into());
        let exact_problem = props.role.as_ref().filter(|_| props.exact_rights).map(|_| {
            let problem = "its role is supplied, so nothing here makes its rights exact";
            Diagnostic::error(problem).at(at).help("leave `.exact_rights(true)` or `.role(..)` out")
        });
        let role = OwnRole::new(props.role, under, &id, at, RoleData::of_machine);
        // What is no key is said already, and is no right.
        let arn_of = |key: &KmsKey| key.problem(under, at).is_none().then(|| key.arn().clone());
        let log_key = props.logging.as_ref().and_then(|logging| logging.key.as_ref());
        let own_key = props.kms_key.as_ref().map(|own| own.key());
        let keys = (own_key.and_then(arn_of), log_key.and_then(arn_of));
        let logging = props.logging.as_ref().map(|logging| add_log_group(under, &id, logging, at));

        let mut parts = definition.into_parts();
        parts.definition.comment = props.comment.map(Into::into).or(parts.definition.comment);
        parts.definition.timeout_seconds =
            props.timeout.map(|t| t.get()).or(parts.definition.timeout_seconds);
        let data = MachineData {
            parts: Rc::new(parts),
            machine_type: props.machine_type,
            role: role.clone(),
            version: None,
            logs: logging.is_some(),
            keys,
            traces: props.tracing,
            exact: props.exact_rights,
        };
        let mut body =
            ResourceBody::new("AWS::StepFunctions::StateMachine", ResourceKind::Machine(Box::new(data)));
        body.problems.extend(exact_problem);
        let encryption = props.kms_key.as_ref();
        body.problems.extend(encryption.map(|own| own.problems(under, at)).into_iter().flatten());
        let mut set = |name: &str, value: Tree| drop(body.properties.insert(name.to_owned(), value));
        if let Some(name) = props.name {
            set("StateMachineName", name.into());
        }
        set("StateMachineType", props.machine_type.name().into());
        set("RoleArn", role.arn().into());
        if let Some(logging) = logging {
            set("LoggingConfiguration", logging);
        }
        if let Some(encryption) = &props.kms_key {
            set("EncryptionConfiguration", encryption.to_tree());
        }
        if props.tracing {
            set("TracingConfiguration", tree!({ "Enabled": true }));
        }
        if !props.tags.is_empty() {
            set("Tags", app::tags(&props.tags));
        }
        let key = under.add([id.clone()], at, body);
        Self { under: under.clone(), id, key, role, types: PhantomData }
    }

    /// The machine's immutable version: its definition and role as they are at synth.
    ///
    /// When either changes, the next deploy publishes a new version and the old one stays. Publishing twice is
    /// publishing once.
    ///
    /// ```
    /// # use cyanotype::prelude::*;
    /// # let stack = App::new().stack("Shop");
    /// # let nap: Machine<u32, u32> = machine(|m| m.wait("Wait", seconds(5)).then(m.end()));
    /// let nap = StateMachine::new(&stack, "Nap", nap, StateMachineProps::default());
    /// stack.output("NapVersion", nap.publish().arn());
    /// ```
    ///
    /// Source:
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachineversion.html>
    #[track_caller]
    #[allow(clippy::must_use_candidate, reason = "a machine is published also when nothing here calls it")]
    pub fn publish(&self) -> StateMachineVersion<I, O> {
        let at = Location::caller();
        let published = self.under.read(self.key, |body| match &body.kind {
            ResourceKind::Machine(data) => data.version,
            _ => None,
        });
        let version = published
            .flatten()
            .unwrap_or_else(|| StateMachineVersion::<I, O>::add(&self.under, &self.id, self.key, at));
        self.under.edit(self.key, |body| {
            if let ResourceKind::Machine(data) = &mut body.kind {
                data.version = Some(version);
            }
        });
        StateMachineVersion::of(&self.id, &self.under, self.key, version)
    }

    /// A name for a version, for who starts executions. A Task cannot call it.
    #[track_caller]
    pub fn alias(
        &self,
        name: impl Into<String>,
        version: &StateMachineVersion<I, O>,
    ) -> StateMachineAlias<I, O> {
        StateMachineAlias::add(self, name.into(), version, Location::caller())
    }

    /// Allows the machine something beyond what its definition needs: a statement of its role.
    pub fn allow(&self, statement: Statement) {
        self.role.allow(&self.under, self.key, statement);
    }

    /// Attaches a managed policy to the machine's role, as
    /// [`Function::attach_policy`](crate::lambda::Function::attach_policy) does to a function's.
    #[track_caller]
    pub fn attach_policy(&self, policy: impl Into<Value<String>>) {
        self.role.attach(&self.under, self.key, policy.into(), Location::caller());
    }

    /// Keeps one role, whatever its rights: they change in place, and with them those of executions that run.
    ///
    /// For accounts where a new role takes an approval, or where one is named outside by its ARN. The role's logical ID
    /// has no hash then, and a changed right makes no new revision of the machine. Synth warns, since a right that is
    /// dropped is dropped for what runs too: drop it when nothing needs it any longer.
    ///
    /// ```
    /// # use cyanotype::prelude::*;
    /// # let stack = App::new().stack("Shop");
    /// # let nap: Machine<u32, u32> = machine(|m| m.wait("Wait", seconds(5)).then(m.end()));
    /// let nap = StateMachine::new(&stack, "Nap", nap, StateMachineProps::default());
    /// nap.stable_role();
    /// ```
    #[track_caller]
    pub fn stable_role(&self) {
        self.role.keep(&self.under, self.key, Location::caller());
    }

    /// The ARN, for whoever starts executions.
    #[must_use]
    pub fn arn(&self) -> Value<String> {
        Value::reference(self.key)
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> Value<String> {
        Value::attribute(self.key, "Name")
    }

    /// The ARN of the machine's present role. A changed right makes another role, unless it is
    /// [stable](Self::stable_role), so a resource policy takes
    /// [`principal_pattern`](Self::principal_pattern) instead.
    #[must_use]
    pub fn role_arn(&self) -> Value<String> {
        self.role.arn()
    }

    /// A pattern for the machine's present, past and future roles, for resource policies: `ArnLike` on
    /// `aws:PrincipalArn`.
    #[must_use]
    pub fn principal_pattern(&self) -> Value<String> {
        self.role.principal_pattern(&self.under.path_to(&self.id))
    }
}

/// The ARNs that a machine of this app has or will have, without a reference to it.
///
/// CloudFormation names a machine `<logical ID>-<random>` unless it has a name. The pattern is for rights that would
/// otherwise make a cycle: machine, role, machine.
pub(crate) fn arn_pattern(machine: Key, name: Option<&Tree>) -> Tree {
    iam::machine_arn(Value::from_tree(name_pattern(machine, name))).into()
}

/// The same of its names, for the ARNs of its executions.
pub(crate) fn name_pattern(machine: Key, name: Option<&Tree>) -> Tree {
    match name {
        Some(name) => name.clone(),
        None => Value::concat([Value::from_tree(Intrinsic::LogicalId(machine).into()), "-*".into()]).into(),
    }
}

/// How long CloudWatch Logs can keep events.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html>
const RETENTION_DAYS: [u32; 22] =
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/// Adds the log group; returns the machine's `LoggingConfiguration`.
fn add_log_group(under: &Construct, id: &str, logging: &Logging, at: Source) -> Tree {
    let mut group = ResourceBody::new("AWS::Logs::LogGroup", ResourceKind::Plain);
    // A log group's name takes few characters more than a logical ID.
    let tail = LogicalId::from_path(under.path_to(id)).unwrap_or_default();
    let tail = format!("-{tail}");
    let name =
        Value::concat(["/aws/vendedlogs/states/".into(), Value::pseudo(Pseudo::StackName), tail.into()]);
    group.properties.insert("LogGroupName".into(), name.into());
    if let Some(days) = logging.keep_days {
        if !RETENTION_DAYS.contains(&days) {
            let problem = Diagnostic::error(format!("CloudWatch Logs does not keep events for {days} days"));
            let known = RETENTION_DAYS.map(|days| days.to_string()).join(", ");
            group.problems.push(problem.at(at).help(format!("it knows {known}")));
        }
        group.properties.insert("RetentionInDays".into(), days.into());
    }
    if let Some(key) = &logging.key {
        group.problems.extend(key.problem(under, at));
        group.properties.insert("KmsKeyId".into(), key.arn().into());
    }
    let group = under.add([id.to_owned(), "Log".into()], at, group);
    let group = Value::<String>::attribute(group, "Arn");
    tree!({
        "Destinations": [{ "CloudWatchLogsLogGroup": { "LogGroupArn": group } }],
        "IncludeExecutionData": logging.data,
        "Level": logging.level.name(),
    })
}

impl<I, O> Clone for StateMachine<I, O> {
    fn clone(&self) -> Self {
        let Self { under, id, key, role, types } = self;
        Self { under: under.clone(), id: id.clone(), key: *key, role: role.clone(), types: *types }
    }
}

impl<I, O> fmt::Debug for StateMachine<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StateMachine").field("id", &self.id).finish_non_exhaustive()
    }
}
