//! Layers that are made in the app: they move what has them, and stay for what is published.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod common;

use common::*;
use cyanotype::prelude::*;

/// A function with a layer of one file that says this.
fn layered(file: &str, edit: impl FnOnce(&Stack, &LayerVersion, &Fun)) -> Json {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("shared.mjs"), file).unwrap();
    let content = Code::directory(place.path().to_str().unwrap());
    shop_template(|stack| {
        let props =
            LayerProps::builder().content(content).runtimes([Runtime::PYTHON_3_13, Runtime::NODEJS_22]);
        let props = props.architectures([Architecture::X86_64, Architecture::Arm64]).description("Shared");
        let layer = LayerVersion::new(stack, "Shared", props.build());
        let hello = Fun::new(stack, "Hello", props!(layers([&layer])));
        edit(stack, &layer, &hello);
    })
}

fn published(file: &str) -> Json {
    layered(file, |_, _, hello| drop(hello.publish()))
}

#[track_caller]
fn wrong(content: impl Into<Code>, expected: &[&str]) {
    let content = content.into();
    let app =
        shop(|stack| LayerVersion::new(stack, "Shared", LayerProps::builder().content(content).build()));
    one_error(&app, expected);
}

#[test]
fn a_layer_is_a_zip_of_its_files_and_stays_for_the_published_function() {
    let template = published("export const a = 1;");
    let layer = &template["Resources"]["Shared"];
    let key = layer["Properties"]["Content"]["S3Key"].as_str().unwrap();
    assert!(key.ends_with(".zip") && key.len() == 68, "{key}");
    let mut expected = json!({
        "Type": "AWS::Lambda::LayerVersion",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": {
            "Description": "Shared",
            "CompatibleRuntimes": ["nodejs22.x", "python3.13"],
            "CompatibleArchitectures": ["arm64", "x86_64"],
        },
    });
    expected["Properties"]["Content"] = layer["Properties"]["Content"].clone();
    assert_eq!(*layer, expected);
    assert_eq!(template["Resources"]["Hello"]["Properties"]["Layers"], json!([{ "Ref": "Shared" }]));
}

#[test]
fn other_files_in_a_layer_publish_the_function() {
    let moves = moved(&published("export const a = 1;"), &published("export const a = 2;"));
    assert_eq!(moves.into_iter().collect::<Vec<_>>(), ["HelloVersion"]);
}

#[test]
fn the_same_files_at_another_place_publish_nothing() {
    assert_eq!(published("export const a = 1;"), published("export const a = 1;"));
}

#[test]
fn a_layer_of_a_function_that_is_not_published_goes() {
    let template = layered("1", |_, _, _| ());
    assert_eq!(template["Resources"]["Shared"].get("DeletionPolicy"), None);
}

#[test]
fn what_is_no_file_is_no_layer() {
    let expected =
        ["a layer is files, and neither source text nor a binary of cargo", "`Code::directory(..)`"];
    wrong(Code::inline("1"), &expected);
}

#[test]
fn a_layer_of_a_directory_that_is_not_there_is_refused() {
    wrong(Code::directory("no/such/layer"), &["no/such/layer"]);
}

#[test]
fn a_layer_for_more_than_fifteen_runtimes_is_refused() {
    let runtimes = (0..16).map(|n| Runtime::other(format!("nodejs{n}.x")));
    let content = Code::s3("bucket", "key").version("1");
    let app = shop(|stack| {
        let props = LayerProps::builder().content(content).runtimes(runtimes).build();
        LayerVersion::new(stack, "Shared", props)
    });
    one_error(&app, &["it is for 16 runtimes, and a layer names 15 at most"]);
}
