//! Putting a whole directory in the place of another.

use std::{fs, io};

use camino::{Utf8Path, Utf8PathBuf};

/// Puts the directory `new` in the place of `out`. What was at `out`, if anything, is at `new` afterwards.
///
/// Where the system can exchange two names in one step, nobody ever sees anything but the old or the new directory.
pub(super) fn swap(new: &Utf8Path, out: &Utf8Path) -> io::Result<()> {
    if !out.try_exists()? {
        return fs::rename(new, out);
    }
    exchange(new, out)
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(new: &Utf8Path, out: &Utf8Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    match renameat_with(CWD, new.as_std_path(), CWD, out.as_std_path(), RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // Some file systems (overlays, network mounts) have no exchange.
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {
            exchange_in_steps(new, out)
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(new: &Utf8Path, out: &Utf8Path) -> io::Result<()> {
    exchange_in_steps(new, out)
}

/// Where the old directory stands between the two steps.
pub(super) fn aside_of(new: &Utf8Path) -> Utf8PathBuf {
    format!("{new}.old").into()
}

/// Two renames with a moment between them in which `out` does not exist: never in which it is half of something.
fn exchange_in_steps(new: &Utf8Path, out: &Utf8Path) -> io::Result<()> {
    let aside = aside_of(new);
    fs::rename(out, &aside)?;
    if let Err(error) = fs::rename(new, out) {
        fs::rename(&aside, out)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(swap: fn(&Utf8Path, &Utf8Path) -> io::Result<()>) {
        let temporary = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(temporary.path().into()).unwrap();
        let (new, out) = (root.join("new"), root.join("out"));
        for (directory, file) in [(&new, "n"), (&out, "o")] {
            fs::create_dir(directory).unwrap();
            fs::write(directory.join(file), "").unwrap();
        }
        swap(&new, &out).unwrap();
        assert!(out.join("n").exists() && new.join("o").exists());
    }

    #[test]
    fn the_two_directories_change_places() {
        both(swap);
        both(exchange_in_steps);
    }
}
