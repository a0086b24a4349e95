//! Roles that others make: what they must allow, and whether those of the app do.

mod said;

use cyanotype_cfn::{Intrinsic, Key, Tree};

use self::said::{Said, said};
use super::{
    emit::policy_file,
    model::{Model, Node},
    policies::sorted,
};
use crate::{
    app::ResourceKind,
    diagnostic::{Diagnostic, Source},
    iam::{self, Covered, OwnRole, Statement},
    step_functions::{self, WrittenOut},
};

const ROLE: &str = "AWS::IAM::Role";

/// What a function or a machine needs of a role that it is given.
struct Wants<'a> {
    owner: Key,
    at: Source,
    role: &'a Tree,
    /// Who may assume it.
    service: &'static str,
    /// Whose rights change with it.
    holders: &'static str,
    /// What the policy for people says.
    policy: Vec<Statement>,
    /// The same right by right, with the states that need it.
    each: Vec<Statement>,
}

/// Looks at every role that is supplied, and keeps what it must allow, for people.
pub(super) fn check(model: &mut Model<'_>) {
    let (mut found, mut policies) = (vec![], vec![]);
    for node in model.nodes.values() {
        let Some(wants) = wants(model, node) else { continue };
        let own = look_at(model, &wants).into_iter();
        found.extend(own.map(|found| {
            let at = found.source().unwrap_or(wants.at);
            found.at(at).construct(model.path(wants.owner))
        }));
        policies.push((wants.owner, iam::policy_document(sorted(model, &wants.policy))));
    }
    for (owner, policy) in policies {
        if let Some(node) = model.nodes.get_mut(owner) {
            node.policy = Some(policy);
        }
    }
    model.diagnostics.extend(found);
}

fn wants<'a>(model: &Model<'a>, node: &Node<'a>) -> Option<Wants<'a>> {
    let (owner, at) = (node.key, node.at);
    match &model.app.resource(owner)?.kind {
        ResourceKind::Function(function) => {
            let OwnRole::Supplied(role) = &function.role else { return None };
            let (policy, each) = (function.needs.clone(), function.needs.clone());
            let (service, holders) = ("lambda.amazonaws.com", "published versions");
            Some(Wants { owner, at, role: role.tree(), service, holders, policy, each })
        }
        ResourceKind::Machine(machine) => {
            let OwnRole::Supplied(role) = &machine.role else { return None };
            let (policy, _) = step_functions::rights_of_machine(owner, machine, model.app, at);
            let each = step_functions::needs_of_machine(owner, machine, model.app, at);
            let (service, holders) = ("states.amazonaws.com", "running executions");
            Some(Wants { owner, at, role: role.tree(), service, holders, policy, each })
        }
        _ => None,
    }
}

fn look_at(model: &Model<'_>, wants: &Wants<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<_> = iam::wrong_text(wants.role).into_iter().collect();
    let key = wants.role.targets().first().copied();
    if let Some((key, body)) = key.and_then(|key| Some((key, model.app.resource(key)?))) {
        if body.type_name != ROLE {
            let message = format!("its role is `{}`, which is of type `{}`", model.path(key), body.type_name);
            return vec![
                Diagnostic::error(message).help("a role is an `AWS::IAM::Role`: give `.role(&role)`"),
            ];
        }
        found.extend(not_by_arn(wants.role, &model.path(key)));
        let trusted =
            model.nodes.get(key).and_then(|role| said::not_trusted(role, wants.service, &model.path(key)));
        found.extend(trusted);
        found.extend(not_covered(model, wants, key));
    }
    let stack = model.app.stacks.get(wants.owner.stack as usize);
    if let (Some(stack), Some(node)) = (stack.filter(|stack| !stack.ephemeral), model.nodes.get(wants.owner))
    {
        let message = format!(
            "its role is supplied, so its rights are changed in place and by others, also those of {}: what runs may \
             lose a right",
            wants.holders
        );
        let help = format!(
            "what the role must allow is in `{}`: drop none of it that something needs which runs; without `.role(..)`, \
             a role is generated that moves with its rights",
            policy_file(&stack.name, node)
        );
        found.push(Diagnostic::warning(message).help(help));
    }
    found
}

/// A role that is named by its name, or by its ID.
fn not_by_arn(role: &Tree, path: &str) -> Option<Diagnostic> {
    let what = match role.as_intrinsic()? {
        Intrinsic::Ref(_) => "name",
        Intrinsic::GetAtt(_, attribute) if attribute != "Arn" => attribute,
        _ => return None,
    };
    let problem = Diagnostic::error(format!("its role `{path}` is given by its {what}"));
    Some(problem.help("give the role, `.role(&role)`, or its ARN, `role.attribute(\"Arn\")`"))
}

/// What a role of the app does not allow, and what cannot be told.
fn not_covered(model: &Model<'_>, wants: &Wants<'_>, role: Key) -> Vec<Diagnostic> {
    let said = said(model, role);
    let mut written = WrittenOut::new(model.app);
    let mut found = vec![];
    for right in &wants.each {
        let (mut missing, mut in_doubt) = (vec![], vec![]);
        for action in &right.actions {
            match allowed(action, right, &said, &mut written) {
                Covered::Yes => {}
                Covered::Perhaps => in_doubt.push(format!("`{action}`")),
                Covered::No => missing.push(format!("`{action}`")),
            }
        }
        let resources: Vec<_> =
            right.resources.iter().map(|tree| format!("`{}`", iam::rendered(&written.text(tree)))).collect();
        let states: Vec<_> = right.states.iter().map(|state| format!("`{state}`")).collect();
        let who = match states.as_slice() {
            [] => String::new(),
            [one] => format!(", which the state {one} needs"),
            all => format!(", which the states {} need", all.join(", ")),
        };
        let (role, on) = (model.path(role), resources.join(", "));
        if !missing.is_empty() {
            let message = format!("its role `{role}` does not allow {} on {on}{who}", missing.join(", "));
            let help = "allow it in the role's policies, or leave `.role(..)` out, and a role is generated that does";
            found.push(Diagnostic::error(message).at(right.at).help(help));
        }
        if !in_doubt.is_empty() {
            let message =
                format!("whether its role `{role}` allows {} on {on} is not known{who}", in_doubt.join(", "));
            let why = match said.unread.as_slice() {
                [] => "it is allowed or denied in part, under conditions, or by what only the deploy knows"
                    .to_owned(),
                unread => format!("this is not looked at: {}", unread.join(", ")),
            };
            found.push(Diagnostic::warning(message).at(right.at).help(format!("see that it does: {why}")));
        }
    }
    found
}

/// Whether an action of a right is allowed on all of its resources.
fn allowed(action: &str, right: &Statement, said: &Said<'_>, written: &mut WrittenOut<'_>) -> Covered {
    let of = |resource: &Tree, written: &mut WrittenOut<'_>| {
        let resource = written.text(resource);
        let mut best = if said.unread.is_empty() { Covered::No } else { Covered::Perhaps };
        let mut worst = Covered::Yes;
        for statement in &said.statements {
            let covered = statement.covers(action, &resource, right, written);
            match (statement.denies, covered) {
                (false, covered) => best = best.max(covered),
                (true, Covered::Yes) => worst = Covered::No,
                (true, Covered::Perhaps) => worst = worst.min(Covered::Perhaps),
                (true, Covered::No) => {}
            }
        }
        best.min(worst)
    };
    right.resources.iter().map(|resource| of(resource, written)).min().unwrap_or(Covered::Yes)
}
