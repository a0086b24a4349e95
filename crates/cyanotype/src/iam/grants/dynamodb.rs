//! Tables of DynamoDB, with their indexes and streams.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html>

use super::{
    Grant, Grantable,
    keys::KeyUse,
    right::{On, Right},
    service::{Arn, Service},
};

/// A table: `AWS::DynamoDB::Table`, or a `GlobalTable` in the Region of the stack.
#[derive(Debug)]
pub enum Table {}

/// What reads items. `TransactGetItems` is `GetItem`, and `ConditionCheckItem` is a check within a transaction.
const READ: &[&str] = &[
    "dynamodb:BatchGetItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
];
/// What of that an index knows.
const READ_INDEX: &[&str] = &["dynamodb:Query", "dynamodb:Scan"];
const WRITE: &[&str] =
    &["dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"];
/// The same in PartiQL, which a Task can call.
const PARTIQL_READ: &[&str] = &["dynamodb:PartiQLSelect"];
const PARTIQL_WRITE: &[&str] =
    &["dynamodb:PartiQLDelete", "dynamodb:PartiQLInsert", "dynamodb:PartiQLUpdate"];
/// What Lambda needs as well, to read a stream for a function.
pub(crate) const STREAM: &[&str] =
    &["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"];
/// IAM asks for it on no resource.
const LIST_STREAMS: &[&str] = &["dynamodb:ListStreams"];

/// Reading items of a table, and of its indexes.
///
/// ```
/// use cyanotype::prelude::*;
///
/// fn lookup(hello: &Function<u32, u32>, orders: &Resource) {
///     hello.may(grants::dynamodb::read(orders));
///     hello.may(grants::dynamodb::read("arn:aws:dynamodb:eu-west-1:123456789012:table/customers"));
/// }
/// ```
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html>
#[track_caller]
pub fn read(table: impl Grantable<Table>) -> Grant {
    let index = Right::on(On::Within("/index/*".into()), READ_INDEX);
    Grant::on(&SERVICE, table, vec![Right::itself(READ), index]).using(KeyUse::Read)
}

/// Putting, updating and deleting items of a table. Conditions of these are in it, and reading is not.
#[track_caller]
pub fn write(table: impl Grantable<Table>) -> Grant {
    Grant::on(&SERVICE, table, vec![Right::itself(WRITE)]).using(KeyUse::Write)
}

/// Reading the stream of a table, as an event source mapping does for its function.
///
/// It is on all streams that the table will have, since DynamoDB makes another one when it is turned off and on. A
/// table of the app without a `StreamSpecification` is an error.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html>
#[track_caller]
pub fn read_stream(table: impl Grantable<Table>) -> Grant {
    let streams = Right::on(On::Within("/stream/*".into()), STREAM);
    let rights = vec![streams, Right::on(On::Everything, LIST_STREAMS)];
    Grant { requires: Some("StreamSpecification"), ..Grant::on(&SERVICE, table, rights).using(KeyUse::Read) }
}

pub(super) static SERVICE: Service = Service {
    module: "dynamodb",
    noun: "a DynamoDB table",
    types: &["AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"],
    arn: Arn::Attribute,
    prefix: "dynamodb",
    kind: "table/",
    beyond: &['/'],
    keys: &[&["SSESpecification", "KMSMasterKeyId"], &["Replicas", "SSESpecification", "KMSMasterKeyId"]],
    uses: &[
        (KeyUse::Read, READ),
        (KeyUse::Read, PARTIQL_READ),
        (KeyUse::Write, WRITE),
        (KeyUse::Write, PARTIQL_WRITE),
    ],
};
