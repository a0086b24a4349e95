//! Which properties of a function its versions are made of.
//!
//! A property is locked if `UpdateFunctionConfiguration` or `UpdateFunctionCode` sets it: those are what Lambda
//! compares when it decides whether there is anything to publish. A property wrongly called locked publishes once too
//! often; one wrongly called free calls stale code. What this table does not name is locked.
//!
//! Sources: <https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html>,
//! <https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html>

/// Set by APIs of their own, for the function as a whole.
const FREE: &[&str] = &[
    "CodeSigningConfigArn",
    "FunctionScalingConfig",
    "PublishToLatestPublished",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "RuntimeManagementConfig",
    "Tags",
];

/// Set by the two APIs above, beyond any doubt.
const LOCKED: &[&str] = &[
    "Architectures",
    "CapacityProviderConfig",
    "DeadLetterConfig",
    "DurableConfig",
    "Environment",
    "EphemeralStorage",
    "FileSystemConfigs",
    "ImageConfig",
    "KmsKeyArn",
    "Layers",
    "LoggingConfig",
    "SnapStart",
    "TracingConfig",
    "VpcConfig",
];

/// Changing one of these replaces the function, and deleting the replaced one would delete its versions: so a change
/// moves the function's logical ID.
pub(crate) const CREATE_ONLY: &[&str] = &["DurableConfig", "FunctionName", "PackageType", "TenancyConfig"];

/// Whether a version holds this property of its function.
pub(crate) fn is_locked(property: &str) -> bool {
    !FREE.contains(&property)
}

/// Whether a version is known not to hold a property of its function, or known to hold it; None where neither is.
pub(crate) fn known_as_locked(property: &str) -> Option<bool> {
    if FREE.contains(&property) { Some(false) } else { LOCKED.contains(&property).then_some(true) }
}

/// Whether the order of a list inside a locked property means nothing to Lambda. That of layers does.
pub(crate) fn is_unordered(property: &str) -> bool {
    matches!(property, "Architectures" | "SubnetIds" | "SecurityGroupIds")
}
