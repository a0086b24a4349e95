//! Roles that are the user's own.

use cyanotype_cfn::{Key, Tree, Value};

use super::{
    RoleData, Statement,
    arn::{is_account, is_iam_arn},
    role,
};
use crate::{
    app::{Construct, Resource, ResourceBody, ResourceKind},
    diagnostic::{Diagnostic, Source},
};

/// A role that is made by others: an `AWS::IAM::Role` of the app, or the ARN of one.
///
/// Nothing here gives it a right. Synth writes what it must allow beside the template, and holds the policies of a role
/// of the app to that.
///
/// ```
/// use cyanotype::prelude::*;
///
/// fn props(role: &Resource) -> [StateMachineProps; 2] {
///     let of_others = "arn:aws:iam::123456789012:role/Machines";
///     [StateMachineProps::builder().role(role).build(), StateMachineProps::builder().role(of_others).build()]
/// }
/// ```
///
/// # Errors
/// Synth reports a text that is not the ARN of a role, and rights that a role of the app certainly lacks.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html>
#[derive(Debug, Clone)]
pub struct SuppliedRole {
    arn: Value<String>,
}

impl From<&Resource> for SuppliedRole {
    fn from(role: &Resource) -> Self {
        Self { arn: role.arn() }
    }
}

impl From<Value<String>> for SuppliedRole {
    fn from(arn: Value<String>) -> Self {
        Self { arn }
    }
}

impl From<&Value<String>> for SuppliedRole {
    fn from(arn: &Value<String>) -> Self {
        Self { arn: arn.clone() }
    }
}

impl From<&str> for SuppliedRole {
    fn from(arn: &str) -> Self {
        Self { arn: arn.into() }
    }
}

impl From<String> for SuppliedRole {
    fn from(arn: String) -> Self {
        Self { arn: arn.into() }
    }
}

/// The role of a function or a machine.
#[derive(Debug, Clone)]
pub(crate) enum OwnRole {
    /// Made here, of what it must allow.
    Generated(Key),
    /// Made by others.
    Supplied(Box<Value<String>>),
}

impl OwnRole {
    /// The role that is supplied, or else a generated one, below its owner.
    pub(crate) fn new(
        supplied: Option<SuppliedRole>,
        under: &Construct,
        id: &str,
        at: Source,
        generate: impl FnOnce() -> RoleData,
    ) -> Self {
        match supplied {
            Some(role) => Self::Supplied(Box::new(role.arn)),
            None => {
                let role = ResourceBody::new("AWS::IAM::Role", ResourceKind::Role(generate()));
                Self::Generated(under.add([id.to_owned(), "Role".into()], at, role))
            }
        }
    }

    /// The one that is made here.
    pub(crate) fn generated(&self) -> Option<Key> {
        match self {
            Self::Generated(key) => Some(*key),
            Self::Supplied(_) => None,
        }
    }

    pub(crate) fn arn(&self) -> Value<String> {
        match self {
            Self::Generated(key) => Value::attribute(*key, "Arn"),
            Self::Supplied(arn) => (**arn).clone(),
        }
    }

    /// Allows it something on behalf of its user; of one that others make, that is a mistake of the owner.
    pub(crate) fn allow(&self, under: &Construct, owner: Key, statement: Statement) {
        match self {
            Self::Generated(key) => role::allow(under, *key, Statement { given: true, ..statement }),
            Self::Supplied(_) => refuse(under, owner, "is given a right", statement.at),
        }
    }

    /// Attaches a managed policy to it.
    pub(crate) fn attach(&self, under: &Construct, owner: Key, policy: Value<String>, at: Source) {
        match self {
            Self::Generated(key) => role::attach(under, *key, policy.into(), at),
            Self::Supplied(_) => refuse(under, owner, "is given a policy", at),
        }
    }

    /// Keeps it the same one.
    pub(crate) fn keep(&self, under: &Construct, owner: Key, at: Source) {
        match self {
            Self::Generated(key) => role::stable(under, *key, at),
            Self::Supplied(_) => refuse(under, owner, "is asked to stay the same", at),
        }
    }

    /// A pattern for all that there were and will be.
    pub(crate) fn principal_pattern(&self, owner: &[String]) -> Value<String> {
        match self {
            Self::Generated(_) => role::principal_pattern(owner),
            Self::Supplied(arn) => (**arn).clone(),
        }
    }
}

/// Nothing here changes a role that others make.
fn refuse(under: &Construct, owner: Key, what: &str, at: Source) {
    let problem = Diagnostic::error(format!("its role {what}, and it is supplied: nothing here changes it"))
        .at(at)
        .help("change the role where it is made, or leave `.role(..)` out, and one is generated");
    under.edit(owner, |body| body.problems.push(problem));
}

/// What is no role, where that is seen: a text that is no role's ARN.
pub(crate) fn wrong_text(role: &Tree) -> Option<Diagnostic> {
    let text = role.as_text()?;
    let problem = || {
        Diagnostic::error(format!("its role `{text}` is not the ARN of a role"))
            .help("such as `arn:aws:iam::123456789012:role/Machines`")
    };
    (!is_iam_arn(text, "role", is_account)).then(problem)
}
