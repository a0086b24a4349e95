//! Amazon Athena.

use cyanotype_asl::Text;

use super::super::{
    arguments::Argument,
    arn,
    task::{Kind, Task, kind},
    text::{around, concat, rendered, split_once, strip_prefix, verbatim},
};

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html>
const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html";
const WORKGROUP: Kind = kind("athena", "workgroup/", "workgroup");

/// What a query may do with the data catalog: which of it the query does is in its SQL.
const CATALOG: [&str; 19] = [
    "glue:BatchCreatePartition",
    "glue:BatchDeletePartition",
    "glue:BatchDeleteTable",
    "glue:BatchGetPartition",
    "glue:CreateDatabase",
    "glue:CreatePartition",
    "glue:CreateTable",
    "glue:DeleteDatabase",
    "glue:DeletePartition",
    "glue:DeleteTable",
    "glue:GetDatabase",
    "glue:GetDatabases",
    "glue:GetPartition",
    "glue:GetPartitions",
    "glue:GetTable",
    "glue:GetTables",
    "glue:UpdateDatabase",
    "glue:UpdatePartition",
    "glue:UpdateTable",
];
const READ: [&str; 4] = ["s3:CreateBucket", "s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket"];
const WRITE: [&str; 3] = ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"];
/// The one that is on the bucket, and not on what is in it.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html>
const UPLOADS: [&str; 1] = ["s3:ListBucketMultipartUploads"];

pub(super) fn athena(task: &mut Task<'_, '_>, action: &str, sync: bool) {
    let any = || arn::own("athena", "workgroup/*");
    let by_id = "the query's ID does not say which";
    match action {
        "startQueryExecution" => start(task, sync),
        "stopQueryExecution" => {
            wide_workgroup(task, "athena:StopQueryExecution", by_id);
            task.need(["athena:StopQueryExecution"], [any()], "stops the query", PAGE);
        }
        "getQueryExecution" => {
            wide_workgroup(task, "athena:GetQueryExecution", by_id);
            task.need(["athena:GetQueryExecution"], [any()], "looks at the query", PAGE);
        }
        "getQueryResults" => {
            wide_workgroup(task, "athena:GetQueryResults", by_id);
            task.need(["athena:GetQueryResults"], [any()], "reads the results", PAGE);
            let objects = all_of_s3();
            task.need(["s3:GetObject"], [objects], "reads the file that has the results", PAGE);
        }
        _ => {}
    }
}

fn wide_workgroup(task: &mut Task<'_, '_>, action: &str, why: &str) {
    let message = format!("`{action}` is allowed on any workgroup: {why}");
    let help = "narrow the statement to the workgroup, and `s3:GetObject` to its results, or deny the rest";
    task.wide_anyway(message, help, &arn::own("athena", "workgroup/*"));
}

fn start(task: &mut Task<'_, '_>, sync: bool) {
    let workgroup = match task.arguments.get("WorkGroup") {
        Argument::Absent => arn::own("athena", "workgroup/primary"),
        workgroup => task.arn("athena:StartQueryExecution", "WorkGroup", workgroup, WORKGROUP),
    };
    let context = task.arguments.within("QueryExecutionContext");
    let catalog = match context.get("Catalog") {
        Argument::Static(name) => around("datacatalog/", name, ""),
        Argument::Absent => "datacatalog/AwsDataCatalog".into(),
        Argument::Dynamic => "datacatalog/*".into(),
    };
    let catalog = arn::own("athena", catalog);
    let started = ["athena:GetDataCatalog", "athena:StartQueryExecution"];
    task.need(started, [workgroup.clone(), catalog], "starts the query", PAGE);
    if sync {
        let follow = ["athena:GetQueryExecution", "athena:StopQueryExecution"];
        task.need(follow, [workgroup], "follows the query, and stops it when it is stopped itself", PAGE);
    }

    let database = match context.get("Database") {
        Argument::Static(name) => name.clone(),
        Argument::Absent => "default".into(),
        Argument::Dynamic => "*".into(),
    };
    let glue = |before: &str, after: &str| arn::own("glue", around(before, &database, after));
    let resources = [
        arn::own("glue", "catalog"),
        glue("database/", ""),
        glue("table/", "/*"),
        glue("userDefinedFunction/", "/*"),
    ];
    task.need(CATALOG, resources, "lets the query use the data catalog", PAGE);
    // This action has no resource.
    task.need(["lakeformation:GetDataAccess"], ["*".into()], "lets the query read governed tables", PAGE);
    task.need(READ, [all_of_s3()], "lets the query read its data", PAGE);
    let output = match task.arguments.within("ResultConfiguration").get("OutputLocation") {
        Argument::Static(location) => strip_prefix(location, "s3://"),
        _ => None,
    };
    let (bucket, objects) =
        output.map_or_else(|| (all_of_s3(), all_of_s3()), |place| (bucket(&place), results(&place)));
    task.need(WRITE, [objects], "writes the results", PAGE);
    task.need(UPLOADS, [bucket], "writes the results", PAGE);
    let message = "what the query reads is not known: its SQL is not looked at, and any bucket and any change of \
                   the database are allowed";
    let help = "narrow the statements on S3 to the buckets of its tables, and those on Glue to what it does, or deny the rest";
    task.warn(message.into(), help);
}

/// The bucket of a place in S3.
fn bucket(place: &Text) -> Text {
    let bucket = split_once(place, "/").map_or_else(|| place.clone(), |(bucket, _)| bucket);
    arn::s3(&verbatim(&bucket), None)
}

fn results(place: &Text) -> Text {
    let separator = if rendered(place).ends_with('/') { "*" } else { "/*" };
    let objects = concat([verbatim(place), separator.into()]);
    arn::of("s3", Text::default(), Text::default(), objects)
}

fn all_of_s3() -> Text {
    arn::of("s3", Text::default(), Text::default(), "*")
}
