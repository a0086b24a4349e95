//! The files that are in a directory, as far as they can be those of an assembly.

use std::{collections::HashSet, fs, io};

use camino::Utf8Path;

/// The names of all files of `directory` that are none of `known`, sorted. A directory in which none of these can be is
/// named itself, and not looked into.
pub(super) fn strangers<'k>(
    directory: &Utf8Path,
    known: impl Iterator<Item = &'k str>,
) -> io::Result<Vec<String>> {
    let known: HashSet<&str> = known.collect();
    let above =
        |name: &&'k str| name.match_indices('/').filter_map(|(at, _)| name.get(..at)).collect::<Vec<_>>();
    let directories: HashSet<&str> = known.iter().flat_map(above).collect();
    let mut strangers = vec![];
    let mut todo = vec![String::new()];
    while let Some(within) = todo.pop() {
        for entry in fs::read_dir(directory.join(&within))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let name = if within.is_empty() { name } else { format!("{within}/{name}") };
            if directories.contains(name.as_str()) && entry.file_type()?.is_dir() {
                todo.push(name);
            } else if !known.contains(name.as_str()) {
                strangers.push(name);
            }
        }
    }
    strangers.sort();
    Ok(strangers)
}
