//! What a distributed Map needs.

use cyanotype_asl::{InputType, ItemReader, MapMode, MapState, ResultWriter, Text};

use super::{
    arguments::{Argument, Arguments},
    arn,
    placeholder::is_arn,
    report::Collector,
    target::Target,
    task::{Task, wide_message},
    text::{concat, rendered, verbatim, verbatim_arn},
};
use crate::iam::PolicyCondition;

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html>
const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html";
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html>
const REDRIVE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html";

pub(super) fn needs(state: &str, map: &MapState, targets: &[Target], collected: &mut Collector) {
    let mode = map.processor().and_then(|processor| processor.config.as_ref()?.mode);
    if mode == Some(MapMode::Distributed) {
        let mut own = Task::new(state, &"Map".into(), Arguments::of_map(None, None), &[], collected);
        let why = "starts each item as an execution of its own machine";
        own.need(["states:StartExecution"], [arn::this_machine()], why, PAGE);
        // A child's ARN has the Map's label: `execution:<machine>/<label>:<id>`.
        let executions = [arn::its_executions(":"), arn::its_executions("/")];
        let follow = ["states:DescribeExecution", "states:StopExecution"];
        own.need(follow, executions, "follows and stops these executions", PAGE);
        let why = "takes up failed items when the execution is redriven";
        own.need(["states:RedriveExecution"], [arn::its_executions("/")], why, REDRIVE);
    }
    if let Some(reader) = &map.item_reader {
        let arguments = Arguments::of_map(reader.parameters.as_ref(), reader.arguments.as_ref());
        read(&mut Task::new(state, &reader.resource, arguments, targets, collected), reader);
    }
    if let Some(ResultWriter { resource: Some(resource), parameters, arguments, .. }) = &map.result_writer {
        let arguments = Arguments::of_map(parameters.as_ref(), arguments.as_ref());
        write(&mut Task::new(state, resource, arguments, targets, collected));
    }
}

fn read(task: &mut Task<'_, '_>, reader: &ItemReader) {
    let bucket = bucket(task, "s3:GetObject");
    let config = reader.config.as_ref();
    if rendered(&reader.resource).ends_with("s3:listObjectsV2") {
        let prefix = task.arguments.get("Prefix");
        list(task, &bucket, prefix, true);
        let objects = beginning_with(task, "s3:GetObject", &bucket, prefix);
        let objects = arn::s3(&bucket, Some(objects));
        task.need(["s3:GetObject"], [objects], "reads the objects", PAGE);
        return;
    }
    let key = task.arguments.get("Key");
    let object = match key {
        Argument::Static(key) => verbatim(key),
        _ => {
            let any = arn::s3(&bucket, Some("*".into()));
            task.wide("s3:GetObject", "any object of the bucket", "Key", &any);
            "*".into()
        }
    };
    let actions = match task.arguments.has("VersionId") {
        true => ["s3:GetObject", "s3:GetObjectVersion"].as_slice(),
        false => &["s3:GetObject"],
    };
    task.need(actions.iter().copied(), [arn::s3(&bucket, Some(object))], "reads the items", PAGE);
    list(task, &bucket, key, false);
    let of_files =
        config.is_some_and(|c| c.input_type == Some(InputType::Manifest) || c.manifest_type.is_some());
    if of_files {
        // Which files a manifest lists is in the manifest.
        let all = arn::s3(&bucket, Some("*".into()));
        let message = wide_message("s3:GetObject", "any object of the bucket");
        task.wide_anyway(message, "let the bucket have nothing else", &all);
        task.need(["s3:GetObject"], [all], "reads the files that a manifest lists", PAGE);
    }
}

/// Listing is allowed for what is read; without it a missing object is an error of rights.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>
fn list(task: &mut Task<'_, '_>, bucket: &Text, what: Argument<'_>, is_prefix: bool) {
    let prefix = match what {
        Argument::Static(text) if is_prefix => Some(concat([verbatim(text), "*".into()])),
        Argument::Static(text) => Some(verbatim(text)),
        Argument::Absent => None,
        Argument::Dynamic => {
            let argument = if is_prefix { "Prefix" } else { "Key" };
            task.wide("s3:ListBucket", "all of the bucket", argument, &arn::s3(bucket, None));
            None
        }
    };
    let condition = prefix.map(|prefix| PolicyCondition::new("StringLike", "s3:prefix", [prefix]));
    let why = "lists the objects of the bucket";
    task.need_when(["s3:ListBucket"], [arn::s3(bucket, None)], condition, why, PAGE);
}

fn write(task: &mut Task<'_, '_>) {
    let bucket = bucket(task, "s3:PutObject");
    let prefix = task.arguments.get("Prefix");
    let objects = beginning_with(task, "s3:PutObject", &bucket, prefix);
    let objects = match prefix {
        Argument::Static(text) if !rendered(text).ends_with('/') => concat([verbatim(text), "/*".into()]),
        _ => objects,
    };
    let actions = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"];
    task.need(actions, [arn::s3(&bucket, Some(objects))], "writes the results", PAGE);
}

fn bucket(task: &mut Task<'_, '_>, action: &str) -> Text {
    match task.arguments.first(&["Bucket", "BucketName"]) {
        Argument::Static(bucket) if is_arn(bucket) => verbatim_arn(bucket),
        Argument::Static(bucket) => verbatim(bucket),
        _ => {
            let any = arn::s3(&"*".into(), None);
            task.wide(action, "any bucket", "Bucket", &any);
            "*".into()
        }
    }
}

fn beginning_with(task: &mut Task<'_, '_>, action: &str, bucket: &Text, prefix: Argument<'_>) -> Text {
    match prefix {
        Argument::Static(prefix) => concat([verbatim(prefix), "*".into()]),
        Argument::Absent => "*".into(),
        Argument::Dynamic => {
            let any = arn::s3(bucket, Some("*".into()));
            task.wide(action, "all of the bucket", "Prefix", &any);
            "*".into()
        }
    }
}
