//! A container image as a function's code.

use camino::Utf8PathBuf;
use cyanotype_cfn::{Pseudo, Tree, Value};
use indexmap::IndexMap;

use crate::app::Resource;

/// A container image that is a function's whole code, for [`FunctionProps::image`](super::FunctionProps::image). It
/// may have 10 GB uncompressed, all layers included, and is for one architecture: Lambda takes no image for several.
///
/// Lambda does not copy it. **An image must stay in its repository for as long as any version that runs it**: of a
/// version whose image is gone Lambda says that it has failed, and calls end with an error, though it had run for
/// years. So keep published images: no lifecycle policy that expires them, no deletion by hand, and no `cdk gc` of the
/// repository to which the CDK CLI pushes, since it looks at what is deployed now, and not at versions of yesterday.
///
/// | | its identity |
/// |---|---|
/// | [`Image::registry`] | the digest in its URI |
/// | [`Image::in_repository`] | its digest, and the repository of the app |
/// | [`Image::context`] | all that it is built from |
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/images-create.html>
#[derive(Debug, Clone)]
pub struct Image<S = StoredImage> {
    source: S,
    settings: IndexMap<&'static str, Tree>,
}

/// The kinds of image that there are: a [`StoredImage`], and an [`ImageContext`] of which one is built.
pub trait ImageSource: sealed::Source {}

impl ImageSource for StoredImage {}
impl ImageSource for ImageContext {}

mod sealed {
    /// What synth makes of it.
    pub trait Source {
        fn into_code(self) -> super::ImageCode;
    }
}

/// An image that is in a repository already.
#[derive(Debug, Clone)]
pub struct StoredImage {
    uri: Value<String>,
    /// Of the app: what refers to it.
    repository: Option<Value<String>>,
}

/// A directory from which an image is built.
#[derive(Debug, Clone)]
pub struct ImageContext {
    pub(crate) path: Utf8PathBuf,
    pub(crate) excludes: Vec<String>,
    pub(crate) dockerfile: Option<String>,
    pub(crate) arguments: IndexMap<String, String>,
    pub(crate) target: Option<String>,
}

/// Where a function's image comes from.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub enum ImageCode {
    /// It is there.
    Stored(StoredImage),
    /// It is built.
    Context(ImageContext),
}

impl Image<StoredImage> {
    /// An image in a private repository of ECR, of the function's Region and of any account, by its URI:
    /// `111122223333.dkr.ecr.eu-west-1.amazonaws.com/hello@sha256:…`.
    ///
    /// A published function names it by its digest: a tag can be moved to another image, under which the same template
    /// publishes nothing, and which image a version runs depends on the day of the deploy that made it. So a tag is an
    /// error there, and a warning where nothing is published. What the digest of a tag is, ECR says:
    ///
    /// ```sh
    /// aws ecr describe-images --repository-name hello --image-ids imageTag=v1 --query 'imageDetails[0].imageDigest'
    /// ```
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    /// let image = Image::registry(format!("111122223333.dkr.ecr.eu-west-1.amazonaws.com/hello@{digest}"));
    /// let props = FunctionProps::image(image).memory_mib(512u32).build();
    /// let hello: Function<String, String> = Function::new(&App::new().stack("Shop"), "Hello", props);
    /// hello.publish();
    /// ```
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/images-create.html>
    pub fn registry(uri: impl Into<Value<String>>) -> Self {
        Self::of(StoredImage { uri: uri.into(), repository: None })
    }

    /// An image in a repository of the app, an `AWS::ECR::Repository`, by its digest: `sha256:` and 64 hexadecimal
    /// digits.
    ///
    /// The repository stays when it leaves the app, if the function is published. A lifecycle policy of it that expires
    /// images is a warning then.
    ///
    /// Nothing can be in a repository before it is made, so it is deployed once without the function.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let stack = App::new().stack("Shop");
    /// let images = stack.resource("Images", "AWS::ECR::Repository", tree!({ "ImageTagMutability": "IMMUTABLE" }));
    /// let digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    /// let props = FunctionProps::image(Image::in_repository(&images, digest)).build();
    /// let hello: Function<String, String> = Function::new(&stack, "Hello", props);
    /// ```
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html>
    pub fn in_repository(repository: &Resource, digest: impl Into<String>) -> Self {
        let name = repository.reference();
        // Put together from the name, which is what makes it this repository: of what else is said of it, nothing
        // counts.
        let uri = Value::concat([
            Value::pseudo(Pseudo::AccountId),
            ".dkr.ecr.".into(),
            Value::pseudo(Pseudo::Region),
            ".".into(),
            Value::pseudo(Pseudo::UrlSuffix),
            "/".into(),
            name.clone(),
            format!("@{}", digest.into()).into(),
        ]);
        Self::of(StoredImage { uri, repository: Some(name) })
    }
}

impl Image<ImageContext> {
    /// An image that the CDK CLI builds with Docker when it deploys, from a directory, for the function's
    /// architecture. It pushes it to the repository of `cdk bootstrap`. A relative path counts from the directory in
    /// which the command runs; [`asset!`](crate::asset!) counts from the crate that says it.
    ///
    /// Its identity is all that it is built from: names, contents and executable bits of the files, the name of the
    /// Dockerfile, the arguments, the target and the platform. It is the image's tag. What is left out of the
    /// directory is said as for [`Code::directory`](super::Code::directory), by [`exclude`](Self::exclude) and by a
    /// file `.cyanotypeignore`; links are followed. Docker reads a `.dockerignore` as well, but what that leaves out
    /// still counts.
    ///
    /// **A build is not reproducible**: it fetches base images and packages of the day. The tag is for ever what the
    /// first deploy of these files pushed, since the CLI builds nothing whose tag is there, and a tag in that
    /// repository cannot be moved. To get newer base images without another file, give the build an argument that says
    /// the day, or name base images by their digests.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let image = Image::context(asset!("../image"))
    ///     .dockerfile("docker/Dockerfile")
    ///     .target("lambda")
    ///     .build_arg("RELEASE", "2026-11-01")
    ///     .exclude("/tests/");
    /// let props = FunctionProps::image(image).architecture(Architecture::Arm64).build();
    /// let hello: Function<String, String> = Function::new(&App::new().stack("Shop"), "Hello", props);
    /// ```
    ///
    /// Source: <https://docs.aws.amazon.com/cdk/v2/guide/build-containers.html>
    pub fn context(path: impl Into<Utf8PathBuf>) -> Self {
        Self::of(ImageContext {
            path: path.into(),
            excludes: vec![],
            dockerfile: None,
            arguments: IndexMap::new(),
            target: None,
        })
    }

    /// The file that says how it is built, from the directory on, with `/`. Unset, `Dockerfile`.
    #[must_use]
    pub fn dockerfile(mut self, name: impl Into<String>) -> Self {
        self.source.dockerfile = Some(name.into());
        self
    }

    /// An argument of the build, an `ARG` of the Dockerfile. It stands in the assembly as it is, and in the history of
    /// the image: it is no place for a secret.
    #[must_use]
    pub fn build_arg(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.source.arguments.insert(name.into(), value.into());
        self
    }

    /// The stage at which the build ends. Unset, the last.
    #[must_use]
    pub fn target(mut self, stage: impl Into<String>) -> Self {
        self.source.target = Some(stage.into());
        self
    }

    /// Leaves out what a pattern matches, as a line of a `.gitignore` would: `*.map`, `/tests/`, `!keep.map`.
    #[must_use]
    pub fn exclude(mut self, pattern: impl Into<String>) -> Self {
        self.source.excludes.push(pattern.into());
        self
    }
}

/// What of the image's own settings is said otherwise here: up to 1,500 words each.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#images-parms>
impl<S> Image<S> {
    /// The arguments of the entry point, in place of its `CMD`.
    #[must_use]
    pub fn command<W: Into<Value<String>>>(self, words: impl IntoIterator<Item = W>) -> Self {
        self.with("Command", Tree::list(words.into_iter().map(Into::into)))
    }

    /// The program, in place of its `ENTRYPOINT`.
    #[must_use]
    pub fn entry_point<W: Into<Value<String>>>(self, words: impl IntoIterator<Item = W>) -> Self {
        self.with("EntryPoint", Tree::list(words.into_iter().map(Into::into)))
    }

    /// The directory in which it runs, in place of its `WORKDIR`: 1,000 characters at most.
    #[must_use]
    pub fn working_directory(self, path: impl Into<Value<String>>) -> Self {
        self.with("WorkingDirectory", path.into().into())
    }

    fn of(source: S) -> Self {
        Self { source, settings: IndexMap::new() }
    }

    fn with(mut self, setting: &'static str, value: Tree) -> Self {
        self.settings.insert(setting, value);
        self
    }
}

impl<S: ImageSource> Image<S> {
    /// Where it comes from, and the property `ImageConfig`.
    pub(super) fn into_parts(self) -> (ImageCode, Option<Tree>) {
        let settings = (!self.settings.is_empty()).then(|| Tree::map(self.settings));
        (self.source.into_code(), settings)
    }
}

impl StoredImage {
    pub(crate) fn uri(&self) -> &Value<String> {
        &self.uri
    }

    pub(crate) fn repository(&self) -> Option<&Value<String>> {
        self.repository.as_ref()
    }
}

impl sealed::Source for StoredImage {
    fn into_code(self) -> ImageCode {
        ImageCode::Stored(self)
    }
}

impl sealed::Source for ImageContext {
    fn into_code(self) -> ImageCode {
        ImageCode::Context(self)
    }
}
