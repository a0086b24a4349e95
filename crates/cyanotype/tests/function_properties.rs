//! What a function can be set to: the template of each, the rights that it needs, and what Lambda would refuse.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use common::*;
use cyanotype::prelude::*;

const PROVIDER: &str = "arn:aws:lambda:eu-west-1:123456789012:capacity-provider:own";

fn vpc() -> Vpc {
    Vpc::new(["subnet-2", "subnet-1"], ["sg-1"])
}

/// What a property is in the template.
#[track_caller]
fn check(props: FunctionProps, name: &str, expected: Json) {
    let template = shop_template(|stack| Fun::new(stack, "Hello", props));
    assert_eq!(property(&template, "Hello", name), expected);
}

#[test]
fn each_property_is_written_as_cloudformation_has_it() {
    check(props!(ephemeral_storage_mib(1024u32)), "EphemeralStorage", json!({ "Size": 1024 }));
    let expected = json!({
        "SubnetIds": ["subnet-2", "subnet-1"], "SecurityGroupIds": ["sg-1"], "Ipv6AllowedForDualStack": true,
    });
    check(props!(vpc(vpc().ipv6(true))), "VpcConfig", expected);
    check(
        props!(dead_letters(DeadLetters::Queue("arn:aws:sqs:eu-west-1:123456789012:q".into()))),
        "DeadLetterConfig",
        json!({ "TargetArn": "arn:aws:sqs:eu-west-1:123456789012:q" }),
    );
    check(props!(tracing(Tracing::PassThrough)), "TracingConfig", json!({ "Mode": "PassThrough" }));
    check(
        props!(kms_key("arn:aws:kms:eu-west-1:123456789012:key/k")),
        "KmsKeyArn",
        json!("arn:aws:kms:eu-west-1:123456789012:key/k"),
    );
    check(props!(layers(["arn:b", "arn:a"])), "Layers", json!(["arn:b", "arn:a"]));
    check(props!(recursive_loop(RecursiveLoop::Allow)), "RecursiveLoop", json!("Allow"));
    check(props!(code_signing("arn:csc")), "CodeSigningConfigArn", json!("arn:csc"));
    check(
        props!(tenant_isolation(TenantIsolation::PerTenant)),
        "TenancyConfig",
        json!({ "TenantIsolationMode": "PER_TENANT" }),
    );
    let durable =
        Durable::new(seconds(3_600)).keep_days(7u32).kms_key("arn:aws:kms:eu-west-1:123456789012:key/k");
    let expected = json!({ "ExecutionTimeout": 3600, "RetentionPeriodInDays": 7, "KMSKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/k" });
    check(props!(durable(durable)), "DurableConfig", expected);
    let provider = CapacityProvider::new(PROVIDER).memory_gib_per_vcpu(4.0).concurrency(10u32);
    let expected = json!({ "LambdaManagedInstancesCapacityProviderConfig": {
        "CapacityProviderArn": PROVIDER,
        "ExecutionEnvironmentMemoryGiBPerVCpu": 4.0,
        "PerExecutionEnvironmentMaxConcurrency": 10,
    } });
    check(props!(capacity_provider(provider)), "CapacityProviderConfig", expected);
    let expected = json!({ "MinExecutionEnvironments": 1, "MaxExecutionEnvironments": 5 });
    check(props!(scaling(Scaling::new(1u32, 5u32))), "FunctionScalingConfig", expected);
}

#[test]
fn a_log_has_a_format_levels_and_a_group() {
    let logs = FunctionLogs::json().application(ApplicationLogLevel::Warn).system(SystemLogLevel::Debug);
    let expected = json!({
        "LogFormat": "JSON", "ApplicationLogLevel": "WARN", "SystemLogLevel": "DEBUG", "LogGroup": "/shop",
    });
    check(props!(logs(logs.group("/shop"))), "LoggingConfig", expected);
    let expected = json!({ "LogFormat": "Text", "LogGroup": "/shop" });
    check(props!(logs(FunctionLogs::text().group("/shop"))), "LoggingConfig", expected);
}

#[test]
fn a_file_system_is_mounted_by_its_access_point() {
    let efs = props!(vpc(vpc()), file_system(FileSystem::efs("arn:point", "/mnt/a")));
    check(efs, "FileSystemConfigs", json!([{ "Arn": "arn:point", "LocalMountPath": "/mnt/a" }]));
    let s3 = FileSystem::s3_files("arn:point", "/mnt/a").direct_read(DirectRead::Auto);
    let expected = json!([
        { "Arn": "arn:point", "LocalMountPath": "/mnt/a", "S3FilesConfig": { "DirectS3Read": "AUTO" } }
    ]);
    check(props!(vpc(vpc()), file_system(s3)), "FileSystemConfigs", expected);
}

#[test]
fn a_published_version_has_the_runtime_updates_of_its_function() {
    for (updates, expected) in [
        (RuntimeUpdates::Auto, json!({ "UpdateRuntimeOn": "Auto" })),
        (RuntimeUpdates::FunctionUpdate, json!({ "UpdateRuntimeOn": "FunctionUpdate" })),
        (
            RuntimeUpdates::Manual("arn:r".into()),
            json!({ "UpdateRuntimeOn": "Manual", "RuntimeVersionArn": "arn:r" }),
        ),
    ] {
        let props = props!(runtime_updates(updates));
        let template = shop_template(|stack| Fun::new(stack, "Hello", props).publish());
        assert_eq!(property(&template, "Hello", "RuntimeManagementConfig"), expected);
        assert_eq!(property(&template, "HelloVersion", "RuntimePolicy"), expected);
    }
}

/// The statements that a property adds to the role.
#[track_caller]
fn check_rights(props: FunctionProps, expected: Json) {
    let template = shop_template(|stack| Fun::new(stack, "Hello", props));
    assert_eq!(Json::Array(statements(&template, "HelloRole")), expected);
}

#[test]
fn a_role_allows_what_its_function_is_set_to() {
    let network = json!([
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
    ]);
    let allow =
        |action: Json, resource: &str| json!({ "Effect": "Allow", "Action": action, "Resource": resource });
    check_rights(props!(vpc(vpc())), json!([allow(network.clone(), "*")]));
    let traces = json!(["xray:PutTelemetryRecords", "xray:PutTraceSegments"]);
    check_rights(props!(tracing(Tracing::Active)), json!([allow(traces, "*")]));
    let queue = DeadLetters::Queue("arn:aws:sqs:eu-west-1:123456789012:q".into());
    check_rights(
        props!(dead_letters(queue)),
        json!([allow(json!("sqs:SendMessage"), "arn:aws:sqs:eu-west-1:123456789012:q")]),
    );
    let topic = DeadLetters::Topic("arn:aws:sns:eu-west-1:123456789012:t".into());
    check_rights(
        props!(dead_letters(topic)),
        json!([allow(json!("sns:Publish"), "arn:aws:sns:eu-west-1:123456789012:t")]),
    );
    check_rights(
        props!(kms_key("arn:aws:kms:eu-west-1:123456789012:key/k")),
        json!([allow(json!("kms:Decrypt"), "arn:aws:kms:eu-west-1:123456789012:key/k")]),
    );
    let mut efs = allow(json!(["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]), "*");
    efs["Condition"] = json!({ "StringEquals": { "elasticfilesystem:AccessPointArn": "arn:p" } });
    let files = props!(vpc(vpc()), file_system(FileSystem::efs("arn:p", "/mnt/a")));
    let template = shop_template(|stack| Fun::new(stack, "Hello", files));
    let said = statements(&template, "HelloRole");
    assert!(said.contains(&efs) && said.contains(&allow(network, "*")), "{said:#?}");
}

#[test]
fn a_function_that_is_set_to_nothing_has_no_rights_of_its_own() {
    check_rights(props!(), json!([]));
    check_rights(props!(tracing(Tracing::PassThrough)), json!([]));
}

/// All that is said of one function.
#[track_caller]
fn refused(props: FunctionProps, expected: &[&str]) {
    let expected: Vec<_> = expected.iter().map(|text| format!("Shop/Hello: {text}")).collect();
    assert_eq!(errors(&shop(|stack| Fun::new(stack, "Hello", props))), expected);
}

#[test]
fn ephemeral_storage_has_512_to_10_240_mib() {
    refused(props!(ephemeral_storage_mib(512u32)), &[]);
    refused(props!(ephemeral_storage_mib(10_240u32)), &[]);
    let help = "Lambda takes 512 to 10240";
    refused(props!(ephemeral_storage_mib(511u32)), &[&format!("its ephemeral storage is 511 MiB / {help}")]);
    refused(
        props!(ephemeral_storage_mib(10_241u32)),
        &[&format!("its ephemeral storage is 10241 MiB / {help}")],
    );
}

#[test]
fn a_durable_function_has_a_timeout_and_a_retention() {
    let of = |timeout, days: u32| props!(durable(Durable::new(seconds(timeout)).keep_days(days)));
    refused(of(31_622_400, 90), &[]);
    refused(
        of(31_622_401, 91),
        &[
            "its durable retention is 91 days / Lambda takes 1 to 90",
            "its durable timeout is 31622401 seconds / Lambda takes 1 to 31622400",
        ],
    );
}

#[test]
fn lists_have_a_length() {
    let layers = (0..6).map(|n| format!("arn:layer:{n}"));
    refused(props!(layers(layers)), &["it has 6 layers / Lambda takes 5"]);
    let many = Vpc::new((0..17).map(|n| format!("subnet-{n}")), (0..6).map(|n| format!("sg-{n}")));
    refused(
        props!(vpc(many)),
        &["it has 17 subnets / Lambda takes 16", "it has 6 security groups / Lambda takes 5"],
    );
}

#[test]
fn instances_have_memory_and_concurrency_within_limits() {
    let provider = CapacityProvider::new(PROVIDER).memory_gib_per_vcpu(9.0).concurrency(0u32);
    refused(
        props!(capacity_provider(provider), scaling(Scaling::new(5u32, 1u32))),
        &[
            "it has at least 5 execution environments, and at most 1 / let the most be no less than the least",
            "its concurrency in an execution environment is 0 / Lambda takes 1 to 1600",
            "its memory for a virtual CPU is 9 GiB / Lambda takes 2 to 8",
        ],
    );
}

#[test]
fn a_vpc_has_subnets_and_security_groups() {
    let none: [&str; 0] = [];
    let help = "Lambda takes both or neither: name at least one of each";
    refused(
        props!(vpc(Vpc::new(["subnet-1"], none))),
        &[&format!("its VPC has subnets and no security groups / {help}")],
    );
    refused(
        props!(vpc(Vpc::new(none, ["sg-1"]))),
        &[&format!("its VPC has security groups and no subnets / {help}")],
    );
}

#[test]
fn a_file_system_is_in_a_vpc_and_below_mnt() {
    refused(
        props!(file_system(FileSystem::efs("arn:p", "/data/a"))),
        &[
            "`/data/a` is no place for a file system / it is `/mnt/` and letters, digits, `-`, `_` and `.`, 160 \
             characters in all",
            "it mounts a file system and is in no VPC / a file system is reached within its VPC: \
             `.vpc(Vpc::new(subnets, security_groups))`",
        ],
    );
}

fn snapshots(runtime: &str) -> FunctionProps {
    FunctionProps::builder()
        .runtime(Runtime::other(runtime))
        .handler("index.handler")
        .code(Code::directory(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common")))
        .snap_start(SnapStart::PublishedVersions)
        .build()
}

#[test]
fn snap_start_runs_on_java_python_and_dotnet() {
    for runtime in ["java11", "java21", "python3.12", "python3.13", "dotnet8", "dotnet10", "python4.0"] {
        refused(snapshots(runtime), &[]);
    }
    for runtime in ["nodejs22.x", "python3.11", "dotnet6", "java8.al2", "provided.al2023", "ruby3.4"] {
        let said = format!(
            "SnapStart does not run on `{runtime}` / it runs on Java 11, Python 3.12, .NET 8 and what is later"
        );
        refused(snapshots(runtime), &[&said]);
    }
}

#[test]
fn snap_start_takes_no_file_system_and_little_storage() {
    let props = FunctionProps::builder()
        .runtime(Runtime::PYTHON_3_13)
        .handler("index.handler")
        .code(Code::inline(""))
        .snap_start(SnapStart::PublishedVersions)
        .vpc(vpc())
        .file_system(FileSystem::efs("arn:p", "/mnt/a"))
        .ephemeral_storage_mib(513u32)
        .build();
    refused(
        props,
        &[
            "it has SnapStart and a file system / SnapStart takes none: leave out one of them",
            "it has SnapStart and more than 512 MiB of ephemeral storage / SnapStart takes 512: leave out one of them",
        ],
    );
}

#[test]
fn a_version_has_its_own_scaling_which_does_not_move_it() {
    let of = |most: u32| {
        shop_template(|stack| {
            let props =
                props!(capacity_provider(CapacityProvider::new(PROVIDER)), scaling(Scaling::new(1, most)));
            Fun::new(stack, "Hello", props).publish();
        })
    };
    let scaling = property(&of(5), "HelloVersion", "FunctionScalingConfig");
    assert_eq!(scaling, json!({ "MinExecutionEnvironments": 1, "MaxExecutionEnvironments": 5 }));
    assert!(moved(&of(5), &of(6)).is_empty());
}
