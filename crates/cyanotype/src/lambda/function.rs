//! A function: mutable, so no Task can call it.

use std::{fmt, marker::PhantomData, panic::Location};

use cyanotype_cfn::{Key, Tree, Value};

use super::{
    Alias, Code, FunctionProps, Version,
    rights::{rights_of_function, rights_of_log},
};
use crate::{
    app::{Construct, ResourceBody, ResourceKind},
    diagnostic::Diagnostic,
    iam::{OwnRole, RoleData, Statement},
};

/// A Lambda function that takes `I` and yields `O`, with an execution role of its own.
///
/// Deploying changes what a function runs, so no Task can call it: [`publish`](Self::publish) it, and call the
/// [`Version`]. A handle may add to the function at any time before synth, in any order.
///
/// A function stays when it leaves the app, and its versions with it, since a running execution may call them. What
/// cannot be changed in place (its name, its package type) makes a new function beside the old one.
///
/// ```
/// use cyanotype::prelude::*;
///
/// let stack = App::new().stack("Shop");
/// let hello: Function<String, String> = Function::new(
///     &stack,
///     "Hello",
///     FunctionProps::builder()
///         .runtime(Runtime::NODEJS_22)
///         .handler("index.handler")
///         .code(Code::inline("exports.handler = async (name) => `Hello, ${name}`"))
///         .build(),
/// );
/// let version = hello.publish();
/// let live = hello.alias("live", &version);
/// ```
///
/// What it may do beyond writing its log is [granted](crate::iam::grants):
///
/// ```
/// # use cyanotype::prelude::*;
/// # let stack = App::new().stack("Shop");
/// # let props = FunctionProps::builder()
/// #     .runtime(Runtime::NODEJS_22).handler("index.handler").code(Code::inline("")).build();
/// # let hello: Function<String, String> = Function::new(&stack, "Hello", props);
/// let jobs = stack.resource("Jobs", "AWS::SQS::Queue", tree!({}));
/// hello.may(grants::sqs::send(&jobs));
/// ```
pub struct Function<I, O> {
    pub(super) under: Construct,
    pub(super) id: String,
    pub(super) key: Key,
    role: OwnRole,
    types: PhantomData<fn(I) -> O>,
}

/// What a function is beyond its properties.
#[derive(Debug, Clone)]
pub(crate) struct FunctionData {
    pub(crate) code: Code,
    pub(crate) role: OwnRole,
    /// What a role that is supplied must allow it.
    pub(crate) needs: Vec<Statement>,
    pub(crate) version: Option<Key>,
    /// What its version has for itself.
    pub(crate) of_version: Vec<(&'static str, Tree)>,
    /// Raw properties that a version does not hold.
    pub(crate) free: Vec<String>,
}

impl FunctionData {
    /// Whether its versions hold a property.
    pub(crate) fn locks(&self, property: &str) -> bool {
        super::is_locked(property) && !self.free.iter().any(|free| free == property)
    }
}

/// Whether the versions of a function hold a [raw](Function::raw) property.
///
/// They do if `UpdateFunctionConfiguration` or `UpdateFunctionCode` sets it; then a change publishes a new version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionLocked {
    /// A version holds it.
    Yes,
    /// It is a setting of the function as a whole.
    No,
}

impl<I, O> Function<I, O> {
    /// Adds a function.
    #[track_caller]
    pub fn new(under: &Construct, id: impl Into<String>, props: FunctionProps) -> Self {
        let (at, id) = (Location::caller(), id.into());
        let code = props.code.clone();
        let rights = rights_of_function(&props, at);
        let generate = || {
            let mut role = RoleData::of_function();
            role.statements.clone_from(&rights);
            role
        };
        let role = OwnRole::new(props.role.clone(), under, &id, at, generate);
        let needs = match role {
            OwnRole::Generated(_) => vec![],
            OwnRole::Supplied(_) => rights.into_iter().chain([rights_of_log(at)]).collect(),
        };
        let of_version = [
            ("RuntimePolicy", props.runtime_updates.clone().map(Tree::from)),
            ("FunctionScalingConfig", props.scaling.clone().map(Tree::from)),
        ];
        let of_version = of_version.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let data = FunctionData { code, role: role.clone(), needs, version: None, free: vec![], of_version };
        let mut body = ResourceBody::new("AWS::Lambda::Function", ResourceKind::Function(data));
        body.properties = props.into_properties();
        body.properties.insert("Role".into(), role.arn().into());
        let key = under.add([id.clone()], at, body);
        Self { under: under.clone(), id, key, role, types: PhantomData }
    }

    /// The function's immutable version: its code and configuration as they are at synth.
    ///
    /// When either changes, the next deploy publishes a new version and the old one stays. Publishing twice is
    /// publishing once.
    #[track_caller]
    #[allow(clippy::must_use_candidate, reason = "a function is published also when nothing here calls it")]
    pub fn publish(&self) -> Version<I, O> {
        let at = Location::caller();
        let published = self.data(|data| data.version);
        let version = published.unwrap_or_else(|| {
            let own = self.data(|data| data.of_version.clone());
            Version::<I, O>::add(&self.under, &self.id, self.key, own, at)
        });
        self.edit(|data, _| data.version = Some(version));
        Version::of(self.key, &self.id, &self.under, version)
    }

    /// A name for a version, for callers outside. An alias can be moved, so no Task can call it.
    ///
    /// The name has up to 128 letters, digits, hyphens and underscores, and is not a number.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html>
    #[track_caller]
    pub fn alias(&self, name: impl Into<String>, version: &Version<I, O>) -> Alias<I, O> {
        Alias::add(self, name.into(), version, Location::caller())
    }

    /// Allows the function something: a statement of its role.
    ///
    /// A changed right makes a new role, and so a new version: versions that are published already keep the role that
    /// they have.
    pub fn allow(&self, statement: Statement) {
        self.role.allow(&self.under, self.key, statement);
    }

    /// The same of what it needs for what is attached to it.
    pub(super) fn needs(&self, statement: Statement) {
        match self.role {
            OwnRole::Generated(_) => self.allow(statement),
            OwnRole::Supplied(_) => self.edit(|data, _| data.needs.push(statement)),
        }
    }

    /// Attaches a managed policy to the function's role: one of AWS's or of another team by its ARN, or an
    /// `AWS::IAM::ManagedPolicy` of the app by its reference.
    ///
    /// Another policy is another role, as another right is. A policy of the same stack without a `ManagedPolicyName` moves
    /// with what it says, and the old one is retained; one with a name, or of another stack, is changed in place, under
    /// what runs: synth warns. What an ARN that is written down stands for is changed by others, unseen. A role has ten
    /// such policies at most, unless the account's quota was raised.
    ///
    /// ```
    /// # use cyanotype::prelude::*;
    /// # let stack = App::new().stack("Shop");
    /// # let props = FunctionProps::builder()
    /// #     .runtime(Runtime::NODEJS_22).handler("index.handler").code(Code::inline("")).build();
    /// # let hello: Function<String, String> = Function::new(&stack, "Hello", props);
    /// hello.attach_policy("arn:aws:iam::aws:policy/CloudWatchLambdaInsightsExecutionRolePolicy");
    /// ```
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html>
    #[track_caller]
    pub fn attach_policy(&self, policy: impl Into<Value<String>>) {
        self.role.attach(&self.under, self.key, policy.into(), Location::caller());
    }

    /// Keeps one role, whatever its rights: they change in place, and with them those of versions that are published
    /// already.
    ///
    /// For accounts where a new role takes an approval, or where one is named outside by its ARN. The role's logical ID
    /// has no hash then, and a changed right publishes no version. Synth warns, since a right that is dropped is
    /// dropped for what runs too: drop it when nothing needs it any longer.
    ///
    /// ```
    /// # use cyanotype::prelude::*;
    /// # let stack = App::new().stack("Shop");
    /// # let props = FunctionProps::builder()
    /// #     .runtime(Runtime::NODEJS_22).handler("index.handler").code(Code::inline("")).build();
    /// # let hello: Function<String, String> = Function::new(&stack, "Hello", props);
    /// hello.stable_role();
    /// ```
    #[track_caller]
    pub fn stable_role(&self) {
        self.role.keep(&self.under, self.key, Location::caller());
    }

    /// Sets an environment variable.
    pub fn environment(&self, name: impl Into<String>, value: impl Into<Value<String>>) {
        let (name, value) = (name.into(), value.into());
        self.edit(|_, body| {
            let environment = body.properties.entry("Environment".into()).or_insert_with(|| {
                let none: [(&str, Tree); 0] = [];
                Tree::map([("Variables", Tree::map(none))])
            });
            if let Tree::Map(environment) = environment
                && let Some(Tree::Map(variables)) = environment.get_mut("Variables")
            {
                variables.insert(name, value.into());
            }
        });
    }

    /// Sets a property that [`FunctionProps`] does not have, such as one that is newer than this crate, under its
    /// CloudFormation name. The function's role gets no rights for it.
    ///
    /// ```
    /// # use cyanotype::prelude::*;
    /// # let stack = App::new().stack("Shop");
    /// # let props = FunctionProps::builder()
    /// #     .runtime(Runtime::NODEJS_22).handler("index.handler").code(Code::inline("")).build();
    /// # let hello: Function<String, String> = Function::new(&stack, "Hello", props);
    /// hello.raw("EphemeralStorage", tree!({ "Size": 1024 }), VersionLocked::Yes);
    /// hello.raw("RecursiveLoop", "Terminate", VersionLocked::No);
    /// ```
    #[track_caller]
    pub fn raw(&self, property: impl Into<String>, value: impl Into<Tree>, locked: VersionLocked) {
        let (at, property, value) = (Location::caller(), property.into(), value.into());
        self.edit(|data, body| {
            let problem = if matches!(property.as_str(), "Code" | "Role")
                || body.properties.contains_key(&property)
            {
                Some(format!("`{property}` is set already, and `raw` would replace it"))
            } else if locked == VersionLocked::No && super::CREATE_ONLY.contains(&property.as_str()) {
                Some(format!(
                    "a version holds `{property}`, which cannot change in place: pass `VersionLocked::Yes`"
                ))
            } else if super::known_as_locked(&property) == Some(locked == VersionLocked::No) {
                let (holds, pass) =
                    if locked == VersionLocked::No { ("holds", "Yes") } else { ("does not hold", "No") };
                Some(format!("a version {holds} `{property}`: pass `VersionLocked::{pass}`"))
            } else {
                None
            };
            if let Some(problem) = problem {
                body.problems.push(Diagnostic::error(problem).at(at));
                return;
            }
            if locked == VersionLocked::No {
                data.free.push(property.clone());
            }
            body.properties.insert(property, value);
        });
    }

    /// The ARN without a version: whatever was deployed last. For what belongs to the function as a whole.
    #[must_use]
    pub fn arn(&self) -> Value<String> {
        Value::attribute(self.key, "Arn")
    }

    /// The function's name.
    #[must_use]
    pub fn name(&self) -> Value<String> {
        Value::reference(self.key)
    }

    /// The ARN of the function's present role. A changed right makes another role, unless it is
    /// [stable](Self::stable_role), so a resource policy takes
    /// [`principal_pattern`](Self::principal_pattern) instead.
    #[must_use]
    pub fn role_arn(&self) -> Value<String> {
        self.role.arn()
    }

    /// A pattern for the function's present, past and future roles, for resource policies: `ArnLike` on
    /// `aws:PrincipalArn`.
    #[must_use]
    pub fn principal_pattern(&self) -> Value<String> {
        self.role.principal_pattern(&self.under.path_to(&self.id))
    }

    fn data<T: Default>(&self, read: impl FnOnce(&FunctionData) -> T) -> T {
        let read = self.under.read(self.key, |body| match &body.kind {
            ResourceKind::Function(data) => read(data),
            _ => T::default(),
        });
        read.unwrap_or_default()
    }

    fn edit(&self, edit: impl FnOnce(&mut FunctionData, &mut ResourceBody)) {
        self.under.edit(self.key, |body| {
            // Taken out while it is edited, so that both parts can be.
            if let ResourceKind::Function(mut data) = std::mem::replace(&mut body.kind, ResourceKind::Plain) {
                edit(&mut data, body);
                body.kind = ResourceKind::Function(data);
            }
        });
    }
}

impl<I, O> Clone for Function<I, O> {
    fn clone(&self) -> Self {
        let Self { under, id, key, role, types } = self;
        Self { under: under.clone(), id: id.clone(), key: *key, role: role.clone(), types: *types }
    }
}

impl<I, O> fmt::Debug for Function<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Function").field("id", &self.id).finish_non_exhaustive()
    }
}
