//! A function's properties.

mod files;
mod image;
mod logs;
mod names;
mod network;
mod settings;

use cyanotype_cfn::{Tree, Value, tree};
use indexmap::IndexMap;
use typed_builder::TypedBuilder;

pub(in crate::lambda) use files::FileSystemKind;
pub use files::{DirectRead, FileSystem};
pub use image::ImageFunctionPropsBuilder;
pub use logs::{ApplicationLogLevel, FunctionLogs, JsonLogs, SystemLogLevel};
pub(in crate::lambda) use names::names;
pub use network::Vpc;
pub use settings::{
    CapacityProvider, DeadLetters, Durable, Layer, RecursiveLoop, RuntimeUpdates, Scaling, SnapStart,
    TenantIsolation, Tracing,
};

use super::{Architecture, Code, Runtime, code::CodeSource};
use crate::{app, flow::Seconds, iam::SuppliedRole};

/// The properties of a [`Function`](super::Function). `runtime`, `handler` and `code` are required, and the compiler
/// says so (`argument .. of type FunctionPropsBuilder_Error_Missing_required_field_code`: call `.code(..)`). A property
/// with the ending `_opt` takes an `Option`.
///
/// [`FunctionProps::image`] is for a function that is a container image, and requires the image alone.
///
/// What is newer than this crate is given by [`Function::raw`](super::Function::raw).
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
    /// The role that it has, which others make: an `AWS::IAM::Role` of the app, or an ARN. Unset, one is generated of
    /// what it must allow.
    ///
    /// Nothing guards published versions here: its rights change in place, whoever changes them. Synth warns, and
    /// writes what the role must allow beside the template, as `<stack>.<logical ID>.policy.json`. Of a role of the
    /// app it looks whether its policies allow all of that, and says what is missing. `.allow(..)`, `.may(..)` and
    /// `.stable_role()` would change nothing of it, and are errors; a permissions boundary of the stack is of
    /// generated roles alone.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html>
    pub(super) role: Option<SuppliedRole>,
    /// Environment variables: 4 KB in all, as JSON, and none of those that Lambda sets itself.
    /// [`Function::environment`](super::Function::environment) adds to them.
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
    /// The size of `/tmp`: 512 to 10,240 MiB. Unset, 512.
    ephemeral_storage_mib: Option<Value<u32>>,
    /// The VPC in which it has network interfaces.
    pub(super) vpc: Option<Vpc>,
    /// Where asynchronous events go that failed.
    pub(super) dead_letters: Option<DeadLetters>,
    /// Whether calls are traced. Unset, only where the caller traces them.
    pub(super) tracing: Option<Tracing>,
    /// The ARN of the key that encrypts the environment variables. Unset, one of AWS's.
    pub(super) kms_key: Option<Value<String>>,
    /// How it writes its log.
    logs: Option<FunctionLogs>,
    /// A file system that it mounts. It must be in a VPC.
    pub(super) file_system: Option<FileSystem>,
    /// Whether published versions start from a snapshot: for Java 11, Python 3.12, .NET 8 and later, without a file
    /// system, and with 512 MiB of `/tmp`.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html>
    snap_start: Option<SnapStart>,
    /// Layers, by the ARNs of their versions: 5 at most, each over those before it, so that their order counts.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html>
    #[builder(setter(
        !strip_option,
        fn transform<L: Into<Layer>>(layers: impl IntoIterator<Item = L>) -> Vec<Layer> {
            layers.into_iter().map(Into::into).collect()
        }
    ))]
    layers: Vec<Layer>,
    /// Executions of its own that last. It cannot be added to a function or taken from it: that makes another one.
    durable: Option<Durable>,
    /// Whether tenants share execution environments. A change makes another function.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html>
    tenant_isolation: Option<TenantIsolation>,
    /// Instances of the account's own that it runs on.
    capacity_provider: Option<CapacityProvider>,
    /// How many execution environments it has on these. A version has its own, which changes in place; what was
    /// published before keeps what it had, and costs it.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionScalingConfig.html>
    pub(super) scaling: Option<Scaling>,
    /// Whether it may call itself in a loop: a setting of the function and not of a version.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html>
    recursive_loop: Option<RecursiveLoop>,
    /// The ARN of what says who must have signed its code: a setting of the function and not of a version.
    code_signing: Option<Value<String>>,
    /// When its runtime is another one, and that of its version. A version is immutable but for this, unless it is
    /// said.
    pub(super) runtime_updates: Option<RuntimeUpdates>,
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
        if let CodeSource::Image(_, settings) = self.code.source() {
            set("PackageType", Some("Image".into()));
            set("ImageConfig", settings.clone());
        } else {
            set("Runtime", Some(self.runtime.identifier().into()));
            set("Handler", Some(self.handler.into()));
        }
        set("Architectures", self.architecture.map(|a| Tree::list([a.name()])));
        set("MemorySize", self.memory_mib.map(Into::into));
        set("Timeout", self.timeout.map(|seconds| seconds.get().into()));
        set("Environment", (!self.environment.is_empty()).then(|| environment(self.environment)));
        set("EphemeralStorage", self.ephemeral_storage_mib.map(|size| tree!({ "Size": size })));
        set("VpcConfig", self.vpc.map(Into::into));
        set("DeadLetterConfig", self.dead_letters.map(|to| tree!({ "TargetArn": to.target().0 })));
        set("TracingConfig", self.tracing.map(|mode| tree!({ "Mode": mode.name() })));
        set("KmsKeyArn", self.kms_key.map(Into::into));
        set("LoggingConfig", self.logs.map(Into::into));
        set("FileSystemConfigs", self.file_system.map(|files| Tree::list([files])));
        set("SnapStart", self.snap_start.map(|versions| tree!({ "ApplyOn": versions.name() })));
        set("Layers", (!self.layers.is_empty()).then(|| Tree::list(self.layers)));
        set("DurableConfig", self.durable.map(Into::into));
        set("TenancyConfig", self.tenant_isolation.map(|mode| tree!({ "TenantIsolationMode": mode.name() })));
        set("CapacityProviderConfig", self.capacity_provider.map(Into::into));
        set("FunctionScalingConfig", self.scaling.map(Into::into));
        set("RecursiveLoop", self.recursive_loop.map(|on| on.name().into()));
        set("CodeSigningConfigArn", self.code_signing.map(Into::into));
        set("RuntimeManagementConfig", self.runtime_updates.map(Into::into));
        set("ReservedConcurrentExecutions", self.reserved_concurrency.map(Into::into));
        set("Tags", (!self.tags.is_empty()).then(|| app::tags(&self.tags)));
        properties
    }
}

fn environment(variables: IndexMap<String, Value<String>>) -> Tree {
    Tree::map([("Variables", Tree::map(variables))])
}
