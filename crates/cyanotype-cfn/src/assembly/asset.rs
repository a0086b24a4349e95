//! Files that resources need and a template cannot hold.

use std::{fmt, io, sync::Arc};

use super::pump::pump;
use crate::Digest;

/// Bytes that are made anew each time they are written, so that a large asset need not be in memory.
pub trait Asset: fmt::Debug + Send + Sync {
    /// Writes all of it. Called twice it must write the same.
    ///
    /// # Errors
    /// What reading the asset's source or writing to `to` fails with.
    fn write_to(&self, to: &mut dyn io::Write) -> io::Result<()>;
}

impl Digest {
    /// Of all the bytes of an asset, which are made for it and kept nowhere.
    ///
    /// # Errors
    /// What making them fails with.
    pub fn of_asset(asset: &dyn Asset) -> io::Result<Self> {
        pump(asset, io::sink())
    }
}

/// A file that the CDK CLI uploads as it is, under the name of its hash.
#[derive(Debug, Clone)]
pub struct FileAsset {
    /// What it is, for people: the construct's path.
    pub display_name: String,
    /// What names it, here and in the bucket: the hash of its bytes, or of what they hold where a library has a hand in
    /// them, whose next release may make others.
    pub identity: Digest,
    /// The hash of its bytes.
    pub digest: Digest,
    /// The end of its name, without a dot.
    pub extension: &'static str,
    /// Its bytes.
    pub content: Arc<dyn Asset>,
}

impl FileAsset {
    /// Its name in the assembly.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("asset.{}.{}", self.identity.hex(), self.extension)
    }

    /// Its key in the bucket.
    #[must_use]
    pub fn object_key(&self) -> String {
        format!("{}.{}", self.identity.hex(), self.extension)
    }
}
