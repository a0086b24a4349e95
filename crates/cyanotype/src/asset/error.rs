//! Why a directory is no function's code.

use std::io;

use camino::Utf8PathBuf;

/// A mistake in a directory of code.
#[derive(Debug)]
pub(crate) enum AssetError {
    Missing(Utf8PathBuf),
    NotADirectory(Utf8PathBuf),
    Empty(Utf8PathBuf),
    Loop(Utf8PathBuf),
    LoopOfLinks(Utf8PathBuf),
    Dangling(Utf8PathBuf),
    NotAFile(Utf8PathBuf),
    NotUtf8(Utf8PathBuf, String),
    TooLarge(Utf8PathBuf, u64),
    TooManyFiles(Utf8PathBuf, usize),
    Pattern(String, String),
    Unreadable(Utf8PathBuf, io::Error),
}

impl AssetError {
    /// What is wrong, and what would be right.
    pub(crate) fn explain(&self) -> (String, &'static str) {
        match self {
            Self::Missing(path) => (
                format!("the code directory `{path}` does not exist"),
                "give the path of a directory, or build it first; a relative path counts from where the command runs, \
                 `asset!(\"…\")` from the crate that says it",
            ),
            Self::NotADirectory(path) => (
                format!("`{path}` is not a directory"),
                "give the directory that the file is in, and exclude what does not belong",
            ),
            Self::Empty(path) => (
                format!("the code directory `{path}` holds no files"),
                "build the code first, or look at what is excluded: Lambda takes no empty zip",
            ),
            Self::Loop(path) => (
                format!("the symbolic link `{path}` leads back to a directory that it is in"),
                "remove the link, or exclude it: links are followed, and this one has no end",
            ),
            Self::LoopOfLinks(path) => (
                format!("the symbolic link `{path}` leads to itself, or to another that leads back to it"),
                "remove the link, or exclude it: links are followed, and this one has no end",
            ),
            Self::Dangling(path) => (
                format!("the symbolic link `{path}` leads nowhere"),
                "build or restore what it leads to, remove the link, or exclude it: links are followed",
            ),
            Self::NotAFile(path) => (
                format!("`{path}` is neither a file nor a directory"),
                "remove it, or exclude it: a zip holds files, and no pipes, sockets or devices",
            ),
            Self::NotUtf8(path, name) => (
                format!("a file in `{path}` has a name that is not UTF-8: `{name}`"),
                "rename it, or exclude it: names in a zip for Lambda are UTF-8",
            ),
            Self::TooLarge(path, bytes) => (
                format!("the code directory `{path}` has {bytes} bytes, and Lambda takes 262144000 unzipped"),
                "exclude what the function does not need at run time, or move it into layers or an image",
            ),
            Self::TooManyFiles(path, files) => (
                format!("the code directory `{path}` has {files} files, and a zip holds 65535"),
                "exclude what the function does not need at run time, or bundle it",
            ),
            Self::Pattern(pattern, error) => (
                format!("`{pattern}` is no pattern: {error}"),
                "write it as a line of a .gitignore: `*.map`, `/tests/`, `!keep.map`",
            ),
            Self::Unreadable(path, error) => {
                (format!("cannot read `{path}`: {error}"), "make it readable, or exclude it")
            }
        }
    }
}
