//! Layers that are made in the app.

use std::{fmt, panic::Location};

use cyanotype_cfn::{Key, Tree, Value};
use typed_builder::TypedBuilder;

use super::{Architecture, Code, Runtime, code::CodeSource, props::Layer};
use crate::{
    app::{Construct, ResourceBody, ResourceKind},
    diagnostic::Diagnostic,
};

/// A version of a layer: files that functions find below `/opt`.
///
/// It is immutable. Other files, or another description, are another version of it, and publish every function that has
/// it anew. What a published function has of it stays as it was: the old version of the layer is retained as well.
///
/// ```
/// use cyanotype::prelude::*;
///
/// let stack = App::new().stack("Shop");
/// let fonts = LayerVersion::new(
///     &stack,
///     "Fonts",
///     LayerProps::builder()
///         .content(Code::directory(asset!("layers/fonts")))
///         .runtimes([Runtime::NODEJS_22])
///         .build(),
/// );
/// let print: Function<String, String> = Function::new(
///     &stack,
///     "Print",
///     FunctionProps::builder()
///         .runtime(Runtime::NODEJS_22)
///         .handler("index.handler")
///         .code(Code::inline("exports.handler = async () => 'printed'"))
///         .layers([&fonts])
///         .build(),
/// );
/// ```
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html>
#[derive(Clone)]
pub struct LayerVersion {
    key: Key,
    id: String,
}

/// The properties of a [`LayerVersion`]. `content` is required.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-layerversion.html>
#[derive(Debug, Clone, TypedBuilder)]
#[builder(
    field_defaults(default, setter(into, strip_option(fallback_suffix = "_opt"))),
    builder_type(doc = "Builds [`LayerProps`].")
)]
pub struct LayerProps {
    /// Its files: a directory, a single file, a zip or an object in S3. A layer has neither source text nor a binary of
    /// cargo.
    #[builder(!default, setter(!strip_option))]
    content: Code,
    /// Its name. Unset, CloudFormation makes one of the logical ID.
    name: Option<Value<String>>,
    /// What it is, for people: up to 256 characters.
    description: Option<Value<String>>,
    /// Its license: an identifier of SPDX, an address, or the text, up to 512 characters.
    license: Option<Value<String>>,
    /// The runtimes that it is for: 15 at most. For people; Lambda does not hold functions to it.
    #[builder(setter(
        !strip_option,
        fn transform(runtimes: impl IntoIterator<Item = Runtime>) -> Vec<Runtime> {
            runtimes.into_iter().collect()
        }
    ))]
    runtimes: Vec<Runtime>,
    /// The instruction sets that it is for.
    #[builder(setter(
        !strip_option,
        fn transform(architectures: impl IntoIterator<Item = Architecture>) -> Vec<Architecture> {
            architectures.into_iter().collect()
        }
    ))]
    architectures: Vec<Architecture>,
}

impl LayerVersion {
    /// Adds a layer.
    #[track_caller]
    pub fn new(under: &Construct, id: impl Into<String>, props: LayerProps) -> Self {
        let (at, id) = (Location::caller(), id.into());
        let LayerProps { content, name, description, license, runtimes, architectures } = props;
        let is_files = !matches!(content.source(), CodeSource::Inline(_) | CodeSource::Cargo(_));
        let mut body = ResourceBody::new("AWS::Lambda::LayerVersion", ResourceKind::Layer(content));
        if !is_files {
            let help = "give it `Code::directory(..)`, `Code::file(..)`, `Code::zip(..)` or `Code::s3(..)`";
            let problem = "a layer is files, and neither source text nor a binary of cargo";
            body.problems.push(Diagnostic::error(problem).at(at).help(help));
        }
        if runtimes.len() > 15 {
            let problem = format!("it is for {} runtimes, and a layer names 15 at most", runtimes.len());
            let help = "leave some out: Lambda does not hold functions to them";
            body.problems.push(Diagnostic::error(problem).at(at).help(help));
        }
        let texts = [("LayerName", name), ("Description", description), ("LicenseInfo", license)];
        let texts = texts.into_iter().filter_map(|(name, text)| Some((name, Tree::from(text?))));
        // Their order means nothing.
        let listed = |mut names: Vec<&str>| {
            names.sort_unstable();
            names.dedup();
            (!names.is_empty()).then(|| Tree::list(names))
        };
        let lists = [
            ("CompatibleRuntimes", listed(runtimes.iter().map(Runtime::identifier).collect())),
            ("CompatibleArchitectures", listed(architectures.iter().map(|a| a.name()).collect())),
        ];
        let lists = lists.into_iter().filter_map(|(name, list)| Some((name, list?)));
        body.properties.extend(texts.chain(lists).map(|(name, tree)| (name.to_owned(), tree)));
        Self { key: under.add([id.clone()], at, body), id }
    }

    /// The ARN, with the version's number.
    #[must_use]
    pub fn arn(&self) -> Value<String> {
        Value::reference(self.key)
    }
}

impl From<&LayerVersion> for Layer {
    fn from(layer: &LayerVersion) -> Self {
        layer.arn().into()
    }
}

impl fmt::Debug for LayerVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LayerVersion").field(&self.id).finish()
    }
}
