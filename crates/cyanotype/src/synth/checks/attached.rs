//! What an alias or a version has once.

use cyanotype_cfn::Tree;

use crate::{
    diagnostic::Diagnostic,
    synth::model::{Model, Node},
};

/// A type, the properties that together are of one resource alone, and what to do instead of a second one.
///
/// Sources: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html>,
/// <https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html>
const ONCE: [(&str, [&str; 2], &str); 2] = [
    (
        "AWS::Lambda::EventInvokeConfig",
        ["FunctionName", "Qualifier"],
        "say in one how calls are treated whose caller does not wait: an alias or a version has one such setting",
    ),
    (
        "AWS::Lambda::EventSourceMapping",
        ["FunctionName", "EventSourceArn"],
        "read it once: filters of one event source are alternatives, up to 5",
    ),
];

/// What of an event source is read, where that is a part of it: two parts are two event sources.
const PARTS: [&str; 4] = ["Topics", "Queues", "DocumentDBEventSourceConfig", "SelfManagedEventSource"];

/// Two of what Lambda has one of, of which it refuses to make the second.
pub(super) fn check(model: &Model<'_>) -> Vec<Diagnostic> {
    let mut found = vec![];
    for (type_name, names, help) in ONCE {
        let mut known: Vec<([&Tree; 2], &Node<'_>)> = vec![];
        for node in model.nodes.values() {
            let Some(body) = model.resource(node.key) else { continue };
            let is_part = PARTS.iter().any(|part| body.properties.contains_key(*part));
            // Under a condition it may be the only one.
            if body.type_name != type_name || body.condition.is_some() || is_part {
                continue;
            }
            let [Some(of), Some(what)] = names.map(|name| body.properties.get(name)) else { continue };
            match known.iter().find(|(own, _)| *own == [of, what]) {
                Some((_, first)) => {
                    let problem = format!("`{}` does the same for the same target", model.path(first.key));
                    let problem = Diagnostic::error(problem).at(node.at).construct(model.path(node.key));
                    found.push(problem.help(help));
                }
                None => known.push(([of, what], node)),
            }
        }
    }
    found
}
