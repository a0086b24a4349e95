//! Amazon SageMaker.

use cyanotype_asl::Text;

use super::super::{
    arguments::Argument,
    arn,
    placeholder::is_arn,
    task::Task,
    text::{around, lower},
};

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html>
const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html";

/// What an action makes, and how it is followed.
struct Made {
    action: &'static str,
    /// How its ARN begins, and which argument has its name.
    resources: &'static [(&'static str, &'static str)],
    /// The arguments with roles that it hands over.
    roles: &'static [&'static str],
    follow: [&'static str; 2],
    rule: &'static str,
}

const fn job(
    action: &'static str,
    resources: &'static [(&'static str, &'static str)],
    roles: &'static [&'static str],
    follow: [&'static str; 2],
    rule: &'static str,
) -> Made {
    Made { action, resources, roles, follow, rule }
}

fn made(action: &str) -> Option<Made> {
    Some(match action {
        "createTrainingJob" => job(
            "sagemaker:CreateTrainingJob",
            &[("training-job/", "TrainingJobName")],
            &["RoleArn"],
            ["sagemaker:DescribeTrainingJob", "sagemaker:StopTrainingJob"],
            "StepFunctionsGetEventsForSageMakerTrainingJobsRule",
        ),
        "createTransformJob" => job(
            "sagemaker:CreateTransformJob",
            &[("transform-job/", "TransformJobName")],
            &[],
            ["sagemaker:DescribeTransformJob", "sagemaker:StopTransformJob"],
            "StepFunctionsGetEventsForSageMakerTransformJobsRule",
        ),
        "createProcessingJob" => job(
            "sagemaker:CreateProcessingJob",
            &[("processing-job/", "ProcessingJobName")],
            &["RoleArn"],
            ["sagemaker:DescribeProcessingJob", "sagemaker:StopProcessingJob"],
            "StepFunctionsGetEventsForSageMakerProcessingJobsRule",
        ),
        "createLabelingJob" => job(
            "sagemaker:CreateLabelingJob",
            &[("labeling-job/", "LabelingJobName")],
            &["RoleArn"],
            ["sagemaker:DescribeLabelingJob", "sagemaker:StopLabelingJob"],
            "StepFunctionsGetEventsForSageMakerLabelingJobsRule",
        ),
        "createHyperParameterTuningJob" => job(
            "sagemaker:CreateHyperParameterTuningJob",
            &[("hyper-parameter-tuning-job/", "HyperParameterTuningJobName")],
            &["RoleArn"],
            ["sagemaker:DescribeHyperParameterTuningJob", "sagemaker:StopHyperParameterTuningJob"],
            "StepFunctionsGetEventsForSageMakerTuningJobsRule",
        ),
        "createModel" => {
            job("sagemaker:CreateModel", &[("model/", "ModelName")], &["ExecutionRoleArn"], ["", ""], "")
        }
        "createEndpointConfig" => job(
            "sagemaker:CreateEndpointConfig",
            &[("endpoint-config/", "EndpointConfigName")],
            &["ExecutionRoleArn"],
            ["", ""],
            "",
        ),
        "createEndpoint" => job("sagemaker:CreateEndpoint", ENDPOINT, &[], ["", ""], ""),
        "updateEndpoint" => job("sagemaker:UpdateEndpoint", ENDPOINT, &[], ["", ""], ""),
        _ => return None,
    })
}

const ENDPOINT: &[(&str, &str)] =
    &[("endpoint/", "EndpointName"), ("endpoint-config/", "EndpointConfigName")];

pub(super) fn needs(task: &mut Task<'_, '_>, action: &str, sync: bool) {
    let Some(Made { action, resources, roles, follow, rule }) = made(action) else { return };
    let (mut named, mut made) = (vec![], vec![]);
    for (before, argument) in resources {
        let names = names(task, action, before, argument);
        // The first is what is made.
        if made.is_empty() {
            made.clone_from(&names);
        }
        named.extend(names);
    }
    task.need([action], named.iter().cloned(), "makes it", PAGE);
    for argument in roles {
        for (_, role) in task.arguments.ending(argument).into_iter().filter(|(name, _)| name == argument) {
            task.pass_role(argument, role, "StringEquals", &["sagemaker.amazonaws.com"], PAGE);
        }
    }
    let is_tagged = !task.arguments.is_open() && task.arguments.has("Tags");
    if !rule.is_empty() {
        task.need(["sagemaker:ListTags"], ["*".into()], "looks at the tags of the job", PAGE);
    }
    // Step Functions tags the jobs that it waits for.
    if is_tagged || sync {
        task.need(["sagemaker:AddTags"], made, "tags it", PAGE);
    }
    if sync && !rule.is_empty() {
        task.need(follow, named, "follows the job, and stops it when it is stopped itself", PAGE);
        task.listen(rule, PAGE);
    }
}

/// SageMaker writes names in lower case in its ARNs; how a placeholder is written there only the deploy knows.
///
/// Source: <https://docs.aws.amazon.com/sagemaker/latest/dg/security_iam_service-with-iam.html>
fn names(task: &mut Task<'_, '_>, action: &str, before: &str, argument: &str) -> Vec<Text> {
    match task.arguments.get(argument) {
        Argument::Static(name) if is_arn(name) => vec![name.clone()],
        Argument::Static(name) => {
            let named = |name: &Text| arn::own("sagemaker", around(before, name, ""));
            let mut names = vec![named(name), named(&lower(name))];
            names.dedup();
            names
        }
        _ => {
            let what = before.trim_end_matches('/');
            let any = arn::own("sagemaker", format!("{before}*"));
            task.wide(action, &format!("any {what}"), argument, &any);
            vec![any]
        }
    }
}
