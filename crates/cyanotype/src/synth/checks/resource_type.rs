//! Resources of any type: whether there is such a type, and whether it has these properties and attributes.

use cyanotype_cfn::facts::{Fact, ResourceType, nearest};

use super::Report;
use crate::app::{ResourceBody, ResourceKind};

/// A type whose properties are whatever a function of the user's takes.
const CUSTOM: &str = "AWS::CloudFormation::CustomResource";

pub(super) fn check(report: &mut Report<'_>) {
    let Some(body) = report.model.app.resource(report.node.key) else { return };
    if body.unchecked || !matches!(body.kind, ResourceKind::Plain) {
        return;
    }
    match ResourceType::find(&body.type_name) {
        Some(known) => {
            properties(report, body, known);
            missing(report, body, known);
            // Seen when the handle was asked, at the user's line.
            body.doubts.iter().for_each(|doubt| report.push(doubt.clone()));
        }
        None => unknown(report, &body.type_name),
    }
}

/// A type of AWS that the table does not have. What is not AWS's is taken as it is: `Custom::…`, private types,
/// modules.
fn unknown(report: &mut Report<'_>, type_name: &str) {
    if !type_name.starts_with("AWS::") || type_name.ends_with("::MODULE") || type_name == CUSTOM {
        return;
    }
    let newer = "a type that is newer than this crate is taken as it is with `.unchecked()`";
    let help = match ResourceType::nearest(type_name) {
        Some(near) => format!("did you mean `{near}`? {newer}"),
        None => newer.to_owned(),
    };
    report.error(format!("there is no resource type `{type_name}`"), help);
}

fn properties(report: &mut Report<'_>, body: &ResourceBody, known: ResourceType) {
    let type_name = &body.type_name;
    for (name, _) in
        report.node.properties.iter().filter(|(name, _)| !body.newer.iter().any(|newer| newer == name))
    {
        match known.fact(name).filter(|_| !name.contains('.')) {
            Some(fact) if fact.is_read_only() => report.error(
                format!("`{name}` of {type_name} is an attribute, and cannot be set"),
                "leave it out: it is read by `.attribute(..)`",
            ),
            Some(_) => {}
            None => {
                let newer =
                    format!("one that is newer than this crate is set by `.newer_property(\"{name}\", ..)`");
                let help = match nearest(name, known.properties().map(Fact::name)) {
                    Some(near) => format!("did you mean `{near}`? {newer}"),
                    None => newer,
                };
                report.error(format!("{type_name} has no property `{name}`"), help);
            }
        }
    }
}

fn missing(report: &mut Report<'_>, body: &ResourceBody, known: ResourceType) {
    // Properties that are no object are an error of their own.
    if !body.problems.is_empty() {
        return;
    }
    let required = known.properties().filter(|fact| fact.is_required()).map(Fact::name);
    let missing = required.filter(|name| report.node.properties.get(name).is_none());
    let missing: Vec<_> = missing.map(|name| format!("`{name}`")).collect();
    if !missing.is_empty() {
        let what = if missing.len() == 1 { "property" } else { "properties" };
        report.error(
            format!("{} needs the {what} {}", body.type_name, missing.join(", ")),
            "CloudFormation does not make it without: add what is missing",
        );
    }
}

/// What is wrong with an attribute of a type, and what would be right.
///
/// Some types give back their properties as attributes; which, no schema says, so a property is taken as one of any
/// type.
pub(crate) fn wrong_attribute(type_name: &str, attribute: &str) -> Option<(String, String)> {
    let known = ResourceType::find(type_name)?;
    let (head, below) =
        attribute.split_once('.').map_or((attribute, None), |(head, rest)| (head, Some(rest)));
    let near = nearest(attribute, known.attributes().map(Fact::name));
    let is_known = known.fact(attribute).is_some()
        // What is below a property is known where it is an attribute for certain. The rest may be, if it is not
        // misspelt.
        || (known.fact(head).is_some() && (below.is_none() || near.is_none()));
    if is_known {
        return None;
    }
    let newer = "one that is newer than this crate is read when the resource is `.unchecked()`";
    let help = match near {
        Some(near) => format!("did you mean `{near}`? {newer}"),
        None => {
            let all: Vec<_> = known.attributes().map(|fact| format!("`{}`", fact.name())).take(8).collect();
            if all.is_empty() { newer.to_owned() } else { format!("it has {}; {newer}", all.join(", ")) }
        }
    };
    Some((format!("{type_name} has no attribute `{attribute}`"), help))
}
