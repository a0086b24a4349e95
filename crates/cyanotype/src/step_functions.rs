//! State machines as resources: their role, log, type and tags around a definition made by [`flow`](crate::flow); their
//! immutable versions; and the activities that they wait for.

mod activity;
mod alias;
mod arn;
mod encryption;
mod grants;
mod integrations;
mod machine;
mod props;
mod rights;
mod starts;
mod version;

pub use activity::Activity;
pub(crate) use activity::generated_name;
pub(crate) use alias::MachineAliasData;
pub use alias::StateMachineAlias;
pub use arn::StateMachineVersionArnError;
pub(crate) use arn::{executions_of, machine_of};
pub use encryption::KmsKey;
pub(crate) use integrations::{WrittenOut, has_revisions};
pub use machine::StateMachine;
pub(crate) use machine::{MachineData, arn_pattern, name_pattern};
pub use props::{LogLevel, Logging, StateMachineProps, StateMachineType};
pub(crate) use rights::{needs_of_machine, rights_of_machine};
pub use starts::{Event, HttpRoute, Schedule, Starts};
pub(crate) use version::MachineVersionData;
pub use version::StateMachineVersion;
