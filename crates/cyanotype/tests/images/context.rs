//! Images that are built from a directory.

use super::*;

/// `Shop.assets.json` of an app.
fn manifest(app: &App) -> Json {
    let synthesis = synth(app);
    serde_json::from_str(synthesis.assembly().unwrap().text("Shop.assets.json").unwrap()).unwrap()
}

fn written(app: &App, out: &Utf8Path) {
    synth(app).assembly().unwrap().write(out, &mut |_| ()).unwrap();
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
    let out = place.root.join("out");
    written(&app, &out);
    let mode = fs::metadata(out.join(format!("asset.{tag}/src/app.mjs"))).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o755);
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
