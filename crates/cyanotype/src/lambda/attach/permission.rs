//! Who outside may call a function.

use std::panic::Location;

use cyanotype_cfn::{Tree, Value};

use super::{Qualified, body};
use crate::{app::ResourceBody, lambda::Function};

/// Who may call an alias or a version: a service of AWS, an account, or an organization.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html>
#[derive(Debug, Clone)]
#[must_use = "a permission does nothing until a function has it: `function.permit(..)`"]
pub struct Permission {
    principal: Value<String>,
    /// By their names in CloudFormation.
    limits: Vec<(&'static str, Value<String>)>,
}

impl Permission {
    /// For a service (`s3.amazonaws.com`) or an account (its number, or the ARN of one of its roles). A service acts
    /// for all of AWS's customers: limit it by [`source_arn`](Self::source_arn).
    pub fn of(principal: impl Into<Value<String>>) -> Self {
        Self { principal: principal.into(), limits: vec![] }
    }

    /// Only when the call comes from this resource, by its ARN, or a pattern with `*`.
    pub fn source_arn(self, arn: impl Into<Value<String>>) -> Self {
        self.limit("SourceArn", arn.into())
    }

    /// Only when that resource belongs to this account. The ARN of a bucket does not say whose it is.
    pub fn source_account(self, account: impl Into<Value<String>>) -> Self {
        self.limit("SourceAccount", account.into())
    }

    /// Only for principals of this organization.
    pub fn organization(self, id: impl Into<Value<String>>) -> Self {
        self.limit("PrincipalOrgID", id.into())
    }

    fn limit(mut self, name: &'static str, value: Value<String>) -> Self {
        self.limits.retain(|(known, _)| *known != name);
        self.limits.push((name, value));
        self
    }

    pub(super) fn into_body(self, function: Value<String>, action: &str) -> ResourceBody {
        let mut body = body("AWS::Lambda::Permission");
        let mut set = |name: &str, value: Tree| drop(body.properties.insert(name.into(), value));
        set("FunctionName", function.into());
        set("Action", action.into());
        set("Principal", self.principal.into());
        self.limits.into_iter().for_each(|(name, value)| set(name, value.into()));
        body
    }
}

impl<I, O> Function<I, O> {
    /// Lets someone outside call an alias or a version of this function. It stays when the app no longer has it, as the
    /// alias and the version do.
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
    /// let live = hello.alias("live", &hello.publish());
    /// let topic = stack.resource("News", "AWS::SNS::Topic", tree!({}));
    /// hello.permit("News", &live, Permission::of("sns.amazonaws.com").source_arn(topic.reference()));
    /// ```
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html>
    #[track_caller]
    pub fn permit(&self, id: impl Into<String>, target: &impl Qualified, permission: Permission) {
        let body = permission.into_body(target.qualified_arn(), "lambda:InvokeFunction");
        self.attach(id.into(), target, body, Location::caller());
    }
}
