//! Every action that can be generated is one that AWS knows.

use std::{collections::BTreeSet, fs, time::Instant};

use cyanotype::iam::needs;
use serde_json::{Value, json};

use super::{definition, folder, golden};

/// Every optimized integration, with the patterns that it has.
const OPTIMIZED: &[(&str, &str, &str)] = &[
    ("apigateway", "invoke", ""),
    (
        "athena",
        "startQueryExecution stopQueryExecution getQueryExecution getQueryResults",
        "startQueryExecution",
    ),
    ("batch", "submitJob", "submitJob"),
    ("bedrock", "invokeModel createModelCustomizationJob", "createModelCustomizationJob"),
    (
        "codebuild",
        "startBuild stopBuild batchDeleteBuilds batchGetReports startBuildBatch stopBuildBatch retryBuildBatch \
         deleteBuildBatch",
        "startBuild startBuildBatch retryBuildBatch",
    ),
    ("databrew", "startJobRun", "startJobRun"),
    ("dynamodb", "getItem putItem updateItem deleteItem", ""),
    ("ecs", "runTask", "runTask"),
    (
        "eks",
        "createCluster deleteCluster createNodegroup deleteNodegroup createFargateProfile deleteFargateProfile",
        "createCluster deleteCluster createNodegroup deleteNodegroup createFargateProfile deleteFargateProfile",
    ),
    (
        "elasticmapreduce",
        "createCluster terminateCluster addStep cancelStep setClusterTerminationProtection \
         modifyInstanceFleetByName modifyInstanceGroupByName",
        "createCluster terminateCluster addStep",
    ),
    (
        "emr-containers",
        "createVirtualCluster deleteVirtualCluster startJobRun",
        "deleteVirtualCluster startJobRun",
    ),
    (
        "emr-serverless",
        "createApplication startApplication stopApplication deleteApplication startJobRun cancelJobRun",
        "createApplication startApplication stopApplication deleteApplication startJobRun cancelJobRun",
    ),
    ("events", "putEvents", ""),
    ("glue", "startJobRun", "startJobRun"),
    ("http", "invoke", ""),
    ("lambda", "invoke", ""),
    ("mediaconvert", "createJob", "createJob"),
    (
        "sagemaker",
        "createEndpoint createEndpointConfig createHyperParameterTuningJob createLabelingJob createModel \
         createProcessingJob createTrainingJob createTransformJob updateEndpoint",
        "createHyperParameterTuningJob createLabelingJob createProcessingJob createTrainingJob createTransformJob",
    ),
    ("sns", "publish", ""),
    ("sqs", "sendMessage", ""),
    ("states", "startExecution", "startExecution"),
];

/// A machine of one Task.
fn machine(resource: &str, parameters: &Value) -> String {
    json!({
        "StartAt": "A",
        "States": { "A": { "Type": "Task", "Resource": resource, "Parameters": parameters, "End": true } }
    })
    .to_string()
}

/// The actions of every integration, with nothing said, and with all that adds rights.
fn integrations() -> BTreeSet<String> {
    let rich = json!({
        "AuthType": "IAM_ROLE", "Tags": [], "RoleArn": "r", "Role": "r", "ExecutionRoleArn": "r", "ServiceRole": "s",
        "JobFlowRole": "s", "NodeRole": "n", "PodExecutionRoleArn": "p", "AutoScalingRole": "a", "JobTemplate": "t",
        "Preset": "p", "GuardrailIdentifier": "g", "Input": {}, "Output": {}, "CustomModelTags": [],
        "PhoneNumber": "1", "Entries": [{}], "ModelId": "eu.a.b", "Credentials": {},
    });
    let mut actions = BTreeSet::new();
    for (service, plain, sync) in OPTIMIZED {
        let calls = plain.split(' ').map(|action| action.to_owned());
        let waiting = sync.split_whitespace().map(|action| format!("{action}.sync"));
        for call in calls.chain(waiting) {
            for parameters in [json!({}), rich.clone()] {
                let text = machine(&format!("arn:aws:states:::{service}:{call}"), &parameters);
                let found = needs(&definition(&text)).needs;
                if !matches!(*service, "apigateway") {
                    assert!(!found.is_empty(), "{service}:{call} needs nothing");
                }
                actions.extend(found.into_iter().flat_map(|need| need.actions));
            }
        }
    }
    actions
}

#[test]
fn every_action_exists() {
    let Some(root) = golden() else { return };
    let known: Value =
        serde_json::from_str(&fs::read_to_string(root.join("iam/service-authorization.json")).unwrap())
            .unwrap();
    let exists = |action: &str| {
        let (prefix, name) = action.split_once(':').unwrap();
        known[prefix]["actions"].get(name).is_some()
    };
    let mut actions = integrations();
    let optimized = actions.len();

    // Every action of every service, as the SDK would call it. What the table has not gives no right, and a warning.
    let (mut sdk, mut unknown) = (BTreeSet::new(), 0);
    for (prefix, service) in known.as_object().unwrap() {
        for name in service["actions"].as_object().unwrap().keys() {
            let call = name[..1].to_lowercase() + &name[1..];
            let resource = format!("arn:aws:states:::aws-sdk:{}:{call}", prefix.replace('-', ""));
            let found = needs(&definition(&machine(&resource, &json!({}))));
            if found.needs.is_empty() {
                assert!(!found.warnings.is_empty(), "{resource} gives neither a right nor a warning");
                unknown += 1;
            }
            sdk.extend(found.needs.into_iter().flat_map(|need| need.actions));
        }
    }
    let by_sdk = sdk.len();
    actions.extend(sdk);
    for (name, case) in folder("iam/cdk").unwrap() {
        let text = case["definition"].as_str().map_or_else(|| case["definition"].to_string(), str::to_owned);
        assert!(!name.is_empty());
        actions.extend(needs(&definition(&text)).needs.into_iter().flat_map(|need| need.actions));
    }
    let missing: Vec<_> = actions.iter().filter(|action| !exists(action)).collect();
    println!(
        "actions: {optimized} of optimized integrations, {by_sdk} by the SDK and {unknown} calls without one; {} do \
         not exist",
        missing.len()
    );
    assert!(missing.is_empty(), "{missing:?}");
}

/// A definition of a megabyte, each state with a resource of its own.
fn large() -> String {
    let mut states = serde_json::Map::new();
    let mut size = 0;
    for n in 0.. {
        let (resource, parameters) = match n % 4 {
            0 => {
                ("arn:aws:states:::dynamodb:putItem".to_owned(), json!({ "TableName": format!("Table{n}") }))
            }
            1 => (format!("arn:aws:lambda:eu-west-1:123456789012:function:f{n}:7"), json!({})),
            2 => (
                "arn:aws:states:::aws-sdk:s3:getObject".into(),
                json!({ "Bucket": format!("b{n}"), "Key.$": "$.k" }),
            ),
            _ => (
                "arn:aws:states:::ecs:runTask.sync".into(),
                json!({ "TaskDefinition": format!("family{n}") }),
            ),
        };
        let state = json!({ "Type": "Task", "Resource": resource, "Parameters": parameters, "End": true });
        size += state.to_string().len() + 12;
        states.insert(format!("S{n}"), state);
        if size > 1_040_000 {
            break;
        }
    }
    json!({ "StartAt": "S0", "States": states }).to_string()
}

#[test]
fn a_megabyte_is_done_in_no_time() {
    let text = large();
    let definition = definition(&text);
    let before = Instant::now();
    let needs = needs(&definition);
    let policy = needs.policy();
    let reasons: usize = policy.statements.iter().map(|statement| needs.behind(statement).count()).sum();
    let took = before.elapsed();
    println!(
        "policy of {} bytes and {} states: {took:?}, {} statements for {reasons} reasons",
        text.len(),
        definition.states.len(),
        policy.statements.len()
    );
    // A development build on a busy machine is some twenty times slower.
    assert!(took.as_secs() < 10, "{took:?}");
}
