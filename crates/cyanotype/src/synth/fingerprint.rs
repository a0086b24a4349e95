//! What makes a version another version.

use cyanotype_cfn::{Key, Tree};
use indexmap::IndexMap;

use super::{
    SynthOptions,
    canonical::short_hash,
    identity::{canonical, identity_of},
    model::{Model, Node},
};
use crate::{
    app::{Element, ResourceKind},
    lambda::{CodeSource, is_locked},
};

/// The version of the algorithm. Another algorithm is another tag, and moves every version of every user once.
const ALGORITHM: &str = "cyanotype-1";
/// Digits of a fingerprint: what stands in the logical ID and in the stamp.
const DIGITS: usize = 12;

/// The fingerprint of a version of `function`: everything that Lambda would publish, of all that is known here.
pub(super) fn fingerprint(model: &Model, version: &Node, function: Key, options: &SynthOptions) -> String {
    let body = model.app.element(function).and_then(Element::resource);
    let (Some(node), Some(ResourceKind::Function(data))) =
        (model.nodes.get(&function), body.map(|b| &b.kind))
    else {
        return String::new();
    };
    let locked: IndexMap<_, _> = node
        .properties
        .iter()
        // The code counts by its content below, not by where it lies.
        .filter(|(name, _)| *name != "Code" && is_locked(name) && !data.free.contains(*name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let code = match (&node.asset, data.code.source()) {
        (Some(asset), _) => Tree::map([("sha256", asset.digest.hex())]),
        (None, CodeSource::Inline(source)) => Tree::map([("inline", source)]),
        (None, CodeSource::Directory(_)) => Tree::Null,
    };
    let mut identity = IndexMap::new();
    identity.insert("algorithm".to_owned(), Tree::from(ALGORITHM));
    if let Some(salt) = &options.salt {
        identity.insert("salt".into(), salt.into());
    }
    identity.insert("code".into(), code);
    identity.insert("function".into(), Tree::Map(locked));
    // CloudFormation cannot change these under a version's ID.
    identity.insert("version".into(), Tree::Map(version.properties.clone()));
    let text = canonical(&|key| identity_of(model, key)).text(&Tree::Map(identity));
    short_hash(&text, DIGITS)
}

/// A description with the stamp of a build at its end.
///
/// Lambda publishes only when something has changed, and the logical ID of a version moves only with its fingerprint:
/// the stamp makes the one follow from the other, so that "a version for this Lambda function exists" cannot come of a
/// fingerprint that is too fine. And a person sees in the console which build a version is.
pub(super) fn stamped(description: Option<&str>, fingerprint: &str) -> String {
    match description {
        Some(text) if !text.is_empty() => format!("{text} [cyanotype:{fingerprint}]"),
        _ => format!("[cyanotype:{fingerprint}]"),
    }
}
