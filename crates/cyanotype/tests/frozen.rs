//! Fingerprints as they are and stay. Whatever moves one of these publishes every such function of every user anew, at
//! an upgrade of the crate and for nothing.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod common;

use std::fs;

use common::*;
use cyanotype::prelude::*;

/// The fingerprint of the function `Hello` of the stack `Shop`, once it is as `edit` leaves it and published.
#[track_caller]
fn check(expected: &str, props: FunctionProps, edit: impl FnOnce(&Stack, &Fun)) {
    check_with(expected, props, edit, &SynthOptions::default());
}

#[track_caller]
fn check_with(expected: &str, props: FunctionProps, edit: impl FnOnce(&Stack, &Fun), options: &SynthOptions) {
    let app = shop(|stack| {
        let hello = Fun::new(stack, "Hello", props);
        edit(stack, &hello);
        hello.publish();
    });
    let version = id(&template_of(&app, "Shop", options), "HelloVersion");
    assert_eq!(version, format!("HelloVersion{expected}"));
}

fn as_it_is(_: &Stack, _: &Fun) {}

fn vpc() -> Vpc {
    Vpc::new(["subnet-2", "subnet-1"], ["sg-2", "sg-1"])
}

const KEY: &str = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const QUEUE: &str = "arn:aws:sqs:eu-west-1:123456789012:lost";

#[test]
fn of_settings() {
    check("54c187a863aa", props!(), as_it_is);
    check("7bf46646db28", props!(memory_mib(1_769u32)), as_it_is);
    check("4e06ab59a841", props!(timeout(seconds(900))), as_it_is);
    check("1be59a6ef250", props!(description("Greets whoever is there")), as_it_is);
    check("4c6e45229a6c", props!(architecture(Architecture::Arm64)), as_it_is);
    check("27049d281974", props!(environment([("STAGE", "live"), ("AA", "1")])), as_it_is);
    check("d43ef4577446", props!(environment([("TEXT", "ümläut \"quoted\" \\ \u{1F980} ${x}")])), as_it_is);
    check("3f7511548ad4", props!(ephemeral_storage_mib(10_240u32)), as_it_is);
    check("cfb18493ff44", props!(name("hello")), as_it_is);
    check("dc2869c7d64f", props!(vpc(vpc())), as_it_is);
    check("bc7deaef2823", props!(dead_letters(DeadLetters::Queue(QUEUE.into()))), as_it_is);
    check("cbdf18153fad", props!(tracing(Tracing::Active)), as_it_is);
    check("8254520b7ab0", props!(kms_key(KEY)), as_it_is);
    check(
        "1929fd37b880",
        props!(logs(FunctionLogs::json().application(ApplicationLogLevel::Warn))),
        as_it_is,
    );
    let efs = "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0";
    check("59e1f02de106", props!(vpc(vpc()), file_system(FileSystem::efs(efs, "/mnt/a"))), as_it_is);
    let layer = |name: &str| format!("arn:aws:lambda:eu-west-1:123456789012:layer:{name}:1");
    check("c786c14306a6", props!(layers([layer("b").as_str(), layer("a").as_str()])), as_it_is);
    check("cdcf6457182c", props!(durable(Durable::new(seconds(3_600)).keep_days(7u32))), as_it_is);
    check("3201f812ab1b", props!(tenant_isolation(TenantIsolation::PerTenant)), as_it_is);
    let provider = "arn:aws:lambda:eu-west-1:123456789012:capacity-provider:own";
    check(
        "1e2a7c2fc614",
        props!(capacity_provider(CapacityProvider::new(provider).concurrency(10u32))),
        as_it_is,
    );
    check("f1883b9229e3", props!(runtime_updates(RuntimeUpdates::FunctionUpdate)), as_it_is);
}

#[test]
fn of_several_settings_at_once() {
    let several = props!(
        architecture(Architecture::Arm64),
        description("Greets"),
        environment([("STAGE", "live"), ("AA", "1")]),
        memory_mib(256u32),
        timeout(seconds(10)),
    );
    check("d30147441da4", several, as_it_is);
}

#[test]
fn of_what_no_version_holds_they_are_as_without_it() {
    let same = "54c187a863aa";
    check(same, props!(tags([("team", "shop")])), as_it_is);
    check(same, props!(reserved_concurrency(5u32)), as_it_is);
    check(same, props!(recursive_loop(RecursiveLoop::Allow)), as_it_is);
}

#[test]
fn of_what_a_function_refers_to_and_may_do() {
    check("1a50d56c7219", props!(), |_, hello| hello.allow(Statement::allow(["s3:GetObject"]).on("*")));
    check("efda87c9467e", props!(), |stack, hello| {
        hello.may(grants::dynamodb::write(&table(stack, "Orders")))
    });
    check("172cad3994c4", props!(), |stack, hello| {
        hello.environment("TABLE", table_with(stack, "Table", tree!({ "TableName": "a" })).reference());
    });
    check("c1065e9f335a", props!(), |stack, hello| {
        let table =
            table_with(stack, "Table", tree!({ "StreamSpecification": { "StreamViewType": "KEYS_ONLY" } }));
        hello.environment("STREAM", table.attribute("StreamArn"));
    });
    check("de6738a9e50e", props!(), |stack, hello| {
        hello.environment("OTHER", function(stack, "Other").publish().arn())
    });
    check("10dee05ba6d0", props!(), |stack, hello| {
        let name: Value<String> = stack.parameter("Name", Parameter::string());
        hello.environment("NAME", name.known_at_deploy("it is set once"));
    });
    check("effc9bba6fba", props!(), |stack, hello| {
        let is_live = ConditionExpression::equals(Value::pseudo(Pseudo::Region), "eu-west-1");
        hello.environment("LEVEL", stack.condition("IsLive", is_live).choose("warn", "debug"));
    });
    check("370034e3474a", props!(), |stack, hello| {
        let sizes = stack.mapping("Sizes", [("eu-west-1", [("size", "1")])]);
        hello.environment("SIZE", sizes.find(Value::pseudo(Pseudo::Region), "size"));
    });
    check("8e6d0e4cb434", props!(), |_, hello| {
        let account = Value::concat(["of ".into(), Value::pseudo(Pseudo::AccountId), " ${x}".into()]);
        hello.environment("WHOSE", account);
    });
    let index = |table: &Resource| Value::concat([table.attribute("Arn"), "/index/*".into()]);
    check("863e0cefa4ec", props!(), |stack, hello| {
        let table = stack.resource("Table", "AWS::DynamoDB::Table", tree!({ "TableName": "a" })).unchecked();
        hello.environment("TABLE", index(&table));
    });
    check("7c3c19d89fc7", props!(), |stack, hello| {
        let table = table_with(stack, "Table", tree!({ "TableName": "a", "BillingMode": "PROVISIONED" }));
        hello.environment("TABLE", index(&table));
    });
    check("21e7fc41453b", props!(), |_, hello| {
        let subnets = tree!({ "SubnetIds": ["subnet-2", "subnet-1"], "SecurityGroupIds": ["sg-1"] });
        hello.raw("VpcConfig", subnets, VersionLocked::Yes);
    });
}

#[test]
fn of_code() {
    let place = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = place.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let index = file("code/index.js", "exports.handler = async () => 1");
    file("code/lib/a.js", "");
    let code = place.path().join("code").to_str().unwrap().to_owned();
    let with = |code: Code| {
        FunctionProps::builder().runtime(Runtime::PYTHON_3_13).handler("index.handler").code(code).build()
    };
    check("408078d9f89f", with(Code::inline("def handler(event, context): return 1")), as_it_is);
    check("79c962d829fe", with(Code::directory(&*code).into()), as_it_is);
    check("e798dbc35a08", with(Code::directory(&*code).exclude("lib/").into()), as_it_is);
    check("e798dbc35a08", with(Code::file(&*index)), as_it_is);
    check("6f42d74e82c7", with(Code::s3("shop-builds", "hello.zip").version("v1").into()), as_it_is);
    check("143e70034db4", props!(), |stack, hello| {
        let layer = LayerProps::builder().content(Code::directory(&*code)).build();
        let layer = LayerVersion::new(stack, "Tools", layer);
        hello.environment("TOOLS", layer.arn());
    });
    file("image/Dockerfile", "FROM scratch");
    let context = place.path().join("image").to_str().unwrap().to_owned();
    let digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    let image = Image::registry(format!("123456789012.dkr.ecr.eu-west-1.amazonaws.com/hello@{digest}"));
    check("319b15c2c7cc", FunctionProps::image(image.clone()).build(), as_it_is);
    check("b58201dace5e", FunctionProps::image(image.command(["app.handler"])).build(), as_it_is);
    check(
        "4a8961c8d8e5",
        FunctionProps::image(Image::context(&*context).build_arg("STAGE", "live")).build(),
        as_it_is,
    );
    check_with("3d78b032e4ec", props!(), as_it_is, &SynthOptions::default().salt("2"));
}
