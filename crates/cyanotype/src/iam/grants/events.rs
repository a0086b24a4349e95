//! Event buses of EventBridge.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html>

use super::{
    Grant, Grantable,
    right::{On, Right},
    service::{Arn, Service},
};

/// A bus: `AWS::Events::EventBus`.
#[derive(Debug)]
pub enum EventBus {}

const PUT: &[&str] = &["events:PutEvents"];

/// Putting events on a bus. A key of the bus is used by EventBridge itself, whom the key's own policy allows it.
///
/// ```
/// use cyanotype::prelude::*;
///
/// fn define(hello: &Function<u32, u32>, bus: &Resource) {
///     hello.may(grants::events::put(bus));
/// }
/// ```
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html>
#[track_caller]
pub fn put(bus: impl Grantable<EventBus>) -> Grant {
    Grant::on(&SERVICE, bus, vec![Right::itself(PUT)])
}

/// Putting events on the default bus of the stack's account and Region.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html>
#[track_caller]
pub fn put_on_default() -> Grant {
    Grant::without_target(&SERVICE, vec![Right::on(On::Own("events", ":event-bus/default"), PUT)])
}

pub(super) static SERVICE: Service = Service {
    module: "events",
    noun: "an event bus",
    types: &["AWS::Events::EventBus"],
    arn: Arn::Attribute,
    prefix: "events",
    kind: "event-bus/",
    beyond: &[],
    keys: &[],
    uses: &[],
};
