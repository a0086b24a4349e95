//! Amazon ECS and EKS.

use cyanotype_asl::Text;

use super::{
    super::{
        arguments::Argument,
        arn,
        placeholder::is_arn,
        task::{Kind, Task, kind},
        text::{around, concat, split},
    },
    messages::last_part,
};

const CLUSTER: Kind = kind("eks", "cluster/", "cluster");
const FAMILY: Kind = kind("ecs", "task-definition/", "task definition");

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html>
const ECS: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html";
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-eks.html>
const EKS: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-eks.html";

pub(in super::super) fn ecs(task: &mut Task<'_, '_>, sync: bool) {
    let definition = match task.arguments.get("TaskDefinition") {
        Argument::Static(definition) => revisions(definition),
        dynamic => task.arn("ecs:RunTask", "TaskDefinition", dynamic, FAMILY),
    };
    task.need(["ecs:RunTask"], [definition.clone()], "runs the task", ECS);
    let definitions = task.narrowed(&["ecs:RunTask".to_owned()], vec![definition]);

    let tasks = match task.arguments.get("Cluster") {
        Argument::Static(cluster) if !is_arn(cluster) => Some(around("task/", cluster, "/*")),
        // The cluster's name is the end of its ARN, if that is written out.
        Argument::Static(cluster) => {
            arn::parts(cluster).map(|[_, _, rest]| around("task/", &last_part(&rest), "/*"))
        }
        Argument::Absent => Some("task/default/*".into()),
        Argument::Dynamic => None,
    };
    let tasks = match tasks {
        Some(tasks) => arn::own("ecs", tasks),
        None => arn::own("ecs", "task/*"),
    };
    let tagged = ["Tags", "PropagateTags", "EnableECSManagedTags"];
    if !task.arguments.is_open() && tagged.iter().any(|name| task.arguments.has(name)) {
        task.need(["ecs:TagResource"], [tasks.clone()], "tags the task", ECS);
    }
    roles(task, &definitions);
    if sync {
        let follow = ["ecs:DescribeTasks", "ecs:StopTask"];
        task.need(follow, [tasks], "follows the task, and stops it when it is stopped itself", ECS);
        task.listen("StepFunctionsGetEventsForECSTaskRule", ECS);
    }
}

/// A family without a revision runs the latest, and IAM looks at the revision that runs.
///
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security_iam_service-with-iam.html>
fn revisions(definition: &Text) -> Text {
    let is_placeholder = matches!(definition.segments(), [cyanotype_asl::Segment::Placeholder(_)]);
    if is_arn(definition) {
        // `arn:…:task-definition/<family>:<revision>`
        let has_revision = is_placeholder || split(definition, ":", 9).len() > 6;
        return if has_revision { definition.clone() } else { around("", definition, ":*") };
    }
    let named = arn::own("ecs", around("task-definition/", definition, ""));
    match split(definition, ":", 2).len() {
        1 => around("", &named, ":*"),
        _ => named,
    }
}

/// The roles that the task gets are in its own definition, unless they are overridden.
fn roles(task: &mut Task<'_, '_>, definitions: &[Text]) {
    const PRINCIPAL: &[&str] = &["ecs-tasks.amazonaws.com"];
    let overrides = task.arguments.within("Overrides");
    let mut is_known = true;
    for argument in ["TaskRoleArn", "ExecutionRoleArn"] {
        match overrides.get(argument) {
            role @ Argument::Static(_) => task.pass_role(argument, role, "StringEquals", PRINCIPAL, ECS),
            Argument::Dynamic => is_known = false,
            Argument::Absent => {
                let own: Option<Vec<_>> =
                    definitions.iter().map(|definition| (task.roles)(definition, argument)).collect();
                is_known &= own.is_some();
                for role in own.into_iter().flatten().flatten() {
                    let role = Argument::Static(&role);
                    task.pass_role(argument, role, "StringEquals", PRINCIPAL, ECS);
                }
            }
        }
    }
    if !is_known {
        let message = "`iam:PassRole` is allowed on any role that ECS tasks can have: the roles are in the task \
                       definition";
        let help = "give `Overrides.TaskRoleArn` and `Overrides.ExecutionRoleArn`, or narrow the statement to these two roles";
        task.warn(message.into(), help);
        let any = Argument::Static(&"*".into());
        task.pass_role("TaskDefinition", any, "StringEquals", PRINCIPAL, ECS);
    }
}

pub(super) fn eks(task: &mut Task<'_, '_>, action: &str, sync: bool) {
    let part = |task: &mut Task<'_, '_>, action: &str, before: &str, name: &str| {
        let mut piece = |argument: &str| match task.arguments.get(argument) {
            Argument::Static(text) => text.clone(),
            _ => {
                let any = arn::own("eks", format!("{before}/*"));
                task.wide(action, &format!("any {before}"), argument, &any);
                "*".into()
            }
        };
        let (cluster, name) = (piece("ClusterName"), piece(name));
        let slash = || Text::from("/");
        arn::own("eks", concat([before.into(), slash(), cluster, slash(), name, "/*".into()]))
    };
    let stopped = "follows it, and deletes it when it is stopped itself";
    match action {
        "createCluster" => {
            task.need(["eks:CreateCluster"], ["*".into()], "creates the cluster", EKS);
            let role = task.arguments.get("RoleArn");
            task.pass_role("RoleArn", role, "StringEquals", &["eks.amazonaws.com"], EKS);
            if sync {
                let cluster = task.named("eks:DescribeCluster", "Name", CLUSTER);
                task.need(["eks:DeleteCluster", "eks:DescribeCluster"], [cluster], stopped, EKS);
            }
        }
        "deleteCluster" => {
            let cluster = task.named("eks:DeleteCluster", "Name", CLUSTER);
            task.need(["eks:DeleteCluster"], [cluster.clone()], "deletes the cluster", EKS);
            if sync {
                task.need(["eks:DescribeCluster"], [cluster], "follows the deletion", EKS);
            }
        }
        "createNodegroup" => {
            let cluster = task.named("eks:CreateNodegroup", "ClusterName", CLUSTER);
            task.need(["eks:CreateNodegroup"], [cluster], "creates the node group", EKS);
            task.need(["ec2:DescribeSubnets"], ["*".into()], "looks up the subnets of the nodes", EKS);
            let role = task.arguments.get("NodeRole");
            let looked_at = match role {
                Argument::Static(role) if is_arn(role) => role.clone(),
                _ => arn::iam("role/*"),
            };
            let look = ["iam:GetRole", "iam:ListAttachedRolePolicies"];
            task.need(look, [looked_at], "looks up the role of the nodes", EKS);
            task.pass_role("NodeRole", role, "StringEquals", &["eks.amazonaws.com"], EKS);
            if sync {
                let group = part(task, "eks:DescribeNodegroup", "nodegroup", "NodegroupName");
                task.need(["eks:DeleteNodegroup", "eks:DescribeNodegroup"], [group], stopped, EKS);
            }
        }
        "deleteNodegroup" => {
            let group = part(task, "eks:DeleteNodegroup", "nodegroup", "NodegroupName");
            task.need(["eks:DeleteNodegroup"], [group.clone()], "deletes the node group", EKS);
            if sync {
                task.need(["eks:DescribeNodegroup"], [group], "follows the deletion", EKS);
            }
        }
        "createFargateProfile" => {
            let cluster = task.named("eks:CreateFargateProfile", "ClusterName", CLUSTER);
            task.need(["eks:CreateFargateProfile"], [cluster], "creates the profile", EKS);
            let role = task.arguments.get("PodExecutionRoleArn");
            let principals = ["eks.amazonaws.com", "eks-fargate-pods.amazonaws.com"];
            task.pass_role("PodExecutionRoleArn", role, "StringEquals", &principals, EKS);
            if sync {
                let profile =
                    part(task, "eks:DescribeFargateProfile", "fargateprofile", "FargateProfileName");
                let actions = ["eks:DeleteFargateProfile", "eks:DescribeFargateProfile"];
                task.need(actions, [profile], stopped, EKS);
            }
        }
        "deleteFargateProfile" => {
            let profile = part(task, "eks:DeleteFargateProfile", "fargateprofile", "FargateProfileName");
            task.need(["eks:DeleteFargateProfile"], [profile.clone()], "deletes the profile", EKS);
            if sync {
                task.need(["eks:DescribeFargateProfile"], [profile], "follows the deletion", EKS);
            }
        }
        // `call` and `runJob` talk to the cluster itself, which has roles of its own.
        _ => {}
    }
}
