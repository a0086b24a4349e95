//! Generated roles.
//!
//! A running execution keeps the ARN of its role, and a published version keeps the role's of its function, but what
//! the role's policies say counts anew at every call. So a role whose rights change is another role, with another
//! logical ID, and the old one is retained with the rights it had.

use cyanotype_cfn::{Key, Pseudo, Tree, Value, tree};
use indexmap::IndexMap;

use super::{
    Statement,
    arn::{aws_managed, machine_arn},
};
use crate::app::{Construct, ResourceKind};

/// A role that this crate generates.
#[derive(Debug, Clone)]
pub(crate) struct RoleData {
    /// The path of the construct whose role it is.
    pub(crate) owner: Vec<String>,
    pub(crate) trust: Tree,
    pub(crate) managed: Vec<Tree>,
    /// What its user allows. What its owner needs is added when everything is known.
    pub(crate) statements: Vec<Statement>,
}

impl RoleData {
    /// The execution role of a function: it may write its log.
    pub(crate) fn of_function(owner: Vec<String>) -> Self {
        let trust = trust("lambda.amazonaws.com", None);
        let managed = vec![aws_managed("service-role/AWSLambdaBasicExecutionRole")];
        Self { owner, trust, managed, statements: vec![] }
    }

    /// The role of a state machine. Only this account's machines may make Step Functions assume it.
    ///
    /// The machine's own ARN would be narrower, but it depends on the role: a cycle. The pattern is what AWS documents.
    ///
    /// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html>
    pub(crate) fn of_machine(owner: Vec<String>) -> Self {
        let machines = machine_arn("*");
        let guard = tree!({
            "StringEquals": { "aws:SourceAccount": Value::pseudo(Pseudo::AccountId) },
            "ArnLike": { "aws:SourceArn": machines },
        });
        let trust = trust("states.amazonaws.com", Some(guard));
        Self { owner, trust, managed: vec![], statements: vec![] }
    }

    /// Its properties, but for its policies.
    pub(crate) fn properties(&self) -> IndexMap<String, Tree> {
        let mut properties = IndexMap::new();
        properties.insert("Path".to_owned(), path(&self.owner).into());
        properties.insert("AssumeRolePolicyDocument".into(), self.trust.clone());
        if !self.managed.is_empty() {
            properties.insert("ManagedPolicyArns".into(), Tree::List(self.managed.clone()));
        }
        properties
    }
}

/// Adds a statement to a generated role.
pub(crate) fn allow(under: &Construct, role: Key, statement: Statement) {
    under.edit(role, |body| {
        if let ResourceKind::Role(role) = &mut body.kind {
            role.statements.push(statement);
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
