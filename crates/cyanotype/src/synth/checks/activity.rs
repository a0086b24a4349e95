//! What Step Functions takes of an activity.

use cyanotype_cfn::Tree;

use super::{Report, statement, text};
use crate::{app::ResourceKind, synth::model::Identity};

/// What Step Functions takes of a name.
const MAX_NAME: usize = 80;

/// Source: <https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateActivity.html>
pub(super) fn check(report: &mut Report<'_>) {
    let body = report.model.resource(report.node.key);
    if !body.is_some_and(|body| matches!(body.kind, ResourceKind::Activity)) {
        return;
    }
    if report.node.properties.get("Name").is_some_and(statement::can_be_left_out) {
        report.error(
            "its name can be `AWS::NoValue`, and an activity has a name",
            "give it a name in every case, or none at all: it then has a generated one",
        );
    }
    empty_tags(report);
    // A name is create-only: without one in its identity, it has the generated one.
    if matches!(&report.node.identity, Identity::CreateOnly(properties) if properties.is_empty()) {
        let stack = report.model.app.stacks.get(report.node.key.stack as usize);
        let stack = stack.map_or("", |stack| &stack.name);
        let length = stack.chars().count() + 1 + report.model.id(report.node.key).len();
        if length > MAX_NAME {
            report.error(
                format!(
                    "its name would be that of the stack and its logical ID, which has {length} characters"
                ),
                format!("Step Functions takes {MAX_NAME}: shorten its path, or name it: `.named(\"…\")`"),
            );
        }
    } else if let Some(name) = report.node.properties.get("Name").and_then(text)
        && (!(1..=MAX_NAME).contains(&name.chars().count()) || !name.chars().all(fits))
    {
        report.error(
            format!("`{name}` is no name for an activity"),
            "it has 1 to 80 characters, no white space, and none of <>{}[]?*\"#%\\^|~`$&,;:/",
        );
    }
}

/// Step Functions takes an empty value, and CloudFormation's schema of an activity does not.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-stepfunctions-activity-tagsentry.html>
fn empty_tags(report: &mut Report<'_>) {
    let Some(Tree::List(tags)) = report.node.properties.get("Tags") else { return };
    for tag in tags {
        let Tree::Map(tag) = tag else { continue };
        let part = |name: &str| tag.get(name).and_then(text);
        let empty = |name: &str| part(name).is_some_and(|text| text.is_empty());
        if empty("Key") || empty("Value") {
            report.error(
                format!("its tag `{}` has an empty key or value", part("Key").unwrap_or_default()),
                "CloudFormation takes a character or more in either",
            );
        }
    }
}

fn fits(c: char) -> bool {
    let special = r##"<>{}[]?*"#%\^|~`$&,;:/"##;
    let never = ['\u{fffe}', '\u{ffff}', '\u{10ffff}'];
    !c.is_whitespace() && !c.is_control() && !special.contains(c) && !never.contains(&c)
}
