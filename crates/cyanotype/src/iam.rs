//! IAM: statements as the user writes them, and the roles that are generated from them.

mod arn;
mod document;
mod role;
mod statement;

pub(crate) use arn::{executions_arn, machine_arn, rule_arn};
pub(crate) use document::policy_document;
pub(crate) use role::{RoleData, allow, principal_pattern};
pub use statement::{Effect, Statement};
