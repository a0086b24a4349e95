//! An assembly on the disk: whole, ours, and no more than that.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::{fs, io, sync::Arc};

use camino::{Utf8Path, Utf8PathBuf};
use cyanotype_cfn::{
    Assembly, Asset, ContextFile, Difference, Digest, FileAsset, ImageAsset, StackArtifact, WriteError,
};
use indexmap::IndexMap;

#[derive(Debug)]
struct Bytes(Vec<u8>);

impl Asset for Bytes {
    fn write_to(&self, to: &mut dyn io::Write) -> io::Result<()> {
        to.write_all(&self.0)
    }
}

fn asset(bytes: &[u8]) -> FileAsset {
    let content = Arc::new(Bytes(bytes.into()));
    let digest = Digest::of(bytes);
    FileAsset { display_name: "Hello/Code".into(), identity: digest, digest, extension: "zip", content }
}

fn assembly(assets: Vec<FileAsset>) -> Assembly {
    Assembly::new(vec![StackArtifact {
        name: "Shop".into(),
        template: "{}".into(),
        assets,
        images: vec![],
        documents: vec![("Shop.Flow.asl.json".into(), "{}\n".into())],
        environment: None,
        dependencies: vec![],
        tags: IndexMap::new(),
    }])
    .unwrap()
}

fn scratch() -> (tempfile::TempDir, Utf8PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let out = Utf8PathBuf::from_path_buf(directory.path().join("a/out")).unwrap();
    (directory, out)
}

fn names(directory: &Utf8Path) -> Vec<String> {
    let mut names: Vec<_> =
        directory.read_dir_utf8().unwrap().map(|entry| entry.unwrap().file_name().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn files_of_the_synth_before_that_no_longer_belong_are_gone() {
    let (_keep, out) = scratch();
    let (old, new) = (asset(b"old"), asset(b"new"));
    assembly(vec![old.clone()]).write(&out, &mut |_| ()).unwrap();
    assert!(names(&out).contains(&old.file_name()));
    assembly(vec![new.clone()]).write(&out, &mut |_| ()).unwrap();
    assert_eq!(
        names(&out),
        [
            "Shop.Flow.asl.json".to_owned(),
            "Shop.assets.json".into(),
            "Shop.template.json".into(),
            new.file_name(),
            "manifest.json".into(),
        ]
    );
    assert_eq!(names(out.parent().unwrap()), ["out"], "nothing is left beside it");
}

#[test]
fn an_asset_that_is_there_is_not_written_again_unless_it_was_damaged() {
    let (_keep, out) = scratch();
    let zip = asset(b"some code");
    assert_eq!(assembly(vec![zip.clone()]).write(&out, &mut |_| ()).unwrap().reused, 0);
    assert_eq!(assembly(vec![zip.clone()]).write(&out, &mut |_| ()).unwrap().reused, 1);
    for damaged in ["some", "some core", "some code and more"] {
        fs::write(out.join(zip.file_name()), damaged).unwrap();
        assert_eq!(assembly(vec![zip.clone()]).write(&out, &mut |_| ()).unwrap().reused, 0);
        assert_eq!(fs::read(out.join(zip.file_name())).unwrap(), b"some code");
    }
}

#[test]
fn a_directory_with_files_of_the_user_is_left_alone() {
    let (_keep, out) = scratch();
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("thesis.txt"), "dear").unwrap();
    let error = assembly(vec![]).write(&out, &mut |_| ()).unwrap_err();
    assert!(matches!(&error, WriteError::NotOurs { files, .. } if files == &["thesis.txt"]), "{error}");
    assert_eq!(names(&out), ["thesis.txt"]);
}

#[test]
fn a_file_that_a_user_put_into_our_directory_is_not_deleted() {
    let (_keep, out) = scratch();
    assembly(vec![]).write(&out, &mut |_| ()).unwrap();
    fs::write(out.join("notes.txt"), "mine").unwrap();
    assert!(assembly(vec![]).write(&out, &mut |_| ()).is_err());
    assert_eq!(fs::read_to_string(out.join("notes.txt")).unwrap(), "mine");
}

#[test]
fn a_file_in_the_place_of_the_directory_is_an_error_that_says_so() {
    let (_keep, out) = scratch();
    fs::create_dir_all(out.parent().unwrap()).unwrap();
    fs::write(&out, "a file").unwrap();
    let error = assembly(vec![]).write(&out, &mut |_| ()).unwrap_err();
    assert!(
        error.to_string().ends_with("is not a directory; name another with --out, or remove it"),
        "{error}"
    );
}

#[test]
fn an_asset_that_changes_while_it_is_read_leaves_the_old_assembly() {
    let (_keep, out) = scratch();
    assembly(vec![]).write(&out, &mut |_| ()).unwrap();
    let before = names(&out);
    let lying = FileAsset { digest: Digest::of(b"as hashed"), ..asset(b"as written") };
    let error = assembly(vec![lying]).write(&out, &mut |_| ()).unwrap_err();
    assert!(matches!(error, WriteError::AssetChanged(_)), "{error}");
    assert_eq!(names(&out), before);
    assert_eq!(names(out.parent().unwrap()), ["out"]);
}

#[test]
fn what_a_killed_synth_left_is_removed() {
    let (_keep, out) = scratch();
    let left = out.parent().unwrap().join(".out.cyanotype");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("half.zip"), "PK").unwrap();
    assembly(vec![]).write(&out, &mut |_| ()).unwrap();
    assert_eq!(names(out.parent().unwrap()), ["out"]);
}

#[test]
fn check_names_what_is_missing_changed_and_extra() {
    let (_keep, out) = scratch();
    let zip = asset(b"code");
    let built = assembly(vec![zip.clone()]);
    built.write(&out, &mut |_| ()).unwrap();
    assert_eq!(built.check(&out).unwrap(), []);
    fs::remove_file(out.join("Shop.assets.json")).unwrap();
    fs::write(out.join(zip.file_name()), "x").unwrap();
    fs::write(out.join("notes.txt"), "mine").unwrap();
    assert_eq!(
        built.check(&out).unwrap(),
        [
            Difference::Missing("Shop.assets.json".into()),
            Difference::Changed(zip.file_name()),
            Difference::Extra("notes.txt".into()),
        ]
    );
}

fn image(files: &[(&str, &str, bool)]) -> ImageAsset {
    let file = |(name, text, executable): &(&str, &str, bool)| ContextFile {
        name: (*name).into(),
        digest: Digest::of(text.as_bytes()),
        executable: *executable,
        content: Arc::new(Bytes(text.as_bytes().into())),
    };
    ImageAsset {
        display_name: "Hello/Code".into(),
        digest: Digest::of(b"all of it"),
        files: files.iter().map(file).collect(),
        dockerfile: None,
        arguments: IndexMap::new(),
        target: None,
        platform: "linux/arm64",
    }
}

fn assembly_with(image: ImageAsset) -> Assembly {
    let stack = |name: &str| StackArtifact {
        name: name.into(),
        template: "{}".into(),
        assets: vec![],
        images: vec![image.clone()],
        documents: vec![],
        environment: None,
        dependencies: vec![],
        tags: IndexMap::new(),
    };
    // Of one image in two stacks there is one directory.
    Assembly::new(vec![stack("Shop"), stack("Shop2")]).unwrap()
}

const FILES: [(&str, &str, bool); 3] =
    [("Dockerfile", "FROM scratch\n", false), ("bin/run", "#!/bin/sh\n", true), ("src/a/b.js", "1", false)];

#[test]
fn an_image_s_files_are_in_a_directory_of_its_own_with_their_modes() {
    let (_keep, out) = scratch();
    let image = image(&FILES);
    let built = assembly_with(image.clone());
    built.write(&out, &mut |_| ()).unwrap();
    built.write(&out, &mut |_| ()).unwrap();
    assert_eq!(built.check(&out).unwrap(), []);
    for (name, text, _) in FILES {
        assert_eq!(fs::read_to_string(out.join(image.directory()).join(name)).unwrap(), text);
    }
    #[cfg(unix)]
    for (name, _, executable) in FILES {
        use std::os::unix::fs::PermissionsExt as _;

        let mode = fs::metadata(out.join(image.directory()).join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, if executable { 0o755 } else { 0o644 });
    }
    // And they go with the image.
    assembly(vec![]).write(&out, &mut |_| ()).unwrap();
    assert_eq!(
        names(&out),
        ["Shop.Flow.asl.json", "Shop.assets.json", "Shop.template.json", "manifest.json"]
    );
}

#[test]
fn a_file_of_the_user_s_among_those_of_an_image_is_not_deleted() {
    let (_keep, out) = scratch();
    let image = image(&FILES);
    assembly_with(image.clone()).write(&out, &mut |_| ()).unwrap();
    let theirs = format!("{}/src/notes.txt", image.directory());
    fs::write(out.join(&theirs), "mine").unwrap();
    let error = assembly(vec![]).write(&out, &mut |_| ()).unwrap_err();
    assert!(matches!(&error, WriteError::NotOurs { files, .. } if *files == [theirs.as_str()]), "{error}");
    assert_eq!(assembly_with(image).check(&out).unwrap(), [Difference::Extra(theirs)]);
}

#[test]
fn check_sees_what_changed_among_the_files_of_an_image() {
    let (_keep, out) = scratch();
    let image = image(&FILES);
    let built = assembly_with(image.clone());
    built.write(&out, &mut |_| ()).unwrap();
    let path = |name: &str| format!("{}/{name}", image.directory());
    fs::write(out.join(path("src/a/b.js")), "2").unwrap();
    fs::remove_file(out.join(path("Dockerfile"))).unwrap();
    let mut expected = vec![Difference::Missing(path("Dockerfile")), Difference::Changed(path("src/a/b.js"))];
    assert_eq!(built.check(&out).unwrap(), expected);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;

        fs::set_permissions(out.join(path("bin/run")), fs::Permissions::from_mode(0o644)).unwrap();
        expected.insert(1, Difference::Changed(path("bin/run")));
        assert_eq!(built.check(&out).unwrap(), expected);
    }
}
