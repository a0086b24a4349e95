//! What a definition needs of its machine's role.

mod arguments;
mod arn;
mod call;
mod map;
mod placeholder;
mod report;
mod sdk;
mod services;
mod target;
mod task;
mod text;
mod walk;

pub(super) use placeholder::longest;
pub(crate) use report::Targets;
pub use report::{Need, NeedWarning, Needs};
pub(crate) use target::Target;
pub(crate) use text::rendered;

/// The name of the placeholder that stands for the name of the machine itself.
///
/// A distributed Map starts executions of its own machine. The definition does not say what that is called, so that
/// these rights name it by this placeholder, which no template gives another meaning.
pub const MACHINE_NAME: &str = "Cyanotype::StateMachineName";

/// The rights that a role needs so that every state of a definition can do its work: each Task in every scope, and
/// every distributed Map. The definition is one that [validates](cyanotype_asl::validate); of another the parts that
/// say something count.
///
/// Names become ARNs of the stack's own account and Region, by the placeholders `${AWS::Partition}`, `${AWS::Region}`
/// and `${AWS::AccountId}`. A resource that an argument names narrows the right; one that only an execution knows makes
/// it as narrow as the action allows, with a warning.
///
/// ```
/// use cyanotype::iam::needs;
/// use cyanotype_asl::Document;
///
/// let text = r#"{"StartAt": "Save", "States": {"Save": {
///     "Type": "Task",
///     "Resource": "arn:aws:states:::dynamodb:putItem",
///     "Parameters": {"TableName": "Orders", "Item.$": "$.item"},
///     "End": true
/// }}}"#;
/// let definition = Document::parse(text)?.definition().expect("it is a definition");
/// let needs = needs(&definition);
/// assert_eq!(needs.needs[0].actions, ["dynamodb:PutItem"]);
/// assert!(needs.warnings.is_empty());
/// # Ok::<(), cyanotype_asl::SyntaxError>(())
/// ```
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/service-integration-iam-templates.html>
#[must_use]
pub fn needs(definition: &cyanotype_asl::Definition) -> Needs {
    needs_beside(definition, &Beside { is_seen_to: &|_| false, targets: &|_| &[], roles: &|_, _| None }).0
}

/// What is known beside a definition, by state.
pub(crate) struct Beside<'a> {
    /// Tasks without whose calls the needs are asked for, since others see to their rights. What they need to take the
    /// role of their `Credentials` is among them all the same.
    pub(crate) is_seen_to: &'a dyn Fn(&str) -> bool,
    /// What a state's call is on, where its author says so.
    pub(crate) targets: &'a dyn Fn(&str) -> &'a [Target],
    /// The role that a task definition hands to its tasks by this property, by the definition's ARN, where it is
    /// known: it may have none.
    pub(crate) roles: &'a dyn Fn(&cyanotype_asl::Text, &str) -> Option<Option<cyanotype_asl::Text>>,
}

/// The same with what is known beside the definition, and what has come of the targets.
pub(crate) fn needs_beside(definition: &cyanotype_asl::Definition, beside: &Beside<'_>) -> (Needs, Targets) {
    let mut collected = report::Collector::default();
    walk::walk(definition, beside, &mut collected);
    collected.finish()
}
