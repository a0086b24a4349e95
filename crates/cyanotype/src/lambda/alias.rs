//! Aliases: names that can be moved, for callers outside.

use std::{fmt, marker::PhantomData, panic::Location};

use cyanotype_cfn::{Key, Value, tree};

use super::{Function, Version};
use crate::{
    app::{Construct, ResourceBody, ResourceKind},
    diagnostic::{Diagnostic, Source},
};

/// A name for a version of a function that takes `I` and yields `O`.
///
/// For callers that are not state machines: an alias moves to the new version at a deploy, so a Task that called it
/// would call other code than it was made for.
pub struct Alias<I, O> {
    pub(super) under: Construct,
    /// The function's own ID.
    pub(super) id: String,
    pub(super) key: Key,
    pub(super) function: Key,
    pub(super) name: String,
    types: PhantomData<fn(I) -> O>,
}

/// What an alias is beyond its properties.
#[derive(Debug, Clone)]
pub(crate) struct AliasData {
    pub(crate) function: Key,
}

impl<I, O> Alias<I, O> {
    pub(super) fn add(function: &Function<I, O>, name: String, version: &Version<I, O>, at: Source) -> Self {
        let data = AliasData { function: function.key };
        let mut body = ResourceBody::new("AWS::Lambda::Alias", ResourceKind::Alias(data));
        body.properties.insert("FunctionName".into(), function.name().into());
        body.properties.insert("FunctionVersion".into(), version.number().into());
        body.properties.insert("Name".into(), name.as_str().into());
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let wrong = !(1..=128).contains(&name.len())
            || !name.chars().all(fits)
            || name.bytes().all(|b| b.is_ascii_digit());
        if wrong {
            let problem = format!("`{name}` is no name for an alias");
            let help = "an alias has 1 to 128 letters, digits, `-` and `_`, and is not a number";
            body.problems.push(Diagnostic::error(problem).at(at).help(help));
        }
        if version.function().is_some_and(|of| of != function.key) {
            let problem = format!("the alias `{name}` is given a version of another function");
            let help = "give it a version that this function's `publish()` made";
            body.problems.push(Diagnostic::error(problem).at(at).help(help));
        }
        let key = function.under.add([function.id.clone(), "Alias".into(), name.clone()], at, body);
        let (under, id) = (function.under.clone(), function.id.clone());
        Self { under, id, key, function: function.key, name, types: PhantomData }
    }

    /// Sends so many percent of the calls (1 to 99) to another version of this function, whichever app made it, and the
    /// rest to the alias's own. There can be one such version.
    ///
    /// It stays so until the app says otherwise.
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
    ///         .code(Code::inline("exports.handler = async () => 'Hello'"))
    ///         .build(),
    /// );
    /// let before = Version::import("arn:aws:lambda:eu-west-1:123456789012:function:hello:7").unwrap();
    /// let live = hello.alias("live", &hello.publish());
    /// live.route(&before, 10);
    /// ```
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html>
    #[track_caller]
    pub fn route(&self, version: &Version<I, O>, percent: u32) {
        let at = Location::caller();
        let weight =
            tree!({ "FunctionVersion": version.number(), "FunctionWeight": f64::from(percent) / 100.0 });
        let routes = tree!({ "AdditionalVersionWeights": [weight] });
        self.under.edit(self.key, |body| {
            let mut wrong = |problem: String, help: &str| {
                body.problems.push(Diagnostic::error(problem).at(at).help(help));
            };
            if !(1..=99).contains(&percent) {
                wrong(format!("{percent} percent of the calls cannot be routed"), "route 1 to 99 percent");
            }
            if version.function().is_some_and(|of| of != self.function) {
                let problem = format!("the alias `{}` is to call a version of another function", self.name);
                wrong(problem, "route to a version of the alias's own function");
            }
            if body.properties.insert("RoutingConfig".into(), routes).is_some() {
                let problem = format!("the alias `{}` is to call three versions", self.name);
                body.problems.push(Diagnostic::error(problem).at(at).help("route to one besides its own"));
            }
            self.refuse_both(body, at);
        });
    }

    /// Keeps so many instances (1 or more) ready for the alias's version. A version cannot have any of its own:
    /// CloudFormation would replace it.
    ///
    /// An alias that [routes](Self::route) cannot have any.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html>
    #[track_caller]
    pub fn provisioned_concurrency(&self, instances: impl Into<Value<u32>>) {
        let (at, instances) = (Location::caller(), instances.into());
        self.under.edit(self.key, |body| {
            let ready = tree!({ "ProvisionedConcurrentExecutions": instances });
            body.properties.insert("ProvisionedConcurrencyConfig".into(), ready);
            self.refuse_both(body, at);
        });
    }

    /// Lambda keeps instances for one version, and an alias that routes has two; and CodeDeploy sets its routes.
    pub(super) fn refuse_both(&self, body: &mut ResourceBody, at: Source) {
        if body.properties.contains_key("RoutingConfig") && !body.update_policy.is_empty() {
            let problem = format!("the alias `{}` routes, and CodeDeploy is to move it", self.name);
            let help = "both set the weights of its versions: leave the route or the shift out";
            body.problems.push(Diagnostic::error(problem).at(at).help(help));
        }
        let is_set = |property| body.properties.contains_key(property);
        if is_set("RoutingConfig") && is_set("ProvisionedConcurrencyConfig") {
            let problem = format!("the alias `{}` calls two versions, and keeps instances ready", self.name);
            let help = "Lambda takes one of these: leave the route or the provisioned concurrency out";
            body.problems.push(Diagnostic::error(problem).at(at).help(help));
        }
    }

    /// The ARN, with the alias's name.
    #[must_use]
    pub fn arn(&self) -> Value<String> {
        Value::reference(self.key)
    }
}

impl<I, O> Clone for Alias<I, O> {
    fn clone(&self) -> Self {
        let Self { under, id, key, function, name, types } = self;
        let (under, id, name) = (under.clone(), id.clone(), name.clone());
        Self { under, id, key: *key, function: *function, name, types: *types }
    }
}

impl<I, O> fmt::Debug for Alias<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Alias").field(&self.key).finish()
    }
}
