//! Jobs of one action: AWS Batch, Glue, Glue DataBrew and MediaConvert.

use cyanotype_asl::Text;

use super::super::{
    arguments::Argument,
    arn,
    placeholder::is_arn,
    task::{Kind, Task, kind},
    text::{around, rendered, split},
};

const QUEUE: Kind = kind("batch", "job-queue/", "job queue");
const GLUE: Kind = kind("glue", "job/", "job");
const DATABREW: Kind = kind("databrew", "job/", "job");
const CONVERTING: Kind = kind("mediaconvert", "queues/", "queue");
const TEMPLATE: Kind = kind("mediaconvert", "jobTemplates/", "job template");

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html>
pub(super) fn batch(task: &mut Task<'_, '_>, sync: bool) {
    const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html";
    let mut resources = vec![task.named("batch:SubmitJob", "JobQueue", QUEUE)];
    match task.arguments.get("JobDefinition") {
        Argument::Static(definition) => {
            let named = match is_arn(definition) {
                true => definition.clone(),
                false => arn::own("batch", around("job-definition/", definition, "")),
            };
            // Without a revision the latest is taken, and IAM looks at either.
            let opaque =
                definition.segments().len() == 1 && is_arn(definition) && definition.as_literal().is_none();
            let has_revision = split(&named, ":", 9).len() > 6;
            resources.push(named.clone());
            if !opaque && !has_revision {
                resources.push(around("", &named, ":*"));
            }
        }
        _ => {
            let any = arn::own("batch", "job-definition/*");
            task.wide("batch:SubmitJob", "any job definition", "JobDefinition", &any);
            resources.push(any);
        }
    }
    let mut actions = vec!["batch:SubmitJob"];
    if task.arguments.has("Tags") && !task.arguments.is_open() {
        actions.push("batch:TagResource");
        resources.push(arn::own("batch", "job/*"));
    }
    task.need(actions, resources, "submits the job", PAGE);
    if sync {
        // The job's ID is not known before it is submitted, and describing has no resource.
        let follow = ["batch:DescribeJobs", "batch:TerminateJob"];
        task.need(follow, ["*".into()], "follows the job, and ends it when it is stopped itself", PAGE);
        task.listen("StepFunctionsGetEventsForBatchJobsRule", PAGE);
    }
}

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html>
pub(super) fn glue(task: &mut Task<'_, '_>, sync: bool) {
    const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html";
    let job = task.named("glue:StartJobRun", "JobName", GLUE);
    task.need(["glue:StartJobRun"], [job.clone()], "starts the job", PAGE);
    if sync {
        let follow = ["glue:BatchStopJobRun", "glue:GetJobRun", "glue:GetJobRuns"];
        task.need(follow, [job], "follows the run, and stops it when it is stopped itself", PAGE);
    }
}

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-databrew.html>
pub(super) fn databrew(task: &mut Task<'_, '_>, sync: bool) {
    const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-databrew.html";
    let job = task.named("databrew:StartJobRun", "Name", DATABREW);
    task.need(["databrew:StartJobRun"], [job.clone()], "starts the job", PAGE);
    if sync {
        let follow = ["databrew:ListJobRuns", "databrew:StopJobRun"];
        task.need(follow, [job], "follows the run, and stops it when it is stopped itself", PAGE);
    }
}

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-mediaconvert.html>
pub(super) fn mediaconvert(task: &mut Task<'_, '_>, sync: bool) {
    const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-mediaconvert.html";
    let action = "mediaconvert:CreateJob";
    let mut resources: Vec<Text> = vec![match task.arguments.get("Queue") {
        Argument::Absent => arn::own("mediaconvert", "queues/Default"),
        queue => task.arn(action, "Queue", queue, CONVERTING),
    }];
    match task.arguments.get("JobTemplate") {
        Argument::Absent => {}
        template => resources.push(task.arn(action, "JobTemplate", template, TEMPLATE)),
    }
    for (argument, preset) in task.arguments.ending("Preset") {
        resources.push(task.arn(action, argument, preset, kind("mediaconvert", "presets/", "preset")));
    }
    resources.sort_by_key(rendered);
    resources.dedup();
    task.need([action], resources, "creates the job", PAGE);
    let role = task.arguments.get("Role");
    task.pass_role("Role", role, "StringEquals", &["mediaconvert.amazonaws.com"], PAGE);
    if sync {
        let jobs = arn::own("mediaconvert", "jobs/*");
        let follow = ["mediaconvert:CancelJob", "mediaconvert:GetJob"];
        task.need(follow, [jobs], "follows the job, and cancels it when it is stopped itself", PAGE);
        task.listen("StepFunctionsGetEventsForMediaConvertJobRule", PAGE);
    }
}
