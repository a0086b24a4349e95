//! The same app and the same code are the same bytes, wherever, whenever and by whomever they are synthesized. Each
//! test has the right app in a surrounding of another kind, and compares the whole output with that of a plain one.

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, SystemTime},
};

use crate::place::{Files, Place, binary, files};

/// Names that another locale sorts otherwise, an executable, and files that git and other tools take for their own.
const CODE: [(&str, &str); 11] = [
    ("index.js", "exports.handler = require('./lib/greet').greet;\n"),
    ("lib/greet.js", "exports.greet = async (name) => `Hello, ${name}`;\n"),
    ("lib/names/ıstanbul.json", "[]\n"),
    ("lib/names/Istanbul.json", "[ ]\n"),
    ("lib/names/izmir.json", "[  ]\n"),
    ("lib/names/Ärger.json", "{}\n"),
    ("lib.js", ""),
    ("README.md", "# Hello\n"),
    ("bootstrap", "#!/bin/sh\n"),
    (".gitignore", "*.js\n/lib/names\n"),
    (".ignore", "*.json\n"),
];

/// What would leave out all of it, if it counted.
const EVERYTHING: &str = "*\n";

/// The zip of [`CODE`]. An upgrade of anything must not move it.
const ZIP: &str = "asset.148c32342c5c372c1f19773cb22a3b989335592e7a4514566add26158b16c0e2.zip";

fn write(directory: &Path, code: impl IntoIterator<Item = (&'static str, &'static str)>) {
    for (name, text) in code {
        let path = directory.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    make_executable(&directory.join("bootstrap"));
}

#[cfg(unix)]
fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;

    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Where there is no such bit, the name says it.
#[cfg(not(unix))]
fn make_executable(_: &Path) {}

/// A place with the code in `code`.
fn place() -> Place {
    let place = Place::new();
    write(&place.path("code"), CODE);
    place
}

/// What a plain synth writes.
fn plain() -> Files {
    let place = place();
    place.succeeds(&["--out", "out"]);
    place.files("out")
}

/// The command succeeds, and then there are the bytes of a plain synth in `out`.
#[track_caller]
fn same(command: &mut Command, out: &Path) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let (plain, found) = (plain(), files(out));
    assert!(plain.keys().eq(found.keys()), "{:?}\n{:?}", plain.keys(), found.keys());
    for (name, bytes) in &plain {
        let [plain, found] = [bytes, &found[name]].map(|bytes| String::from_utf8_lossy(bytes));
        assert_eq!(plain, found, "{}", name.display());
    }
}

#[test]
fn every_file_is_in_the_zip_and_the_zip_is_frozen() {
    let plain = plain();
    let zip = plain.get(Path::new(ZIP)).unwrap_or_else(|| panic!("{:?}", plain.keys()));
    let has = |part: &[u8]| zip.windows(part.len()).filter(|window| *window == part).count();
    assert_eq!(has(b"PK\x01\x02"), CODE.len());
    for (name, _) in CODE {
        assert!(has(name.as_bytes()) >= 2, "{name}");
    }
}

#[test]
fn over_an_output_that_is_there_already() {
    let place = place();
    place.succeeds(&["-c", "wait=5", "--out", "out"]);
    same(&mut place.synth(&["--out", "out"]), &place.path("out"));
    same(&mut place.synth(&["--out", "out"]), &place.path("out"));
}

#[test]
fn in_another_directory_and_from_another_directory() {
    let place = Place::new();
    let code = place.path("some where/else/und/zwar/tief/unten");
    write(&code, CODE);
    let (code, out) = (format!("code={}", code.to_str().unwrap()), place.path("far/out"));
    same(&mut place.synth(&["-c", &code, "--out", out.to_str().unwrap()]), &out);
    let mut from_below = place.synth(&["-c", "code=../../some where/else/./und/zwar/tief/unten/"]);
    fs::create_dir_all(place.path("cwd/below")).unwrap();
    same(from_below.args(["--out", "../../near"]).current_dir(place.path("cwd/below")), &place.path("near"));
}

#[test]
fn in_another_locale_and_time_zone() {
    for (locale, zone) in
        [("tr_TR.UTF-8", "Pacific/Chatham"), ("ja_JP.SJIS", "America/St_Johns"), ("C", "UTC")]
    {
        let place = place();
        let mut command = place.synth(&["--out", "out"]);
        command.envs([("LANG", locale), ("LC_ALL", locale), ("LANGUAGE", locale), ("TZ", zone)]);
        same(&mut command, &place.path("out"));
    }
}

#[cfg(unix)]
#[test]
fn without_any_environment() {
    let place = place();
    same(place.synth(&["--out", "out"]).env_clear(), &place.path("out"));
}

/// Both the code and the output are made under it.
#[cfg(unix)]
#[test]
fn under_another_umask() {
    use std::os::unix::fs::PermissionsExt as _;

    const SCRIPT: &str = "\
        for name; do mkdir -p \"$(dirname \"code/$name\")\" && cat \"original/$name\" >\"code/$name\" || exit; done \
        && chmod +x code/bootstrap && exec \"$0\" synth --out out";
    for mask in [0o000, 0o027, 0o077] {
        let place = Place::new();
        write(&place.path("original"), CODE);
        let mut command = place.program("sh");
        command.arg("-c").arg(format!("umask {mask:03o}; {SCRIPT}")).arg(binary());
        same(command.args(CODE.map(|(name, _)| name)), &place.path("out"));
        let mode = fs::metadata(place.path("code/index.js")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o666 & !mask, "the mask did not count");
    }
}

/// A file system lists names in an order of its own: by a hash, as they came, or the other way round.
#[test]
fn with_code_that_was_written_in_another_order() {
    let memory = Path::new("/dev/shm");
    let directories = [std::env::temp_dir()].into_iter().chain(memory.is_dir().then(|| memory.into()));
    for directory in directories {
        let mut code = CODE;
        for turn in [3, 3, 3] {
            code.rotate_left(turn);
            code.swap(0, 5);
            let place = Place::within(&directory);
            write(&place.path("code"), code);
            same(&mut place.synth(&["--out", "out"]), &place.path("out"));
        }
        let place = Place::within(&directory);
        write(&place.path("code"), CODE.into_iter().rev());
        same(&mut place.synth(&["--out", "out"]), &place.path("out"));
    }
}

#[test]
fn with_code_of_other_times() {
    // Before the first day that a zip knows, lately, and when 32 bits are over.
    for (first, seconds) in [(1_000, 86_400), (1_700_000_000, 1), (1 << 32, 1_000_000)] {
        let place = place();
        for (n, (name, _)) in (0..).zip(CODE) {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(first + n * seconds);
            let file = fs::File::options().write(true).open(place.path("code").join(name)).unwrap();
            file.set_times(fs::FileTimes::new().set_modified(time).set_accessed(time)).unwrap();
        }
        same(&mut place.synth(&["--out", "out"]), &place.path("out"));
    }
}

#[test]
fn with_ignore_files_of_the_person_in_the_way() {
    let place = place()
        .file("home/.gitconfig", "[core]\n\texcludesFile = ~/mine\n")
        .file("home/mine", EVERYTHING)
        .file("home/.gitignore", EVERYTHING)
        .file("home/.config/git/ignore", EVERYTHING)
        .file("xdg/git/config", "[core]\n\texcludesFile = ~/mine\n")
        .file("xdg/git/ignore", EVERYTHING);
    let (home, xdg) = (place.path("home"), place.path("xdg"));
    same(place.synth(&["--out", "a"]).env("HOME", &home).env_remove("XDG_CONFIG_HOME"), &place.path("a"));
    same(place.synth(&["--out", "b"]).env("HOME", &home).env("XDG_CONFIG_HOME", &xdg), &place.path("b"));
}

/// Those inside are a part of the code: [`CODE`] has some.
#[test]
fn with_ignore_files_above_the_code() {
    let place = [".gitignore", ".ignore", ".rgignore", ".fdignore", ".npmignore", ".cyanotypeignore"]
        .into_iter()
        .fold(place(), |place, name| place.file(name, EVERYTHING));
    same(&mut place.synth(&["--out", "out"]), &place.path("out"));
}

#[test]
fn inside_a_repository_that_excludes_it() {
    let place = place()
        .file(".git/HEAD", "ref: refs/heads/main\n")
        .file(".git/config", "[core]\n\trepositoryformatversion = 0\n\tbare = false\n")
        .file(".git/info/exclude", EVERYTHING)
        .file(".gitignore", EVERYTHING);
    for directory in [".git/objects", ".git/refs/heads"] {
        fs::create_dir_all(place.path(directory)).unwrap();
    }
    same(&mut place.synth(&["--out", "out"]), &place.path("out"));
}

/// No other version of a library can zip or compress otherwise where there is none. Of a zip's bytes, all are written
/// by this repository but the checksums, and these are a standard's.
#[test]
fn an_application_compiles_no_library_that_zips_or_compresses() {
    const NAMES: [&str; 12] = [
        "zip", "flate", "zlib", "miniz", "zopfli", "zstd", "brotli", "lzma", "lz4", "xz2", "snap", "compress",
    ];
    for package in ["cyanotype", "cyanotype-cli"] {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args([
            "tree",
            "--offline",
            "--locked",
            "--prefix",
            "none",
            "--edges",
            "normal",
            "--package",
            package,
        ]);
        let output = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let tree = String::from_utf8(output.stdout).unwrap();
        let crates: Vec<_> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
        assert!(crates.contains(&"crc32fast"), "this is no tree of {package}: {tree}");
        let zips = |name: &&&str| NAMES.iter().any(|part| name.contains(part));
        assert_eq!(crates.iter().find(zips), None);
    }
}
