//! What the policies of a role of the app say, as far as they can be read.

use cyanotype_asl::{Segment, Text};
use cyanotype_cfn::{Intrinsic, Key, Tree};
use indexmap::IndexMap;

use crate::{
    diagnostic::Diagnostic,
    iam::{Covered, Statement, covers, covers_action, rendered},
    step_functions::WrittenOut,
    synth::model::{Model, Node},
};

/// What a role's policies say.
#[derive(Default)]
pub(super) struct Said<'t> {
    pub(super) statements: Vec<SaidStatement<'t>>,
    /// What else says something of it, in words.
    pub(super) unread: Vec<String>,
}

/// One of their statements.
pub(super) struct SaidStatement<'t> {
    pub(super) denies: bool,
    /// None where it is `NotAction`, or made of what only the deploy knows.
    actions: Option<Vec<&'t str>>,
    /// None where it is `NotResource`, or not a list.
    resources: Option<Vec<&'t Tree>>,
    conditions: Option<&'t Tree>,
}

/// Policies of AWS's that are read by their names.
///
/// Source: <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>
const OF_AWS: [(&str, &[&str]); 2] = [
    ("policy/AdministratorAccess", &["*"]),
    (
        "policy/service-role/AWSLambdaBasicExecutionRole",
        &["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    ),
];
static EVERYTHING: std::sync::LazyLock<Tree> = std::sync::LazyLock::new(|| "*".into());

/// What the policies in a role, attached to it and beside it say. A role that is generated has those that synth wrote.
pub(super) fn said<'t>(model: &'t Model<'_>, role: Key) -> Said<'t> {
    let mut said = Said::default();
    let Some(node) = model.nodes.get(role) else { return said };
    said.inline(node.properties.get("Policies"));
    said.attached(model, node.properties.get("ManagedPolicyArns"));
    if node.properties.get("PermissionsBoundary").is_some() {
        said.unread.push("its permissions boundary".into());
    }
    for policy in model.nodes.values() {
        let property = match type_of(model, policy.key) {
            "AWS::IAM::Policy" | "AWS::IAM::ManagedPolicy" => "Roles",
            "AWS::IAM::RolePolicy" => "RoleName",
            _ => continue,
        };
        if policy.properties.get(property).is_some_and(|of| of.targets().contains(&role)) {
            said.policy(model, policy);
        }
    }
    said
}

fn type_of<'m>(model: &'m Model<'_>, key: Key) -> &'m str {
    model.resource(key).map_or("", |body| &body.type_name)
}

impl<'t> Said<'t> {
    fn inline(&mut self, policies: Option<&'t Tree>) {
        let Some(policies) = policies else { return };
        let Tree::List(items) = policies else { return self.unread.push("its `Policies`".into()) };
        for item in items {
            match item {
                Tree::Map(policy) => self.document(policy.get("PolicyDocument")),
                _ => self.unread.push("a policy that depends on the deploy".into()),
            }
        }
    }

    fn attached(&mut self, model: &'t Model<'_>, policies: Option<&'t Tree>) {
        let Some(policies) = policies else { return };
        let Tree::List(items) = policies else { return self.unread.push("its `ManagedPolicyArns`".into()) };
        for item in items {
            let text = WrittenOut::new(model.app).text(item);
            let end = text.segments().last().and_then(|last| match last {
                Segment::Literal(literal) => literal.rsplit_once(":aws:").map(|(_, end)| end),
                Segment::Placeholder(_) => None,
            });
            let of_aws = OF_AWS.iter().find(|(name, _)| Some(*name) == end);
            let of_app = match item.as_intrinsic() {
                Some(Intrinsic::Ref(key)) if type_of(model, *key) == "AWS::IAM::ManagedPolicy" => {
                    model.nodes.get(*key)
                }
                _ => None,
            };
            match (of_aws, of_app) {
                (Some((_, actions)), _) => self.statements.push(SaidStatement {
                    denies: false,
                    actions: Some(actions.to_vec()),
                    resources: Some(vec![&*EVERYTHING]),
                    conditions: None,
                }),
                (None, Some(policy)) => self.policy(model, policy),
                (None, None) => self.unread.push(format!("the managed policy `{}`", rendered(&text))),
            }
        }
    }

    /// A policy that is a resource of its own.
    fn policy(&mut self, model: &Model<'_>, policy: &'t Node<'_>) {
        let body = model.resource(policy.key);
        match body.is_some_and(|body| body.condition.is_some()) {
            true => {
                self.unread.push(format!("the policy `{}`, which has a condition", model.path(policy.key)))
            }
            false => self.document(policy.properties.get("PolicyDocument")),
        }
    }

    fn document(&mut self, document: Option<&'t Tree>) {
        let statements = match document {
            Some(Tree::Map(document)) => document.get("Statement"),
            _ => None,
        };
        match statements {
            Some(Tree::List(items)) => items.iter().for_each(|item| self.statement(item)),
            Some(one @ Tree::Map(_)) => self.statement(one),
            _ => self.unread.push("a policy that depends on the deploy".into()),
        }
    }

    fn statement(&mut self, statement: &'t Tree) {
        let Tree::Map(members) = statement else {
            return self.unread.push("a statement that depends on the deploy".into());
        };
        let denies = match members.get("Effect").and_then(Tree::as_text) {
            Some("Allow") => false,
            Some("Deny") => true,
            _ => return self.unread.push("a statement whose effect depends on the deploy".into()),
        };
        let actions = members
            .get("Action")
            .and_then(|actions| listed(actions).into_iter().map(Tree::as_text).collect());
        let resources = members.get("Resource").map(listed);
        self.statements.push(SaidStatement {
            denies,
            actions,
            resources,
            conditions: members.get("Condition"),
        });
    }
}

impl SaidStatement<'_> {
    /// Whether it is about an action on all that a text stands for, under the conditions of a right.
    pub(super) fn covers(
        &self,
        action: &str,
        resource: &Text,
        right: &Statement,
        written: &mut WrittenOut<'_>,
    ) -> Covered {
        let of_action = match &self.actions {
            Some(actions) if actions.iter().any(|pattern| covers_action(pattern, action)) => Covered::Yes,
            Some(_) => Covered::No,
            None => Covered::Perhaps,
        };
        if of_action == Covered::No {
            return Covered::No;
        }
        let of_resource = match &self.resources {
            Some(patterns) => {
                let covered = patterns.iter().map(|pattern| covers(&written.text(pattern), resource));
                covered.max().unwrap_or(Covered::No)
            }
            None => Covered::Perhaps,
        };
        let holds = match self.conditions {
            None => Covered::Yes,
            Some(Tree::Map(operators)) if within(operators, right, written) => Covered::Yes,
            Some(_) => Covered::Perhaps,
        };
        of_action.min(of_resource).min(holds)
    }
}

/// Whether every condition is one under which the right is asked for.
fn within(operators: &IndexMap<String, Tree>, right: &Statement, written: &mut WrittenOut<'_>) -> bool {
    operators.iter().all(|(operator, keys)| match keys {
        Tree::Map(keys) => keys.iter().all(|(key, wanted)| {
            let own = right.conditions.get(operator).and_then(|keys| keys.get(key));
            own.is_some_and(|own| {
                let mut texts =
                    |tree| listed(tree).into_iter().map(|item| written.text(item)).collect::<Vec<_>>();
                texts(own) == texts(wanted)
            })
        }),
        _ => false,
    })
}

/// What stands there: alone, or in a list.
fn listed(tree: &Tree) -> Vec<&Tree> {
    match tree {
        Tree::List(items) => items.iter().collect(),
        one => vec![one],
    }
}

/// A role that the service cannot assume, which AWS refuses when what has it is made.
pub(super) fn not_trusted(role: &Node<'_>, service: &str, path: &str) -> Option<Diagnostic> {
    let trust = role.properties.get("AssumeRolePolicyDocument")?;
    let (mut is_named, mut is_open) = (false, false);
    trust.walk(|tree| {
        is_named |= tree.as_text().is_some_and(|text| text == service || text == "*");
        is_open |= tree.as_intrinsic().is_some();
        true
    });
    let message = format!("its role `{path}` cannot be assumed by `{service}`");
    let help =
        format!("let its `AssumeRolePolicyDocument` have the principal `{{ \"Service\": \"{service}\" }}`");
    (!is_named && !is_open).then(|| Diagnostic::error(message).help(help))
}
