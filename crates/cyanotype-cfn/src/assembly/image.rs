//! Container images that the CDK CLI builds.

use std::sync::Arc;

use indexmap::IndexMap;

use super::Asset;
use crate::Digest;

/// The repository that `cdk bootstrap` makes, with its default qualifier.
pub const IMAGE_REPOSITORY: &str = "cdk-hnb659fds-container-assets-${AWS::AccountId}-${AWS::Region}";

/// An image that the CDK CLI builds from a directory of the assembly, and pushes under a tag that is its identity.
///
/// Source: <https://docs.aws.amazon.com/cdk/api/v2/docs/@aws-cdk_cloud-assembly-schema.DockerImageAsset.html>
#[derive(Debug, Clone)]
pub struct ImageAsset {
    /// What it is, for people: the construct's path.
    pub display_name: String,
    /// The hash of all that it is built from: the name of its directory here, and its tag.
    pub digest: Digest,
    /// The files that it is built from.
    pub files: Arc<[ContextFile]>,
    /// Which of them says how it is built. Unset, `Dockerfile`.
    pub dockerfile: Option<String>,
    /// The arguments of the build.
    pub arguments: IndexMap<String, String>,
    /// The stage at which the build ends. Unset, the last.
    pub target: Option<String>,
    /// What it is built for, such as `linux/arm64`.
    pub platform: &'static str,
}

/// A file that an image is built from.
#[derive(Debug, Clone)]
pub struct ContextFile {
    /// Its name in the directory, with `/`.
    pub name: String,
    /// The hash of its bytes.
    pub digest: Digest,
    /// Whether it can be executed: a build copies modes into the image.
    pub executable: bool,
    /// Its bytes.
    pub content: Arc<dyn Asset>,
}

impl ImageAsset {
    /// The name of its directory in the assembly.
    #[must_use]
    pub fn directory(&self) -> String {
        format!("asset.{}", self.digest.hex())
    }
}
