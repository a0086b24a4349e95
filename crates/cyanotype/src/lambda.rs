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
mod image;
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
pub use attach::{
    AsyncInvocation, Cors, Destination, EventSource, FunctionUrl, HttpMethod, Permission, Qualified, UrlAuth,
};
pub use cargo::{Binary, CargoBinary};
pub use code::{Code, Directory};
pub(crate) use code::{CodeSource, Packing};
pub(crate) use function::FunctionData;
pub use function::{Function, VersionLocked};
pub(crate) use image::ImageCode;
pub use image::{Image, ImageContext, ImageSource, StoredImage};
pub use layer::{LayerProps, LayerVersion};
pub(crate) use locked::{CREATE_ONLY, is_locked, is_unordered, known_as_locked};
#[cfg(test)]
pub(crate) use locked::{Held, PROPERTIES, Property};
pub use object::S3Object;
pub use props::{
    ApplicationLogLevel, CapacityProvider, DeadLetters, DirectRead, Durable, FileSystem, FunctionLogs,
    FunctionProps, ImageFunctionPropsBuilder, JsonLogs, Layer, RecursiveLoop, RuntimeUpdates, Scaling,
    SnapStart, SystemLogLevel, TenantIsolation, Tracing, Vpc,
};
pub use runtime::{Architecture, Runtime};
pub use traffic::TrafficShift;
pub use version::Version;
pub(crate) use version::VersionData;
