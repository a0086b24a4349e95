//! CloudFormation, and nothing of any particular AWS service.
//!
//! A resource's properties are a [`Tree`]: JSON in which a value may be an [`Intrinsic`]. Intrinsics name other
//! elements of a stack by [`Key`], not by logical ID, because an ID may depend on what the tree holds. When every ID
//! is known, [`Template::to_text`] writes the trees of a template as JSON.
//! An [`Assembly`] is the directory that the CDK CLI deploys from.

mod assembly;
pub mod facts;
mod hash;
mod intrinsic;
mod json;
mod logical_id;
mod macros;
mod render;
mod template;
mod tree;
mod value;

pub use assembly::{
    Assembly, AssemblyError, Asset, CheckError, ContextFile, Difference, FileAsset, IMAGE_REPOSITORY,
    ImageAsset, StackArtifact, WriteError, WriteReport,
};
pub use hash::{Digest, HashWriter, Hashed};
pub use intrinsic::{Intrinsic, Key, Pseudo};
pub use json::Json;
pub use logical_id::LogicalId;
pub use render::{HandOver, Names, Rendered};
pub use template::{Output, Resource, RetentionPolicy, Template};
pub use tree::Tree;
pub use value::Value;
