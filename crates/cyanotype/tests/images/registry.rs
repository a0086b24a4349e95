//! Images that are there, by their URI.

use std::collections::BTreeSet;

use super::*;

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

const OTHER: &str = "sha256:1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

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
