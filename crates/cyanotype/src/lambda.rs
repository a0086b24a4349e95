//! Lambda functions, their immutable versions, and aliases for callers outside.

mod alias;
mod arn;
mod attach;
mod cargo;
mod code;
mod contract;
mod files;
mod function;
mod grants;
mod layer;
mod locked;
mod object;
mod props;
mod rights;
mod runtime;
mod traffic;
mod version;

pub use alias::Alias;
pub(crate) use alias::AliasData;
pub use arn::VersionArnError;
pub(crate) use arn::function_of;
pub use attach::{AsyncInvocation, Destination, EventSource, FunctionUrl, Permission, Qualified, UrlAuth};
pub use cargo::{Binary, CargoBinary};
pub(crate) use code::CodeSource;
pub use code::{Code, Directory};
pub(crate) use function::FunctionData;
pub use function::{Function, VersionLocked};
pub use layer::{LayerProps, LayerVersion};
pub(crate) use locked::{CREATE_ONLY, is_locked, is_unordered, known_as_locked};
#[cfg(test)]
pub(crate) use locked::{Held, PROPERTIES, Property};
pub use object::S3Object;
pub use props::{
    ApplicationLogLevel, CapacityProvider, DeadLetters, DirectRead, Durable, FileSystem, FunctionLogs,
    FunctionProps, ImageSettings, JsonLogs, Layer, RecursiveLoop, RuntimeUpdates, Scaling, SnapStart,
    SystemLogLevel, TenantIsolation, Tracing, Vpc,
};
pub use runtime::{Architecture, Runtime};
pub use traffic::TrafficShift;
pub use version::Version;
pub(crate) use version::VersionData;
