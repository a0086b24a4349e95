//! Images that are built from a directory, as what the CDK CLI builds and pushes.

use std::{borrow::Cow, sync::Arc};

use cyanotype_cfn::{ContextFile, Digest, IMAGE_REPOSITORY, ImageAsset, Intrinsic, Tree};
use indexmap::IndexMap;

use super::{
    identity::canonical,
    packages::{Contexts, Problem},
    properties::Properties,
};
use crate::{
    asset::{self, AssetError},
    lambda::{Architecture, ImageContext},
};

/// The version of the way in which an image's identity is made. Another one moves every function whose image is built.
const ALGORITHM: &str = "cyanotype-image-1";
/// What a build reads when nothing else is said.
const DOCKERFILE: &str = "Dockerfile";

/// What an image is built from, or all that is wrong with it. It has no name for people yet.
pub(super) fn asset(
    context: &ImageContext,
    properties: &Properties<'_>,
    known: &mut Contexts,
) -> Result<ImageAsset, Vec<Problem>> {
    let mut problems = vec![];
    let platform = match Architecture::of_property(properties.get("Architectures")) {
        Some(Architecture::Arm64) => "linux/arm64",
        Some(Architecture::X86_64) => "linux/amd64",
        None => {
            problems.push((
                "its architecture is known to the deploy alone, and its image is built before".to_owned(),
                "give it a literal: `.architecture(Architecture::Arm64)`",
            ));
            ""
        }
    };
    let dockerfile = context.dockerfile.as_deref().unwrap_or(DOCKERFILE);
    for name in context.arguments.keys().filter(|name| name.is_empty() || name.contains('=')) {
        problems.push((
            format!("`{name}` is no name for an argument of a build"),
            "it has one character or more, and no `=`",
        ));
    }
    let files = match files(context, known) {
        Ok(files) if files.iter().any(|file| file.name == dockerfile) => files,
        Ok(files) => {
            problems.push((
                format!("`{}` has no file `{dockerfile}`, or it is left out", asset::normalized(&context.path)),
                "an image is built as this file says: name another by `.dockerfile(\"…\")`, from the directory on and \
                 with `/`",
            ));
            files
        }
        Err(errors) => {
            problems.extend(errors.iter().map(AssetError::explain));
            Arc::new([])
        }
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    let digest = identity(&files, dockerfile, context, platform);
    Ok(ImageAsset {
        display_name: String::new(),
        digest,
        files,
        dockerfile: (dockerfile != DOCKERFILE).then(|| dockerfile.to_owned()),
        arguments: context.arguments.clone(),
        target: context.target.clone(),
        platform,
    })
}

/// Where the image will be: the CDK CLI pushes it there.
pub(super) fn uri(asset: &ImageAsset) -> Tree {
    let none = Box::new(IndexMap::new());
    let host = "${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}";
    let text = format!("{host}/{IMAGE_REPOSITORY}:{}", asset.digest.hex());
    Intrinsic::Sub { text, variables: none }.into()
}

fn files(context: &ImageContext, known: &mut Contexts) -> Result<Arc<[ContextFile]>, Vec<AssetError>> {
    let place = (context.path.clone(), context.excludes.clone());
    if let Some(files) = known.get(&place) {
        return Ok(files.clone());
    }
    let files = asset::context(&context.path, &context.excludes)?;
    known.insert(place, files.clone());
    Ok(files)
}

/// All that an image is built from, and nothing of where it lies. What comes out of a build is another image each
/// time, so that it cannot be this.
fn identity(files: &[ContextFile], dockerfile: &str, context: &ImageContext, platform: &str) -> Digest {
    let file = |file: &ContextFile| {
        Tree::list([Tree::from(&file.name), file.digest.hex().into(), file.executable.into()])
    };
    let mut whole = IndexMap::from([
        ("algorithm", Tree::from(ALGORITHM)),
        ("arguments", Tree::map(&context.arguments)),
        ("dockerfile", dockerfile.into()),
        ("files", Tree::list(files.iter().map(file))),
        ("platform", platform.into()),
    ]);
    whole.extend(context.target.as_ref().map(|target| ("target", target.into())));
    let text = canonical(&|_| Cow::default()).text(&Tree::map(whole));
    Digest::of(text.as_bytes())
}
