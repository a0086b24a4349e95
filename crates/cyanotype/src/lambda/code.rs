//! What a function runs.

use camino::Utf8PathBuf;

use super::{CargoBinary, S3Object};

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
}

/// A directory that becomes a function's code, made by [`Code::directory`].
#[derive(Debug, Clone)]
pub struct Directory {
    pub(crate) path: Utf8PathBuf,
    pub(crate) excludes: Vec<String>,
}

impl Code {
    /// Source text in the template itself, as the module `index`: 4 MiB at most, for Node.js and Python only.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html>
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
        Directory { path: path.into(), excludes: vec![] }
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
