//! State machines and their executions.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html>

use super::{
    Grant, GrantTarget, Grantable,
    right::{On, Right},
    service::{Arn, Service},
};
use crate::step_functions::StateMachine;

/// A state machine. IAM looks at the machine's own ARN, also when a version or an alias is started.
#[derive(Debug)]
pub enum Machine {}

const START: &[&str] = &["states:StartExecution"];
const START_SYNC: &[&str] = &["states:StartSyncExecution"];
const FOLLOW: &[&str] = &["states:DescribeExecution"];
const STOP: &[&str] = &["states:StopExecution"];
/// IAM asks for these on no resource: a token says which Task is meant.
const ANSWER: &[&str] = &["states:SendTaskFailure", "states:SendTaskHeartbeat", "states:SendTaskSuccess"];

/// Starting executions.
///
/// ```
/// use cyanotype::prelude::*;
///
/// fn define(hello: &Function<u32, u32>, greeting: &StateMachine<String, String>) {
///     hello.may(grants::step_functions::start(greeting));
///     hello.may(grants::step_functions::follow(greeting));
/// }
/// ```
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html>
#[track_caller]
pub fn start(machine: impl Grantable<Machine>) -> Grant {
    Grant::on(&SERVICE, machine, vec![Right::itself(START)])
}

/// Starting executions of an Express machine and waiting for their output.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html>
#[track_caller]
pub fn start_sync(machine: impl Grantable<Machine>) -> Grant {
    Grant::on(&SERVICE, machine, vec![Right::itself(START_SYNC)])
}

/// Asking how executions of a machine are getting on, and for their output.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html>
#[track_caller]
pub fn follow(machine: impl Grantable<Machine>) -> Grant {
    Grant::on(&SERVICE, machine, vec![Right::on(On::Executions, FOLLOW)])
}

/// Stopping executions of a machine.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html>
#[track_caller]
pub fn stop(machine: impl Grantable<Machine>) -> Grant {
    Grant::on(&SERVICE, machine, vec![Right::on(On::Executions, STOP)])
}

/// Answering Tasks that wait for a token, of whichever machine.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html>
#[track_caller]
pub fn answer() -> Grant {
    Grant::without_target(&SERVICE, vec![Right::on(On::Everything, ANSWER)])
}

impl<I, O> Grantable<Machine> for &StateMachine<I, O> {
    fn target(self) -> GrantTarget {
        GrantTarget { tree: self.arn().into() }
    }
}

pub(super) static SERVICE: Service = Service {
    module: "step_functions",
    noun: "a state machine",
    types: &["AWS::StepFunctions::StateMachine"],
    arn: Arn::Reference,
    prefix: "states",
    kind: "stateMachine:",
    beyond: &[':'],
    keys: &[],
    uses: &[],
};
