//! What a Task calls.

use std::borrow::Cow;

use super::{Kind, check::Check, value};
use crate::{Json, Segment, Text};

/// An optimized integration.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html>
struct Integration {
    service: &'static str,
    /// The actions that have no `.sync`.
    plain: &'static [&'static str],
    /// The actions that have it.
    sync: &'static [&'static str],
    /// Whether there is `.waitForTaskToken`.
    token: bool,
}

const fn of(
    service: &'static str,
    plain: &'static [&'static str],
    sync: &'static [&'static str],
    token: bool,
) -> Integration {
    Integration { service, plain, sync, token }
}

#[rustfmt::skip]
const OPTIMIZED: &[Integration] = &[
    of("apigateway", &["invoke"], &[], true),
    of("athena", &["stopQueryExecution", "getQueryExecution", "getQueryResults"], &["startQueryExecution"], false),
    of("batch", &[], &["submitJob"], false),
    of("bedrock", &["invokeModel"], &["createModelCustomizationJob"], true),
    of(
        "codebuild",
        &["stopBuild", "batchDeleteBuilds", "batchGetReports", "stopBuildBatch", "deleteBuildBatch"],
        &["startBuild", "startBuildBatch", "retryBuildBatch"],
        false,
    ),
    of("databrew", &[], &["startJobRun"], false),
    of("dynamodb", &["getItem", "putItem", "updateItem", "deleteItem"], &[], false),
    of("ecs", &[], &["runTask"], true),
    of(
        "eks",
        &["call"],
        &[
            "runJob", "createCluster", "deleteCluster", "createNodegroup", "deleteNodegroup", "createFargateProfile",
            "deleteFargateProfile",
        ],
        true,
    ),
    of(
        "elasticmapreduce",
        &[
            "cancelStep", "setClusterTerminationProtection", "modifyInstanceFleetByName", "modifyInstanceGroupByName",
        ],
        &["createCluster", "terminateCluster", "addStep"],
        false,
    ),
    of("emr-containers", &["createVirtualCluster"], &["deleteVirtualCluster", "startJobRun"], false),
    of(
        "emr-serverless",
        &[],
        &[
            "createApplication", "startApplication", "stopApplication", "deleteApplication", "startJobRun",
            "cancelJobRun",
        ],
        false,
    ),
    of("events", &["putEvents"], &[], true),
    of("glue", &[], &["startJobRun"], false),
    of("http", &["invoke"], &[], false),
    of("lambda", &["invoke"], &[], true),
    of("mediaconvert", &[], &["createJob"], false),
    of(
        "sagemaker",
        &["createEndpoint", "createEndpointConfig", "createModel", "updateEndpoint"],
        &[
            "createHyperParameterTuningJob", "createLabelingJob", "createProcessingJob", "createTrainingJob",
            "createTransformJob",
        ],
        false,
    ),
    of("sns", &["publish"], &[], true),
    of("sqs", &["sendMessage"], &[], true),
    of("states", &[], &["startExecution"], true),
];

pub(super) fn check<'j>(check: &mut Check<'j>, json: &'j Json) {
    let Some(text) = value::text(check, json) else { return };
    // What a placeholder stands for is known to the deploy alone.
    let Some(arn) = known(text) else { return };
    let arn = &*arn;
    if let Some(why) = wrong(arn) {
        let message = format!(
            "The resource provided {} is not recognized. The value is not a valid resource ARN, or the resource is \
             not available in this region.",
            value::short(arn)
        );
        check.schema(message).hint(why);
        return;
    }
    if check.kind == Kind::Express
        && let Some(pattern) = needs_standard(arn)
    {
        check
            .schema(format!("Express state machine does not support {pattern}"))
            .hint("make it a Standard state machine");
    }
}

/// The ARN, as far as the definition knows it: all of it, or an integration's but for the partition.
fn known(text: &Text) -> Option<Cow<'_, str>> {
    match text.segments() {
        [Segment::Literal(arn), Segment::Placeholder(_), Segment::Literal(rest)]
            if arn == "arn:" && rest.starts_with(":states:::") =>
        {
            Some(format!("arn:aws{rest}").into())
        }
        _ => text.as_literal().map(Cow::Borrowed),
    }
}

/// Why it is no ARN of something that a Task can call.
fn wrong(arn: &str) -> Option<String> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", partition, service, region, account, rest] = parts.as_slice() else {
        return Some("it is an ARN, such as `arn:aws:states:::lambda:invoke`".into());
    };
    if !partition.starts_with("aws") {
        return Some("an ARN begins with `arn:aws`".into());
    }
    match (*service, *region, *account) {
        ("states", "", "") => integration(rest),
        ("states", ..) => {
            let name = rest.strip_prefix("activity:").unwrap_or_default();
            (name.is_empty() || name.contains(':'))
                .then(|| "the ARN of an activity ends in `activity:<name>`".into())
        }
        ("lambda", ..) => lambda(rest),
        _ => None,
    }
}

fn lambda(rest: &str) -> Option<String> {
    let parts: Vec<&str> = rest.split(':').collect();
    let plain = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    let fits = match parts.as_slice() {
        ["function", name] => plain(name),
        ["function", name, qualifier] => plain(name) && (plain(qualifier) || *qualifier == "$LATEST"),
        _ => false,
    };
    (!fits).then(|| "the ARN of a function ends in `function:<name>`, or `function:<name>:<version>`".into())
}

fn integration(rest: &str) -> Option<String> {
    let (call, pattern) = match rest.split_once('.') {
        Some((call, pattern)) => (call, Some(pattern)),
        None => (rest, None),
    };
    if let Some(call) = call.strip_prefix("aws-sdk:") {
        let fits = match call.split_once(':') {
            Some((service, action)) => {
                let word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric());
                word(service) && word(action) && action.starts_with(|c: char| c.is_ascii_lowercase())
            }
            None => false,
        };
        return match pattern {
            _ if !fits => {
                Some("a call of the AWS SDK is `aws-sdk:<service>:<action>`, the action in camelCase".into())
            }
            None | Some("waitForTaskToken") => None,
            Some(_) => Some("calls of the AWS SDK have the pattern `.waitForTaskToken` alone".into()),
        };
    }
    let Some((service, action)) = call.split_once(':') else {
        return Some("an integration is `<service>:<action>`, such as `lambda:invoke`".into());
    };
    let Some(integration) = OPTIMIZED.iter().find(|known| known.service == service) else {
        let known: Vec<_> = OPTIMIZED.iter().map(|known| known.service).collect();
        return Some(format!("the services are {}, and `aws-sdk` for all others", known.join(", ")));
    };
    let has_sync = integration.sync.contains(&action);
    if !has_sync && !integration.plain.contains(&action) {
        let actions = [integration.plain, integration.sync].concat().join(", ");
        return Some(format!("`{service}` has {actions}; `aws-sdk` has all others"));
    }
    let fits = match pattern {
        None => true,
        Some("sync") => has_sync,
        Some("sync:2") => service == "states",
        Some("waitForTaskToken") => integration.token,
        Some(_) => false,
    };
    (!fits).then(|| format!("`{service}:{action}` does not have this pattern"))
}

fn needs_standard(arn: &str) -> Option<&'static str> {
    match arn.rsplit_once('.').map(|(_, pattern)| pattern) {
        Some("waitForTaskToken") => Some("'.waitForTaskToken' service integration"),
        Some("sync" | "sync:2") => Some("'.sync' service integration"),
        _ => arn.contains(":activity:").then_some("Activity ARN"),
    }
}
