//! IAM: statements as the user writes them, the roles that are generated from them, and the rights that a definition
//! [needs].

mod arn;
mod covers;
mod document;
pub mod grants;
mod needs;
mod policy;
mod role;
mod statement;
mod supplied;

pub(crate) use arn::{executions_arn, is_account, is_iam_arn, logs_arn, machine_arn, rule_arn};
pub(crate) use covers::{Covered, covers, covers_action};
pub(crate) use document::{document_size, policy_document, value_size};
pub use grants::{Grant, Grantee};
pub(crate) use needs::{Beside, Target, Targets, needs_beside, rendered};
pub use needs::{MACHINE_NAME, Need, NeedWarning, Needs, needs};
pub use policy::{PolicyCondition, PolicyDocument, PolicyStatement};
pub(crate) use role::{RoleData, Starter, allow, principal_pattern};
pub use statement::{Effect, Statement};
pub use supplied::SuppliedRole;
pub(crate) use supplied::{OwnRole, wrong_text};
