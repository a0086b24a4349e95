//! Keys of KMS, for what a function encrypts itself.
//!
//! A grant on a resource that is encrypted with a key of the app has the rights on the key in it.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html>

use super::{
    Grant, Grantable,
    right::Right,
    service::{Arn, Service},
};

/// A key: `AWS::KMS::Key`. IAM looks at keys and never at their aliases.
#[derive(Debug)]
pub enum Key {}

const DECRYPT: &[&str] = &["kms:Decrypt"];
const ENCRYPT: &[&str] = &["kms:Encrypt", "kms:GenerateDataKey*"];

/// Decrypting what was encrypted with a key.
///
/// ```
/// use cyanotype::prelude::*;
///
/// fn define(hello: &Function<u32, u32>, key: &Resource) {
///     hello.may(grants::kms::decrypt(key));
/// }
/// ```
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html>
#[track_caller]
pub fn decrypt(key: impl Grantable<Key>) -> Grant {
    Grant::on(&SERVICE, key, vec![Right::itself(DECRYPT)])
}

/// Encrypting with a key, or with data keys that it makes.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html>
#[track_caller]
pub fn encrypt(key: impl Grantable<Key>) -> Grant {
    Grant::on(&SERVICE, key, vec![Right::itself(ENCRYPT)])
}

pub(super) static SERVICE: Service = Service {
    module: "kms",
    noun: "a KMS key",
    types: &["AWS::KMS::Key", "AWS::KMS::ReplicaKey"],
    arn: Arn::Attribute,
    prefix: "kms",
    kind: "key/",
    beyond: &['/'],
    keys: &[],
    uses: &[],
};
