//! What a definition needs of its machine's role.

mod arguments;
mod arn;
mod call;
mod map;
mod placeholder;
mod report;
mod sdk;
mod services;
mod task;
mod text;
mod walk;

pub(super) use placeholder::longest;
pub use report::{Need, NeedWarning, Needs};
pub(super) use text::rendered;

/// The name of the placeholder that stands for the name of the machine itself.
///
/// A distributed Map starts executions of its own machine. The definition does not say what that is called, so that
/// these rights name it by this placeholder, which no template gives another meaning.
pub const MACHINE_NAME: &str = "Cyanotype::StateMachineName";

/// The rights that a role needs so that every state of a definition can do its work: each Task in every scope, and
/// every distributed Map. The definition is one that [validates](cyanotype_asl::validate); of another the parts that
/// say something count.
///
/// Names become ARNs of the stack's own account and Region, by the placeholders `${AWS::Partition}`, `${AWS::Region}` and
/// `${AWS::AccountId}`. A resource that an argument names narrows the right; one that only an execution knows makes it
/// as narrow as the action allows, with a warning.
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
    needs_beside(definition, &|_| false)
}

/// The same without the calls of some Tasks, for whose rights others see. What these need to take the role of their
/// `Credentials` is among them all the same.
pub(crate) fn needs_beside(
    definition: &cyanotype_asl::Definition,
    is_seen_to: &dyn Fn(&str) -> bool,
) -> Needs {
    let mut collected = report::Collector::default();
    walk::walk(definition, is_seen_to, &mut collected);
    collected.finish()
}
