//! Code that lies in S3.

use cyanotype_cfn::Tree;

use super::{Report, text};
use crate::{app::ResourceKind, lambda::CodeSource};

/// What Lambda takes of a key, and of a version.
const MAX: usize = 1024;

pub(super) fn check(report: &mut Report<'_>) {
    let body = report.model.resource(report.node.key);
    let Some(ResourceKind::Function(function)) = body.map(|body| &body.kind) else { return };
    let CodeSource::S3(object) = function.code.source() else { return };
    let Some(Tree::Map(code)) = report.node.properties.get("Code") else { return };

    if let Some(bucket) = code.get("S3Bucket").and_then(text) {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if !(3..=63).contains(&bucket.len()) || !bucket.chars().all(fits) || bucket.ends_with('.') {
            report.error(
                format!("`{bucket}` is no name for a bucket"),
                "it has 3 to 63 letters, digits, `.`, `-` and `_`, and no `.` at its end",
            );
        }
    }
    for (property, what) in [("S3Key", "key"), ("S3ObjectVersion", "version")] {
        let length = code.get(property).and_then(text).map(|text| text.chars().count());
        if let Some(length) = length.filter(|length| !(1..=MAX).contains(length)) {
            report.error(
                format!("the {what} of its code's object has {length} characters"),
                format!("Lambda takes 1 to {MAX}"),
            );
        }
    }
    if function.version.is_some() && !object.is_one_object() {
        report.warning(
            "its code is an object in S3 without a version, and the function is published: another object under the same \
             key publishes nothing, and what a version runs cannot be known",
            "a version's identity is fixed at synth: have the bucket keep versions, and name the object's: \
             `Code::s3(bucket, key).version(\"…\")`; or say that no other object will have its key: \
             `.key_is_never_reused()`",
        );
    }
}
