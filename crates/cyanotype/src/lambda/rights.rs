//! What a function's role must allow for what the function is set to.

use cyanotype_cfn::{Tree, Value};

use super::props::{FileSystem, FileSystemKind, FunctionProps, Tracing};
use crate::{diagnostic::Source, iam::Statement};

/// Making and deleting network interfaces. IAM has no resource for most of it.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html>
const NETWORK: [&str; 6] = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
];

/// Sending traces, which have no resource.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html>
const X_RAY: [&str; 2] = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"];

/// Mounting, and writing, by way of one access point.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html>
const EFS: [&str; 2] = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"];

/// The same of a bucket as a file system.
///
/// Source: <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonS3FilesClientReadWriteAccess.html>
const S3_FILES: [&str; 2] = ["s3files:ClientMount", "s3files:ClientWrite"];

/// The statements for a function's properties. Writing a log, be it to a group of another name, is in the policy that
/// every function's role has.
pub(super) fn rights_of_function(props: &FunctionProps, at: Source) -> Vec<Statement> {
    let on = |actions: &[&'static str], resource: Value<String>| {
        Statement::new(actions.iter().copied(), at).on(resource)
    };
    let mut rights = vec![];
    if props.vpc.is_some() {
        rights.push(on(&NETWORK, "*".into()));
    }
    if props.tracing == Some(Tracing::Active) {
        rights.push(on(&X_RAY, "*".into()));
    }
    if let Some((target, action)) = props.dead_letters.as_ref().map(|letters| letters.target()) {
        // Source: <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html>
        rights.push(on(&[action], target.clone()));
    }
    if let Some(key) = &props.kms_key {
        // Source: <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html>
        rights.push(on(&["kms:Decrypt"], key.clone()));
    }
    rights.extend(props.file_system.as_ref().map(|files| of_files(files, at)));
    rights
}

/// Writing its log: what the policy of AWS's has in it that generated roles have.
///
/// Source: <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html>
pub(super) fn rights_of_log(at: Source) -> Statement {
    Statement::new(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], at).on("*")
}

/// EFS looks at the file system, which is not known here, and tells by which access point.
fn of_files(files: &FileSystem, at: Source) -> Statement {
    let point = Tree::from(&files.access_point);
    match files.kind {
        FileSystemKind::Efs => {
            let mount = Statement::new(EFS, at).on("*");
            mount.when("StringEquals", "elasticfilesystem:AccessPointArn", point)
        }
        FileSystemKind::S3Files => Statement::new(S3_FILES, at).on("*"),
    }
}
