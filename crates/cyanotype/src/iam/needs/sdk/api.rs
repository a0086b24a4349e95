//! Which actions of IAM a call of the SDK is.

use std::borrow::Cow;

use super::table;

/// Services whose prefix in IAM is not their name in the SDK.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html>, and the prefixes of
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
#[rustfmt::skip]
const PREFIXES: &[(&str, &str)] = &[
    ("amp", "aps"), ("apigatewayv2", "apigateway"), ("appconfigdata", "appconfig"),
    ("applicationdiscovery", "discovery"), ("bedrockagent", "bedrock"), ("bedrockagentruntime", "bedrock"),
    ("bedrockruntime", "bedrock"), ("chimesdkidentity", "chime"), ("chimesdkmeetings", "chime"),
    ("chimesdkmessaging", "chime"), ("cloudcontrol", "cloudformation"), ("cloudhsmv2", "cloudhsm"),
    ("cloudwatchevents", "events"), ("cloudwatchlogs", "logs"), ("cognitoidentityprovider", "cognito-idp"),
    ("connectcontactlens", "connect"), ("costandusagereport", "cur"), ("costexplorer", "ce"),
    ("databasemigration", "dms"), ("directory", "ds"), ("docdb", "rds"), ("dynamodbstreams", "dynamodb"),
    ("efs", "elasticfilesystem"), ("elasticloadbalancingv2", "elasticloadbalancing"), ("elasticsearch", "es"),
    ("emr", "elasticmapreduce"), ("eventbridge", "events"), ("forecastquery", "forecast"),
    ("greengrassv2", "greengrass"), ("ioteventsdata", "iotevents"), ("iotdataplane", "iot"),
    ("iotjobsdataplane", "iotjobsdata"), ("iotsecuretunneling", "iot"), ("keyspaces", "cassandra"),
    ("kinesisanalyticsv2", "kinesisanalytics"), ("kinesisvideoarchivedmedia", "kinesisvideo"),
    ("kinesisvideomedia", "kinesisvideo"), ("kinesisvideosignaling", "kinesisvideo"),
    ("lexmodelbuilding", "lex"), ("lexmodelsv2", "lex"), ("lexruntime", "lex"), ("lexruntimev2", "lex"),
    ("location", "geo"), ("marketplacecatalog", "aws-marketplace"), ("marketplaceentitlement", "aws-marketplace"),
    ("marketplacemetering", "aws-marketplace"), ("migrationhub", "mgh"), ("migrationhubconfig", "mgh"),
    ("mturk", "mechanicalturk"), ("mwaa", "airflow"), ("neptune", "rds"), ("opensearch", "es"),
    ("personalizeevents", "personalize"), ("personalizeruntime", "personalize"), ("pinpoint", "mobiletargeting"),
    ("pinpointemail", "ses"), ("pinpointsmsvoice", "sms-voice"), ("pinpointsmsvoicev2", "sms-voice"),
    ("qldbsession", "qldb"), ("resourceexplorer2", "resource-explorer-2"), ("resourcegroupstaggingapi", "tag"),
    ("s3control", "s3"), ("sagemakera2iruntime", "sagemaker"), ("sagemakeredge", "sagemaker"),
    ("sagemakerfeaturestoreruntime", "sagemaker"), ("sagemakermetrics", "sagemaker"),
    ("sagemakerruntime", "sagemaker"), ("serverlessapplicationrepository", "serverlessrepo"),
    ("servicecatalogappregistry", "servicecatalog"), ("sesv2", "ses"), ("sfn", "states"), ("ssoadmin", "sso"),
    ("ssooidc", "sso-oauth"), ("timestreamquery", "timestream"), ("timestreamwrite", "timestream"),
    ("transcribestreaming", "transcribe"),
];

/// Calls whose actions are not called as they are.
///
/// Sources: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>,
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html>,
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html>,
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html>,
/// <https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html>,
/// <https://docs.aws.amazon.com/timestream/latest/developerguide/security_iam_service-with-iam.html>
#[rustfmt::skip]
const ACTIONS: &[(&str, &str, &[&str])] = &[
    ("bedrock", "converse", &["InvokeModel"]),
    ("dynamodb", "batchExecuteStatement", PARTIQL),
    ("dynamodb", "executeStatement", PARTIQL),
    ("dynamodb", "executeTransaction", PARTIQL),
    ("dynamodb", "transactGetItems", &["GetItem"]),
    ("dynamodb", "transactWriteItems", &["ConditionCheckItem", "DeleteItem", "PutItem", "UpdateItem"]),
    ("s3", "completeMultipartUpload", &["PutObject"]),
    ("s3", "copyObject", &["GetObject", "PutObject"]),
    ("s3", "createMultipartUpload", &["PutObject"]),
    ("s3", "deleteBucketAnalyticsConfiguration", &["PutAnalyticsConfiguration"]),
    ("s3", "deleteBucketCors", &["PutBucketCORS"]),
    ("s3", "deleteBucketEncryption", &["PutEncryptionConfiguration"]),
    ("s3", "deleteBucketInventoryConfiguration", &["PutInventoryConfiguration"]),
    ("s3", "deleteBucketLifecycle", &["PutLifecycleConfiguration"]),
    ("s3", "deleteBucketMetricsConfiguration", &["PutMetricsConfiguration"]),
    ("s3", "deleteBucketOwnershipControls", &["PutBucketOwnershipControls"]),
    ("s3", "deleteBucketReplication", &["PutReplicationConfiguration"]),
    ("s3", "deleteBucketTagging", &["PutBucketTagging"]),
    ("s3", "deleteObjects", &["DeleteObject"]),
    ("s3", "deletePublicAccessBlock", &["PutBucketPublicAccessBlock"]),
    ("s3", "getBucketAccelerateConfiguration", &["GetAccelerateConfiguration"]),
    ("s3", "getBucketAnalyticsConfiguration", &["GetAnalyticsConfiguration"]),
    ("s3", "getBucketEncryption", &["GetEncryptionConfiguration"]),
    ("s3", "getBucketInventoryConfiguration", &["GetInventoryConfiguration"]),
    ("s3", "getBucketLifecycleConfiguration", &["GetLifecycleConfiguration"]),
    ("s3", "getBucketMetricsConfiguration", &["GetMetricsConfiguration"]),
    ("s3", "getBucketNotificationConfiguration", &["GetBucketNotification"]),
    ("s3", "getBucketReplication", &["GetReplicationConfiguration"]),
    ("s3", "getObjectLockConfiguration", &["GetBucketObjectLockConfiguration"]),
    ("s3", "getPublicAccessBlock", &["GetBucketPublicAccessBlock"]),
    ("s3", "headBucket", &["ListBucket"]),
    ("s3", "headObject", &["GetObject"]),
    ("s3", "listBuckets", &["ListAllMyBuckets"]),
    ("s3", "listMultipartUploads", &["ListBucketMultipartUploads"]),
    ("s3", "listObjectVersions", &["ListBucketVersions"]),
    ("s3", "listObjects", &["ListBucket"]),
    ("s3", "listObjectsV2", &["ListBucket"]),
    ("s3", "listParts", &["ListMultipartUploadParts"]),
    ("s3", "putBucketAccelerateConfiguration", &["PutAccelerateConfiguration"]),
    ("s3", "putBucketAnalyticsConfiguration", &["PutAnalyticsConfiguration"]),
    ("s3", "putBucketEncryption", &["PutEncryptionConfiguration"]),
    ("s3", "putBucketInventoryConfiguration", &["PutInventoryConfiguration"]),
    ("s3", "putBucketLifecycleConfiguration", &["PutLifecycleConfiguration"]),
    ("s3", "putBucketMetricsConfiguration", &["PutMetricsConfiguration"]),
    ("s3", "putBucketNotificationConfiguration", &["PutBucketNotification"]),
    ("s3", "putBucketReplication", &["PutReplicationConfiguration"]),
    ("s3", "putObjectLockConfiguration", &["PutBucketObjectLockConfiguration"]),
    ("s3", "putPublicAccessBlock", &["PutBucketPublicAccessBlock"]),
    ("s3", "uploadPart", &["PutObject"]),
    ("s3", "uploadPartCopy", &["GetObject", "PutObject"]),
    ("ses", "sendBulkEmail", &["SendBulkTemplatedEmail"]),
    ("sns", "publishBatch", &["Publish"]),
    ("sqs", "changeMessageVisibilityBatch", &["ChangeMessageVisibility"]),
    ("sqs", "deleteMessageBatch", &["DeleteMessage"]),
    ("sqs", "sendMessageBatch", &["SendMessage"]),
    ("timestream", "query", &["Select"]),
];
const PARTIQL: &[&str] = &["PartiQLDelete", "PartiQLInsert", "PartiQLSelect", "PartiQLUpdate"];

/// The prefix of a service: the SDK writes it without hyphens.
pub(super) fn prefix(service: &str) -> &str {
    if let Some((_, prefix)) = PREFIXES.iter().find(|(sdk, _)| *sdk == service) {
        return prefix;
    }
    if table::has(service) {
        return service;
    }
    let is = |prefix: &&str| prefix.bytes().filter(|b| *b != b'-').eq(service.bytes());
    table::prefixes().find(is).unwrap_or(service)
}

/// The actions of a call; those of the two that manage APIs are called as the methods of HTTP.
///
/// Source: <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-iam-policy-examples.html>
pub(super) fn actions<'a>(prefix: &str, service: &str, action: &'a str) -> Vec<Cow<'a, str>> {
    if matches!(service, "apigateway" | "apigatewayv2") {
        let method = match action {
            a if a.starts_with("get") || a.starts_with("export") => "GET",
            a if a.starts_with("update") => "PATCH",
            a if a.starts_with("delete") || a.starts_with("flush") || a.starts_with("untag") => "DELETE",
            a if a.starts_with("put") || a.starts_with("tag") || a.starts_with("reimport") => "PUT",
            _ => "POST",
        };
        return vec![method.into()];
    }
    match ACTIONS.iter().find(|(of, call, _)| *of == prefix && *call == action) {
        Some((_, _, actions)) => actions.iter().map(|action| (*action).into()).collect(),
        // In IAM actions are read in any case, and the table has the usual one.
        None => vec![action.into()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_name_services_and_actions_that_exist() {
        for (sdk, prefix) in PREFIXES {
            assert!(table::prefixes().any(|known| known == *prefix), "{sdk}: {prefix}");
        }
        for (prefix, call, actions) in ACTIONS {
            for action in *actions {
                assert!(table::action(prefix, action).is_some(), "{call}: {prefix}:{action}");
            }
        }
    }

    #[test]
    fn hyphens_are_left_out_in_the_sdk() {
        assert_eq!(prefix("emrcontainers"), "emr-containers");
        assert_eq!(prefix("sfn"), "states");
        assert_eq!(prefix("dynamodb"), "dynamodb");
    }
}
