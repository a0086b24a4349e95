//! Where things are, as the person at the terminal would say it.

use std::env;

use camino::{Utf8Path, Utf8PathBuf};

/// The output directory when none is named: `target/synth` of the workspace, also from a directory below its root.
pub(crate) fn default_output() -> Utf8PathBuf {
    let here = current_directory();
    let root = here.ancestors().find(|directory| directory.join("Cargo.lock").exists()).unwrap_or(&here);
    relative(&root.join("target/synth"))
}

/// The path from here, where it leads down; else the path as it is.
fn relative(path: &Utf8Path) -> Utf8PathBuf {
    match path.strip_prefix(current_directory()) {
        Ok(below) => below.to_owned(),
        Err(_) => path.to_owned(),
    }
}

fn current_directory() -> Utf8PathBuf {
    let here = env::current_dir().ok().and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
    here.unwrap_or_else(|| ".".into())
}
