//! Properties of a function that go together, or do not.

use crate::synth::properties::Properties;
use cyanotype_cfn::Tree;

use super::{Report, parts};
use crate::{lambda::CodeSource, synth::checks::text};

pub(super) fn check(report: &mut Report<'_>, properties: &Properties<'_>, code: &CodeSource) {
    network(report, properties);
    files(report, properties);
    if parts::at(properties, "SnapStart.ApplyOn").and_then(text).as_deref() == Some("PublishedVersions") {
        snapshots(report, properties);
    }
    image(report, properties, matches!(code, CodeSource::Image(..)));
}

/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html>
fn network(report: &mut Report<'_>, properties: &Properties<'_>) {
    let none = |path| parts::list(properties, path).is_some_and(<[Tree]>::is_empty);
    let (subnets, groups) = (none("VpcConfig.SubnetIds"), none("VpcConfig.SecurityGroupIds"));
    if subnets != groups {
        let (has, needs) =
            if subnets { ("security groups", "subnets") } else { ("subnets", "security groups") };
        report.error(
            format!("its VPC has {has} and no {needs}"),
            "Lambda takes both or neither: name at least one of each",
        );
    }
}

/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html>
fn files(report: &mut Report<'_>, properties: &Properties<'_>) {
    let Some(systems) = parts::list(properties, "FileSystemConfigs").filter(|all| !all.is_empty()) else {
        return;
    };
    if properties.get("VpcConfig").is_none() {
        report.error(
            "it mounts a file system and is in no VPC",
            "a file system is reached within its VPC: `.vpc(Vpc::new(subnets, security_groups))`",
        );
    }
    for system in systems {
        let Tree::Map(system) = system else { continue };
        let Some(path) = system.get("LocalMountPath").and_then(text) else { continue };
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let name = path.strip_prefix("/mnt/").unwrap_or_default();
        if name.is_empty() || !name.chars().all(fits) || path.len() > 160 {
            report.error(
                format!("`{path}` is no place for a file system"),
                "it is `/mnt/` and letters, digits, `-`, `_` and `.`, 160 characters in all",
            );
        }
    }
}

/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html>
fn snapshots(report: &mut Report<'_>, properties: &Properties<'_>) {
    let runtime = properties.get("Runtime").and_then(text);
    if let Some(runtime) = runtime.filter(|runtime| !takes_snapshots(runtime)) {
        report.error(
            format!("SnapStart does not run on `{runtime}`"),
            "it runs on Java 11, Python 3.12, .NET 8 and what is later",
        );
    }
    if parts::list(properties, "FileSystemConfigs").is_some_and(|all| !all.is_empty()) {
        report.error("it has SnapStart and a file system", "SnapStart takes none: leave out one of them");
    }
    if parts::number(properties, "EphemeralStorage.Size").is_some_and(|size| size > 512.0) {
        report.error(
            "it has SnapStart and more than 512 MiB of ephemeral storage",
            "SnapStart takes 512: leave out one of them",
        );
    }
    if properties.get("PackageType").and_then(text).as_deref() == Some("Image") {
        report.error("it has SnapStart and is an image", "SnapStart takes zips alone");
    }
}

/// Whether a runtime is one for SnapStart. What is not known may be newer.
fn takes_snapshots(runtime: &str) -> bool {
    let version =
        |prefix: &str| runtime.strip_prefix(prefix).map(|rest| rest.split('.').next_back().unwrap_or(rest));
    let number = |text: &str| text.parse::<u32>().ok();
    if ["nodejs", "ruby", "provided", "go"].iter().any(|other| runtime.starts_with(other)) {
        return false;
    }
    if runtime.starts_with("java8") || runtime.starts_with("dotnetcore") || runtime.starts_with("python2") {
        return false;
    }
    let old = |prefix, least| version(prefix).and_then(number).is_some_and(|is| is < least);
    !old("python3.", 12) && !old("dotnet", 8)
}

/// What zips alone have. The builders have none of it for an image, but `raw` has.
///
/// Sources: <https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html>,
/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html>
const OF_ZIPS: [&str; 5] =
    ["CodeSigningConfigArn", "Handler", "Layers", "Runtime", "RuntimeManagementConfig"];

/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/images-create.html>
fn image(report: &mut Report<'_>, properties: &Properties<'_>, is_image: bool) {
    if is_image {
        for property in OF_ZIPS.into_iter().filter(|property| properties.get(property).is_some()) {
            report.error(
                format!("it has `{property}` and is an image"),
                "an image brings its own runtime and layers: leave the property out",
            );
        }
        return;
    }
    let is = properties.get("PackageType").and_then(text);
    let of_images = [
        ("ImageConfig", properties.get("ImageConfig").is_some()),
        ("PackageType", is.as_deref() == Some("Image")),
    ];
    for (property, _) in of_images.into_iter().filter(|(_, set)| *set) {
        report.error(
            format!("it has `{property}` of a container image, and its code is none"),
            "leave the property out, or give it an image: `FunctionProps::image(Image::registry(\"…\"))`",
        );
    }
}
