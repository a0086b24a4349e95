//! State machines as resources: their role, log, type and tags around a definition made by [`flow`](crate::flow).

mod machine;
mod props;
mod rights;

pub use machine::StateMachine;
pub(crate) use machine::{MachineData, arn_pattern};
pub use props::{LogLevel, Logging, StateMachineProps, StateMachineType};
pub(crate) use rights::rights_of_machine;
