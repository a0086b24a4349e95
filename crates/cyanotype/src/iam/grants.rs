//! The rights that a function or a machine needs on a resource: on one of the app, or one that is known by its ARN.
//!
//! One module a service, one function a purpose. Each gives the actions that its purpose takes and no more, on the ARNs
//! that IAM looks at for them, and where the resource is encrypted with a key of the app, what that takes of the key.
//!
//! ```
//! use cyanotype::prelude::*;
//!
//! # let stack = App::new().stack("Shop");
//! # let props = FunctionProps::builder()
//! #     .runtime(Runtime::NODEJS_22).handler("index.handler").code(Code::inline("")).build();
//! # let hello: Function<String, String> = Function::new(&stack, "Hello", props);
//! let key = tree!([{ "AttributeName": "id", "KeyType": "HASH" }]);
//! let orders = stack.resource("Orders", "AWS::DynamoDB::Table", tree!({ "KeySchema": key }));
//! hello.may(grants::dynamodb::read(&orders));
//! hello.may(grants::s3::read("arn:aws:s3:::invoices").under("2026/"));
//! ```
//!
//! A grant on a resource of another type is an error of synth, at the line of the grant. What there is no grant for is
//! a [`Statement`], given by [`Grantee::allow`].
//!
//! The actions and their resources are those of the service authorization reference; each module names its page.
//!
//! Source:
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

pub mod dynamodb;
pub mod events;
mod keys;
pub mod kms;
mod right;
pub mod s3;
pub mod secrets_manager;
mod service;
pub mod sns;
pub mod sqs;
pub mod ssm;
pub mod step_functions;
mod target;

use std::panic::Location;

use cyanotype_cfn::{Key, Tree, Value};

pub(crate) use self::keys::keys_behind;
pub use self::target::{GrantTarget, Grantable};
use self::{keys::KeyUse, right::Right, service::Service};
use crate::{
    app::ResourceBody,
    diagnostic::{Diagnostic, Source},
    iam::Statement,
};

/// What a function or a machine may do with a resource, for [`Grantee::may`].
#[derive(Debug, Clone)]
#[must_use = "a grant does nothing until something is given it: `function.may(grant)`"]
pub struct Grant {
    service: &'static Service,
    /// None where the rights name their resources themselves.
    target: Option<Tree>,
    rights: Vec<Right>,
    /// What it takes of the key with which the resource is encrypted.
    key_use: KeyUse,
    /// A property without which the resource has nothing that the grant could be on.
    requires: Option<&'static str>,
    problem: Option<Diagnostic>,
    at: Source,
}

/// What has a role that is generated: a [`Function`](crate::lambda::Function) or a
/// [`StateMachine`](crate::step_functions::StateMachine).
///
/// ```
/// use cyanotype::prelude::*;
///
/// fn may_take_orders(who: &impl Grantee, queue: &Resource) {
///     who.may(grants::sqs::consume(queue));
/// }
/// ```
pub trait Grantee: sealed::Owner {
    /// Allows it something: a statement of its role.
    fn allow(&self, statement: Statement);

    /// Gives it the rights of a grant, as statements of its role.
    ///
    /// As with every right, one more or one less makes another role: what runs keeps the one that it has.
    fn may(&self, grant: impl Into<Grant>)
    where
        Self: Sized,
    {
        let (under, key) = self.owner();
        match grant.into().resolve(under) {
            Ok(statements) => statements.into_iter().for_each(|statement| self.allow(statement)),
            Err(problem) => under.edit(key, |body| body.problems.push(problem)),
        }
    }
}

pub(crate) mod sealed {
    use cyanotype_cfn::Key;

    use crate::app::Construct;

    /// Only what has a generated role can be given rights.
    pub trait Owner {
        /// Where it is, and which resource it is.
        fn owner(&self) -> (&Construct, Key);
    }
}

/// The ARNs of a resource of the app, by which grants are on it; none of a type on which there are none.
pub(crate) fn arns(key: Key, body: &ResourceBody) -> Vec<Value<String>> {
    Service::of_type(&body.type_name).map(|service| service.arns(key, body)).unwrap_or_default()
}

impl Grant {
    #[track_caller]
    fn on<K>(service: &'static Service, target: impl Grantable<K>, rights: Vec<Right>) -> Self {
        Self { target: Some(target.target().tree), ..Self::without_target(service, rights) }
    }

    #[track_caller]
    fn without_target(service: &'static Service, rights: Vec<Right>) -> Self {
        let at = Location::caller();
        Self { service, target: None, rights, key_use: KeyUse::None, requires: None, problem: None, at }
    }

    fn using(self, key_use: KeyUse) -> Self {
        Self { key_use, ..self }
    }
}
