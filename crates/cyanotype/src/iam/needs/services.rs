//! The optimized integrations, a group of services a file.
//!
//! Source: <https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html>

mod analytics;
mod codebuild;
pub(super) mod containers;
mod emr;
mod http;
mod jobs;
pub(super) mod lambda;
mod machine_learning;
mod messages;
mod sagemaker;
mod states;

use super::{call::Pattern, task::Task};

pub(super) use messages::queue_arn;
pub(super) use states::without_qualifier;

pub(super) fn needs(task: &mut Task<'_, '_>, service: &str, action: &str, pattern: Pattern) {
    let sync = pattern == Pattern::Sync;
    match service {
        "apigateway" => http::api_gateway(task),
        "athena" => analytics::athena(task, action, sync),
        "batch" => jobs::batch(task, sync),
        "bedrock" => machine_learning::bedrock(task, action, sync),
        "codebuild" => codebuild::needs(task, action, sync),
        "databrew" => jobs::databrew(task, sync),
        "dynamodb" => messages::dynamodb(task, action),
        "ecs" => containers::ecs(task, sync),
        "eks" => containers::eks(task, action, sync),
        "elasticmapreduce" => emr::on_ec2(task, action, sync),
        "emr-containers" => emr::on_eks(task, action, sync),
        "emr-serverless" => emr::serverless(task, action, sync),
        "events" => messages::events(task),
        "glue" => jobs::glue(task, sync),
        "http" => http::endpoint(task),
        "lambda" => lambda::invoke(task),
        "mediaconvert" => jobs::mediaconvert(task, sync),
        "sagemaker" => sagemaker::needs(task, action, sync),
        "sns" => messages::sns(task),
        "sqs" => messages::sqs(task),
        "states" => states::start(task, sync),
        _ => {}
    }
}
