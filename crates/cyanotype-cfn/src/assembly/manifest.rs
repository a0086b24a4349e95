//! The JSON files by which the CDK CLI knows an assembly.

use indexmap::IndexMap;

use super::{IMAGE_REPOSITORY, ImageAsset, StackArtifact};
use crate::Json;

/// The manifest's name.
pub(super) const FILE: &str = "manifest.json";

/// The schema version that every current CDK CLI accepts.
const VERSION: &str = "36.0.0";

/// The bucket that `cdk bootstrap` makes, with its default qualifier.
const BUCKET: &str = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}";

/// An artifact without a meaning to the CDK CLI, and its entry of metadata: the list of files that are ours to replace.
/// No stack can have this name, since a stack's has no dot.
const OWNED: &str = "cyanotype.files";

pub(super) fn template_file(stack: &str) -> String {
    format!("{stack}.template.json")
}

pub(super) fn assets_file(stack: &str) -> String {
    format!("{stack}.assets.json")
}

/// `manifest.json`.
pub(super) fn manifest(mut artifacts: IndexMap<String, Json>, files: &[String]) -> Json {
    let files: Vec<_> = files.iter().map(|name| Json::from(name.as_str())).collect();
    let entry = Json::object([("type", Json::from(OWNED)), ("data", files.into())]);
    let metadata = Json::object([("/", vec![entry])]);
    let owned = Json::object([("type", Json::from("none")), ("metadata", metadata)]);
    artifacts.insert(OWNED.into(), owned);
    Json::object([("version", Json::from(VERSION)), ("artifacts", artifacts.into())])
}

/// The files that a manifest says are ours; None when it is not a manifest of ours.
pub(super) fn owned_files(manifest: &str) -> Option<Vec<String>> {
    let manifest: serde_json::Value = serde_json::from_str(manifest).ok()?;
    let entries = manifest.get("artifacts")?.get(OWNED)?.get("metadata")?.get("/")?.as_array()?;
    let files = entries.first()?.get("data")?.as_array()?;
    files.iter().map(|file| file.as_str().map(str::to_owned)).collect()
}

/// The two artifacts of a stack: the stack, and the list of its assets.
pub(super) fn artifacts(stack: &StackArtifact) -> Vec<(String, Json)> {
    let assets = format!("{}.assets", stack.name);
    let (account, region) = match &stack.environment {
        Some((account, region)) => (account.as_str(), region.as_str()),
        None => ("unknown-account", "unknown-region"),
    };
    let tags: IndexMap<_, _> =
        stack.tags.iter().map(|(key, value)| (key.clone(), Json::from(value.as_str()))).collect();
    let mut properties = Json::object([
        ("templateFile", Json::from(template_file(&stack.name))),
        ("terminationProtection", false.into()),
        ("validateOnSynth", false.into()),
        // A template of more than 51,200 bytes is deployed from here.
        (
            "stackTemplateAssetObjectUrl",
            format!("s3://{BUCKET}/{}.json", stack.template.digest().hex()).into(),
        ),
    ]);
    if let (Json::Object(properties), false) = (&mut properties, tags.is_empty()) {
        properties.insert("tags".into(), tags.into());
    }
    let mut dependencies: Vec<_> = stack.dependencies.iter().map(|name| Json::from(name.as_str())).collect();
    dependencies.push(assets.as_str().into());
    let artifact = Json::object([
        ("type", Json::from("aws:cloudformation:stack")),
        ("environment", format!("aws://{account}/{region}").into()),
        ("properties", properties),
        ("dependencies", dependencies.into()),
        ("displayName", stack.name.as_str().into()),
    ]);
    let list = Json::object([
        ("type", Json::from("cdk:asset-manifest")),
        ("properties", Json::object([("file", assets_file(&stack.name))])),
    ]);
    vec![(assets, list), (stack.name.clone(), artifact)]
}

/// `<stack>.assets.json`. The template is an asset too, or the CLI could not deploy a large one.
pub(super) fn assets(stack: &StackArtifact) -> Json {
    let mut files: IndexMap<String, Json> = stack
        .assets
        .iter()
        .map(|asset| {
            let file = file(&asset.display_name, asset.file_name(), asset.object_key());
            (asset.digest.hex(), file)
        })
        .collect();
    let digest = stack.template.digest().hex();
    let (key, name) = (format!("{digest}.json"), format!("{} Template", stack.name));
    files.insert(digest, file(&name, template_file(&stack.name), key));
    let images: IndexMap<String, Json> =
        stack.images.iter().map(|asset| (asset.digest.hex(), image(asset))).collect();
    Json::object([
        ("version", Json::from(VERSION)),
        ("files", files.into()),
        ("dockerImages", Json::Object(images)),
    ])
}

fn image(asset: &ImageAsset) -> Json {
    let text = |text: &String| Json::from(text.as_str());
    let arguments: IndexMap<_, _> =
        asset.arguments.iter().map(|(name, value)| (name.clone(), text(value))).collect();
    let source = [
        ("directory", Some(Json::from(asset.directory()))),
        ("dockerFile", asset.dockerfile.as_ref().map(text)),
        ("dockerBuildTarget", asset.target.as_ref().map(text)),
        ("dockerBuildArgs", (!arguments.is_empty()).then(|| arguments.into())),
        ("platform", Some(asset.platform.into())),
    ];
    let source = source.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let destination = Json::object([
        ("repositoryName", Json::from(IMAGE_REPOSITORY)),
        ("imageTag", asset.digest.hex().into()),
    ]);
    Json::object([
        ("displayName", Json::from(asset.display_name.as_str())),
        ("source", Json::object(source)),
        ("destinations", Json::object([("current_account-current_region", destination)])),
    ])
}

fn file(display_name: &str, path: String, key: String) -> Json {
    let destination = Json::object([("bucketName", Json::from(BUCKET)), ("objectKey", key.into())]);
    Json::object([
        ("displayName", Json::from(display_name)),
        // `file`, not `zip`: the CLI uploads the very bytes whose hash stands in the template.
        ("source", Json::object([("path", Json::from(path)), ("packaging", "file".into())])),
        ("destinations", Json::object([("current_account-current_region", destination)])),
    ])
}
