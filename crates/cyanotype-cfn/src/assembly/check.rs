//! Whether a directory holds an assembly already.

use std::{error::Error, fmt, fs, io};

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    Assembly, File,
    listing::strangers,
    write::{digest_of, executable},
};

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
                File::Context(file) => digest_of(&path).and_then(|digest| {
                    let same_mode = executable(&path)?.is_none_or(|is| is == file.executable);
                    Ok(digest == file.digest && same_mode)
                }),
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
        let extra = match strangers(out, self.file_names()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => vec![],
            other => other.map_err(|source| CheckError { path: out.into(), source })?,
        };
        differences.extend(extra.into_iter().map(Difference::Extra));
        Ok(differences)
    }
}
