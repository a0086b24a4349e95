//! Functions that are container images: what the template and the assembly have of them, what makes another version of
//! them, and what is said of images that Lambda would refuse, or lose.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

mod common;

use std::{collections::BTreeSet, fs};

use camino::{Utf8Path, Utf8PathBuf};
use common::*;
use cyanotype::{lambda::ImageSource, prelude::*};

const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const OTHER: &str = "sha256:1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
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

/// `Shop.assets.json` of an app.
fn manifest(app: &App) -> Json {
    let synthesis = synth(app);
    serde_json::from_str(synthesis.assembly().unwrap().text("Shop.assets.json").unwrap()).unwrap()
}

fn written(app: &App, out: &Utf8Path) {
    synth(app).assembly().unwrap().write(out, &mut |_| ()).unwrap();
}

#[test]
fn an_image_function_has_no_runtime_and_an_id_of_its_own() {
    let image = by_digest(DIGEST).command(["app.handler"]).entry_point(["/run"]).working_directory("/srv");
    let template = template(&app_of(FunctionProps::image(image).memory_mib(512u32).build(), true));
    let function = resource(&template, "Hello");
    let (id, role) = (id(&template, "Hello"), id(&template, "HelloRole"));
    assert_eq!(id, "Hello50d6d212");
    let expected = json!({
        "Description": function["Properties"]["Description"],
        "PackageType": "Image",
        "ImageConfig": { "Command": ["app.handler"], "EntryPoint": ["/run"], "WorkingDirectory": "/srv" },
        "MemorySize": 512,
        "Role": { "Fn::GetAtt": [role, "Arn"] },
        "Code": { "ImageUri": format!("{HOST}/hello@{DIGEST}") },
    });
    assert_eq!(function["Properties"], expected);
    assert_eq!(property(&template, "HelloVersion", "CodeSha256"), Json::Null);
}

#[test]
fn a_zip_that_becomes_an_image_is_another_function() {
    let (zip, image) = (template(&app_of(props!(), true)), template(&app(by_digest(DIGEST), true)));
    assert_eq!(moved(&zip, &image), BTreeSet::from(["Hello".to_owned(), "HelloVersion".to_owned()]));
    assert_eq!(id(&zip, "Hello"), "Hello");
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
fn another_digest_repository_or_setting_publishes() {
    let before = fingerprint(by_digest(DIGEST));
    assert_eq!(fingerprint(by_digest(DIGEST)), before);
    assert_ne!(fingerprint(by_digest(OTHER)), before);
    assert_ne!(fingerprint(Image::registry(format!("{HOST}/other@{DIGEST}"))), before);
    assert_ne!(fingerprint(by_digest(DIGEST).command(["other.handler"])), before);
}

#[test]
fn a_tag_is_an_error_in_a_published_function_and_a_warning_in_another() {
    let help = "name it by its digest, `…@sha256:…`: `aws ecr describe-images --repository-name … --image-ids \
                imageTag=…`";
    for (uri, tag) in [("hello:v1", "v1"), ("team/hello:v1", "v1"), ("hello", "latest")] {
        let image = || Image::registry(format!("{HOST}/{uri}"));
        let expected = format!(
            "Shop/Hello: its image is named by the tag `{tag}`, which can be moved to another image, and the function \
             is published: the same template then publishes nothing, and what a version runs cannot be known / {help}"
        );
        assert_eq!(errors(&app(image(), true)), [expected]);
        let expected = format!(
            "Shop/Hello: its image is named by the tag `{tag}`, which can be moved to another image: the template \
             stays the same then, and a deploy changes nothing / {help}"
        );
        assert_eq!(errors(&app(image(), false)), [""; 0]);
        assert_eq!(warnings(&app(image(), false)), [expected]);
    }
    assert_eq!(warnings(&app(by_digest(DIGEST), true)), [""; 0]);
    // Both are named, and the digest counts.
    assert_eq!(errors(&app(Image::registry(format!("{HOST}/hello:v1@{DIGEST}")), true)), [""; 0]);
}

#[test]
fn an_image_that_the_deploy_decides_is_refused_of_a_published_function_unless_it_is_acknowledged() {
    let of = |acknowledge: bool| {
        shop(|stack| {
            let uri = stack.parameter("Image", Parameter::string());
            let uri = if acknowledge { uri.known_at_deploy("it is a digest, set once") } else { uri };
            Fun::new(stack, "Hello", FunctionProps::image(Image::registry(uri)).build()).publish();
        })
    };
    one_error(&of(false), &["`Code` holds the parameter `Shop/Image`, which only the deploy knows"]);
    assert_eq!(errors(&of(true)), [""; 0]);
}

#[track_caller]
fn refused(uri: &str, expected: &str) {
    let app = App::new();
    let stack = app.stack("Shop").environment("111122223333", "eu-west-1");
    Fun::new(&stack, "Hello", FunctionProps::image(Image::registry(uri)).build()).publish();
    assert_eq!(errors(&app), [format!("Shop/Hello: {expected}")]);
}

#[test]
fn images_that_lambda_does_not_take_are_refused() {
    let push = "Lambda takes no other, so push it to one: \
                `111122223333.dkr.ecr.eu-west-1.amazonaws.com/hello@sha256:…`";
    for host in ["public.ecr.aws", "docker.io", "1.dkr.ecr.eu-west-1.amazonaws.com"] {
        let uri = format!("{host}/hello@{DIGEST}");
        refused(&uri, &format!("`{uri}` is no image in a private repository of ECR / {push}"));
    }
    let fips = format!("111122223333.dkr.ecr-fips.eu-west-1.amazonaws.com/hello@{DIGEST}");
    let help = "leave out `-fips`: it is the same image";
    refused(
        &fips,
        &format!("the image `{fips}` is named by a FIPS endpoint of ECR, and Lambda takes none / {help}"),
    );
    refused(
        &format!("111122223333.dkr.ecr.us-east-1.amazonaws.com/hello@{DIGEST}"),
        "its image is in us-east-1, and its stack in eu-west-1 / Lambda takes images of its own Region: push it \
         there, or have ECR replicate it",
    );
    let help = "it is `sha256:` and 64 digits, 0 to 9 and a to f: ECR says it of each image";
    for digest in ["sha256:0123", "sha512:0", "v1", &DIGEST.to_uppercase()] {
        let expected = format!("`{digest}` is no digest of an image / {help}");
        refused(&format!("{HOST}/hello@{digest}"), &expected);
    }
}

fn in_repository(properties: Tree, publish: bool) -> App {
    shop(|stack| {
        let images = stack.resource("Images", "AWS::ECR::Repository", properties);
        let props = FunctionProps::image(Image::in_repository(&images, DIGEST)).build();
        let hello = Fun::new(stack, "Hello", props);
        if publish {
            hello.publish();
        }
    })
}

fn expiring() -> Tree {
    let rule = json!({ "rules": [{ "rulePriority": 1, "selection": {}, "action": { "type": "expire" } }] });
    tree!({ "LifecyclePolicy": { "LifecyclePolicyText": rule.to_string() } })
}

#[test]
fn a_repository_of_the_app_is_referred_to_and_stays() {
    let template = template(&in_repository(tree!({}), true));
    let uri =
        format!("${{AWS::AccountId}}.dkr.ecr.${{AWS::Region}}.${{AWS::URLSuffix}}/${{Images}}@{DIGEST}");
    assert_eq!(property(&template, "Hello", "Code"), json!({ "ImageUri": sub(&uri) }));
    assert_eq!(template["Resources"]["Images"]["DeletionPolicy"], "Retain");
}

#[test]
fn what_replaces_the_repository_publishes_and_what_changes_it_in_place_does_not() {
    let before = template(&in_repository(tree!({}), true));
    let after = |properties| moved(&before, &template(&in_repository(properties, true)));
    assert_eq!(after(tree!({ "ImageTagMutability": "IMMUTABLE" })), BTreeSet::new());
    assert_eq!(after(expiring()), BTreeSet::new());
    let named = after(tree!({ "RepositoryName": "hello" }));
    assert_eq!(named, BTreeSet::from(["HelloVersion".to_owned()]));
}

#[test]
fn a_lifecycle_policy_that_expires_images_is_a_warning_for_a_published_function() {
    let expected = "Shop/Hello: the repository `Shop/Images` expires images by its lifecycle policy, and the function \
                    is published: a version whose image is gone fails, be it years later / leave the policy out, or \
                    have it expire no image that was ever published, such as untagged ones alone where all that are \
                    published have a tag";
    assert_eq!(warnings(&in_repository(expiring(), true)), [expected]);
    assert_eq!(warnings(&in_repository(expiring(), false)), [""; 0]);
    assert_eq!(warnings(&in_repository(tree!({}), true)), [""; 0]);
}

#[test]
fn a_repository_is_one_of_ecr() {
    let app = shop(|stack| {
        let queue = stack.resource("Jobs", "AWS::SQS::Queue", tree!({}));
        Fun::new(stack, "Hello", FunctionProps::image(Image::in_repository(&queue, DIGEST)).build())
            .publish();
    });
    let expected = "Shop/Hello: its image is in `Shop/Jobs`, which is an `AWS::SQS::Queue` / an image lies in an \
                    `AWS::ECR::Repository`: give the handle of one";
    assert_eq!(errors(&app), [expected]);
}

#[test]
fn an_image_that_is_built_is_an_asset_with_its_files_beside_the_template() {
    let place = Place::usual();
    let image = place.image().build_arg("RELEASE", "1").target("lambda").exclude("*.map");
    fs::write(place.root.join("src/app.mjs.map"), "{}").unwrap();
    let props = FunctionProps::image(image).architecture(Architecture::Arm64).build();
    let app = app_of(props, true);
    let manifest = manifest(&app);
    let (tag, asset) = manifest["dockerImages"].as_object().unwrap().iter().next().unwrap();
    let repository = "cdk-hnb659fds-container-assets-${AWS::AccountId}-${AWS::Region}";
    let expected = json!({
        "displayName": "Shop/Hello/Code",
        "source": {
            "directory": format!("asset.{tag}"),
            "dockerBuildTarget": "lambda",
            "dockerBuildArgs": { "RELEASE": "1" },
            "platform": "linux/arm64",
        },
        "destinations": {
            "current_account-current_region": { "repositoryName": repository, "imageTag": tag },
        },
    });
    assert_eq!(*asset, expected);
    let uri = format!("${{AWS::AccountId}}.dkr.ecr.${{AWS::Region}}.${{AWS::URLSuffix}}/{repository}:{tag}");
    assert_eq!(property(&template(&app), "Hello", "Code"), json!({ "ImageUri": sub(&uri) }));

    let out = place.root.join("out");
    written(&app, &out);
    let directory = out.join(format!("asset.{tag}"));
    assert_eq!(fs::read_to_string(directory.join("Dockerfile")).unwrap(), "FROM scratch\n");
    assert!(directory.join("src/app.mjs").exists() && !directory.join("src/app.mjs.map").exists());
}

#[test]
fn all_that_an_image_is_built_from_publishes_and_where_it_lies_does_not() {
    let of = |files: &[(&str, &str)]| fingerprint(Place::new(files).image());
    let (dockerfile, file) = (("Dockerfile", "FROM scratch\n"), ("app.mjs", "1"));
    let before = of(&[dockerfile, file]);
    assert_eq!(of(&[file, dockerfile]), before);
    assert_ne!(of(&[("Dockerfile", "FROM other\n"), file]), before);
    assert_ne!(of(&[dockerfile, ("app.mjs", "2")]), before);
    assert_ne!(of(&[dockerfile, ("app.js", "1")]), before);

    let place = Place::usual();
    let before = fingerprint(place.image());
    assert_eq!(fingerprint(place.image().dockerfile("Dockerfile")), before);
    assert_ne!(fingerprint(place.image().dockerfile("src/app.mjs")), before);
    assert_ne!(fingerprint(place.image().target("lambda")), before);
    assert_ne!(fingerprint(place.image().build_arg("A", "1")), before);
    assert_ne!(
        fingerprint(place.image().build_arg("A", "1")),
        fingerprint(place.image().build_arg("A", "2"))
    );
    assert_eq!(
        fingerprint(place.image().build_arg("A", "1").build_arg("B", "2")),
        fingerprint(place.image().build_arg("B", "2").build_arg("A", "1"))
    );
    let ids = [Architecture::X86_64, Architecture::Arm64].map(|architecture| {
        let props = FunctionProps::image(place.image()).architecture(architecture).build();
        manifest(&app_of(props, true))["dockerImages"].as_object().unwrap().keys().next().unwrap().clone()
    });
    assert_ne!(ids[0], ids[1]);
}

#[cfg(unix)]
#[test]
fn an_executable_bit_in_a_directory_of_an_image_publishes_and_is_kept() {
    use std::os::unix::fs::PermissionsExt;

    let place = Place::usual();
    let before = fingerprint(place.image());
    fs::set_permissions(place.root.join("src/app.mjs"), fs::Permissions::from_mode(0o700)).unwrap();
    assert_ne!(fingerprint(place.image()), before);
    let app = app(place.image(), true);
    let tag = manifest(&app)["dockerImages"].as_object().unwrap().keys().next().unwrap().clone();
    let out = Place::new(&[]).root.join("out");
    written(&app, &out);
    let mode = fs::metadata(out.join(format!("asset.{tag}/src/app.mjs"))).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o755);
    fs::remove_dir_all(out.parent().unwrap()).unwrap();
}

#[test]
fn two_functions_of_one_directory_are_one_image() {
    let place = Place::usual();
    let app = shop(|stack| {
        for (id, handler) in [("One", "app.one"), ("Two", "app.two")] {
            Fun::new(stack, id, FunctionProps::image(place.image().command([handler])).build()).publish();
        }
    });
    assert_eq!(manifest(&app)["dockerImages"].as_object().unwrap().len(), 1);
}

#[test]
fn all_that_is_wrong_with_a_directory_of_an_image_is_said() {
    let place = Place::new(&[("src/app.mjs", "1")]);
    let app = app(place.image().build_arg("A=B", "1").exclude("[z-a]"), true);
    let said: Vec<_> = errors(&app).iter().map(|error| error.replace(place.root.as_str(), "HERE")).collect();
    let name =
        "Shop/Hello: `A=B` is no name for an argument of a build / it has one character or more, and no `=`";
    let [first, second] = said.as_slice() else { panic!("{said:#?}") };
    assert_eq!(first, name);
    assert!(second.contains("`[z-a]` is no pattern"), "{second}");
}

#[test]
fn a_directory_without_its_dockerfile_is_refused() {
    let place = Place::usual();
    let help = "an image is built as this file says: name another by `.dockerfile(\"…\")`, from the directory on and \
                with `/`";
    for (image, name) in [
        (place.image().exclude("Dockerfile"), "Dockerfile"),
        (place.image().dockerfile("docker/Dockerfile"), "docker/Dockerfile"),
    ] {
        let said: Vec<_> = errors(&app(image, true))
            .iter()
            .map(|error| error.replace(place.root.as_str(), "HERE"))
            .collect();
        assert_eq!(said, [format!("Shop/Hello: `HERE` has no file `{name}`, or it is left out / {help}")]);
    }
    let gone = errors(&app(Image::context(place.root.join("gone")), true));
    one(&gone, &["/gone` does not exist"]);
}

#[test]
fn an_architecture_that_the_deploy_decides_builds_nothing() {
    let place = Place::usual();
    let app = shop(|stack| {
        let hello = Fun::new(stack, "Hello", FunctionProps::image(place.image()).build());
        let architecture: Value<String> = stack.parameter("Architecture", Parameter::string());
        hello.raw("Architectures", Tree::list([architecture]), VersionLocked::Yes);
    });
    one_error(&app, &["its architecture is known to the deploy alone, and its image is built before"]);
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
