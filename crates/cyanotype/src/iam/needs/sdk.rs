//! APIs by the AWS SDK.

mod api;
mod resource;
mod table;

use cyanotype_asl::Text;

use self::table::{Action, Kinds};
use super::{
    arguments::Argument,
    arn, services,
    task::{Task, wide_message},
};

/// Source:
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
const PAGE: &str = "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html";

const OPEN: &str =
    "no argument says which resource IAM looks at here: see that the role may do this with any";

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html>
pub(super) fn needs(task: &mut Task<'_, '_>, service: &str, action: &str) {
    if (service, action) == ("lambda", "invoke") {
        return services::lambda::invoke(task);
    }
    // What the task is given is in its definition, as for the optimized integration.
    if (service, action) == ("ecs", "runTask") {
        return services::containers::ecs(task, false);
    }
    let prefix = api::prefix(service);
    let mut known = false;
    for name in api::actions(prefix, service, action) {
        let Some(found) = table::action(prefix, name.as_ref()) else { continue };
        known = true;
        let full = format!("{prefix}:{}", found.name);
        let resources = resources(task, prefix, &full, &found);
        task.need([full], resources, "calls the API", PAGE);
    }
    if !known {
        let message = format!("no action of IAM is known for `{}`: no right is given for it", task.called());
        task.warn(message, "look it up in the service authorization reference and add a statement by hand");
    }
    pass_roles(task, prefix);
}

/// Whether some actions are on buckets of S3, and whether on objects in them.
pub(super) fn of_s3(actions: &[String]) -> (bool, bool) {
    let is_of_objects =
        |action: &String| match action.split_once(':').and_then(|(of, name)| table::action(of, name)) {
            Some(Action { kinds: Kinds::These(kinds), .. }) => {
                kinds.iter().any(|kind| kind.pattern.ends_with("/{ObjectName}"))
            }
            _ => false,
        };
    (!actions.iter().all(is_of_objects), actions.iter().any(is_of_objects))
}

/// The resources that the arguments name, of each kind that IAM looks at.
fn resources(task: &mut Task<'_, '_>, prefix: &str, full: &str, action: &Action) -> Vec<Text> {
    let anyway = |task: &mut Task<'_, '_>, any: Text| {
        if task.is_on(&any) {
            return any;
        }
        task.wide_anyway(wide_message(full, "any resource"), OPEN, &any);
        "*".into()
    };
    let Kinds::These(kinds) = &action.kinds else {
        return vec![anyway(task, arn::own(prefix, "*"))];
    };
    let required = kinds.iter().any(|kind| kind.is_required);
    let mut resources = vec![];
    for kind in kinds {
        let found = resource::arn(task.arguments, prefix, kind.pattern);
        if kind.is_required {
            if let Some(argument) = &found.open {
                task.wide(full, &format!("`{}`", super::rendered(&found.arn)), argument, &found.arn);
            }
            resources.push(found.arn);
        } else if found.is_named && found.open.is_none() || found.may_be_meant && task.is_on(&found.arn) {
            resources.push(found.arn);
        }
    }
    if resources.is_empty() {
        resources.push(match kinds.as_slice() {
            [] => "*".into(),
            _ if required => "*".into(),
            _ => anyway(task, arn::own(prefix, "*")),
        });
    }
    resources.sort_by_key(super::rendered);
    resources.dedup();
    resources
}

/// Whoever makes a service act in a role hands the role over.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>
fn pass_roles(task: &mut Task<'_, '_>, prefix: &str) {
    const PAGE: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html";
    // Here a role is what is asked for, not what is handed over.
    if matches!(prefix, "sts" | "iam" | "sso") {
        return;
    }
    for (argument, role) in task.arguments.ending("RoleArn") {
        // An empty text takes a role away.
        if role != Argument::Static(&Text::default()) {
            task.pass_role(argument, role, "StringEquals", &[], PAGE);
        }
    }
}
