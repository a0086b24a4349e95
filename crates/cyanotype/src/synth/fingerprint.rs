//! What makes a version another version.

use cyanotype_cfn::{Key, Tree};

use super::{
    SynthOptions,
    canonical::{Seen, short_hash},
    identity::{canonical, identity_of},
    model::{Model, Node},
};
use crate::{
    app::ResourceKind,
    lambda::{CodeSource, ImageCode},
};

/// The version of the algorithm. Another algorithm is another tag, and moves every version of every user once.
const ALGORITHM: &str = "cyanotype-1";
/// Digits of a fingerprint: what stands in the logical ID and in the stamp.
const DIGITS: usize = 12;

/// The fingerprint of a version of `function`: everything that Lambda would publish, of all that is known here.
pub(super) fn fingerprint(model: &Model, version: &Node, function: Key, options: &SynthOptions) -> String {
    let body = model.resource(function);
    let (Some(node), Some(ResourceKind::Function(data))) = (model.nodes.get(function), body.map(|b| &b.kind))
    else {
        return String::new();
    };
    let locked = node.properties.iter().filter(|(name, _)| {
        // The code counts by its content below, not by where it lies.
        *name != "Code" && data.locks(name)
    });
    let code = match (&node.asset, data.code.source()) {
        (Some(asset), _) => Tree::map([("sha256", asset.identity.hex())]),
        (None, CodeSource::Inline(source)) => Tree::map([("inline", source)]),
        (None, CodeSource::S3(object)) => object.to_tree(),
        (None, CodeSource::Image(image, _)) => Tree::map([(
            "image",
            match &**image {
                // It is not copied: a version needs it where it lies.
                ImageCode::Stored(stored) => Tree::from(stored.uri()),
                ImageCode::Context(_) => {
                    node.image.as_ref().map_or(Tree::Null, |built| built.digest.hex().into())
                }
            },
        )]),
        // Their zips are missing, which is an error that is said already.
        (
            None,
            CodeSource::Directory(_) | CodeSource::Cargo(_) | CodeSource::File(_) | CodeSource::Zip(_),
        ) => Tree::Null,
    };
    let identity = |seen: Seen<'_>| identity_of(model, seen);
    let canonical = canonical(&identity);
    // An object in its canonical form, put together from those of its members.
    let mut text = format!(r#"{{"algorithm":"{ALGORITHM}","code":{}"#, canonical.text(&code));
    text += &format!(r#","function":{}"#, canonical.object(locked));
    if let Some(salt) = &options.salt {
        text += &format!(r#","salt":{}"#, canonical.text(&salt.into()));
    }
    // CloudFormation cannot change these under a version's ID, but for one.
    let create_only = version.properties.iter().filter(|(name, _)| *name != "FunctionScalingConfig");
    text += &format!(r#","version":{}}}"#, canonical.object(create_only));
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

#[cfg(test)]
mod tests;
