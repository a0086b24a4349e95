//! Whether a directory holds an assembly already.

use std::{error::Error, fmt, fs, io};

use camino::{Utf8Path, Utf8PathBuf};

use super::{Assembly, File, write::digest_of};

/// How a directory differs from an assembly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// A file is not there.
    Missing(String),
    /// A file has another content.
    Changed(String),
    /// A file is there that the assembly has not.
    Extra(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(file) => write!(f, "`{file}` is missing"),
            Self::Changed(file) => write!(f, "`{file}` is out of date"),
            Self::Extra(file) => write!(f, "`{file}` no longer belongs there"),
        }
    }
}

/// Why a directory could not be compared.
#[derive(Debug)]
pub struct CheckError {
    path: Utf8PathBuf,
    source: io::Error,
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read `{}`: {}", self.path, self.source)
    }
}

impl Error for CheckError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}

impl Assembly {
    /// Compares the directory `out` with this assembly, byte for byte, and writes nothing. None: they are equal.
    ///
    /// # Errors
    /// When something in `out` cannot be read.
    pub fn check(&self, out: &Utf8Path) -> Result<Vec<Difference>, CheckError> {
        let mut differences = vec![];
        for (name, file) in &self.files {
            let path = out.join(name);
            let equal = match file {
                File::Text(text) => fs::read(&path).map(|bytes| bytes == text.as_bytes()),
                File::Asset(asset) => digest_of(&path).map(|digest| digest == asset.digest),
            };
            match equal {
                Ok(true) => {}
                Ok(false) => differences.push(Difference::Changed(name.clone())),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    differences.push(Difference::Missing(name.clone()));
                }
                Err(source) => return Err(CheckError { path, source }),
            }
        }
        let mut extra = vec![];
        match fs::read_dir(out) {
            Ok(entries) => {
                for entry in entries.flatten() {
                    let name = entry.file_name().to_string_lossy().into_owned();
                    if !self.files.contains_key(&name) {
                        extra.push(name);
                    }
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(CheckError { path: out.into(), source }),
        }
        extra.sort();
        differences.extend(extra.into_iter().map(Difference::Extra));
        Ok(differences)
    }
}
