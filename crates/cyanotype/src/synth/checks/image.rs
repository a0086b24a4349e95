//! Images that are in a repository already.

use cyanotype_cfn::{Intrinsic, Tree};

use super::{Report, text};
use crate::{
    app::ResourceKind,
    iam::is_account,
    lambda::{CodeSource, ImageCode, StoredImage},
};

const REPOSITORY: &str = "AWS::ECR::Repository";

/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/images-create.html>
pub(super) fn check(report: &mut Report<'_>) {
    let body = report.model.resource(report.node.key);
    let Some(ResourceKind::Function(function)) = body.map(|body| &body.kind) else { return };
    let CodeSource::Image(image, _) = function.code.source() else { return };
    let ImageCode::Stored(stored) = &**image else { return };
    let published = function.version.is_some();

    if let Some(uri) = text(stored.uri().tree()) {
        registry(report, &uri);
    }
    identity(report, &ending(stored.uri().tree()), published);
    repository(report, stored, published);
}

/// What stands before the first `/`: a private registry of ECR.
fn registry(report: &mut Report<'_>, uri: &str) {
    let host = uri.split('/').next().unwrap_or_default();
    let (account, rest) = host.split_once('.').unwrap_or((host, ""));
    let service =
        ["dkr.ecr.", "dkr.ecr-fips.", "dkr-ecr."].into_iter().find(|service| rest.starts_with(service));
    let Some(service) = service.filter(|_| is_account(account) && uri.len() > host.len() + 1) else {
        report.error(
            format!("`{uri}` is no image in a private repository of ECR"),
            "Lambda takes no other, so push it to one: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/hello@sha256:…`",
        );
        return;
    };
    if service == "dkr.ecr-fips." {
        report.error(
            format!("the image `{uri}` is named by a FIPS endpoint of ECR, and Lambda takes none"),
            "leave out `-fips`: it is the same image",
        );
    }
    let region = rest.strip_prefix(service).and_then(|rest| rest.split('.').next()).unwrap_or_default();
    let stack = report.model.app.stacks.get(report.node.key.stack as usize);
    let environment = stack.and_then(|stack| stack.environment.as_ref());
    if let Some((_, own)) = environment.filter(|(_, own)| own != region) {
        report.error(
            format!("its image is in {region}, and its stack in {own}"),
            "Lambda takes images of its own Region: push it there, or have ECR replicate it",
        );
    }
}

/// What names the image, at the end of its URI.
fn identity(report: &mut Report<'_>, end: &str, published: bool) {
    if let Some((_, digest)) = end.rsplit_once('@') {
        let digits = digest.strip_prefix("sha256:").unwrap_or_default();
        let fits = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if digits.len() != 64 || !digits.bytes().all(fits) {
            report.error(
                format!("`{digest}` is no digest of an image"),
                "it is `sha256:` and 64 digits, 0 to 9 and a to f: ECR says it of each image",
            );
        }
        return;
    }
    // What only the deploy knows has been acknowledged, or is an error of its own.
    if end.is_empty() {
        return;
    }
    let name = end.rsplit('/').next().unwrap_or(end);
    let tag = name.split_once(':').map_or("latest", |(_, tag)| tag);
    let help = "name it by its digest, `…@sha256:…`: `aws ecr describe-images --repository-name … --image-ids \
                imageTag=…`";
    if published {
        report.error(
            format!(
                "its image is named by the tag `{tag}`, which can be moved to another image, and the function is \
                 published: the same template then publishes nothing, and what a version runs cannot be known"
            ),
            help,
        );
    } else {
        report.warning(
            format!(
                "its image is named by the tag `{tag}`, which can be moved to another image: the template stays the \
                 same then, and a deploy changes nothing"
            ),
            help,
        );
    }
}

/// The literal with which a tree ends; empty where the deploy alone knows the end.
fn ending(tree: &Tree) -> String {
    let mut parts = vec![];
    let mut todo = vec![tree];
    while let Some(tree) = todo.pop() {
        match tree {
            Tree::Text(part) => parts.push(part.as_str()),
            Tree::Intrinsic(intrinsic) => match &**intrinsic {
                // The last is looked at first.
                Intrinsic::Concat(parts) => todo.extend(parts),
                Intrinsic::Acknowledged { value, .. } => todo.push(value),
                _ => break,
            },
            _ => break,
        }
    }
    let end: String = parts.into_iter().rev().collect();
    // Whatever a reference that CloudFormation resolves comes to, it is no tag.
    if end.ends_with("}}") { String::new() } else { end }
}

/// A repository of the app keeps its images.
///
/// Source: <https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html>
fn repository(report: &mut Report<'_>, stored: &StoredImage, published: bool) {
    let type_name = |key| report.model.resource(key).map(|body| &*body.type_name);
    if let Some(given) =
        stored.repository().and_then(|repository| repository.tree().targets().first().copied())
        && let Some(type_name) = type_name(given).filter(|is| *is != REPOSITORY)
    {
        report.error(
            format!("its image is in `{}`, which is an `{type_name}`", report.model.path(given)),
            format!("an image lies in an `{REPOSITORY}`: give the handle of one"),
        );
    }
    if !published {
        return;
    }
    for key in stored.uri().tree().targets() {
        let Some(node) = report.model.nodes.get(key).filter(|_| type_name(key) == Some(REPOSITORY)) else {
            continue;
        };
        if node.properties.get("LifecyclePolicy").is_some_and(expires) {
            report.warning(
                format!(
                    "the repository `{}` expires images by its lifecycle policy, and the function is published: a \
                     version whose image is gone fails, be it years later",
                    report.model.path(key)
                ),
                "leave the policy out, or have it expire no image that was ever published, such as untagged ones \
                 alone where all that are published have a tag",
            );
        }
    }
}

/// Whether a rule of a lifecycle policy deletes images.
fn expires(policy: &Tree) -> bool {
    let Tree::Map(policy) = policy else { return false };
    let Some(text) = policy.get("LifecyclePolicyText").and_then(text) else { return false };
    let Ok(policy) = serde_json::from_str::<serde_json::Value>(&text) else { return false };
    let rules = policy.get("rules").and_then(|rules| rules.as_array());
    rules
        .into_iter()
        .flatten()
        .any(|rule| rule.pointer("/action/type").is_some_and(|action| action == "expire"))
}
