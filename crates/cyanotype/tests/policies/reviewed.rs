//! Where the policies differ, each with its reason.

/// A right that their policy has not.
pub(crate) struct Reviewed {
    pub(crate) action: &'static str,
    /// The case and the resource.
    pub(crate) place: &'static str,
    pub(crate) why: &'static str,
    pub(crate) page: &'static str,
}

pub(crate) const JUSTIFIED: &[Reviewed] = &[
    Reviewed {
        action: "s3:ListBucketMultipartUploads",
        place: "*_athena_integ.start-query-execution*",
        why: "they have it on the objects, and its resource is the bucket",
        page: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html",
    },
    Reviewed {
        action: "states:*Execution",
        place: "*execution:*",
        why: "the children of a distributed Map are executions, `<machine>:<id>` and `<machine>/<label>:<id>`; the CDK \
              names a version of the machine, which no such action has as its resource, and leaves out redriving",
        page: "https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html",
    },
    Reviewed {
        action: "states:StartExecution",
        place: "*integ.map-distributed_*",
        why: "their template gives the Map no rights at all: it is synthesized and never run",
        page: "https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html",
    },
    Reviewed {
        action: "s3:ListBucket",
        place: "*integ.distributed-map_*",
        why: "without it a missing file is an error of rights; it is narrowed to the key",
        page: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html",
    },
    Reviewed {
        action: "s3:*",
        place: "*StateMachineDynamic*",
        why: "the bucket is in the input; their policy names the one that the test has",
        page: "https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html",
    },
    Reviewed {
        action: "execute-api:Invoke",
        place: "*integ.call-http-api_*/$default/GET/",
        why: "theirs says `undefined`, for the stage that has no name and the path that is not given",
        page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html",
    },
    Reviewed {
        action: "iam:PassRole",
        place: "*_ecs_integ.*",
        why: "the roles are in the task definition, which the States Language does not show; a condition narrows it to \
              ECS, and a warning says so",
        page: "https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html",
    },
    Reviewed {
        action: "secretsmanager:*",
        place: "*_http_integ.*",
        why: "the end of a secret's name is not in the connection's ARN",
        page: "https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html",
    },
    Reviewed {
        action: "sagemaker:AddTags",
        place: "*endpoint/?",
        why: "the call has `Tags`; whoever makes something with tags needs to tag",
        page: "https://docs.aws.amazon.com/sagemaker/latest/dg/security_iam_id-based-policy-examples.html",
    },
    Reviewed {
        action: "dynamodb:PutItem",
        place: "*integ.custom-state_*",
        why: "the CDK does not look into a state that is given as JSON",
        page: "https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html",
    },
    Reviewed {
        action: "dynamodb:GetItem",
        place: "03?-*table/?",
        why: "the case names no table; theirs says `undefined`",
        page: "https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html",
    },
    Reviewed {
        action: "lambda:InvokeFunction",
        place: "01?-*:function:b:?",
        why: "an alias is called: all versions and aliases are allowed, so that the next changes no right; theirs names \
              the alias alone",
        page: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html",
    },
    Reviewed {
        action: "lambda:InvokeFunction",
        place: "02?-*:function:?",
        why: "the function is in the input; the plugin has a field of its own for it, which AWS does not know",
        page: "https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html",
    },
    Reviewed {
        action: "lambda:InvokeFunction",
        place: "031-*:function:hello",
        why: "the case has the states beside `ItemProcessor`, where the plugin does not look",
        page: "https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html",
    },
];

/// Rights that their policy has and no state can use: action, case and resource, reason.
pub(crate) const SURPLUS: &[(&str, &str, &str)] = &[
    (
        "s3:ListBucketMultipartUploads",
        "*_athena_integ.start-query-execution*/*",
        "a right on a bucket that is given on its objects, where it allows nothing",
    ),
    (
        "lambda:InvokeFunction",
        "*:function:*:?",
        "versions of a function that the definition calls unqualified",
    ),
    (
        "lambda:InvokeFunction",
        "016-*:function:with-alias",
        "the function itself, of which an alias is called",
    ),
    ("lambda:InvokeFunction", "02?-*", "functions that a field of the plugin's own names"),
    ("logs:*", "* ?", "the log of the machine"),
    ("logs:*", "*_use_cases_*", "the log of the machine"),
    ("kms:*", "*", "keys, which the definition does not name"),
    ("states:*Execution", "*:stateMachine:*:?", "no execution has the ARN of a version of a machine"),
    ("execute-api:Invoke", "*/undefined/GETundefined", "no such API: a value was missing"),
    ("athena:getQueryExecution", "*:datacatalog/*", "queries are of a workgroup"),
    (
        "athena:getQueryExecution",
        "*_athena_*:workgroup/primary",
        "the Task does not wait, and nothing looks at the query",
    ),
    ("bedrock:ApplyGuardrail", "*:guardrail/arn:*", "no such guardrail: an ARN within an ARN"),
    ("codebuild:*", "*integ.start-build_*", "the Task does not wait, and nothing follows the build"),
    ("sagemaker:*TrainingJob", "*_sagemaker_*", "the Task does not wait, and nothing follows the job"),
    ("iam:PassRole", "*integ.create-transform-job_*", "a transform job has no role"),
    ("service:Action", "004-*", "a statement that the case adds by hand"),
    ("ecs:*", "011-*", "the Task waits for a token; nothing follows or tags the task"),
    ("events:*", "011-*", "the Task waits for a token, which comes back without a rule"),
    ("events:*", "019-*", "a Map follows its children without a rule"),
    ("events:*", "031-*", "a Map follows its children without a rule"),
    ("s3:Get*", "031-*:myBucket", "reading is of objects"),
    ("s3:List*", "031-*:myBucket/?", "listing is of the bucket"),
];
