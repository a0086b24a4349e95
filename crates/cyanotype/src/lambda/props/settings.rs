//! Smaller settings of a function.

use cyanotype_cfn::{Tree, Value, tree};
use indexmap::IndexMap;

use crate::flow::Seconds;

/// Where Lambda sends an asynchronous event that failed at every attempt. The function's role gets the right to.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html>
#[derive(Debug, Clone)]
pub enum DeadLetters {
    /// A queue, by its ARN. No FIFO queue.
    Queue(Value<String>),
    /// A topic, by its ARN. No FIFO topic.
    Topic(Value<String>),
}

impl DeadLetters {
    /// The ARN of the target, and the action that it takes.
    pub(in crate::lambda) fn target(&self) -> (&Value<String>, &'static str) {
        match self {
            Self::Queue(arn) => (arn, "sqs:SendMessage"),
            Self::Topic(arn) => (arn, "sns:Publish"),
        }
    }
}

/// Which version of its runtime a function and its published version run on.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html>
#[derive(Debug, Clone)]
pub enum RuntimeUpdates {
    /// Whichever Lambda has rolled out: it moves under published versions too. What Lambda does when nothing is said.
    Auto,
    /// The one that was newest when the function was last changed.
    FunctionUpdate,
    /// This one, by its ARN.
    Manual(Value<String>),
}

impl From<RuntimeUpdates> for Tree {
    fn from(updates: RuntimeUpdates) -> Self {
        match updates {
            RuntimeUpdates::Auto => tree!({ "UpdateRuntimeOn": "Auto" }),
            RuntimeUpdates::FunctionUpdate => tree!({ "UpdateRuntimeOn": "FunctionUpdate" }),
            RuntimeUpdates::Manual(arn) => tree!({ "UpdateRuntimeOn": "Manual", "RuntimeVersionArn": arn }),
        }
    }
}

/// Executions of the function itself that last, with checkpoints. Setting it makes another function.
///
/// The function's role needs `lambda:CheckpointDurableExecution` and `lambda:GetDurableExecutionState`, which
/// [`allow`](crate::lambda::Function::allow) gives.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/durable-configuration.html>
#[derive(Debug, Clone)]
pub struct Durable(IndexMap<&'static str, Tree>);

impl Durable {
    /// An execution may last 1 to 31,622,400 seconds.
    #[must_use]
    pub fn new(timeout: Seconds) -> Self {
        Self(IndexMap::from([("ExecutionTimeout", timeout.get().into())]))
    }

    /// How long Lambda keeps what an execution did: 1 to 90 days. Unset, 14.
    #[must_use]
    pub fn keep_days(self, days: impl Into<Value<u32>>) -> Self {
        self.with("RetentionPeriodInDays", days.into().into())
    }

    /// The ARN of the key that encrypts it.
    #[must_use]
    pub fn kms_key(self, arn: impl Into<Value<String>>) -> Self {
        self.with("KMSKeyArn", arn.into().into())
    }

    fn with(mut self, key: &'static str, value: Tree) -> Self {
        self.0.insert(key, value);
        self
    }
}

impl From<Durable> for Tree {
    fn from(durable: Durable) -> Self {
        Tree::map(durable.0)
    }
}

/// Instances of the account's own that a function runs on.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html>
#[derive(Debug, Clone)]
pub struct CapacityProvider(IndexMap<&'static str, Tree>);

impl CapacityProvider {
    /// By its ARN.
    pub fn new(arn: impl Into<Value<String>>) -> Self {
        Self(IndexMap::from([("CapacityProviderArn", arn.into().into())]))
    }

    /// Memory for each virtual CPU: 2 to 8 GiB.
    #[must_use]
    pub fn memory_gib_per_vcpu(self, gib: impl Into<Value<f64>>) -> Self {
        self.with("ExecutionEnvironmentMemoryGiBPerVCpu", gib.into().into())
    }

    /// How many calls an execution environment takes at once: 1 to 1,600.
    #[must_use]
    pub fn concurrency(self, calls: impl Into<Value<u32>>) -> Self {
        self.with("PerExecutionEnvironmentMaxConcurrency", calls.into().into())
    }

    fn with(mut self, key: &'static str, value: Tree) -> Self {
        self.0.insert(key, value);
        self
    }
}

impl From<CapacityProvider> for Tree {
    fn from(provider: CapacityProvider) -> Self {
        tree!({ "LambdaManagedInstancesCapacityProviderConfig": Tree::map(provider.0) })
    }
}

/// How many execution environments a function has on a [`CapacityProvider`]: 0 to 15,000.
#[derive(Debug, Clone)]
pub struct Scaling {
    least: Value<u32>,
    most: Value<u32>,
}

impl Scaling {
    /// From the least to the most.
    pub fn new(least: impl Into<Value<u32>>, most: impl Into<Value<u32>>) -> Self {
        Self { least: least.into(), most: most.into() }
    }
}

impl From<Scaling> for Tree {
    fn from(scaling: Scaling) -> Self {
        tree!({ "MinExecutionEnvironments": scaling.least, "MaxExecutionEnvironments": scaling.most })
    }
}

/// A layer of a function, by the ARN of its version.
#[derive(Debug, Clone)]
pub struct Layer(Value<String>);

impl From<Value<String>> for Layer {
    fn from(arn: Value<String>) -> Self {
        Self(arn)
    }
}

impl From<&str> for Layer {
    fn from(arn: &str) -> Self {
        Self(arn.into())
    }
}

impl From<String> for Layer {
    fn from(arn: String) -> Self {
        Self(arn.into())
    }
}

impl From<Layer> for Tree {
    fn from(layer: Layer) -> Self {
        layer.0.into()
    }
}

super::names! {
    /// Whether Lambda traces calls of a function in X-Ray.
    Tracing {
        /// Those that it samples. The function's role gets the rights to send traces.
        Active = "Active",
        /// Those that the caller traces. What Lambda does when nothing is said.
        PassThrough = "PassThrough",
    }

    /// Of which versions Lambda keeps a snapshot to start from.
    SnapStart {
        /// Of published ones.
        PublishedVersions = "PublishedVersions",
        /// Of none.
        None = "None",
    }

    /// What Lambda does when a function calls itself in a loop.
    RecursiveLoop {
        /// It goes on.
        Allow = "Allow",
        /// It stops. What Lambda does when nothing is said.
        Terminate = "Terminate",
    }

    /// Whether the tenants of a function share execution environments. Setting it makes another function.
    TenantIsolation {
        /// Each has its own.
        PerTenant = "PER_TENANT",
    }
}
