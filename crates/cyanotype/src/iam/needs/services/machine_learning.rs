//! Amazon Bedrock.

use cyanotype_asl::Text;

use super::super::{
    arguments::Argument,
    arn,
    placeholder::is_arn,
    task::{Kind, Task, kind},
    text::{around, concat, split_once, strip_prefix, verbatim},
};

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrock.html>
const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrock.html";
const GUARDRAIL: Kind = kind("bedrock", "guardrail/", "guardrail");

pub(super) fn bedrock(task: &mut Task<'_, '_>, action: &str, sync: bool) {
    match action {
        "invokeModel" => invoke(task),
        "createModelCustomizationJob" => customize(task, sync),
        _ => {}
    }
}

fn invoke(task: &mut Task<'_, '_>) {
    let models = match task.arguments.get("ModelId") {
        Argument::Static(model) => models(model),
        _ => {
            let any = arn::own("bedrock", "*");
            task.wide("bedrock:InvokeModel", "any model", "ModelId", &any);
            vec![foundation(arn::region(), "*".into()), any]
        }
    };
    task.need(["bedrock:InvokeModel"], models, "calls the model", PAGE);
    match task.arguments.get("GuardrailIdentifier") {
        Argument::Absent => {}
        _ if task.arguments.is_open() => {}
        guardrail => {
            let guardrail = task.arn("bedrock:ApplyGuardrail", "GuardrailIdentifier", guardrail, GUARDRAIL);
            task.need(["bedrock:ApplyGuardrail"], [guardrail], "applies the guardrail", PAGE);
        }
    }
    for (argument, action, why) in [
        ("Input", "s3:GetObject", "reads what the model gets"),
        ("Output", "s3:PutObject", "writes what the model gives"),
    ] {
        if task.arguments.is_open() || !task.arguments.has(argument) {
            continue;
        }
        let place = match task.arguments.within(argument).get("S3Uri") {
            Argument::Static(uri) => strip_prefix(uri, "s3://").map(|place| verbatim(&place)),
            _ => None,
        };
        let place = place.unwrap_or_else(|| {
            let any = arn::of("s3", Text::default(), Text::default(), "*");
            task.wide(action, "any object", &format!("{argument}.S3Uri"), &any);
            "*".into()
        });
        task.need([action], [arn::of("s3", Text::default(), Text::default(), place)], why, PAGE);
    }
}

/// A model by its ARN or ID. One behind an inference profile runs in several Regions: `eu.anthropic.claude…`.
///
/// Source: <https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html>
fn models(model: &Text) -> Vec<Text> {
    if is_arn(model) {
        return vec![model.clone()];
    }
    let regions = ["apac", "au", "ca", "eu", "global", "jp", "us", "us-gov"];
    match split_once(model, ".") {
        Some((region, of)) if region.as_literal().is_some_and(|region| regions.contains(&region)) => {
            let profile = arn::own("bedrock", around("inference-profile/", model, ""));
            vec![profile, foundation("*".into(), of)]
        }
        _ => vec![foundation(arn::region(), model.clone())],
    }
}

fn foundation(region: Text, model: Text) -> Text {
    arn::of("bedrock", region, Text::default(), concat(["foundation-model/".into(), model]))
}

fn customize(task: &mut Task<'_, '_>, sync: bool) {
    let base = match task.arguments.get("BaseModelIdentifier") {
        Argument::Static(model) => models(model),
        _ => {
            let any = foundation(arn::region(), "*".into());
            let action = "bedrock:CreateModelCustomizationJob";
            task.wide(action, "any model", "BaseModelIdentifier", &any);
            vec![any]
        }
    };
    let jobs = arn::own("bedrock", "model-customization-job/*");
    let mut resources = base;
    resources.extend([arn::own("bedrock", "custom-model/*"), jobs.clone()]);
    task.need(["bedrock:CreateModelCustomizationJob"], resources, "starts the job", PAGE);
    let tags = ["CustomModelTags", "JobTags"];
    if !task.arguments.is_open() && tags.iter().any(|tags| task.arguments.has(tags)) {
        let tagged = [arn::own("bedrock", "custom-model/*"), jobs.clone()];
        task.need(["bedrock:TagResource"], tagged, "tags the job and the model", PAGE);
    }
    let role = task.arguments.get("RoleArn");
    task.pass_role("RoleArn", role, "StringEquals", &["bedrock.amazonaws.com"], PAGE);
    if sync {
        let follow = ["bedrock:GetModelCustomizationJob", "bedrock:StopModelCustomizationJob"];
        task.need(follow, [jobs], "follows the job, and stops it when it is stopped itself", PAGE);
    }
}
