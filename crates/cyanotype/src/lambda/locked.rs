//! Every property of a function, and whether its versions hold it.
//!
//! A property is locked if `UpdateFunctionConfiguration` or `UpdateFunctionCode` sets it: those are what Lambda
//! compares when it decides whether there is anything to publish. A property wrongly called locked publishes once too
//! often; one wrongly called free calls stale code. What this table does not name is locked.
//!
//! The tests compare it with the schema and with the two requests, where both are: a property that is new there fails
//! them until it has a row here.

/// Sets most of the configuration.
const CONFIGURATION: &str =
    "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html";
/// Sets the code.
const CODE: &str = "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html";
/// Sets what stays as it is for as long as the function exists.
const CREATE: &str = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html";
const RECURSION: &str = "https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html";
const CONCURRENCY: &str = "https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html";
const RUNTIME: &str = "https://docs.aws.amazon.com/lambda/latest/api/API_PutRuntimeManagementConfig.html";
const SCALING: &str = "https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionScalingConfig.html";
const SIGNING: &str = "https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionCodeSigningConfig.html";
const TAGS: &str = "https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html";
const PUBLISH: &str = "https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html";

/// A property, or a part of one.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code, reason = "some of it is for the tests, which hold the table to AWS's schema and requests")]
pub(crate) struct Property {
    /// As `VpcConfig.SubnetIds`.
    pub(crate) path: &'static str,
    pub(crate) held: Held,
    /// A change of it is another function, always or under a condition.
    create_only: bool,
    /// The order of its list means nothing to Lambda.
    any_order: bool,
    /// The page that says how it is set.
    source: &'static str,
    /// That it is held so is what the rule says, and nobody has proven it.
    unproven: bool,
}

/// Whether a version holds a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    /// It does.
    Locked,
    /// It does, by what the code is and not by where it lies.
    AsContent,
    /// It is a setting of the function as a whole.
    Free,
    /// Lambda says it, and nobody sets it.
    ReadOnly,
}

#[cfg(test)]
impl Property {
    pub(crate) fn moves_the_function(&self) -> bool {
        self.create_only
    }

    pub(crate) fn is_a_set(&self) -> bool {
        self.any_order
    }
}

const fn locked(path: &'static str) -> Property {
    Property {
        path,
        held: Held::Locked,
        create_only: false,
        any_order: false,
        source: CONFIGURATION,
        unproven: false,
    }
}

const fn code(path: &'static str) -> Property {
    Property { held: Held::AsContent, source: CODE, ..locked(path) }
}

const fn free(path: &'static str, source: &'static str) -> Property {
    Property { held: Held::Free, source, ..locked(path) }
}

const fn read_only(path: &'static str) -> Property {
    Property { held: Held::ReadOnly, source: CREATE, ..locked(path) }
}

const fn any_order(property: Property) -> Property {
    Property { any_order: true, ..property }
}

const fn create_only(property: Property) -> Property {
    Property { create_only: true, ..property }
}

const fn created(path: &'static str) -> Property {
    create_only(Property { source: CREATE, ..locked(path) })
}

const fn unproven(property: Property) -> Property {
    Property { unproven: true, ..property }
}

/// All of them, by path.
#[rustfmt::skip]
pub(crate) const PROPERTIES: &[Property] = &[
    any_order(Property { source: CODE, ..locked("Architectures") }),
    read_only("Arn"),
    locked("CapacityProviderConfig"),
    locked("CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig"),
    locked("CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn"),
    locked("CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.ExecutionEnvironmentMemoryGiBPerVCpu"),
    locked("CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.PerExecutionEnvironmentMaxConcurrency"),
    code("Code"),
    code("Code.ImageUri"),
    code("Code.S3Bucket"),
    unproven(code("Code.S3Key")),
    unproven(code("Code.S3ObjectStorageMode")),
    code("Code.S3ObjectVersion"),
    unproven(code("Code.SourceKMSKeyArn")),
    code("Code.ZipFile"),
    free("CodeSigningConfigArn", SIGNING),
    locked("DeadLetterConfig"),
    locked("DeadLetterConfig.TargetArn"),
    locked("Description"),
    create_only(locked("DurableConfig")),
    create_only(locked("DurableConfig.ExecutionTimeout")),
    create_only(locked("DurableConfig.KMSKeyArn")),
    create_only(locked("DurableConfig.RetentionPeriodInDays")),
    locked("Environment"),
    locked("Environment.Variables"),
    locked("EphemeralStorage"),
    locked("EphemeralStorage.Size"),
    locked("FileSystemConfigs"),
    locked("FileSystemConfigs.Arn"),
    locked("FileSystemConfigs.LocalMountPath"),
    locked("FileSystemConfigs.S3FilesConfig"),
    locked("FileSystemConfigs.S3FilesConfig.DirectS3Read"),
    created("FunctionName"),
    free("FunctionScalingConfig", SCALING),
    free("FunctionScalingConfig.MaxExecutionEnvironments", SCALING),
    free("FunctionScalingConfig.MinExecutionEnvironments", SCALING),
    locked("Handler"),
    locked("ImageConfig"),
    locked("ImageConfig.Command"),
    locked("ImageConfig.EntryPoint"),
    locked("ImageConfig.WorkingDirectory"),
    locked("KmsKeyArn"),
    locked("Layers"),
    locked("LoggingConfig"),
    locked("LoggingConfig.ApplicationLogLevel"),
    locked("LoggingConfig.LogFormat"),
    locked("LoggingConfig.LogGroup"),
    locked("LoggingConfig.SystemLogLevel"),
    locked("MemorySize"),
    created("PackageType"),
    unproven(free("PublishToLatestPublished", PUBLISH)),
    free("RecursiveLoop", RECURSION),
    free("ReservedConcurrentExecutions", CONCURRENCY),
    locked("Role"),
    locked("Runtime"),
    free("RuntimeManagementConfig", RUNTIME),
    free("RuntimeManagementConfig.RuntimeVersionArn", RUNTIME),
    free("RuntimeManagementConfig.UpdateRuntimeOn", RUNTIME),
    locked("SnapStart"),
    locked("SnapStart.ApplyOn"),
    read_only("SnapStartResponse"),
    read_only("SnapStartResponse.ApplyOn"),
    read_only("SnapStartResponse.OptimizationStatus"),
    free("Tags", TAGS),
    free("Tags.Key", TAGS),
    free("Tags.Value", TAGS),
    created("TenancyConfig"),
    created("TenancyConfig.TenantIsolationMode"),
    locked("Timeout"),
    locked("TracingConfig"),
    locked("TracingConfig.Mode"),
    locked("VpcConfig"),
    locked("VpcConfig.Ipv6AllowedForDualStack"),
    any_order(locked("VpcConfig.SecurityGroupIds")),
    any_order(locked("VpcConfig.SubnetIds")),
];

/// Changing one of these replaces the function, and deleting the replaced one would delete its versions: so a change
/// moves the function's logical ID.
pub(crate) const CREATE_ONLY: &[&str] = &["DurableConfig", "FunctionName", "PackageType", "TenancyConfig"];

/// Whether a version holds this property of its function.
pub(crate) fn is_locked(property: &str) -> bool {
    find(property).is_none_or(|known| known.held != Held::Free)
}

/// Whether a version is known not to hold a property of its function, or known to hold it; None where neither is.
pub(crate) fn known_as_locked(property: &str) -> Option<bool> {
    find(property).map(|known| known.held != Held::Free)
}

/// Whether the order of a list inside a locked property means nothing to Lambda. That of layers does.
pub(crate) fn is_unordered(property: &str) -> bool {
    let is_it = |path: &str| path.rsplit('.').next() == Some(property);
    PROPERTIES.iter().any(|known| known.any_order && is_it(known.path))
}

fn find(path: &str) -> Option<&'static Property> {
    PROPERTIES.binary_search_by(|known| known.path.cmp(path)).ok().and_then(|at| PROPERTIES.get(at))
}

#[cfg(test)]
mod tests;
