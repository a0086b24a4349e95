//! A single file, and a zip that is made already.

use std::{fs, fs::File, io};

use camino::{Utf8Path, Utf8PathBuf};
use cyanotype_cfn::Asset;

use super::{
    Zip, central,
    directory::{MAX_BYTES, executable, normalized},
    reading::{BLOCK, fill, in_path},
    zip::Entry,
};

/// Why a file is no function's code.
#[derive(Debug)]
pub(crate) enum FileError {
    Missing(Utf8PathBuf),
    Directory(Utf8PathBuf),
    NotAFile(Utf8PathBuf),
    Unreadable(Utf8PathBuf, io::Error),
    TooLarge(Utf8PathBuf, u64),
    NoZip(Utf8PathBuf),
    NothingInZip(Utf8PathBuf),
    TooLargeUnzipped(Utf8PathBuf, u64),
}

/// A file that is written as it is.
#[derive(Debug)]
pub(crate) struct Prebuilt {
    pub(super) path: Utf8PathBuf,
}

/// The zip with a file alone, under its own name.
pub(crate) fn single(path: &Utf8Path) -> Result<Zip, FileError> {
    let path = normalized(path);
    let metadata = look_at(&path)?;
    if metadata.len() > MAX_BYTES {
        return Err(FileError::TooLarge(path, metadata.len()));
    }
    let Some(name) = path.file_name().map(str::to_owned) else { return Err(FileError::NotAFile(path)) };
    let executable = executable(&metadata, &name);
    Ok(Zip::new(vec![Entry { name, path, executable }], metadata.len()))
}

/// A zip as it is, once it is known to be one that Lambda takes.
/// With the size of its files.
pub(crate) fn prebuilt(path: &Utf8Path) -> Result<(Prebuilt, u64), FileError> {
    let path = normalized(path);
    look_at(&path)?;
    match File::open(&path).and_then(|mut file| central::read(&mut file)) {
        Err(error) => Err(FileError::Unreadable(path, error)),
        Ok(None) => Err(FileError::NoZip(path)),
        Ok(Some(contents)) if contents.files == 0 => Err(FileError::NothingInZip(path)),
        Ok(Some(contents)) if contents.bytes > MAX_BYTES => {
            Err(FileError::TooLargeUnzipped(path, contents.bytes))
        }
        Ok(Some(contents)) => Ok((Prebuilt { path }, contents.bytes)),
    }
}

/// A file's metadata; a pipe would be waited for, so it is refused before anything is opened.
fn look_at(path: &Utf8Path) -> Result<fs::Metadata, FileError> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(metadata),
        Ok(metadata) if metadata.is_dir() => Err(FileError::Directory(path.into())),
        Ok(_) => Err(FileError::NotAFile(path.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(FileError::Missing(path.into())),
        Err(error) => Err(FileError::Unreadable(path.into(), error)),
    }
}

impl Asset for Prebuilt {
    fn write_to(&self, to: &mut dyn io::Write) -> io::Result<()> {
        let mut file = File::open(&self.path).map_err(|error| in_path(&self.path, error))?;
        let mut block = vec![0; BLOCK];
        loop {
            let filled = fill(&mut file, &mut block).map_err(|error| in_path(&self.path, error))?;
            let (bytes, rest) = block.split_at(filled);
            to.write_all(bytes)?;
            if !rest.is_empty() {
                return Ok(());
            }
        }
    }
}

impl FileError {
    /// What is wrong, and what would be right.
    pub(crate) fn explain(&self) -> (String, &'static str) {
        match self {
            Self::Missing(path) => (
                format!("the code file `{path}` does not exist"),
                "give the path of a file, or build it first; a relative path counts from where the command runs, \
                 `asset!(\"…\")` from the crate that says it",
            ),
            Self::Directory(path) => (
                format!("`{path}` is a directory, and a file is asked for"),
                "give a file, or all that is in the directory: `Code::directory(asset!(\"…\"))`",
            ),
            Self::NotAFile(path) => (
                format!("`{path}` is neither a file nor a directory"),
                "give a file: no pipe, socket or device can be a function's code",
            ),
            Self::Unreadable(path, error) => (format!("cannot read `{path}`: {error}"), "make it readable"),
            Self::TooLarge(path, bytes) => (
                format!("the code file `{path}` has {bytes} bytes, and Lambda takes 262144000 unzipped"),
                "leave out what the function does not need at run time, or move it into layers or an image",
            ),
            Self::NoZip(path) => (
                format!("`{path}` is no zip, or not all of one"),
                "build it anew; what is no zip becomes one by `Code::file(asset!(\"…\"))`",
            ),
            Self::NothingInZip(path) => (
                format!("the zip `{path}` holds no files"),
                "build the code first, or look at what is excluded: Lambda takes no empty zip",
            ),
            Self::TooLargeUnzipped(path, bytes) => (
                format!("the files in `{path}` have {bytes} bytes, and Lambda takes 262144000 unzipped"),
                "leave out what the function does not need at run time, or move it into layers or an image",
            ),
        }
    }
}
