//! What a function runs.

use camino::Utf8PathBuf;
use cyanotype_cfn::Tree;

use super::{CargoBinary, S3Object, image::ImageCode};

/// A function's code.
///
/// Its identity is its content: where it lies, and when its files were written, does not matter.
#[derive(Debug, Clone)]
pub struct Code(CodeSource);

#[derive(Debug, Clone)]
pub(crate) enum CodeSource {
    Inline(String),
    Directory(Directory),
    Cargo(CargoBinary),
    File(Utf8PathBuf),
    Zip(Utf8PathBuf),
    S3(Box<S3Object>),
    /// With what is said otherwise of its settings.
    Image(Box<ImageCode>, Option<Tree>),
}

/// A directory that becomes a function's code, made by [`Code::directory`].
#[derive(Debug, Clone)]
pub struct Directory {
    pub(crate) path: Utf8PathBuf,
    pub(crate) excludes: Vec<String>,
    pub(crate) packing: Packing,
}

/// How the files of a zip are in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Packing {
    /// As they are: the zip's bytes are then a function of the files alone.
    Stored,
    #[cfg(feature = "deflate")]
    Deflated,
}

impl Code {
    /// Source text in the template itself, as the module `index`: 4 MiB at most, for Node.js and Python only.
    ///
    /// Source:
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html>
    pub fn inline(source: impl Into<String>) -> Self {
        Self(CodeSource::Inline(source.into()))
    }

    /// All files below a directory, as a zip: 250 MB at most, unzipped. A relative path counts from the directory in
    /// which the command runs; [`asset!`](crate::asset!) counts from the crate that says it.
    ///
    /// Left out is what [`Directory::exclude`] names, and what a file `.cyanotypeignore` in the directory names; both
    /// in the pattern language of `.gitignore`. No other ignore file counts, wherever it is.
    ///
    /// The zip is a function of the files' names, contents and executable bits, and of nothing else.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>
    pub fn directory(path: impl Into<Utf8PathBuf>) -> Directory {
        Directory { path: path.into(), excludes: vec![], packing: Packing::Stored }
    }

    pub(super) fn of(source: CodeSource) -> Self {
        Self(source)
    }

    pub(crate) fn source(&self) -> &CodeSource {
        &self.0
    }
}

impl Directory {
    /// Leaves out what a pattern matches, as a line of a `.gitignore` would: `*.map`, `/tests/`, `!keep.map`.
    #[must_use]
    pub fn exclude(mut self, pattern: impl Into<String>) -> Self {
        self.excludes.push(pattern.into());
        self
    }

    /// Compresses the files, so that less is uploaded, and less counts towards the 300 GB of code that Lambda stores
    /// in a Region. It is there with the feature `deflate` of this crate.
    ///
    /// Its identity is the same with it and without, the files' names, contents and executable bits, so that an update
    /// of what compresses them publishes nothing. But a version then holds no hash of the zip, by which Lambda would
    /// refuse to publish any other; and taking this up, or leaving it out again, publishes once. Synth compresses all
    /// of it each time: give `miniz_oxide` an `opt-level` of 3 in `[profile.dev.package.miniz_oxide]` of your
    /// workspace.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let code = Code::directory(asset!("../handlers/hello")).exclude("*.map").deflate();
    /// # let _ = code;
    /// ```
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>
    #[cfg(feature = "deflate")]
    #[must_use]
    pub fn deflate(self) -> Self {
        Self { packing: Packing::Deflated, ..self }
    }
}

impl From<Directory> for Code {
    fn from(directory: Directory) -> Self {
        Self(CodeSource::Directory(directory))
    }
}

/// A path relative to the crate in which it is written, wherever the command runs:
/// `Code::directory(asset!("../handlers/hello"))`.
#[macro_export]
macro_rules! asset {
    ($path:literal) => {
        concat!(env!("CARGO_MANIFEST_DIR"), "/", $path)
    };
}
