//! An address at which a function is called over HTTPS.

use std::panic::Location;

use cyanotype_cfn::{Key, Tree, Value};

use super::{Permission, body};
use crate::{
    app::Construct,
    lambda::{Alias, Function},
};

/// Who may call a [`FunctionUrl`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlAuth {
    /// Whoever IAM allows `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction`, by a signed request.
    Iam,
    /// Anyone on the Internet.
    Public,
}

/// An HTTPS address of an alias, made by [`Function::url`].
#[derive(Debug, Clone)]
pub struct FunctionUrl {
    pub(super) under: Construct,
    pub(super) key: Key,
}

impl<I, O> Function<I, O> {
    /// Gives an alias an HTTPS address. A version cannot have one.
    ///
    /// It goes when the app no longer has it: no execution calls it, and what is public should not outlive its author's
    /// intention.
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
    /// let live = hello.alias("live", &hello.publish());
    /// let url = hello.url(&live, UrlAuth::Iam);
    /// stack.output("Address", url.address());
    /// ```
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html>
    #[track_caller]
    #[allow(clippy::must_use_candidate, reason = "there is an address also when nothing here reads it")]
    pub fn url(&self, alias: &Alias<I, O>, auth: UrlAuth) -> FunctionUrl {
        let at = Location::caller();
        let name = auth.name();
        let mut url = body("AWS::Lambda::Url");
        // The ARN of the alias and not the function's with a qualifier: so the alias is there first.
        url.properties.insert("TargetFunctionArn".into(), alias.arn().into());
        url.properties.insert("AuthType".into(), name.into());
        let key = self.attach(format!("{}Url", alias.name), alias, url, at);
        if auth == UrlAuth::Public {
            // Both are needed. Source: <https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html>
            let rights = [
                ("Url", "lambda:InvokeFunctionUrl", "FunctionUrlAuthType", Tree::from(name)),
                ("Call", "lambda:InvokeFunction", "InvokedViaFunctionUrl", true.into()),
            ];
            for (id, action, limit, value) in rights {
                let mut anyone = Permission::of("*").into_body(alias.arn(), action);
                anyone.properties.insert(limit.into(), value);
                self.attach(format!("{}Public{id}", alias.name), alias, anyone, at);
            }
        }
        FunctionUrl { under: self.under.clone(), key }
    }
}

impl FunctionUrl {
    /// The address: `https://<id>.lambda-url.<Region>.on.aws/`.
    #[must_use]
    pub fn address(&self) -> Value<String> {
        Value::attribute(self.key, "FunctionUrl")
    }

    /// Sends the answer while it is made, instead of when it is complete.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html>
    pub fn stream_responses(&self) {
        self.under.edit(self.key, |body| {
            body.properties.insert("InvokeMode".into(), "RESPONSE_STREAM".into());
        });
    }
}

impl UrlAuth {
    fn name(self) -> &'static str {
        match self {
            Self::Iam => "AWS_IAM",
            Self::Public => "NONE",
        }
    }
}
