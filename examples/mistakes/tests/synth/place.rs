//! A place of its own for each test, in which the command runs, and what is said there.

use std::{
    collections::BTreeMap,
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The comment above each line that synth may name.
const MARK: &str = "// Synth names the next line.";

/// What is at each path below a directory: bytes of a file, the target of a link, nothing of a directory.
pub(crate) type Files = BTreeMap<PathBuf, Vec<u8>>;

pub(crate) struct Place {
    path: PathBuf,
    _keep: tempfile::TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self::within(&env::temp_dir())
    }

    pub(crate) fn within(directory: &Path) -> Self {
        let keep = tempfile::tempdir_in(directory).unwrap();
        Self { path: keep.path().canonicalize().unwrap(), _keep: keep }
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.path.join(below)
    }

    /// With a file, and the directories above it.
    pub(crate) fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// With a directory of code that is right.
    pub(crate) fn code(self) -> Self {
        self.file("code/index.js", "exports.handler = async (name) => `Hello, ${name}`;\n")
    }

    pub(crate) fn program(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.path);
        command
    }

    pub(crate) fn synth(&self, arguments: &[&str]) -> Command {
        let mut command = self.program(binary());
        command.arg("synth").args(arguments);
        command
    }

    pub(crate) fn files(&self, below: &str) -> Files {
        files(&self.path(below))
    }

    /// Synth fails with these words of standard error, and leaves everything as it is.
    ///
    /// Stands for the place: `PLACE`. Stands for each number of a line, which is looked up in the source: `LINE`.
    #[track_caller]
    pub(crate) fn fails(&self, arguments: &[&str], expected: &str) {
        self.command_fails(&mut self.synth(arguments), expected);
    }

    #[track_caller]
    pub(crate) fn command_fails(&self, command: &mut Command, expected: &str) {
        let before = self.files("");
        let output = command.output().unwrap();
        let said = self.said(&output);
        assert_eq!(said, expected, "\n--- said:\n{said}\n--- expected:\n{expected}");
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
        assert_eq!(before, self.files(""), "something was written");
    }

    #[track_caller]
    pub(crate) fn succeeds(&self, arguments: &[&str]) {
        let output = self.synth(arguments).output().unwrap();
        let said = self.said(&output);
        assert!(output.status.success() && said.is_empty(), "{said}");
    }

    #[track_caller]
    pub(crate) fn said(&self, output: &Output) -> String {
        let said = String::from_utf8(output.stderr.clone()).unwrap();
        without_lines(&said.replace(self.path.to_str().unwrap(), "PLACE"))
    }
}

pub(crate) fn binary() -> &'static str {
    env!("CARGO_BIN_EXE_mistakes")
}

/// A mistake of the app, in a place where nothing is: synth says this, and writes nothing.
#[track_caller]
pub(crate) fn check(mistake: &str, expected: &str) {
    Place::new().fails(&["-c", &format!("mistake={mistake}"), "--out", "out"], expected);
}

pub(crate) fn files(directory: &Path) -> Files {
    let mut files = Files::new();
    let mut todo = vec![directory.to_owned()];
    while let Some(path) = todo.pop() {
        for entry in fs::read_dir(&path).unwrap() {
            let path = entry.unwrap().path();
            let metadata = path.symlink_metadata().unwrap();
            let bytes = if metadata.is_dir() {
                todo.push(path.clone());
                vec![]
            } else if metadata.is_symlink() {
                fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes()
            } else if metadata.len() > 1 << 24 {
                // Sparse: its length is all that there is to it.
                metadata.len().to_string().into_bytes()
            } else {
                fs::read(&path).unwrap()
            };
            files.insert(path.strip_prefix(directory).unwrap().to_owned(), bytes);
        }
    }
    files
}

/// The text with `LINE` for the number of each line of the sources, once it is known that it is a marked line.
#[track_caller]
fn without_lines(text: &str) -> String {
    let source = "examples/mistakes/src/";
    let mut parts = text.split(source);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (file, rest) = part.split_once(':').unwrap();
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let line: usize = rest[..end].parse().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let lines = fs::read_to_string(root.join("src").join(file)).unwrap();
        let above = lines.lines().nth(line - 2).map(str::trim);
        assert_eq!(above, Some(MARK), "synth names line {line} of {file}, which is not marked");
        out += &format!("{source}{file}:LINE{}", &rest[end..]);
    }
    out
}
