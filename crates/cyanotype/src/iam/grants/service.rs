//! Which resources a service's grants are on, and what their ARNs are.

use std::borrow::Cow;

use cyanotype_cfn::{Intrinsic, Key, Tree, Value};

use super::{dynamodb, events, keys::KeyUse, kms, s3, secrets_manager, sns, sqs, ssm, step_functions};
use crate::{app::ResourceBody, iam::arn::own_arn};

/// A service whose resources can be granted.
#[derive(Debug)]
pub(super) struct Service {
    /// Its module's name.
    pub(super) module: &'static str,
    /// What its grants are on, in words: `a DynamoDB table`.
    pub(super) noun: &'static str,
    /// The types of such resources.
    pub(super) types: &'static [&'static str],
    pub(super) arn: Arn,
    /// How an ARN of one goes on behind `arn:<partition>:`, up to the account: `dynamodb`.
    pub(super) prefix: &'static str,
    /// What comes behind the account and before the name: `table/`.
    pub(super) kind: &'static str,
    /// What no name has, so that what has it is an ARN of something in the resource.
    pub(super) beyond: &'static [char],
    /// Where its properties name the key with which it is encrypted. Lists on the way are looked into.
    pub(super) keys: &'static [&'static [&'static str]],
    /// What actions take of that key.
    pub(super) uses: &'static [(KeyUse, &'static [&'static str])],
}

/// How the ARN of a resource is had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arn {
    /// `GetAtt` of `Arn`.
    Attribute,
    /// `Ref`.
    Reference,
    /// Put together from `Ref`, which is a parameter's name.
    OfParameter,
}

static ALL: [&Service; 9] = [
    &dynamodb::SERVICE,
    &events::SERVICE,
    &kms::SERVICE,
    &s3::SERVICE,
    &secrets_manager::SERVICE,
    &sns::SERVICE,
    &sqs::SERVICE,
    &ssm::SERVICE,
    &step_functions::SERVICE,
];

impl Service {
    /// The service whose grants are on resources of a type.
    pub(super) fn of_type(name: &str) -> Option<&'static Self> {
        ALL.into_iter().find(|service| service.types.contains(&name))
    }

    /// Whether an attribute, or without one `Ref`, is taken for the resource.
    pub(super) fn is_itself(&self, attribute: Option<&str>) -> bool {
        match self.arn {
            Arn::Attribute => attribute.is_none_or(|name| name == "Arn"),
            // An attribute of this name is the ARN too: of a topic, a secret, a machine.
            Arn::Reference => attribute.is_none_or(|name| matches!(name, "Arn" | "TopicArn" | "Id")),
            Arn::OfParameter => attribute.is_none(),
        }
    }

    /// The ARN of a resource of the app. There are two where it depends on a name that only the deploy knows.
    pub(super) fn arns(&self, key: Key, body: &ResourceBody) -> Vec<Value<String>> {
        match self.arn {
            Arn::Attribute => vec![Value::attribute(key, "Arn")],
            Arn::Reference => vec![Value::reference(key)],
            Arn::OfParameter => {
                let parameter = |slash: &str| {
                    own_arn("ssm", [format!(":parameter{slash}").into(), Value::reference(key)])
                };
                // The ARN has one slash between `parameter` and the name, also where the name begins with one.
                match body.properties.get("Name").map(beginning) {
                    None => vec![parameter("/")],
                    Some(Some(name)) if name.starts_with('/') => vec![parameter("")],
                    Some(Some(_)) => vec![parameter("/")],
                    Some(None) => vec![parameter(""), parameter("/")],
                }
            }
        }
    }

    /// Whether a text can be the ARN of such a resource.
    pub(super) fn fits(&self, arn: &str) -> bool {
        let parts: Vec<_> = arn.splitn(6, ':').collect();
        match *parts.as_slice() {
            ["arn", _, prefix, _, _, name] => {
                let name = name.strip_prefix(self.kind);
                prefix == self.prefix && name.is_some_and(|n| !n.is_empty() && !n.contains(self.beyond))
            }
            _ => false,
        }
    }

    /// How such an ARN looks.
    pub(super) fn example(&self) -> String {
        let (region, account) = match self.prefix {
            "s3" => ("", ""),
            _ => ("eu-west-1", "123456789012"),
        };
        format!("arn:aws:{}:{region}:{account}:{}name", self.prefix, self.kind)
    }
}

/// What a name begins with, if that is written down.
fn beginning(name: &Tree) -> Option<Cow<'_, str>> {
    match (name.as_text(), name.as_intrinsic()) {
        (Some(text), _) => Some(text.into()),
        (_, Some(Intrinsic::Concat(parts))) => {
            parts.first().and_then(Tree::as_text).filter(|text| !text.is_empty()).map(Cow::from)
        }
        _ => None,
    }
}
