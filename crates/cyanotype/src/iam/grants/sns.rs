//! Topics of SNS.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html>

use super::{
    Grant, Grantable,
    keys::KeyUse,
    right::Right,
    service::{Arn, Service},
};

/// A topic: `AWS::SNS::Topic`.
#[derive(Debug)]
pub enum Topic {}

const PUBLISH: &[&str] = &["sns:Publish"];

/// Publishing messages.
///
/// ```
/// use cyanotype::prelude::*;
///
/// fn define(hello: &Function<u32, u32>, news: &Resource) {
///     hello.may(grants::sns::publish(news));
/// }
/// ```
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html>
#[track_caller]
pub fn publish(topic: impl Grantable<Topic>) -> Grant {
    Grant::on(&SERVICE, topic, vec![Right::itself(PUBLISH)]).using(KeyUse::Write)
}

pub(super) static SERVICE: Service = Service {
    module: "sns",
    noun: "an SNS topic",
    types: &["AWS::SNS::Topic"],
    arn: Arn::Reference,
    prefix: "sns",
    kind: "",
    beyond: &['/', ':'],
    keys: &[&["KmsMasterKeyId"]],
    uses: &[(KeyUse::Write, PUBLISH)],
};
