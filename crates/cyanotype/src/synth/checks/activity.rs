//! What Step Functions takes of an activity.

use super::{Report, statement, text};
use crate::{
    app::{Element, ResourceKind},
    synth::model::Identity,
};

/// What Step Functions takes of a name.
const MAX_NAME: usize = 80;

/// Source: <https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateActivity.html>
pub(super) fn check(report: &mut Report<'_>) {
    let body = report.model.element(report.node.key).and_then(Element::resource);
    if !body.is_some_and(|body| matches!(body.kind, ResourceKind::Activity)) {
        return;
    }
    if report.node.properties.get("Name").is_some_and(statement::can_be_left_out) {
        report.error(
            "its name can be `AWS::NoValue`, and an activity has a name",
            "give it a name in every case, or none at all: it then has a generated one",
        );
    }
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

fn fits(c: char) -> bool {
    let special = r##"<>{}[]?*"#%\^|~`$&,;:/"##;
    let never = ['\u{fffe}', '\u{ffff}', '\u{10ffff}'];
    !c.is_whitespace() && !c.is_control() && !special.contains(c) && !never.contains(&c)
}
