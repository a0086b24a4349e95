//! Property by property: what moves a version is what the classification says.

use std::collections::HashMap;

use cyanotype_cfn::tree;

use super::*;
use crate::{
    lambda::{Held, PROPERTIES, Property},
    prelude::*,
    synth::{graph, identify, lower, packages::Known},
};

/// The properties of a function with this code.
fn of(code: impl Into<Code>) -> FunctionProps {
    FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler").code(code).build()
}

/// The logical IDs of a published function and its version, with a property set whatever anything says of it.
fn ids(props: FunctionProps, property: &str, value: Tree) -> (String, String) {
    let app = App::new();
    let stack = app.stack("Shop");
    Function::<String, String>::new(&stack, "Hello", props).publish();
    let (number, elements) = {
        let data = app.data();
        (data.id, data.stacks[0].elements.len() as u32)
    };
    for element in 0..elements {
        stack.edit(Key { app: number, stack: 0, element }, |body| {
            if matches!(body.kind, ResourceKind::Function(_)) && !property.is_empty() {
                body.properties.insert(property.to_owned(), value.clone());
            }
        });
    }
    let data = app.data();
    let mut model = Model::new(&data, &[0]);
    lower::lower(&mut model, &HashMap::new(), &mut Known::default());
    let order = graph::resolve(&mut model);
    identify::identify(&mut model, &order, &SynthOptions::default());
    let id = |type_name: &str| {
        let of = |node: &&Node| {
            let body = model.app.resource(node.key);
            body.is_some_and(|body| body.type_name == type_name)
        };
        model.nodes.values().find(of).map(|node| model.id(node.key).to_owned()).unwrap_or_default()
    };
    (id("AWS::Lambda::Function"), id("AWS::Lambda::Version"))
}

/// A property in which the part at the end of a path is this.
fn with(path: &str, leaf: Tree) -> (&str, Tree) {
    let (property, parts) = path.split_once('.').unwrap_or((path, ""));
    let parts = parts.split('.').filter(|part| !part.is_empty()).rev();
    (property, parts.fold(leaf, |below, part| Tree::map([(part, below)])))
}

/// Whether a change of a part moves the function, and its version.
fn moves(path: &str, before: Tree, after: Tree) -> (bool, bool) {
    let ((property, before), (_, after)) = (with(path, before), with(path, after));
    let of = |value| ids(of(Code::inline("1")), property, value);
    let (before, after) = (of(before), of(after));
    (before.0 != after.0, before.1 != after.1)
}

#[test]
fn each_property_moves_the_version_as_it_is_classified() {
    let of = |known: &Property| match known.held {
        Held::Locked => Some(true),
        Held::Free => Some(false),
        // Code counts by its content, which has tests of its own; the rest cannot be set.
        Held::AsContent | Held::ReadOnly => None,
    };
    let (mut locked, mut free, mut wrong) = (0, 0, vec![]);
    for known in PROPERTIES {
        let Some(expected) = of(known) else { continue };
        let values = [tree!({ "A": "1" }), tree!({ "A": "2" })];
        let (function, version) = moves(known.path, values[0].clone(), values[1].clone());
        if version != expected || function != known.moves_the_function() {
            wrong.push(known.path);
        }
        *(if expected { &mut locked } else { &mut free }) += 1;
    }
    println!("{locked} locked, {free} free, {} wrong", wrong.len());
    assert_eq!(wrong, [""; 0]);
    assert_eq!((locked, free), (50, 13));
}

#[test]
fn each_part_of_the_code_moves_the_version() {
    let parts = PROPERTIES.iter().filter(|known| known.held == Held::AsContent && known.path.contains('.'));
    for part in parts {
        let with = |value: &str| match part.path {
            "Code.ImageUri" => Some(FunctionProps::image(Image::registry(value)).build()),
            "Code.S3Bucket" => Some(of(Code::s3(value, "key").version("1"))),
            "Code.S3Key" => Some(of(Code::s3("bucket", value).version("1"))),
            "Code.S3ObjectVersion" => Some(of(Code::s3("bucket", "key").version(value))),
            "Code.ZipFile" => Some(of(Code::inline(value))),
            "Code.S3ObjectStorageMode" => {
                let object = Code::s3("bucket", "key").version("1");
                Some(of(if value == "one" { object } else { object.by_reference("it stays") }))
            }
            // It is nothing of what the code is.
            "Code.SourceKMSKeyArn" => None,
            other => panic!("`{other}` is new: say here how it is given"),
        };
        let Some((before, after)) = with("one").zip(with("two")) else { continue };
        let (before, after) = (ids(before, "", Tree::Null), ids(after, "", Tree::Null));
        assert_eq!(before.0, after.0, "{}", part.path);
        assert_ne!(before.1, after.1, "{}", part.path);
    }
}

#[test]
fn the_order_of_keys_never_moves_a_version() {
    for known in PROPERTIES {
        let (one, other) = (tree!({ "A": "1", "B": "2" }), tree!({ "B": "2", "A": "1" }));
        assert_eq!(moves(known.path, one, other), (false, false), "{}", known.path);
    }
}

#[test]
fn the_order_of_a_list_moves_a_version_where_it_means_something() {
    for known in PROPERTIES.iter().filter(|known| known.held == Held::Locked) {
        let (_, version) = moves(known.path, tree!(["a", "b"]), tree!(["b", "a"]));
        assert_eq!(version, !known.is_a_set(), "{}", known.path);
    }
}
