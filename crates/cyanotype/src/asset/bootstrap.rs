//! A program that is a function's whole code.

use std::{fs::File, io};

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    Zip,
    directory::MAX_BYTES,
    elf::{self, Program},
    zip::Entry,
};

/// Why a file is no function's program.
#[derive(Debug)]
pub(crate) enum BootstrapError {
    Unreadable(Utf8PathBuf, io::Error),
    NoProgram(Utf8PathBuf),
    TooLarge(Utf8PathBuf, u64),
}

/// The zip with a program as `bootstrap`, executable whatever the file is; and what the program needs.
pub(crate) fn bootstrap(path: &Utf8Path) -> Result<(Zip, Program), BootstrapError> {
    let unreadable = |error| BootstrapError::Unreadable(path.into(), error);
    let mut file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(BootstrapError::NoProgram(path.into()));
    }
    if metadata.len() > MAX_BYTES {
        return Err(BootstrapError::TooLarge(path.into(), metadata.len()));
    }
    let program = elf::read(&mut file).map_err(unreadable)?;
    let program = program.ok_or_else(|| BootstrapError::NoProgram(path.into()))?;
    let entry = Entry { name: "bootstrap".into(), path: path.into(), executable: true };
    Ok((Zip::new(vec![entry], metadata.len()), program))
}
