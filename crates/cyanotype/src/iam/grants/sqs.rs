//! Queues of SQS.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html>

use super::{
    Grant, Grantable,
    keys::KeyUse,
    right::Right,
    service::{Arn, Service},
};

/// A queue: `AWS::SQS::Queue`.
#[derive(Debug)]
pub enum Queue {}

const SEND: &[&str] = &["sqs:SendMessage"];
const CONSUME: &[&str] =
    &["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"];
/// What of that is about what a message says.
const RECEIVE: &[&str] = &["sqs:ReceiveMessage"];

/// Sending messages. Reading a queue's URL by its name is not in it: give the function the URL, `queue.reference()`.
///
/// ```
/// use cyanotype::prelude::*;
///
/// fn define(hello: &Function<u32, u32>, jobs: &Resource) {
///     hello.may(grants::sqs::send(jobs));
/// }
/// ```
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html>
#[track_caller]
pub fn send(queue: impl Grantable<Queue>) -> Grant {
    Grant::on(&SERVICE, queue, vec![Right::itself(SEND)]).using(KeyUse::Write)
}

/// Receiving messages and deleting them, as an event source mapping does for its function.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html>
#[track_caller]
pub fn consume(queue: impl Grantable<Queue>) -> Grant {
    Grant::on(&SERVICE, queue, vec![Right::itself(CONSUME)]).using(KeyUse::Read)
}

pub(super) static SERVICE: Service = Service {
    module: "sqs",
    noun: "an SQS queue",
    types: &["AWS::SQS::Queue"],
    arn: Arn::Attribute,
    prefix: "sqs",
    kind: "",
    beyond: &['/', ':'],
    keys: &[&["KmsMasterKeyId"]],
    uses: &[(KeyUse::Read, RECEIVE), (KeyUse::Write, SEND)],
};
