//! What Step Functions knows of an execution: the context object.
//!
//! Each is a [`Path`] that can stand wherever one into the data can.
//!
//! ```
//! use cyanotype::{flow::context, prelude::*};
//! use schemars::JsonSchema;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize, JsonSchema)]
//! struct Ticket {
//!     run: String,
//! }
//!
//! let machine: Machine<String, Ticket> = machine(|m| {
//!     let again = context::execution_redrive_count().more_than(0_u32);
//!     let ticket = m.shape("Ticket", shape!(String => Ticket { run: (context::execution_name()) })).then(m.end());
//!     m.choice("Again?").when(again, m.fail("Once is enough")).otherwise(ticket)
//! });
//! assert!(machine.diagnostics().is_empty());
//! ```
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html>

use std::panic::Location;

use serde_json::Value;

use crate::flow::{
    Path, Timestamp,
    path::{Origin, Reference, schema_of},
};

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $path:literal;)+) => { $(
        $(#[$doc])*
        #[track_caller]
        pub fn $name<T>() -> Path<T, $type> {
            let origin = Origin::Context($path);
            Path::of(Reference { origin, fields: vec![], schema: schema_of::<$type>, at: Location::caller() })
        }
    )+ };
}

fields! {
    /// The ARN of the execution.
    execution_id: String = "Execution.Id";
    /// The name of the execution.
    execution_name: String = "Execution.Name";
    /// What the execution was started with.
    execution_input: Value = "Execution.Input";
    /// The role that the execution has.
    execution_role_arn: String = "Execution.RoleArn";
    /// When the execution started.
    execution_start_time: Timestamp = "Execution.StartTime";
    /// How often the execution was redriven.
    execution_redrive_count: u32 = "Execution.RedriveCount";
    /// When the execution was redriven last. It is absent before.
    execution_redrive_time: Timestamp = "Execution.RedriveTime";
    /// When the state was entered.
    state_entered_time: Timestamp = "State.EnteredTime";
    /// The name of the state.
    state_name: String = "State.Name";
    /// How often the state was tried again.
    state_retry_count: u32 = "State.RetryCount";
    /// The ARN of the state machine.
    machine_id: String = "StateMachine.Id";
    /// The name of the state machine.
    machine_name: String = "StateMachine.Name";
    /// What whoever answers a callback names. It exists in [callbacks](crate::flow::Scope::callback) alone.
    task_token: String = "Task.Token";
    /// The place of a Map's item in the list, from 0.
    map_item_index: u32 = "Map.Item.Index";
    /// A Map's item.
    map_item_value: Value = "Map.Item.Value";
    /// The name of a Map's item, where the Map goes over an object.
    map_item_key: String = "Map.Item.Key";
    /// Where a distributed Map's item comes from: `STATE_DATA`, or a place in S3.
    map_item_source: String = "Map.Item.Source";
}
