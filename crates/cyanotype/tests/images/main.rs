//! Functions that are container images: what the template and the assembly have of them, what makes another version of
//! them, and what is said of images that Lambda would refuse, or lose.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

#[path = "../common/mod.rs"]
mod common;
mod context;
mod registry;
mod repository;

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use common::*;
use cyanotype::{lambda::ImageSource, prelude::*};

const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const HOST: &str = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";

fn by_digest(digest: &str) -> Image {
    Image::registry(format!("{HOST}/hello@{digest}"))
}

fn app<S: ImageSource>(image: Image<S>, publish: bool) -> App {
    app_of(FunctionProps::image(image).build(), publish)
}

fn app_of(props: FunctionProps, publish: bool) -> App {
    shop(|stack| {
        let hello = Fun::new(stack, "Hello", props);
        if publish {
            hello.publish();
        }
    })
}

fn fingerprint<S: ImageSource>(image: Image<S>) -> String {
    let version = id(&template(&app(image, true)), "HelloVersion");
    version.trim_start_matches("HelloVersion").to_owned()
}

/// Files for a test.
struct Place {
    _keep: tempfile::TempDir,
    root: Utf8PathBuf,
}

impl Place {
    fn new(files: &[(&str, &str)]) -> Self {
        let keep = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(keep.path().into()).unwrap();
        for (name, text) in files {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
        }
        Self { _keep: keep, root }
    }

    fn usual() -> Self {
        Self::new(&[("Dockerfile", "FROM scratch\n"), ("src/app.mjs", "export const handler = () => 1\n")])
    }

    fn image(&self) -> Image<cyanotype::lambda::ImageContext> {
        Image::context(&self.root)
    }
}

#[test]
fn fingerprints_of_images_are_frozen() {
    let place = Place::usual();
    let fingerprints = [
        ("a digest", fingerprint(by_digest(DIGEST))),
        ("a directory", fingerprint(place.image())),
        ("all of one", fingerprint(place.image().dockerfile("src/app.mjs").build_arg("A", "b").target("c"))),
    ];
    let frozen =
        [("a digest", "eca1014f9126"), ("a directory", "efdbdbbae92f"), ("all of one", "ea35a3258eb0")];
    assert_eq!(fingerprints, frozen.map(|(name, fingerprint)| (name, fingerprint.to_owned())));
}

#[test]
fn what_zips_alone_have_is_refused_of_an_image() {
    let app = shop(|stack| {
        let hello = Fun::new(stack, "Hello", FunctionProps::image(by_digest(DIGEST)).build());
        hello.raw("Handler", "index.handler", VersionLocked::Yes);
        hello.raw("Layers", tree!(["arn:layer:1"]), VersionLocked::Yes);
        hello.raw("SnapStart", tree!({ "ApplyOn": "PublishedVersions" }), VersionLocked::Yes);
    });
    let help = "an image brings its own runtime and layers: leave the property out";
    let expected = [
        "Shop/Hello: it has SnapStart and is an image / SnapStart takes zips alone".to_owned(),
        format!("Shop/Hello: it has `Handler` and is an image / {help}"),
        format!("Shop/Hello: it has `Layers` and is an image / {help}"),
    ];
    assert_eq!(errors(&app), expected);
}

#[test]
fn what_images_alone_have_is_refused_of_a_zip() {
    let app = shop(|stack| {
        let hello = function(stack, "Hello");
        hello.raw("ImageConfig", tree!({ "Command": ["a"] }), VersionLocked::Yes);
        hello.raw("PackageType", "Image", VersionLocked::Yes);
    });
    let help = "leave the property out, or give it an image: `FunctionProps::image(Image::registry(\"…\"))`";
    let expected = ["ImageConfig", "PackageType"].map(|property| {
        format!("Shop/Hello: it has `{property}` of a container image, and its code is none / {help}")
    });
    assert_eq!(errors(&app), expected);
}

/// An assembly with images of both kinds, for checkers that ask for one by naming a directory.
#[test]
fn an_app_of_images_is_written_for_checkers() {
    let place = Place::usual();
    let app = shop(|stack| {
        let built = place.image().dockerfile("Dockerfile").build_arg("RELEASE", "1");
        let props = FunctionProps::image(built).architecture(Architecture::Arm64).build();
        let built = Fun::new(stack, "Built", props).publish();
        let images =
            stack.resource("Images", "AWS::ECR::Repository", tree!({ "ImageTagMutability": "IMMUTABLE" }));
        let props =
            FunctionProps::image(Image::in_repository(&images, DIGEST).command(["app.handler"])).build();
        calls(stack, "Both", &[&built, &Fun::new(stack, "Stored", props).publish()]);
    });
    let (synthesis, out) = (synth(&app), std::env::var("CYANOTYPE_IMAGES"));
    let out = out.map_or_else(|_| place.root.join("out"), Utf8PathBuf::from);
    assert_eq!(synthesis.diagnostics(), []);
    let written = synthesis.assembly().unwrap().write(&out, &mut |_| ()).unwrap();
    assert_eq!(written.files, 6);
}
