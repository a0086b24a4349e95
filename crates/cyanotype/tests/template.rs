//! Whole templates, and the same bytes every time.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

mod common;

use common::*;
use cyanotype::prelude::*;

/// The text of a stack's template.
fn text(app: &App, file: &str) -> String {
    let synthesis = synth(app);
    let Some(assembly) = synthesis.assembly() else { panic!("{:#?}", synthesis.diagnostics()) };
    assembly.text(file).unwrap().to_owned()
}

/// Every section of a template, and every intrinsic.
fn everything_of_a_template() -> App {
    shop(|stack| {
        let stack = stack.clone().description("A shop").tag("team", "shop");
        let stage: Value<String> = stack.parameter(
            "Stage",
            Parameter::string().default("test").allowed(["test", "live"]).description("Which one it is"),
        );
        let size: Value<u32> = stack.parameter("Size", Parameter::number().default(5));
        let live = stack.condition("IsLive", ConditionExpression::equals(stage.clone(), "live"));
        let both = ConditionExpression::all([
            ConditionExpression::from(&live),
            !ConditionExpression::equals(Value::pseudo(Pseudo::Region), "eu-west-1"),
        ]);
        let far = stack.condition("IsFarAndLive", both);
        let days = stack.mapping("Days", [("eu-west-1", [("keep", 14)]), ("us-east-1", [("keep", 7)])]);

        let payments = stack.part("payments");
        let dead = payments.resource("dead-letters", "AWS::SQS::Queue", tree!({}));
        let queue = payments
            .resource(
                "Queue",
                "AWS::SQS::Queue",
                tree!({
                    "DelaySeconds": live.choose(size, Value::none()),
                    "MessageRetentionPeriod": days.find::<u32>(Value::pseudo(Pseudo::Region), "keep"),
                    "RedrivePolicy": { "deadLetterTargetArn": dead.attribute("Arn"), "maxReceiveCount": 3 },
                }),
            )
            .newer_property("Nothing", Tree::Null)
            .tag("stage", stage)
            .metadata("Owner", tree!({ "team": "payments" }))
            .deletion_policy(RetentionPolicy::Retain)
            .update_replace_policy(RetentionPolicy::Snapshot);
        let topic = stack
            .resource("Topic", "AWS::SNS::Topic", tree!({ "DisplayName": Value::sub("${Name} in ${AWS::Region}", [("Name", queue.attribute("QueueName"))]) }))
            .depends_on(&queue)
            .depends_on(&dead)
            .when(&far);
        let parts = Value::split("/", queue.reference());
        stack.output("QueueName", Output::of(Value::select(4, parts)).description("Its name"));
        stack.output("Joined", Value::join("-", vec!["a".into(), queue.attribute("QueueName")]));
        stack.output(
            "Encoded",
            Value::base64(Value::concat(["x".into(), dead.attribute("Arn"), "${y}".into()])),
        );
        stack.output("Topic", Output::of(topic.reference()).when(&far).export("shop-topic"));
    })
}

/// A machine with everything that one can have.
fn everything_of_a_machine() -> App {
    shop(|stack| {
        let hello: Function<Json, Json> = Function::new(
            stack,
            "Hello",
            props!(
                description("Greets"),
                architecture(Architecture::Arm64),
                memory_mib(256u32),
                timeout(seconds(10)),
                environment([("STAGE", "live")]),
                reserved_concurrency(5u32),
                tags([("team", "shop"), ("cost", "low")]),
            ),
        );
        let version = hello.publish();
        hello.alias("live", &version);
        let definition: Machine<Json, Json> = machine(|m| {
            let failed = m.fail("Failed").error("Refused").cause("costs ${price}");
            let decide =
                m.choice("Decide").when(root::<Json>().get("ok").is(true), m.end()).otherwise(failed);
            m.pass_result("Start", json!({ "b": 1, "a": "${AWS::Region}" }))
                .then(m.task("Hello", &version).timeout(seconds(30)).comment("The one call"))
                .then(decide)
        });
        let props = StateMachineProps::builder()
            .machine_type(StateMachineType::Express)
            .logging(Logging::level(LogLevel::Error).with_data().keep_days(30))
            .tracing(true)
            .timeout(seconds(240))
            .comment("Greets once")
            .tags([("team", "shop")])
            .build();
        StateMachine::new(&stack.part("Front"), "Greeting", definition, props);
    })
}

#[test]
fn a_template_with_every_section() {
    insta::assert_snapshot!("every_section", text(&everything_of_a_template(), "Shop.template.json"));
}

#[test]
fn a_machine_with_everything() {
    insta::assert_snapshot!("machine", text(&everything_of_a_machine(), "Shop.template.json"));
    insta::assert_snapshot!("machine.asl", text(&everything_of_a_machine(), "Shop.FrontGreeting.asl.json"));
}

#[test]
fn the_stack_s_tags_and_environment_are_in_the_manifest() {
    let app = App::new();
    let stack = app.stack("Shop").tag("team", "shop").environment("123456789012", "eu-west-1");
    stack.resource("Topic", "AWS::SNS::Topic", tree!({}));
    let manifest: Json = serde_json::from_str(&text(&app, "manifest.json")).unwrap();
    let artifact = &manifest["artifacts"]["Shop"];
    assert_eq!(artifact["environment"], "aws://123456789012/eu-west-1");
    assert_eq!(artifact["properties"]["tags"], json!({ "team": "shop" }));
}

#[test]
fn two_synths_are_equal_to_the_byte() {
    for make in [everything_of_a_template, everything_of_a_machine] {
        let (one, two) = (make(), make());
        for file in synth(&one).assembly().unwrap().file_names() {
            assert_eq!(text(&one, file), text(&two, file), "{file}");
        }
    }
}

#[test]
fn one_zip_serves_two_functions() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("index.js"), "exports.handler = async () => 1").unwrap();
    let path = directory.path().to_str().unwrap().to_owned();
    let app = shop(|stack| {
        for id in ["One", "Two"] {
            let code = Code::directory(path.as_str());
            let props =
                FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler").code(code);
            Fun::new(stack, id, props.build());
        }
    });
    let synthesis = synth(&app);
    let files: Vec<_> =
        synthesis.assembly().unwrap().file_names().filter(|n| n.starts_with("asset.")).collect();
    assert_eq!(files.len(), 1);
}
