//! Where data goes: DynamoDB, SQS, SNS and EventBridge.

use cyanotype_asl::Text;

use super::super::{
    arguments::Argument,
    arn,
    placeholder::is_arn,
    task::{Kind, Task, kind},
    text::{concat, split, split_once, strip_prefix},
};

const TABLE: Kind = kind("dynamodb", "table/", "table");
const BUS: Kind = kind("events", "event-bus/", "event bus");

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html>
pub(super) fn dynamodb(task: &mut Task<'_, '_>, action: &str) {
    const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html";
    let (action, why) = match action {
        "getItem" => ("dynamodb:GetItem", "reads an item of the table"),
        "putItem" => ("dynamodb:PutItem", "writes an item of the table"),
        "updateItem" => ("dynamodb:UpdateItem", "changes an item of the table"),
        "deleteItem" => ("dynamodb:DeleteItem", "deletes an item of the table"),
        _ => return,
    };
    let table = task.named(action, "TableName", TABLE);
    task.need([action], [table], why, PAGE);
}

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html>
pub(super) fn sqs(task: &mut Task<'_, '_>) {
    const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html";
    let known = match task.arguments.get("QueueUrl") {
        Argument::Static(url) => queue_arn(url),
        _ => None,
    };
    let queue = known.unwrap_or_else(|| {
        let any = arn::own("sqs", "*");
        task.wide("sqs:SendMessage", "any queue", "QueueUrl", &any);
        any
    });
    task.need(["sqs:SendMessage"], [queue], "sends a message to the queue", PAGE);
}

/// The ARN of a queue, of its URL: `https://sqs.<region>.amazonaws.com/<account>/<name>`.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html>
pub(in super::super) fn queue_arn(url: &Text) -> Option<Text> {
    let rest = strip_prefix(url, "https://sqs.")?;
    let (region, rest) = split_once(&rest, ".")?;
    let (_, rest) = split_once(&rest, "/")?;
    let (account, name) = split_once(&rest, "/")?;
    Some(arn::of("sqs", region, account, name))
}

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html>
pub(super) fn sns(task: &mut Task<'_, '_>) {
    const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html";
    let topic = match task.arguments.first(&["TopicArn", "TargetArn"]) {
        Argument::Static(topic) => topic.clone(),
        // A text message goes to a telephone, which is no resource.
        Argument::Absent if task.arguments.has("PhoneNumber") => "*".into(),
        _ => {
            let any = arn::own("sns", "*");
            task.wide("sns:Publish", "any topic", "TopicArn", &any);
            any
        }
    };
    task.need(["sns:Publish"], [topic], "publishes to the topic", PAGE);
}

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html>
pub(super) fn events(task: &mut Task<'_, '_>) {
    const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html";
    let why = "puts events on the bus";
    let Some(entries) = task.arguments.each("Entries") else {
        let any = arn::own("events", "event-bus/*");
        task.wide("events:PutEvents", "any event bus", "Entries", &any);
        return task.need(["events:PutEvents"], [any], why, PAGE);
    };
    for entry in entries {
        let bus = match entry.get("EventBusName") {
            Argument::Absent if !entry.is_open() => arn::own("events", "event-bus/default"),
            Argument::Static(bus) if !is_arn(bus) => {
                // The name can be written with its kind, as the end of the ARN has it.
                let name = strip_prefix(bus, "event-bus/").unwrap_or_else(|| bus.clone());
                arn::own("events", concat(["event-bus/".into(), name]))
            }
            value => task.arn("events:PutEvents", "EventBusName", value, BUS),
        };
        task.need(["events:PutEvents"], [bus], why, PAGE);
    }
}

/// The last part of a path or of an ARN.
pub(super) fn last_part(text: &Text) -> Text {
    split(text, "/", usize::MAX).pop().unwrap_or_default()
}
