//! The files of a directory.

use std::{ffi::OsString, fs, io};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::{AssetError, Zip, zip::Entry};

/// The file in a directory whose lines are patterns of what is left out.
const IGNORE_FILE: &str = ".cyanotypeignore";
/// What Lambda takes, unzipped.
pub(super) const MAX_BYTES: u64 = 262_144_000;
/// What a zip without extensions holds.
const MAX_FILES: usize = 65_535;

/// Lists what of a directory belongs to the code, sorted by name; or all that is wrong with it. Nothing is read yet but
/// names and sizes.
pub(crate) fn list(directory: &Utf8Path, excludes: &[String]) -> Result<Zip, Vec<AssetError>> {
    let Listing { root, entries, bytes, mut problems, .. } = listed(directory, excludes)?;
    if entries.is_empty() && problems.is_empty() {
        problems.push(AssetError::Empty(root.clone()));
    }
    if bytes > MAX_BYTES {
        problems.push(AssetError::TooLarge(root.clone(), bytes));
    }
    if entries.len() > MAX_FILES {
        problems.push(AssetError::TooManyFiles(root, entries.len()));
    }
    if problems.is_empty() { Ok(Zip::new(entries, bytes)) } else { Err(problems) }
}

/// What is in a directory and not left out, whatever it is for; or why it cannot be looked into.
pub(super) fn listed(directory: &Utf8Path, excludes: &[String]) -> Result<Listing, Vec<AssetError>> {
    let root = normalized(directory);
    let patterns = ready(&root).and_then(|()| patterns(&root, excludes)).map_err(|error| vec![error])?;
    let mut listing = Listing { root, patterns, entries: vec![], bytes: 0, problems: vec![] };
    listing.walk();
    listing.entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(listing)
}

/// Whether it is a directory.
fn ready(root: &Utf8Path) -> Result<(), AssetError> {
    match fs::metadata(root) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(AssetError::NotADirectory(root.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(AssetError::Missing(root.into())),
        Err(error) => Err(AssetError::Unreadable(root.into(), error)),
    }
}

/// The files of a directory.
pub(super) struct Listing {
    pub(super) root: Utf8PathBuf,
    patterns: Gitignore,
    /// Sorted by name.
    pub(super) entries: Vec<Entry>,
    bytes: u64,
    pub(super) problems: Vec<AssetError>,
}

impl Listing {
    fn walk(&mut self) {
        // A list instead of recursion; with each directory the real paths of those that it is in.
        let mut todo = vec![(self.root.clone(), String::new(), vec![])];
        while let Some((directory, prefix, mut above)) = todo.pop() {
            let (real, names) = match look_into(&directory) {
                Ok(found) => found,
                Err(error) => {
                    self.problems.push(AssetError::Unreadable(directory, error));
                    continue;
                }
            };
            if above.contains(&real) {
                self.problems.push(AssetError::Loop(directory));
                continue;
            }
            above.push(real);
            let mut below = vec![];
            for name in names {
                let Some(name) = name.to_str() else {
                    let name = name.to_string_lossy().into_owned();
                    self.problems.push(AssetError::NotUtf8(directory.clone(), name));
                    continue;
                };
                let path = directory.join(name);
                let name = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") };
                // A broken or circular link has no metadata, but an excluded one need not have any.
                let metadata = fs::metadata(&path);
                let is_directory = metadata.as_ref().is_ok_and(fs::Metadata::is_dir);
                if name == IGNORE_FILE || self.patterns.matched(&path, is_directory).is_ignore() {
                    continue;
                }
                match metadata {
                    Err(error) => self.problems.push(nothing_behind(&path, error)),
                    Ok(metadata) if metadata.is_dir() => below.push((path, name, above.clone())),
                    Ok(metadata) if metadata.is_file() => {
                        self.bytes += metadata.len();
                        let executable = executable(&metadata, &name);
                        self.entries.push(Entry { name, path, executable });
                    }
                    // A pipe would be waited for, and a device may have no end.
                    Ok(_) => self.problems.push(AssetError::NotAFile(path)),
                }
            }
            todo.extend(below.into_iter().rev());
        }
    }
}

/// The real path of a directory, and the names in it. Sorted, so that what is wrong is reported in one order wherever
/// the files lie: a file system has an order of its own.
fn look_into(directory: &Utf8Path) -> io::Result<(Utf8PathBuf, Vec<OsString>)> {
    let real = directory.canonicalize_utf8()?;
    let names: io::Result<Vec<_>> = fs::read_dir(directory)?.map(|entry| Ok(entry?.file_name())).collect();
    let mut names = names?;
    names.sort();
    Ok((real, names))
}

/// Why there is nothing behind a name that is there.
fn nothing_behind(path: &Utf8Path, error: io::Error) -> AssetError {
    match error.raw_os_error() {
        // ELOOP.
        Some(40 | 62) => AssetError::LoopOfLinks(path.into()),
        _ if error.kind() == io::ErrorKind::NotFound && path.is_symlink() => {
            AssetError::Dangling(path.into())
        }
        _ => AssetError::Unreadable(path.into(), error),
    }
}

fn patterns(root: &Utf8Path, excludes: &[String]) -> Result<Gitignore, AssetError> {
    let mut patterns = GitignoreBuilder::new(root);
    let file = root.join(IGNORE_FILE);
    // Also when it is a link that leads nowhere: what it should have left out would be in the zip.
    if file.symlink_metadata().is_ok() {
        let text = fs::read_to_string(&file).map_err(|error| nothing_behind(&file, error))?;
        for line in text.lines() {
            add(&mut patterns, line)?;
        }
    }
    // Code has the last word.
    for exclude in excludes {
        add(&mut patterns, exclude)?;
    }
    patterns.build().map_err(|error| AssetError::Pattern(excludes.join(" "), error.to_string()))
}

fn add(patterns: &mut GitignoreBuilder, line: &str) -> Result<(), AssetError> {
    match patterns.add_line(None, line) {
        Ok(_) => Ok(()),
        Err(error) => Err(AssetError::Pattern(line.into(), error.to_string())),
    }
}

/// The user's bit alone: what another umask adds or takes does not count.
#[cfg(unix)]
pub(super) fn executable(metadata: &fs::Metadata, _: &str) -> bool {
    use std::os::unix::fs::PermissionsExt;

    metadata.permissions().mode() & 0o100 != 0
}

/// Where files have no such bit, what Lambda executes has it.
#[cfg(not(unix))]
pub(super) fn executable(_: &fs::Metadata, name: &str) -> bool {
    name == "bootstrap"
}

/// Without `.` and `..`, for messages that a person can read. As the text says: links are not looked at.
pub(crate) fn normalized(path: &Utf8Path) -> Utf8PathBuf {
    let mut out = Utf8PathBuf::new();
    for component in path.components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir
                if matches!(out.components().next_back(), Some(Utf8Component::Normal(_))) =>
            {
                out.pop();
            }
            other => out.push(other),
        }
    }
    if out.as_str().is_empty() { ".".into() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Tree(tempfile::TempDir);

    impl Tree {
        fn of(files: &[(&str, &str)]) -> Self {
            let tree = Self(tempfile::tempdir().unwrap());
            for (name, text) in files {
                let path = tree.path().join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            tree
        }

        fn path(&self) -> &Utf8Path {
            Utf8Path::from_path(self.0.path()).unwrap()
        }
    }

    #[track_caller]
    fn check(tree: &Tree, excludes: &[&str], expected: &[&str]) {
        let excludes: Vec<_> = excludes.iter().map(|e| (*e).to_owned()).collect();
        let zip = list(tree.path(), &excludes).unwrap();
        assert_eq!(zip.names(), expected);
    }

    #[test]
    fn files_are_sorted_by_their_whole_name() {
        check(
            &Tree::of(&[("b/a.js", ""), ("b.js", ""), ("a/z/y.js", "")]),
            &[],
            &["a/z/y.js", "b.js", "b/a.js"],
        );
    }

    #[test]
    fn patterns_in_code_leave_out_files_and_directories() {
        let tree =
            Tree::of(&[("index.js", ""), ("index.js.map", ""), ("tests/a.js", ""), ("lib/tests/b.js", "")]);
        check(&tree, &["*.map", "/tests/"], &["index.js", "lib/tests/b.js"]);
    }

    #[test]
    fn the_directory_s_own_ignore_file_counts_and_is_left_out_itself() {
        let tree = Tree::of(&[(".cyanotypeignore", "*.ts\n# a comment\n"), ("a.js", ""), ("a.ts", "")]);
        check(&tree, &[], &["a.js"]);
        check(&tree, &["!a.ts"], &["a.js", "a.ts"]);
    }

    #[test]
    fn git_s_ignore_files_do_not_count() {
        let tree = Tree::of(&[(".gitignore", "node_modules\n"), ("node_modules/x/index.js", "")]);
        check(&tree, &[], &[".gitignore", "node_modules/x/index.js"]);
    }

    #[track_caller]
    fn check_error(directory: &Utf8Path, excludes: &[&str], expected: &str) {
        let excludes: Vec<_> = excludes.iter().map(|e| (*e).to_owned()).collect();
        let errors = list(directory, &excludes).unwrap_err();
        let (message, _) = errors[0].explain();
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn what_is_not_a_directory_of_files_is_refused() {
        let tree = Tree::of(&[("a.js", "")]);
        check_error(&tree.path().join("x/../nowhere"), &[], "/nowhere` does not exist");
        check_error(&tree.path().join("a.js"), &[], "is not a directory");
        check_error(tree.path(), &["*"], "holds no files");
        check_error(tree.path(), &["[z-a]"], "`[z-a]` is no pattern");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_unless_it_has_no_end() {
        use std::os::unix::fs::symlink;

        let tree = Tree::of(&[("lib/a.js", "")]);
        symlink("lib", tree.path().join("other")).unwrap();
        check(&tree, &[], &["lib/a.js", "other/a.js"]);
        symlink("..", tree.path().join("lib/up")).unwrap();
        check_error(tree.path(), &[], "leads back to a directory that it is in");
        check(&tree, &["up"], &["lib/a.js", "other/a.js"]);
        symlink("self", tree.path().join("self")).unwrap();
        check_error(tree.path(), &["up"], "/self` leads to itself");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_refused_and_not_read() {
        use std::os::unix::fs::symlink;

        let tree = Tree::of(&[("a.js", "")]);
        symlink("/dev/null", tree.path().join("null")).unwrap();
        check_error(tree.path(), &[], "/null` is neither a file nor a directory");
        check(&tree, &["null"], &["a.js"]);
    }

    #[cfg(unix)]
    #[test]
    fn all_mistakes_are_reported_in_the_order_of_names() {
        use std::os::unix::fs::symlink;

        for names in [["m", "a", "z"], ["z", "m", "a"], ["a", "z", "m"]] {
            let tree = Tree::of(&[("index.js", "")]);
            for name in names {
                symlink("nowhere", tree.path().join(name)).unwrap();
            }
            let errors = list(tree.path(), &[]).unwrap_err();
            let messages: Vec<_> = errors.iter().map(|error| error.explain().0).collect();
            let expected = ["a", "m", "z"]
                .map(|name| format!("the symbolic link `{}` leads nowhere", tree.path().join(name)));
            assert_eq!(messages, expected);
        }
    }

    #[cfg(unix)]
    #[test]
    fn an_ignore_file_that_leads_nowhere_is_not_passed_over() {
        let tree = Tree::of(&[("a.js", "")]);
        std::os::unix::fs::symlink("nowhere", tree.path().join(IGNORE_FILE)).unwrap();
        check_error(tree.path(), &[], "/.cyanotypeignore` leads nowhere");
    }
}
