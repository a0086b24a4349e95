//! File systems that a function mounts.

use cyanotype_cfn::{Tree, Value, tree};

/// A file system that a function mounts by way of an access point. The function must be in a [`Vpc`](super::Vpc) that
/// reaches it.
///
/// The function's role gets the rights to mount it and to write to it.
///
/// ```
/// use cyanotype::prelude::*;
///
/// # let stack = App::new().stack("Shop");
/// # let point = stack.resource("Point", "AWS::EFS::AccessPoint", tree!({ "FileSystemId": "fs-1" }));
/// let files = FileSystem::efs(point.attribute("Arn"), "/mnt/orders");
/// ```
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html>
#[derive(Debug, Clone)]
pub struct FileSystem {
    pub(in crate::lambda) access_point: Value<String>,
    path: Value<String>,
    /// Of S3 Files: whether what is read comes from the bucket.
    direct_read: Option<DirectRead>,
    pub(in crate::lambda) kind: FileSystemKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lambda) enum FileSystemKind {
    Efs,
    S3Files,
}

impl FileSystem {
    /// An EFS file system, by its access point's ARN. The path begins with `/mnt/`, and has up to 160 characters.
    pub fn efs(access_point: impl Into<Value<String>>, path: impl Into<Value<String>>) -> Self {
        let (access_point, path) = (access_point.into(), path.into());
        Self { access_point, path, direct_read: None, kind: FileSystemKind::Efs }
    }

    /// A bucket as a file system (S3 Files), by its access point's ARN. The path is as that of [`efs`](Self::efs).
    pub fn s3_files(access_point: impl Into<Value<String>>, path: impl Into<Value<String>>) -> Self {
        Self { kind: FileSystemKind::S3Files, ..Self::efs(access_point, path) }
    }

    /// Of S3 Files: whether reads go to the bucket itself. EFS has no such thing, and there it says nothing.
    #[must_use]
    pub fn direct_read(self, mode: DirectRead) -> Self {
        let direct_read = Some(mode).filter(|_| self.kind == FileSystemKind::S3Files);
        Self { direct_read, ..self }
    }
}

impl From<FileSystem> for Tree {
    fn from(files: FileSystem) -> Self {
        let mut tree = tree!({ "Arn": files.access_point, "LocalMountPath": files.path });
        if let (Tree::Map(entries), Some(mode)) = (&mut tree, files.direct_read) {
            entries.insert("S3FilesConfig".into(), tree!({ "DirectS3Read": mode.name() }));
        }
        tree
    }
}

super::names! {
    /// Whether reads of S3 Files go to the bucket itself.
    DirectRead {
        /// They do.
        Enabled = "ENABLED",
        /// They do not.
        Disabled = "DISABLED",
        /// Lambda decides.
        Auto = "AUTO",
    }
}
