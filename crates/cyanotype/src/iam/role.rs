//! Generated roles.
//!
//! A running execution keeps the ARN of its role, and a published version keeps the role's of its function, but what
//! the role's policies say counts anew at every call. So a role whose rights change is another role, with another
//! logical ID, and the old one is retained with the rights it had.

use std::{borrow::Cow, sync::LazyLock};

use cyanotype_cfn::{Key, Pseudo, Tree, Value, tree};
use indexmap::IndexMap;

use super::{
    Statement,
    arn::{aws_managed, machine_arn},
};
use crate::{
    app::{Construct, ResourceKind},
    diagnostic::Source,
    synth::Properties,
};

/// A role that this crate generates.
#[derive(Debug, Clone)]
pub(crate) struct RoleData {
    service: Service,
    /// Where its user asked for it to stay the same role, whatever its rights.
    pub(crate) stable: Option<Source>,
    /// The managed policies that its user attaches, and where.
    pub(crate) attached: Vec<(Tree, Source)>,
    /// What its user allows. What its owner needs is added when everything is known.
    pub(crate) statements: Vec<Statement>,
}

/// Who assumes it.
#[derive(Debug, Clone, Copy)]
enum Service {
    Lambda,
    StepFunctions,
    CodeDeploy,
    Starter(Starter),
}

/// A service that starts executions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Starter {
    EventBridge,
    Scheduler,
    ApiGateway,
}

impl RoleData {
    fn of(service: Service) -> Self {
        Self { service, stable: None, attached: vec![], statements: vec![] }
    }

    /// The execution role of a function.
    pub(crate) fn of_function() -> Self {
        Self::of(Service::Lambda)
    }

    /// The role of a state machine.
    pub(crate) fn of_machine() -> Self {
        Self::of(Service::StepFunctions)
    }

    /// The role with which CodeDeploy moves the aliases of functions.
    pub(crate) fn of_deployments() -> Self {
        Self::of(Service::CodeDeploy)
    }

    /// The role with which a service starts executions.
    pub(crate) fn of_starter(service: Starter) -> Self {
        Self::of(Service::Starter(service))
    }

    /// Whose rights change under a role that stays the same.
    pub(crate) fn holders(&self) -> &'static str {
        match self.service {
            Service::Lambda => "published versions",
            Service::StepFunctions => "running executions",
            Service::CodeDeploy => "deployments that run",
            Service::Starter(_) => "whatever starts executions",
        }
    }

    /// Its properties, but for its policies. `owner` is the path of the construct whose role it is.
    pub(crate) fn properties(&self, owner: &[String]) -> Properties<'static> {
        let path = ("Path", Cow::Owned(path(owner).into()));
        let trust = |trust: &'static Tree| ("AssumeRolePolicyDocument", Cow::Borrowed(trust));
        match self.service {
            Service::Lambda => {
                let policies = ("ManagedPolicyArns", Cow::Borrowed(&*LAMBDA_POLICIES));
                Properties::from([path, trust(&LAMBDA_TRUST), policies])
            }
            Service::StepFunctions => Properties::from([path, trust(&STEP_FUNCTIONS_TRUST)]),
            Service::Starter(starter) => {
                Properties::from([path, ("AssumeRolePolicyDocument", Cow::Owned(starter.trust()))])
            }
            Service::CodeDeploy => {
                let policies = ("ManagedPolicyArns", Cow::Borrowed(&*CODE_DEPLOY_POLICIES));
                Properties::from([path, trust(&CODE_DEPLOY_TRUST), policies])
            }
        }
    }
}

// The same for every role, and made once.
static LAMBDA_TRUST: LazyLock<Tree> = LazyLock::new(|| trust("lambda.amazonaws.com", None));
static STEP_FUNCTIONS_TRUST: LazyLock<Tree> =
    LazyLock::new(|| trust("states.amazonaws.com", Some(own_machines())));
/// A function may write its log.
static LAMBDA_POLICIES: LazyLock<Tree> =
    LazyLock::new(|| Tree::List(vec![aws_managed("service-role/AWSLambdaBasicExecutionRole")]));

static CODE_DEPLOY_TRUST: LazyLock<Tree> = LazyLock::new(|| trust("codedeploy.amazonaws.com", None));
/// CodeDeploy may read and move aliases, and look at alarms.
///
/// Source: <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForLambdaLimited.html>
static CODE_DEPLOY_POLICIES: LazyLock<Tree> =
    LazyLock::new(|| Tree::List(vec![aws_managed("service-role/AWSCodeDeployRoleForLambdaLimited")]));

/// Only this account's machines may make Step Functions assume a role.
///
/// The machine's own ARN would be narrower, but it depends on the role: a cycle. The pattern is what AWS documents.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html>
fn own_machines() -> Tree {
    tree!({
        "StringEquals": { "aws:SourceAccount": Value::pseudo(Pseudo::AccountId) },
        "ArnLike": { "aws:SourceArn": machine_arn("*") },
    })
}

impl Starter {
    /// What it does for another account's rules and schedules it may not do with this role. API Gateway does not say
    /// for whom it acts.
    ///
    /// Sources: <https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html>,
    /// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-iam-roles.html>
    fn trust(self) -> Tree {
        let own_account =
            tree!({ "StringEquals": { "aws:SourceAccount": Value::pseudo(Pseudo::AccountId) } });
        match self {
            Self::EventBridge => trust("events.amazonaws.com", Some(own_account)),
            Self::Scheduler => trust("scheduler.amazonaws.com", Some(own_account)),
            Self::ApiGateway => trust("apigateway.amazonaws.com", None),
        }
    }
}

/// Adds a statement to a generated role.
pub(crate) fn allow(under: &Construct, role: Key, statement: Statement) {
    edit(under, role, |role| role.statements.push(statement));
}

/// Attaches a managed policy to a generated role.
pub(super) fn attach(under: &Construct, role: Key, policy: Tree, at: Source) {
    edit(under, role, |role| role.attached.push((policy, at)));
}

/// Makes a generated role stay the same one.
pub(super) fn stable(under: &Construct, role: Key, at: Source) {
    edit(under, role, |role| role.stable = Some(at));
}

fn edit(under: &Construct, role: Key, edit: impl FnOnce(&mut RoleData)) {
    under.edit(role, |body| {
        if let ResourceKind::Role(role) = &mut body.kind {
            edit(role);
        }
    });
}

/// All roles that a construct has had and will have, as a pattern for `aws:PrincipalArn`.
pub(crate) fn principal_pattern(owner: &[String]) -> Value<String> {
    Value::concat([
        "arn:".into(),
        Value::pseudo(Pseudo::Partition),
        ":iam::".into(),
        Value::pseudo(Pseudo::AccountId),
        ":role".into(),
        path(owner),
        "*".into(),
    ])
}

/// The same for every role of a construct, so that deployers' policies, resource policies and cleaning up can name
/// them all, while no role has a fixed name.
fn path(owner: &[String]) -> Value<String> {
    // One segment, so that the pattern of a construct does not match the roles of what is below it.
    let plain = |id: &String| {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        id.chars().map(|c| if fits(c) { c } else { '-' }).collect::<String>()
    };
    let owner = owner.iter().map(plain).collect::<Vec<_>>().join(".");
    Value::concat(["/cyanotype/".into(), Value::pseudo(Pseudo::StackName), format!("/{owner}/").into()])
}

fn trust(service: &str, guard: Option<Tree>) -> Tree {
    let mut statement = IndexMap::new();
    statement.insert("Effect".to_owned(), Tree::from("Allow"));
    statement.insert("Principal".into(), tree!({ "Service": service }));
    statement.insert("Action".into(), "sts:AssumeRole".into());
    statement.extend(guard.map(|guard| ("Condition".to_owned(), guard)));
    tree!({ "Version": "2012-10-17", "Statement": vec![Tree::Map(statement)] })
}
