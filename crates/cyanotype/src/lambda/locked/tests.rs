//! The table is whole, and says what AWS's schema and requests say.

use std::{collections::BTreeSet, path::PathBuf, process::Command};

use serde_json::Value as Json;

use super::*;

const SCHEMAS: &str = "cfnlint/data/schemas";
const REQUESTS: &str = "botocore/data/lambda/2015-03-31/service-2.json.gz";

/// The Python packages of the repository's tools, where they are: `CYANOTYPE_SCHEMAS` or `target/tools`.
fn packages() -> Option<PathBuf> {
    if let Some(schemas) = std::env::var_os("CYANOTYPE_SCHEMAS") {
        return PathBuf::from(schemas).ancestors().nth(3).map(PathBuf::from);
    }
    let tools = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/venv/lib");
    let mut pythons = tools.read_dir().ok()?.filter_map(Result::ok);
    pythons.next().map(|python| python.path().join("site-packages"))
}

fn schema() -> Option<Json> {
    let root = packages()?.join(SCHEMAS);
    let read = |path: PathBuf| -> Json { serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap() };
    let files = read(root.join("providers/us-east-1.json"));
    let file = files["AWS::Lambda::Function"].as_str().unwrap();
    Some(read(root.join("resources").join(format!("{file}.json"))))
}

/// Every property of the schema, and every part of one. Lists are passed through, as the table does.
fn paths(schema: &Json) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut todo = vec![(String::new(), schema)];
    while let Some((path, mut part)) = todo.pop() {
        loop {
            part = match (part["$ref"].as_str(), part.get("items")) {
                (Some(of), _) => &schema["definitions"][of.trim_start_matches("#/definitions/")],
                (None, Some(items)) => items,
                (None, None) => break,
            };
        }
        for (name, below) in part["properties"].as_object().into_iter().flatten() {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            found.insert(path.clone());
            todo.push((path, below));
        }
    }
    found
}

#[test]
fn every_property_of_the_schema_is_classified() {
    let Some(schema) = schema() else { return };
    let known: BTreeSet<String> = PROPERTIES.iter().map(|known| known.path.to_owned()).collect();
    let schema = paths(&schema);
    let new: Vec<_> = schema.difference(&known).collect();
    assert!(
        new.is_empty(),
        "not classified: {new:?}. Give each a row in `lambda/locked.rs`: `locked` if UpdateFunctionConfiguration or \
         UpdateFunctionCode sets it, `free` with its API's page if not; and a builder in `lambda/props`"
    );
    let gone: Vec<_> = known.difference(&schema).collect();
    assert!(gone.is_empty(), "no longer in the schema: {gone:?}. Take them out of `lambda/locked.rs`");
    println!("classified: {} properties and parts", known.len());
}

#[test]
fn what_is_create_only_is_what_the_schema_says() {
    let Some(schema) = schema() else { return };
    let lists = ["createOnlyProperties", "conditionalCreateOnlyProperties"].map(|list| &schema[list]);
    let pointers = lists.into_iter().flat_map(|list| list.as_array().unwrap());
    let said: BTreeSet<_> =
        pointers.map(|pointer| pointer.as_str().unwrap().trim_start_matches("/properties/")).collect();
    assert_eq!(said, CREATE_ONLY.iter().copied().collect());
    let top = |known: &&Property| known.create_only && !known.path.contains('.');
    assert_eq!(said, PROPERTIES.iter().filter(top).map(|known| known.path).collect());
}

/// Members of the two requests that are no property which a version holds, each with the page that says so.
const NO_PROPERTY: &[(&str, &str)] = &[
    // Which function it is about.
    ("FunctionName", CONFIGURATION),
    // Refuses an update of another revision.
    ("RevisionId", CONFIGURATION),
    // Say what an update does beside updating.
    ("DryRun", CODE),
    ("Publish", CODE),
    ("PublishTo", CODE),
    // CloudFormation has no property for these.
    ("AcceleratorConfig", CONFIGURATION),
    ("RuntimeConfig", CONFIGURATION),
];

/// Parts of `Code` that are members of a request themselves.
const PARTS_OF_CODE: &[&str] = &[
    "ImageUri",
    "S3Bucket",
    "S3Key",
    "S3ObjectStorageMode",
    "S3ObjectVersion",
    "SourceKMSKeyArn",
    "ZipFile",
];

#[test]
fn what_is_locked_is_what_the_two_requests_set() {
    let Some(packages) = packages() else { return };
    let output = Command::new("gzip").arg("-dc").arg(packages.join(REQUESTS)).output().unwrap();
    let api: Json = serde_json::from_slice(&output.stdout).unwrap();
    let members = ["UpdateFunctionConfigurationRequest", "UpdateFunctionCodeRequest"]
        .into_iter()
        .flat_map(|request| api["shapes"][request]["members"].as_object().unwrap().keys());
    let said: BTreeSet<&str> = members
        .map(String::as_str)
        .filter(|member| !NO_PROPERTY.iter().any(|(known, _)| known == member))
        .map(|member| match member {
            "KMSKeyArn" => "KmsKeyArn",
            part if PARTS_OF_CODE.contains(&part) => "Code",
            other => other,
        })
        .collect();
    let held = |known: &&Property| matches!(known.held, Held::Locked | Held::AsContent);
    // What nothing can update is held too: a change of it is another function.
    let updated = |known: &&Property| !known.path.contains('.') && known.source != CREATE;
    let known: BTreeSet<&str> =
        PROPERTIES.iter().filter(held).filter(updated).map(|known| known.path).collect();
    assert_eq!(known, said);
}

#[test]
fn rows_are_sorted_and_parts_are_held_as_the_whole() {
    assert!(PROPERTIES.is_sorted_by(|a, b| a.path < b.path));
    for known in PROPERTIES {
        assert!(known.source.starts_with("https://docs.aws.amazon.com/lambda/"), "{}", known.path);
        let whole = known.path.split('.').next().and_then(find).unwrap();
        assert_eq!((known.held, known.create_only), (whole.held, whole.create_only), "{}", known.path);
    }
}

#[test]
fn what_nobody_has_proven_is_marked() {
    let marked: Vec<_> = PROPERTIES.iter().filter(|known| known.unproven).map(|known| known.path).collect();
    let expected =
        ["Code.S3Key", "Code.S3ObjectStorageMode", "Code.SourceKMSKeyArn", "PublishToLatestPublished"];
    assert_eq!(marked, expected);
}

#[test]
fn what_is_not_classified_is_locked_and_known_as_neither() {
    assert!(is_locked("Fresh"));
    assert_eq!(known_as_locked("Fresh"), None);
    assert_eq!(known_as_locked("Layers"), Some(true));
    assert_eq!(known_as_locked("Tags"), Some(false));
}
