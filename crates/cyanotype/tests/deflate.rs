//! Code that is compressed: less is uploaded, and it is known by what it holds.
#![cfg(feature = "deflate")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

mod common;

use std::fs;

use camino::Utf8PathBuf;
use common::*;
use cyanotype::{cfn::Digest, prelude::*};

/// A directory of code that compresses well.
struct Place {
    _keep: tempfile::TempDir,
    root: Utf8PathBuf,
}

impl Place {
    fn new(text: &str) -> Self {
        let keep = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(keep.path().into()).unwrap();
        fs::create_dir(root.join("code")).unwrap();
        fs::write(root.join("code/index.js"), text.repeat(1_000)).unwrap();
        Self { _keep: keep, root }
    }

    fn stored(&self) -> Code {
        Code::directory(self.root.join("code")).into()
    }

    fn deflated(&self) -> Code {
        Code::directory(self.root.join("code")).deflate().into()
    }

    /// Name and bytes of the zip that is written.
    fn written(&self, app: &App) -> (String, Vec<u8>) {
        let out = self.root.join("out");
        synth(app).assembly().unwrap().write(&out, &mut |_| ()).unwrap();
        let zip =
            out.read_dir_utf8().unwrap().map(Result::unwrap).find(|file| file.file_name().ends_with("zip"));
        let zip = zip.unwrap();
        (zip.file_name().to_owned(), fs::read(zip.path()).unwrap())
    }
}

fn app(code: Code) -> App {
    let props = FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler").code(code);
    shop(|stack| Fun::new(stack, "Hello", props.build()).publish())
}

#[test]
fn it_is_named_by_what_it_holds_and_is_smaller() {
    let place = Place::new("exports.handler = async () => 1;\n");
    let (_, stored) = place.written(&app(place.stored()));
    let (name, deflated) = place.written(&app(place.deflated()));
    assert_eq!(name, format!("asset.{}.deflated.zip", Digest::of(&stored).hex()));
    assert!(deflated.len() < stored.len() / 20, "{} of {}", deflated.len(), stored.len());
    let key = &property(&template(&app(place.deflated())), "Hello", "Code")["S3Key"];
    assert_eq!(*key, format!("{}.deflated.zip", Digest::of(&stored).hex()));
}

#[test]
fn its_version_holds_no_hash_that_an_update_of_a_library_would_move() {
    let place = Place::new("exports.handler = async () => 1;\n");
    let hash = |code| property(&template(&app(code)), "HelloVersion", "CodeSha256");
    assert_ne!(hash(place.stored()), Json::Null);
    assert_eq!(hash(place.deflated()), Json::Null);
}

#[test]
fn other_files_publish_and_the_same_files_do_not() {
    let of = |text: &str| id(&template(&app(Place::new(text).deflated())), "HelloVersion");
    assert_eq!(of("1"), of("1"));
    assert_ne!(of("1"), of("2"));
    // Moves only with the files: an update of what compresses them leaves it.
    assert_eq!(of("1"), "HelloVersion636f7e07397b");
}

#[test]
fn a_function_and_a_layer_of_the_same_files_share_the_upload() {
    let place = Place::new("exports.a = 1;\n");
    let app = shop(|stack| {
        let layer =
            LayerVersion::new(stack, "Shared", LayerProps::builder().content(place.deflated()).build());
        let props = FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler");
        Fun::new(stack, "Hello", props.code(place.deflated()).layers([&layer]).build()).publish();
    });
    let template = template(&app);
    assert_eq!(property(&template, "Shared", "Content"), property(&template, "Hello", "Code"));
    let synthesis = synth(&app);
    assert_eq!(synthesis.assembly().unwrap().file_names().filter(|name| name.ends_with(".zip")).count(), 1);
}

#[test]
fn the_assembly_of_it_is_checked_and_mended_like_any_other() {
    let place = Place::new("exports.handler = async () => 1;\n");
    let app = app(place.deflated());
    let (name, bytes) = place.written(&app);
    let (synthesis, out) = (synth(&app), place.root.join("out"));
    assert_eq!(synthesis.assembly().unwrap().check(&out).unwrap(), []);
    fs::write(out.join(&name), b"PK").unwrap();
    assert_eq!(synthesis.assembly().unwrap().check(&out).unwrap().len(), 1);
    assert_eq!(place.written(&app), (name, bytes));
}
