//! Amazon EMR: on EC2, on EKS and Serverless.

use cyanotype_asl::Text;

use super::super::{
    arguments::Argument,
    arn,
    task::{Kind, Task, kind},
    text::around,
};
use crate::iam::PolicyCondition;

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr.html>
const EC2: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr.html";
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-eks.html>
const EKS: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-eks.html";
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-serverless.html>
const SERVERLESS: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-serverless.html";

const CLUSTER: Kind = kind("elasticmapreduce", "cluster/", "cluster");
const VIRTUAL: Kind = kind("emr-containers", "/virtualclusters/", "virtual cluster");
const APPLICATION: Kind = kind("emr-serverless", "/applications/", "application");

pub(super) fn on_ec2(task: &mut Task<'_, '_>, action: &str, sync: bool) {
    let cluster = |task: &mut Task<'_, '_>, action: &str| task.named(action, "ClusterId", CLUSTER);
    match action {
        "createCluster" => create_cluster(task, sync),
        "terminateCluster" => {
            let cluster = cluster(task, "elasticmapreduce:TerminateJobFlows");
            let why = "terminates the cluster";
            task.need(["elasticmapreduce:TerminateJobFlows"], [cluster.clone()], why, EC2);
            if sync {
                task.need(["elasticmapreduce:DescribeCluster"], [cluster], "follows the termination", EC2);
                task.listen("StepFunctionsGetEventForEMRTerminateJobFlowsRule", EC2);
            }
        }
        "addStep" => {
            let cluster = cluster(task, "elasticmapreduce:AddJobFlowSteps");
            task.need(["elasticmapreduce:AddJobFlowSteps"], [cluster.clone()], "adds the step", EC2);
            if sync {
                let follow = ["elasticmapreduce:CancelSteps", "elasticmapreduce:DescribeStep"];
                let why = "follows the step, and cancels it when it is stopped itself";
                task.need(follow, [cluster], why, EC2);
                task.listen("StepFunctionsGetEventForEMRAddJobFlowStepsRule", EC2);
            }
        }
        "cancelStep" => {
            let cluster = cluster(task, "elasticmapreduce:CancelSteps");
            task.need(["elasticmapreduce:CancelSteps"], [cluster], "cancels the step", EC2);
        }
        "setClusterTerminationProtection" => {
            let cluster = cluster(task, "elasticmapreduce:SetTerminationProtection");
            let why = "sets the protection of the cluster";
            task.need(["elasticmapreduce:SetTerminationProtection"], [cluster], why, EC2);
        }
        "modifyInstanceFleetByName" => {
            let cluster = cluster(task, "elasticmapreduce:ModifyInstanceFleet");
            let actions = ["elasticmapreduce:ListInstanceFleets", "elasticmapreduce:ModifyInstanceFleet"];
            task.need(actions, [cluster], "finds the fleet by its name, and changes it", EC2);
        }
        "modifyInstanceGroupByName" => {
            let cluster = cluster(task, "elasticmapreduce:ModifyInstanceGroups");
            let actions = ["elasticmapreduce:ListInstanceGroups", "elasticmapreduce:ModifyInstanceGroups"];
            task.need(actions, [cluster], "finds the group by its name, and changes it", EC2);
        }
        _ => {}
    }
}

/// Roles are handed over by their names: the service's own, and that of the instances by way of a profile of the same
/// name.
///
/// Source: <https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html>
fn create_cluster(task: &mut Task<'_, '_>, sync: bool) {
    task.need(["elasticmapreduce:RunJobFlow"], ["*".into()], "creates the cluster", EC2);
    // The cluster's ID is not known before it is created.
    let clusters = arn::own("elasticmapreduce", "cluster/*");
    if !task.arguments.is_open() && task.arguments.has("Tags") {
        task.need(["elasticmapreduce:AddTags"], [clusters.clone()], "tags the cluster", EC2);
    }
    let roles = [
        ("ServiceRole", "elasticmapreduce.amazonaws.com*"),
        ("JobFlowRole", "ec2.amazonaws.com*"),
        ("AutoScalingRole", "application-autoscaling.amazonaws.com*"),
    ];
    for (argument, principal) in roles {
        let role = task.arguments.get(argument);
        task.pass_role(argument, role, "StringLike", &[principal], EC2);
    }
    if sync {
        let follow = ["elasticmapreduce:DescribeCluster", "elasticmapreduce:TerminateJobFlows"];
        let why = "follows the creation, and terminates the cluster when it is stopped itself";
        task.need(follow, [clusters], why, EC2);
        task.listen("StepFunctionsGetEventForEMRRunJobFlowRule", EC2);
    }
}

pub(super) fn on_eks(task: &mut Task<'_, '_>, action: &str, sync: bool) {
    match action {
        "createVirtualCluster" => {
            task.need(
                ["emr-containers:CreateVirtualCluster"],
                ["*".into()],
                "creates the virtual cluster",
                EKS,
            );
            linked_role(task, "emr-containers.amazonaws.com", "AWSServiceRoleForAmazonEMRContainers", EKS);
            if !task.arguments.is_open() && task.arguments.has("Tags") {
                let clusters = arn::own("emr-containers", "/virtualclusters/*");
                task.need(["emr-containers:TagResource"], [clusters], "tags the virtual cluster", EKS);
            }
        }
        "deleteVirtualCluster" => {
            let cluster = task.named("emr-containers:DeleteVirtualCluster", "Id", VIRTUAL);
            let why = "deletes the virtual cluster";
            task.need(["emr-containers:DeleteVirtualCluster"], [cluster.clone()], why, EKS);
            if sync {
                let why = "follows the deletion";
                task.need(["emr-containers:DescribeVirtualCluster"], [cluster], why, EKS);
            }
        }
        "startJobRun" => {
            let cluster = task.named("emr-containers:StartJobRun", "VirtualClusterId", VIRTUAL);
            let role = match task.arguments.get("ExecutionRoleArn") {
                Argument::Static(role) => Some(role.clone()),
                _ => None,
            };
            let only = role
                .map(|role| PolicyCondition::new("StringEquals", "emr-containers:ExecutionRoleArn", [role]));
            let start = ["emr-containers:StartJobRun"];
            task.need_when(start, [cluster.clone()], only, "starts the job", EKS);
            if sync {
                let follow = ["emr-containers:CancelJobRun", "emr-containers:DescribeJobRun"];
                let runs = around("", &cluster, "/jobruns/*");
                task.need(follow, [runs], "follows the run, and cancels it when it is stopped itself", EKS);
            }
        }
        _ => {}
    }
}

pub(super) fn serverless(task: &mut Task<'_, '_>, action: &str, sync: bool) {
    const APPLICATION_RULE: &str = "StepFunctionsGetEventsForEMRServerlessApplicationRule";
    const JOB_RULE: &str = "StepFunctionsGetEventsForEMRServerlessJobRule";
    let on_application = |task: &mut Task<'_, '_>, action: &str, why: &str, follow: &[&str]| {
        let application = task.named(action, "ApplicationId", APPLICATION);
        task.need([action], [application.clone()], why, SERVERLESS);
        if sync {
            let why = "follows the application";
            task.need(follow.iter().copied(), [application], why, SERVERLESS);
            task.listen(APPLICATION_RULE, SERVERLESS);
        }
    };
    let get = "emr-serverless:GetApplication";
    match action {
        "createApplication" => {
            let all = arn::own("emr-serverless", "/*");
            task.need(["emr-serverless:CreateApplication"], [all], "creates the application", SERVERLESS);
            let name = "AWSServiceRoleForAmazonEMRServerless";
            linked_role(task, "ops.emr-serverless.amazonaws.com", name, SERVERLESS);
            let applications = arn::own("emr-serverless", "/applications/*");
            if !task.arguments.is_open() && task.arguments.has("Tags") {
                let tag = ["emr-serverless:TagResource"];
                task.need(tag, [applications.clone()], "tags the application", SERVERLESS);
            }
            if sync {
                let why = "follows the creation, and deletes the application when it is stopped itself";
                task.need(["emr-serverless:DeleteApplication", get], [applications], why, SERVERLESS);
                task.listen(APPLICATION_RULE, SERVERLESS);
            }
        }
        "startApplication" => {
            let follow = [get, "emr-serverless:StopApplication"];
            on_application(task, "emr-serverless:StartApplication", "starts the application", &follow);
        }
        "stopApplication" => {
            on_application(task, "emr-serverless:StopApplication", "stops the application", &[get]);
        }
        "deleteApplication" => {
            on_application(task, "emr-serverless:DeleteApplication", "deletes the application", &[get]);
        }
        "startJobRun" => {
            let application = task.named("emr-serverless:StartJobRun", "ApplicationId", APPLICATION);
            task.need(["emr-serverless:StartJobRun"], [application.clone()], "starts the job", SERVERLESS);
            let role = task.arguments.get("ExecutionRoleArn");
            let principal = ["emr-serverless.amazonaws.com"];
            task.pass_role("ExecutionRoleArn", role, "StringEquals", &principal, SERVERLESS);
            let runs = around("", &application, "/jobruns/*");
            if !task.arguments.is_open() && task.arguments.has("Tags") {
                task.need(["emr-serverless:TagResource"], [runs.clone()], "tags the run", SERVERLESS);
            }
            if sync {
                let follow = ["emr-serverless:CancelJobRun", "emr-serverless:GetJobRun"];
                let why = "follows the run, and cancels it when it is stopped itself";
                task.need(follow, [runs], why, SERVERLESS);
                task.listen(JOB_RULE, SERVERLESS);
            }
        }
        "cancelJobRun" => {
            let application = task.named("emr-serverless:CancelJobRun", "ApplicationId", APPLICATION);
            let run = match task.arguments.get("JobRunId") {
                Argument::Static(run) => around("/jobruns/", run, ""),
                _ => "/jobruns/*".into(),
            };
            let run: Text = application.into_iter().chain(run).collect();
            task.need(["emr-serverless:CancelJobRun"], [run.clone()], "cancels the run", SERVERLESS);
            if sync {
                task.need(["emr-serverless:GetJobRun"], [run], "follows the run", SERVERLESS);
                task.listen(JOB_RULE, SERVERLESS);
            }
        }
        _ => {}
    }
}

/// The first in an account creates the service's own role.
fn linked_role(task: &mut Task<'_, '_>, service: &str, name: &str, page: &str) {
    let role = arn::iam(format!("role/aws-service-role/{service}/{name}"));
    let only = PolicyCondition::new("StringLike", "iam:AWSServiceName", [service.into()]);
    let why = "creates the service's own role, if it is the first in the account";
    task.need_when(["iam:CreateServiceLinkedRole"], [role], [only], why, page);
}
