//! Writing an assembly: everything or nothing.

use std::{error::Error, fmt, fs, io};

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    Assembly, Asset, File, FileAsset,
    listing::strangers,
    manifest,
    pump::pump,
    swap::{aside_of, swap},
};
use crate::{Digest, HashWriter};

/// What writing did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteReport {
    /// How many files the directory now holds.
    pub files: usize,
    /// How many assets were there already, byte for byte.
    pub reused: usize,
}

/// Why nothing was written. The directory is as it was.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// Something that is no directory has the output's name.
    NotADirectory(Utf8PathBuf),
    /// The directory holds files that no synth has written.
    NotOurs {
        /// The directory.
        directory: Utf8PathBuf,
        /// Some of these files, in order.
        files: Vec<String>,
    },
    /// An asset's source changed between hashing and writing.
    AssetChanged(String),
    /// The system refused something.
    Io {
        /// What was attempted, such as `write`.
        action: &'static str,
        /// With what.
        path: Utf8PathBuf,
        /// What it said.
        source: io::Error,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotADirectory(path) => {
                write!(f, "`{path}` is not a directory; name another with --out, or remove it")
            }
            Self::NotOurs { directory, files } => {
                let files: Vec<_> = files.iter().map(|file| format!("`{file}`")).collect();
                let files = files.join(", ");
                write!(
                    f,
                    "`{directory}` holds files that synth has not written ({files}), and replacing it would delete \
                     them; name another directory with --out, or move them away"
                )
            }
            Self::AssetChanged(name) => {
                write!(f, "the files of `{name}` changed while they were read; run synth again")
            }
            Self::Io { action, path, source } => write!(f, "cannot {action} `{path}`: {source}"),
        }
    }
}

impl Error for WriteError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Names the action and the path in an I/O error.
fn io(action: &'static str, path: &Utf8Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |source| WriteError::Io { action, path, source }
}

impl Assembly {
    /// Replaces the directory `out` by this assembly, in one step where the system can.
    ///
    /// Whoever reads `out` sees the old assembly or the new one, also when this process is killed; what a killed one
    /// left beside `out` is removed. Two processes that write to one place wait for each other. `progress` is called
    /// with the name of each asset before its bytes are made.
    ///
    /// # Errors
    /// When `out` is not a directory, or holds files that are not ours, or the system refuses. Then it is unchanged.
    pub fn write(&self, out: &Utf8Path, progress: &mut dyn FnMut(&str)) -> Result<WriteReport, WriteError> {
        // A link is followed once, so that what is replaced is the directory and not the link.
        let out = match out.canonicalize_utf8() {
            Ok(existing) => existing,
            Err(_) => camino::absolute_utf8(out).map_err(io("find", out))?,
        };
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(WriteError::NotADirectory(out));
        };
        let made = Parents::make(parent)?;
        // The lock is on the parent itself: it leaves no file behind, and the system frees it when a process dies.
        let lock = fs::File::open(parent).map_err(io("open", parent))?;
        lock.lock().map_err(io("lock", parent))?;
        // Under the lock alone: without it, another synth could put its directory here between two looks.
        ours(&out)?;

        let scratch = Scratch { path: parent.join(format!(".{name}.cyanotype")) };
        scratch.remove().map_err(io("remove", &scratch.path))?;
        fs::create_dir(&scratch.path).map_err(io("create", &scratch.path))?;
        let mut report = WriteReport { files: self.files.len(), reused: 0 };
        for (name, file) in &self.files {
            let path = scratch.path.join(name);
            match file {
                File::Text(text) => fs::write(&path, text).map_err(io("write", &path))?,
                File::Asset(asset) if reuse(asset, &out.join(name), &path) => report.reused += 1,
                File::Asset(asset) => {
                    progress(&asset.display_name);
                    write_asset(asset.content.as_ref(), &asset.digest, &asset.display_name, &path)?;
                }
                File::Context(file) => {
                    let above = path.parent().unwrap_or(&scratch.path);
                    fs::create_dir_all(above).map_err(io("create", above))?;
                    write_asset(file.content.as_ref(), &file.digest, name, &path)?;
                    set_mode(&path, file.executable).map_err(io("write", &path))?;
                }
            }
        }
        swap(&scratch.path, &out).map_err(io("replace", &out))?;
        made.keep();
        Ok(report)
    }
}

/// The directories above the output that were not there. Removed unless they are kept.
struct Parents {
    /// From the innermost out.
    made: Vec<Utf8PathBuf>,
}

impl Parents {
    fn make(parent: &Utf8Path) -> Result<Self, WriteError> {
        let missing = parent.ancestors().take_while(|path| matches!(path.try_exists(), Ok(false)));
        let made = Self { made: missing.map(Utf8Path::to_owned).collect() };
        match fs::create_dir_all(parent) {
            Ok(()) => Ok(made),
            // A file is where a directory should be.
            Err(error)
                if matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory) =>
            {
                Err(WriteError::NotADirectory(parent.into()))
            }
            Err(error) => Err(io("create", parent)(error)),
        }
    }

    fn keep(mut self) {
        self.made.clear();
    }
}

impl Drop for Parents {
    fn drop(&mut self) {
        // One that is not empty stays: another process has put something there.
        let _ = self.made.iter().try_for_each(fs::remove_dir);
    }
}

/// The directory beside the output in which the new assembly grows. Removed whatever happens.
struct Scratch {
    path: Utf8PathBuf,
}

impl Scratch {
    fn remove(&self) -> io::Result<()> {
        for path in [self.path.clone(), aside_of(&self.path)] {
            match fs::remove_dir_all(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next synth, which says so if it cannot either.
        let _ = self.remove();
    }
}

/// Refuses an output that is not a directory, or in which there is anything that no synth has written.
fn ours(out: &Utf8Path) -> Result<(), WriteError> {
    let manifest = fs::read_to_string(out.join(manifest::FILE)).unwrap_or_default();
    let owned = manifest::owned_files(&manifest).unwrap_or_default();
    let mut files = match strangers(out, owned.iter().map(String::as_str)) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(WriteError::NotADirectory(out.into()));
        }
        Err(error) => return Err(io("read", out)(error)),
    };
    if files.is_empty() {
        return Ok(());
    }
    files.truncate(3);
    Err(WriteError::NotOurs { directory: out.into(), files })
}

/// Links the asset of the assembly before this one into the new directory, if it still is what its name says.
fn reuse(asset: &FileAsset, old: &Utf8Path, new: &Utf8Path) -> bool {
    digest_of(old).is_ok_and(|digest| digest == asset.digest) && fs::hard_link(old, new).is_ok()
}

/// The hash of a file.
pub(super) fn digest_of(path: &Utf8Path) -> io::Result<Digest> {
    let mut hash = HashWriter::new(io::sink());
    io::copy(&mut io::BufReader::with_capacity(1 << 18, fs::File::open(path)?), &mut hash)?;
    Ok(hash.finish().1)
}

fn write_asset(asset: &dyn Asset, expected: &Digest, name: &str, path: &Utf8Path) -> Result<(), WriteError> {
    let file = fs::File::create(path).map_err(io("create", path))?;
    let digest = pump(asset, file).map_err(io("write", path))?;
    if digest == *expected { Ok(()) } else { Err(WriteError::AssetChanged(name.to_owned())) }
}

/// Whatever the umask: what is built from a file has its mode.
#[cfg(unix)]
fn set_mode(path: &Utf8Path, executable: bool) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    fs::set_permissions(path, fs::Permissions::from_mode(if executable { 0o755 } else { 0o644 }))
}

#[cfg(not(unix))]
fn set_mode(_: &Utf8Path, _: bool) -> io::Result<()> {
    Ok(())
}

/// Whether a file can be executed; None where files do not say.
#[cfg(unix)]
pub(super) fn executable(path: &Utf8Path) -> io::Result<Option<bool>> {
    use std::os::unix::fs::PermissionsExt as _;

    Ok(Some(fs::metadata(path)?.permissions().mode() & 0o100 != 0))
}

#[cfg(not(unix))]
pub(super) fn executable(_: &Utf8Path) -> io::Result<Option<bool>> {
    Ok(None)
}
