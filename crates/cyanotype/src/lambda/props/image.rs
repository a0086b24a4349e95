//! The properties of a function whose code is a container image.

use cyanotype_cfn::Value;

use super::{FunctionProps, FunctionPropsBuilder, Layer, RuntimeUpdates, SnapStart};
use crate::lambda::{Code, Image, ImageSource, Runtime, code::CodeSource};

/// Builds the [`FunctionProps`] of a function that is a container image, made by [`FunctionProps::image`].
///
/// What is no property of an image is set already, so that setting it does not compile: `runtime`, `handler` and
/// `code`, `layers`, `snap_start`, `runtime_updates` and `code_signing`.
pub type ImageFunctionPropsBuilder = FunctionPropsBuilder<(
    (Runtime,),
    (Value<String>,),
    (Code,),
    // From `name` to `file_system`.
    (),
    (),
    (),
    (),
    (),
    (),
    (),
    (),
    (),
    (),
    (),
    (),
    (),
    (),
    (),
    (Option<SnapStart>,),
    (Vec<Layer>,),
    // From `durable` to `recursive_loop`.
    (),
    (),
    (),
    (),
    (),
    (Option<Value<String>>,),
    (Option<RuntimeUpdates>,),
    // `tags`.
    (),
)>;

impl FunctionProps {
    /// The properties of a function whose code is a container [`Image`]: none is required beyond it. An image brings
    /// its runtime, and says itself what is called, so there is neither `runtime` nor `handler`, nor anything else
    /// that Lambda takes of zips alone.
    ///
    /// A function that was a zip and becomes an image is another function, since Lambda cannot change the one into the
    /// other: the old one stays beside it.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    /// let image = Image::registry(format!("111122223333.dkr.ecr.eu-west-1.amazonaws.com/hello@{digest}"));
    /// let props = FunctionProps::image(image.command(["app.handler"])).memory_mib(512u32).build();
    /// ```
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/images-create.html>
    pub fn image<S: ImageSource>(image: Image<S>) -> ImageFunctionPropsBuilder {
        let (code, settings) = image.into_parts();
        Self::builder()
            // Neither is written for an image.
            .runtime(Runtime::other(""))
            .handler("")
            .code(Code::of(CodeSource::Image(Box::new(code), settings)))
            .snap_start_opt(None)
            .layers([] as [Layer; 0])
            .code_signing_opt(None)
            .runtime_updates_opt(None)
    }
}
