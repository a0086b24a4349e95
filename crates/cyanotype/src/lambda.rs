//! Lambda functions, their immutable versions, and aliases for callers outside.

mod alias;
mod arn;
mod cargo;
mod code;
mod contract;
mod function;
mod locked;
mod props;
mod runtime;
mod version;

pub use alias::Alias;
pub(crate) use alias::AliasData;
pub use arn::VersionArnError;
pub(crate) use arn::function_of;
pub use cargo::{Binary, CargoBinary};
pub(crate) use code::CodeSource;
pub use code::{Code, Directory};
pub(crate) use function::FunctionData;
pub use function::{Function, VersionLocked};
pub(crate) use locked::{CREATE_ONLY, is_locked, is_unordered, known_as_locked};
pub use props::FunctionProps;
pub use runtime::{Architecture, Runtime};
pub use version::Version;
pub(crate) use version::VersionData;
