//! AWS CodeBuild.

use cyanotype_asl::Text;

use super::super::{
    arguments::Argument,
    arn,
    placeholder::is_arn,
    task::{Kind, Task, kind},
    text::{around, concat, split_once, strip_prefix},
};

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-codebuild.html>
const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-codebuild.html";
const PROJECT: Kind = kind("codebuild", "project/", "project");

pub(super) fn needs(task: &mut Task<'_, '_>, action: &str, sync: bool) {
    match action {
        "startBuild" => {
            let project = task.named("codebuild:StartBuild", "ProjectName", PROJECT);
            task.need(["codebuild:StartBuild"], [project.clone()], "starts the build", PAGE);
            if sync {
                let follow = ["codebuild:BatchGetBuilds", "codebuild:StopBuild"];
                task.need(
                    follow,
                    [project],
                    "follows the build, and stops it when it is stopped itself",
                    PAGE,
                );
                task.listen("StepFunctionsGetEventForCodeBuildStartBuildRule", PAGE);
            }
        }
        "startBuildBatch" => {
            let project = task.named("codebuild:StartBuildBatch", "ProjectName", PROJECT);
            task.need(["codebuild:StartBuildBatch"], [project.clone()], "starts the builds", PAGE);
            if sync {
                follow_batch(task, project, "StepFunctionsGetEventForCodeBuildStartBuildBatchRule");
            }
        }
        "retryBuildBatch" => {
            let project = project_of_id(task, "codebuild:RetryBuildBatch");
            task.need(["codebuild:RetryBuildBatch"], [project.clone()], "starts the builds again", PAGE);
            if sync {
                follow_batch(task, project, "StepFunctionsGetEventForCodeBuildRetryBuildBatchRule");
            }
        }
        "stopBuild" => with_id(task, "codebuild:StopBuild", "stops the build"),
        "stopBuildBatch" => with_id(task, "codebuild:StopBuildBatch", "stops the builds"),
        "deleteBuildBatch" => with_id(task, "codebuild:DeleteBuildBatch", "deletes the builds"),
        "batchDeleteBuilds" => {
            let projects = each(task, "codebuild:BatchDeleteBuilds", "Ids", "project/", |id| {
                let (project, _) = split_once(id, ":")?;
                Some(arn::own("codebuild", around("project/", &project, "")))
            });
            task.need(["codebuild:BatchDeleteBuilds"], projects, "deletes the builds", PAGE);
        }
        "batchGetReports" => {
            // `arn:…:report/<group>:<id>`
            let groups = each(task, "codebuild:BatchGetReports", "ReportArns", "report-group/", |report| {
                let [region, account, rest] = arn::parts(report)?;
                let (group, _) = split_once(&strip_prefix(&rest, "report/")?, ":")?;
                Some(arn::of("codebuild", region, account, concat(["report-group/".into(), group])))
            });
            task.need(["codebuild:BatchGetReports"], groups, "reads the reports", PAGE);
        }
        _ => {}
    }
}

fn follow_batch(task: &mut Task<'_, '_>, project: Text, rule: &str) {
    let follow = ["codebuild:BatchGetBuildBatches", "codebuild:StopBuildBatch"];
    task.need(follow, [project], "follows the builds, and stops them when it is stopped itself", PAGE);
    task.listen(rule, PAGE);
}

fn with_id(task: &mut Task<'_, '_>, action: &str, why: &str) {
    let project = project_of_id(task, action);
    task.need([action], [project], why, PAGE);
}

/// The project of a build: its ID is `<project>:<random>`.
fn project_of_id(task: &mut Task<'_, '_>, action: &str) -> Text {
    let project = match task.arguments.get("Id") {
        Argument::Static(id) if !is_arn(id) => split_once(id, ":").map(|(project, _)| project),
        _ => None,
    };
    match project {
        Some(project) => arn::own("codebuild", around("project/", &project, "")),
        None => {
            let any = arn::own("codebuild", "project/*");
            task.wide(action, "any project", "Id", &any);
            any
        }
    }
}

/// What each string of a list comes to, or all of the kind when one of them is not known.
fn each(
    task: &mut Task<'_, '_>,
    action: &str,
    argument: &str,
    all: &str,
    of: impl Fn(&Text) -> Option<Text>,
) -> Vec<Text> {
    let known = task.arguments.texts(argument);
    match known.and_then(|texts| texts.into_iter().map(of).collect::<Option<Vec<_>>>()) {
        Some(resources) if !resources.is_empty() => resources,
        _ => {
            let any = arn::own("codebuild", format!("{all}*"));
            task.wide(action, "any project", argument, &any);
            vec![any]
        }
    }
}
