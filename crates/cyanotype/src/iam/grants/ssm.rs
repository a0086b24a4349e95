//! Parameters of Systems Manager.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html>

use super::{
    Grant, Grantable,
    right::Right,
    service::{Arn, Service},
};

/// A parameter: `AWS::SSM::Parameter`.
#[derive(Debug)]
pub enum Parameter {}

const READ: &[&str] = &["ssm:GetParameter", "ssm:GetParameters"];
const WRITE: &[&str] = &["ssm:PutParameter"];

/// Reading a parameter's value.
///
/// CloudFormation makes no secure strings. For one that is known by its ARN and has a key of its own, add
/// [`kms::decrypt`](super::kms::decrypt).
///
/// ```
/// use cyanotype::prelude::*;
///
/// fn define(hello: &Function<u32, u32>, limit: &Resource) {
///     hello.may(grants::ssm::read(limit));
/// }
/// ```
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html>
#[track_caller]
pub fn read(parameter: impl Grantable<Parameter>) -> Grant {
    Grant::on(&SERVICE, parameter, vec![Right::itself(READ)])
}

/// Giving a parameter another value. Reading is not in it.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html>
#[track_caller]
pub fn write(parameter: impl Grantable<Parameter>) -> Grant {
    Grant::on(&SERVICE, parameter, vec![Right::itself(WRITE)])
}

pub(super) static SERVICE: Service = Service {
    module: "ssm",
    noun: "a parameter of Systems Manager",
    types: &["AWS::SSM::Parameter"],
    arn: Arn::OfParameter,
    prefix: "ssm",
    kind: "parameter/",
    beyond: &[],
    keys: &[],
    uses: &[],
};
