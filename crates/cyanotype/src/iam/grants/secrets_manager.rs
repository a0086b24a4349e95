//! Secrets of Secrets Manager.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html>

use super::{
    Grant, Grantable,
    keys::KeyUse,
    right::Right,
    service::{Arn, Service},
};

/// A secret: `AWS::SecretsManager::Secret`. Its ARN ends in six characters that Secrets Manager has made up.
#[derive(Debug)]
pub enum Secret {}

const READ: &[&str] = &["secretsmanager:GetSecretValue"];
const WRITE: &[&str] = &["secretsmanager:PutSecretValue"];

/// Reading a secret's value.
///
/// ```
/// use cyanotype::prelude::*;
///
/// fn define(hello: &Function<u32, u32>, password: &Resource) {
///     hello.may(grants::secrets_manager::read(password));
/// }
/// ```
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html>
#[track_caller]
pub fn read(secret: impl Grantable<Secret>) -> Grant {
    Grant::on(&SERVICE, secret, vec![Right::itself(READ)]).using(KeyUse::Read)
}

/// Giving a secret another value. Reading is not in it.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html>
#[track_caller]
pub fn write(secret: impl Grantable<Secret>) -> Grant {
    Grant::on(&SERVICE, secret, vec![Right::itself(WRITE)]).using(KeyUse::Write)
}

pub(super) static SERVICE: Service = Service {
    module: "secrets_manager",
    noun: "a secret",
    types: &["AWS::SecretsManager::Secret"],
    arn: Arn::Reference,
    prefix: "secretsmanager",
    kind: "secret:",
    beyond: &[':'],
    keys: &[&["KmsKeyId"]],
    uses: &[(KeyUse::Read, READ), (KeyUse::Write, WRITE)],
};
