//! A function's properties.

use cyanotype_cfn::{Tree, Value};
use indexmap::IndexMap;
use typed_builder::TypedBuilder;

use super::{Architecture, Code, Runtime};
use crate::{app, flow::Seconds};

/// The properties of a [`Function`](super::Function). `runtime`, `handler` and `code` are required, and the compiler
/// says so (`argument .. of type FunctionPropsBuilder_Error_Missing_required_field_code`: call `.code(..)`). A property with the ending `_opt` takes an `Option`.
///
/// What is not here yet is given by [`Function::raw`](super::Function::raw).
///
/// ```
/// use cyanotype::prelude::*;
///
/// let props = FunctionProps::builder()
///     .runtime(Runtime::NODEJS_22)
///     .handler("index.handler")
///     .code(Code::inline("exports.handler = async () => 'Approved'"))
///     .timeout(seconds(10))
///     .memory_mib(256)
///     .environment([("STAGE", "live")])
///     .build();
/// ```
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html>
#[derive(Debug, Clone, TypedBuilder)]
#[builder(
    field_defaults(default, setter(into, strip_option(fallback_suffix = "_opt"))),
    builder_type(doc = "Builds [`FunctionProps`].")
)]
pub struct FunctionProps {
    /// What the code runs on.
    #[builder(!default, setter(!strip_option))]
    runtime: Runtime,
    /// The method that Lambda calls, such as `index.handler`: 128 characters at most, without spaces.
    #[builder(!default, setter(!strip_option))]
    handler: Value<String>,
    /// What it runs.
    #[builder(!default, setter(!strip_option))]
    pub(super) code: Code,
    /// The function's name: up to 64 letters, digits, hyphens and underscores. Unset, CloudFormation makes one of the
    /// logical ID, which is better: a function with a fixed name cannot be replaced while the old one stays.
    name: Option<Value<String>>,
    /// What it is, for people: up to 231 characters, since a published function's ends with the stamp of its build,
    /// ` [cyanotype:3f9a11c04d2e]`, and Lambda takes 256. A literal.
    description: Option<Value<String>>,
    /// How long a call may take: 1 to 900 seconds. Unset, 3.
    timeout: Option<Seconds>,
    /// The memory, and with it the CPU: 128 to 10,240 MiB. Unset, 128.
    memory_mib: Option<Value<u32>>,
    /// Environment variables: 4 KB in all. [`Function::environment`](super::Function::environment) adds to them.
    #[builder(setter(
        !strip_option,
        fn transform<K: Into<String>, V: Into<Value<String>>>(entries: impl IntoIterator<Item = (K, V)>) -> IndexMap<String, Value<String>> {
            entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect()
        }
    ))]
    environment: IndexMap<String, Value<String>>,
    /// The instruction set. Unset, x86_64.
    architecture: Option<Architecture>,
    /// How many of the account's concurrent executions are this function's alone. It is a setting of the function and
    /// not of a version: it reaches old versions at once, and 0 switches them off too.
    reserved_concurrency: Option<Value<u32>>,
    /// Tags.
    #[builder(setter(
        !strip_option,
        fn transform<K: Into<String>, V: Into<Value<String>>>(entries: impl IntoIterator<Item = (K, V)>) -> IndexMap<String, Value<String>> {
            entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect()
        }
    ))]
    tags: IndexMap<String, Value<String>>,
}

impl FunctionProps {
    /// The properties as CloudFormation names them, but for `Code` and `Role`.
    pub(super) fn into_properties(self) -> IndexMap<String, Tree> {
        let mut properties = IndexMap::new();
        let mut set = |name: &str, value: Option<Tree>| {
            if let Some(value) = value {
                properties.insert(name.to_owned(), value);
            }
        };
        set("FunctionName", self.name.map(Into::into));
        set("Description", self.description.map(Into::into));
        set("Runtime", Some(self.runtime.identifier().into()));
        set("Handler", Some(self.handler.into()));
        set("Architectures", self.architecture.map(|a| Tree::list([a.name()])));
        set("MemorySize", self.memory_mib.map(Into::into));
        set("Timeout", self.timeout.map(|seconds| seconds.get().into()));
        set("Environment", (!self.environment.is_empty()).then(|| environment(self.environment)));
        set("ReservedConcurrentExecutions", self.reserved_concurrency.map(Into::into));
        set("Tags", (!self.tags.is_empty()).then(|| app::tags(&self.tags)));
        properties
    }
}

fn environment(variables: IndexMap<String, Value<String>>) -> Tree {
    Tree::map([("Variables", Tree::map(variables))])
}
