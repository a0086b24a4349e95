//! The keys with which resources are encrypted, and what a grant takes of them.

use cyanotype_cfn::{Key, Tree, Value};

use super::service::Service;
use crate::app::{AppData, ResourceBody};

/// What a grant takes of the key with which its resource is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyUse {
    /// Nothing: the service asks by itself, or touches no data.
    None,
    /// What is there is read.
    Read,
    /// What is new is encrypted. Services read the data key that they have, too: for a message or an item, and for each
    /// part of a large object.
    Write,
}

impl KeyUse {
    /// Sources: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html>,
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html>,
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html>,
    /// <https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html>,
    /// <https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html>.
    pub(super) fn actions(self) -> &'static [&'static str] {
        match self {
            Self::None => &[],
            Self::Read => &["kms:Decrypt"],
            Self::Write => &["kms:Decrypt", "kms:GenerateDataKey*"],
        }
    }
}

/// What some actions on a resource of the app take of the keys with which it is encrypted: actions, and the keys' ARNs.
pub(crate) fn keys_behind(
    app: &AppData,
    resource: Key,
    actions: &[String],
) -> Vec<(&'static [&'static str], Vec<Value<String>>)> {
    let body = app.resource(resource);
    let Some((body, service)) = body.and_then(|body| Some((body, Service::of_type(&body.type_name)?))) else {
        return vec![];
    };
    let keys = encrypted_with(service, body, app);
    let is_used = |of: &&(KeyUse, &[&str])| of.1.iter().any(|action| actions.iter().any(|own| own == action));
    let uses = service.uses.iter().filter(is_used).filter(|_| !keys.is_empty());
    uses.map(|(key_use, _)| (key_use.actions(), keys.clone())).collect()
}

/// The keys with which a resource of a service is encrypted, as far as they are known.
pub(super) fn encrypted_with(service: &Service, body: &ResourceBody, app: &AppData) -> Vec<Value<String>> {
    service.keys.iter().flat_map(|path| named(body, path, app)).collect()
}

/// The ARNs of the customer managed keys that a property names: keys of the app, be it by an alias of the app, and keys
/// that are named by their ARN.
fn named(body: &ResourceBody, path: &[&str], app: &AppData) -> Vec<Value<String>> {
    let Some((first, rest)) = path.split_first() else { return vec![] };
    let mut keys = vec![];
    for value in body.properties.get(*first).map(|tree| below(tree, rest)).unwrap_or_default() {
        if let Some(text) = value.as_text().filter(|text| text.starts_with("arn:") && text.contains(":key/"))
        {
            keys.push(text.into());
        }
        for key in value.targets() {
            keys.extend(of_alias(key, app).into_iter().map(|key| Value::attribute(key, "Arn")));
        }
    }
    keys
}

/// What is at a path, in each item of the lists on the way.
fn below<'t>(tree: &'t Tree, path: &[&str]) -> Vec<&'t Tree> {
    let mut found = vec![tree];
    for name in path {
        found = found.into_iter().flat_map(items).filter_map(|tree| member(tree, name)).collect();
    }
    found
}

fn items(tree: &Tree) -> Vec<&Tree> {
    match tree {
        Tree::List(items) => items.iter().collect(),
        other => vec![other],
    }
}

fn member<'t>(tree: &'t Tree, name: &str) -> Option<&'t Tree> {
    match tree {
        Tree::Map(entries) => entries.get(name),
        _ => None,
    }
}

/// The key itself, or the one that an alias stands for.
fn of_alias(key: Key, app: &AppData) -> Vec<Key> {
    let resource = |key: Key| app.resource(key);
    let is_key = |key: &Key| resource(*key).is_some_and(|body| body.type_name == "AWS::KMS::Key");
    let behind = resource(key).map(|body| match &*body.type_name {
        "AWS::KMS::Key" => vec![key],
        "AWS::KMS::Alias" => body.properties.get("TargetKeyId").map(Tree::targets).unwrap_or_default(),
        _ => vec![],
    });
    behind.unwrap_or_default().into_iter().filter(is_key).collect()
}
