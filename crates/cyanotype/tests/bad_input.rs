//! Mistakes: the whole of what is said, all of it at once, and no assembly.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

mod common;

use common::*;
use cyanotype::prelude::*;

/// The diagnostics as a person reads them, with the lines taken out.
fn said(app: &App) -> Vec<String> {
    let here = format!("{}:", file!());
    let synthesis = synth(app);
    let lines = synthesis.diagnostics().iter().map(|diagnostic| {
        let text = diagnostic.to_string();
        let mut parts = text.split(&here);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for after in parts {
            out += &format!("{here}LINE{}", after.trim_start_matches(|c: char| c.is_ascii_digit()));
        }
        out
    });
    lines.collect()
}

/// Asserts the whole text of the only diagnostic; `HERE` stands for this file and the line.
#[track_caller]
fn check<T>(define: impl FnOnce(&Stack) -> T, expected: &str) {
    let app = shop(|stack| {
        // CloudFormation takes no empty stack.
        stack.resource("Topic", "AWS::SNS::Topic", tree!({}));
        define(stack);
    });
    assert!(synth(&app).assembly().is_none());
    let expected = expected.replace("HERE", &format!("{}:LINE", file!()));
    assert_eq!(said(&app), [expected]);
}

fn of_code(code: impl Into<Code>) -> FunctionProps {
    FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler").code(code).build()
}

#[test]
fn an_app_without_stacks() {
    assert_eq!(said(&App::new()), ["error: the app has no stacks\n  = help: add one: `app.stack(\"Shop\")`"]);
}

#[test]
fn a_stack_without_resources() {
    let app = shop(|_| ());
    one_error(&app, &["Shop: the template has no resources, and CloudFormation wants one at least"]);
}

#[test]
fn a_stack_s_name() {
    let app = App::new();
    app.stack("my shop").resource("Topic", "AWS::SNS::Topic", tree!({}));
    one_error(&app, &["`my shop` is no name for a stack", "1 to 128 letters, digits and hyphens"]);
}

#[test]
fn two_stacks_of_one_name() {
    let app = App::new();
    for _ in 0..2 {
        app.stack("Shop").resource("Topic", "AWS::SNS::Topic", tree!({}));
    }
    let errors = errors(&app);
    assert!(errors.iter().any(|e| e.starts_with("Shop: `Shop` is there already, made at ")), "{errors:#?}");
}

#[test]
fn an_id_that_is_given_twice_names_both_places() {
    check(
        |stack| {
            stack.resource("Queue", "AWS::SQS::Queue", tree!({}));
            stack.resource("Queue", "AWS::SQS::Queue", tree!({}))
        },
        "error: `Shop/Queue`: `Queue` is there already, made at HERE\n  --> HERE\n  = help: give one of them another ID: \
         it is what keeps a resource the same from deploy to deploy",
    );
}

#[test]
fn two_paths_of_one_logical_id() {
    let app = shop(|stack| {
        stack.resource("a-b", "AWS::SQS::Queue", tree!({}));
        stack.part("A").resource("b", "AWS::SQS::Queue", tree!({}));
    });
    one_error(&app, &["Shop/A/b: its logical ID is `AB`, and so is that of `a-b` at ", "rename one"]);
}

#[test]
fn an_id_without_letters() {
    check(
        |stack| stack.resource("…", "AWS::SQS::Queue", tree!({})),
        "error: `Shop/…`: nothing of its path can be a logical ID, which has 1 to 255 ASCII letters and digits\n  --> \
         HERE\n  = help: give it an ID with some, and not too many, of these",
    );
}

#[test]
fn a_directory_that_is_not_there() {
    check(
        |stack| Fun::new(stack, "Hello", of_code(Code::directory("/no/such/../directory"))),
        "error: `Shop/Hello`: the code directory `/no/directory` does not exist\n  --> HERE\n  = help: give the path of \
         a directory, or build it first; a relative path counts from where the command runs, `asset!(\"…\")` from the \
         crate that says it",
    );
}

#[test]
fn a_directory_without_files() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().to_str().unwrap().to_owned();
    check(
        |stack| Fun::new(stack, "Hello", of_code(Code::directory(path.as_str()))),
        &format!(
            "error: `Shop/Hello`: the code directory `{path}` holds no files\n  --> HERE\n  = help: build the code \
             first, or look at what is excluded: Lambda takes no empty zip"
        ),
    );
}

#[test]
fn a_directory_that_lambda_does_not_take() {
    let directory = tempfile::tempdir().unwrap();
    // Sparse: nothing of it is on the disk, and nothing of it is read.
    std::fs::File::create(directory.path().join("model.bin")).unwrap().set_len(262_144_001).unwrap();
    let path = directory.path().to_str().unwrap().to_owned();
    check(
        |stack| Fun::new(stack, "Hello", of_code(Code::directory(path.as_str()))),
        &format!(
            "error: `Shop/Hello`: the code directory `{path}` has 262144001 bytes, and Lambda takes 262144000 unzipped\
             \n  --> HERE\n  = help: exclude what the function does not need at run time, or move it into layers or an \
             image"
        ),
    );
}

#[test]
fn a_timeout_out_of_range() {
    check(
        |stack| Fun::new(stack, "Hello", props!(timeout(seconds(901)))),
        "error: `Shop/Hello`: its timeout is 901 seconds\n  --> HERE\n  = help: Lambda takes 1 to 900",
    );
}

#[test]
fn memory_out_of_range() {
    check(
        |stack| Fun::new(stack, "Hello", props!(memory_mib(64u32))),
        "error: `Shop/Hello`: its memory is 64 MiB\n  --> HERE\n  = help: Lambda takes 128 to 10240",
    );
}

#[test]
fn a_name_is_looked_at_though_it_is_put_together_and_acknowledged() {
    let app = shop(|stack| {
        let handler =
            Value::concat(["index".into(), " handler".into()]).known_at_deploy("it is written here");
        let props = FunctionProps::builder().runtime(Runtime::NODEJS_22).handler(handler);
        Function::<String, String>::new(stack, "Hello", props.code(Code::inline("x")).build());
    });
    one_error(&app, &["Shop/Hello: `index handler` is no handler", "no spaces"]);
}

#[test]
fn inline_code_of_a_runtime_that_has_none() {
    let props = FunctionProps::builder().runtime(Runtime::JAVA_21).handler("Hello").code(Code::inline("x"));
    check(
        |stack| Fun::new(stack, "Hello", props.build()),
        "error: `Shop/Hello`: inline code does not run on `java21`\n  --> HERE\n  = help: Lambda takes inline code for \
         Node.js and Python; put any other into a directory",
    );
}

#[test]
fn inline_code_over_4_mib_passes_the_template_s_limit_too() {
    let app = shop(|stack| Fun::new(stack, "Hello", of_code(Code::inline("x".repeat((4 << 20) + 1)))));
    let errors = errors(&app);
    let [code, template] = &errors[..] else { panic!("{} errors", errors.len()) };
    assert!(
        template.contains("Shop: the template has 41") && template.contains("takes 1048576"),
        "{template}"
    );
    assert!(code.contains("Shop/Hello: its inline code has 4194305 bytes, and CloudFormation takes 4194304"));
}

#[test]
fn more_than_500_resources() {
    let app = shop(|stack| {
        for n in 0..501 {
            stack.resource(format!("Queue{n}"), "AWS::SQS::Queue", tree!({}));
        }
    });
    one_error(
        &app,
        &["Shop: the template has 501 resources, and CloudFormation takes 500", "split the stack"],
    );
}

#[test]
fn a_variable_without_a_value() {
    check(
        |stack| {
            let name =
                Value::sub("${Stage}-${Other}-${AWS::Region}-${!Literal}", [("Other", Value::from("x"))]);
            stack.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": name }))
        },
        "error: `Shop/Queue`: `QueueName` has `${Stage}`, which is given no value\n  --> HERE\n  = help: `Value::sub` \
         takes the names that it is given and pseudo parameters such as `${AWS::Region}`; a literal `${` is written \
         `${!`",
    );
}

#[test]
fn a_value_for_a_variable_that_is_not_there_is_a_warning() {
    let name = Value::sub("orders-${AWS::Region}", [("Other", Value::from("x"))]);
    let app = shop(|stack| stack.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": name })));
    let said = said(&app).join("");
    assert!(said.starts_with("warning: `Shop/Queue`: `QueueName` is given a value for `${Other}`"), "{said}");
    assert!(synth(&app).assembly().is_some());
}

#[test]
fn a_variable_s_name() {
    let name = Value::sub("${a-b}", [("a-b", Value::from("x"))]);
    let app = shop(|stack| stack.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": name })));
    one_error(&app, &["Shop/Queue: `QueueName` has the variable `a-b`, which is no name for one"]);
}

#[test]
fn free_text_is_not_filled_into_a_definition() {
    let filled = |value: fn(&Stack) -> Value<String>| {
        shop(move |stack| {
            let topic = "arn:aws:sns:eu-west-1:123456789012:news";
            let payload = payload!({ "TopicArn": topic, "Subject": (value(stack)) });
            let definition: Machine<serde_json::Value, serde_json::Value> =
                machine(|m| m.service("Send", "sns:publish", payload).timeout(seconds(5)).then(m.end()));
            StateMachine::new(stack, "Sender", definition, StateMachineProps::default());
        })
    };
    let says =
        |what: &str| format!("`Subject` in the definition is {what}, whose text could break the definition");
    let parameter = filled(|stack| stack.parameter("Stage", Parameter::string()));
    one_error(&parameter, &[&says("the parameter `Shop/Stage`"), "neither quotes nor backslashes"]);
    one_error(&filled(|_| Value::import("topic")), &[&says("an import of another app's export")]);
    let quoted = filled(|_| Value::concat(["a\"b".into(), Value::pseudo(Pseudo::Region)]));
    one_error(&quoted, &[&says("put together with \"a\\\"b\"")]);
    let acknowledged = filled(|stack| {
        stack.parameter("Stage", Parameter::string()).known_at_deploy("our pipeline gives an ARN")
    });
    assert_eq!(acknowledged.synth(&SynthOptions::default()).diagnostics(), []);
    let absent = filled(|stack| {
        let is_live = ConditionExpression::equals(Value::pseudo(Pseudo::Region), "x");
        stack.condition("IsLive", is_live).choose("a", Value::<String>::none())
    });
    one_error(&absent, &["`Subject` in the definition can be `AWS::NoValue`, which is no text"]);
}

#[test]
fn what_must_have_a_value_cannot_be_left_out() {
    let none = |stack: &Stack| {
        let is_live = ConditionExpression::equals(Value::pseudo(Pseudo::Region), "x");
        stack.condition("IsLive", is_live).choose("a", Value::<String>::none())
    };
    let topic =
        shop(|stack| drop(stack.resource("Topic", "AWS::SNS::Topic", tree!({})).tag("team", none(stack))));
    one_error(&topic, &["Shop/Topic: the value of the tag `team` can be `AWS::NoValue`"]);
    let activity = shop(|stack| drop(Activity::<String, String>::new(stack, "Pack").named(none(stack))));
    one_error(&activity, &["Shop/Pack: its name can be `AWS::NoValue`", "give it a name in every case"]);
}

#[test]
fn a_condition_that_names_what_is_not_made_yet() {
    let on = |value: fn(&Stack) -> Value<String>| {
        shop(move |stack| {
            stack.resource("Topic", "AWS::SNS::Topic", tree!({}));
            stack.condition("Live", ConditionExpression::equals(value(stack), "live"));
        })
    };
    let queue = on(|stack| stack.resource("Queue", "AWS::SQS::Queue", tree!({})).reference());
    one_error(
        &queue,
        &["Shop/Live: a condition names `Shop/Queue`", "parameters, mappings and other conditions"],
    );
    one_error(&on(|_| Value::import("stage")), &["Shop/Live: a condition names another stack's export"]);
    let conditional = on(|stack| {
        let is_live = ConditionExpression::equals(Value::pseudo(Pseudo::Region), "x");
        stack.condition("IsLive", is_live).choose("a", Value::<String>::none())
    });
    let says = "a condition has a value that is itself conditional";
    let found: Vec<_> = conditional
        .synth(&SynthOptions::default())
        .diagnostics()
        .iter()
        .map(|d| d.message().to_owned())
        .collect();
    assert!(found.iter().all(|message| message == says) && !found.is_empty(), "{found:?}");
}

#[test]
fn conditions_are_put_together_by_two_to_ten() {
    let app = shop(|stack| {
        stack.resource("Topic", "AWS::SNS::Topic", tree!({}));
        let none: [ConditionExpression; 0] = [];
        stack.condition("None", ConditionExpression::all(none));
    });
    one_error(&app, &["Shop/None: a condition puts 0 conditions together", "2 to 10"]);
}

#[test]
fn a_key_that_a_mapping_does_not_have() {
    let find = |top: &'static str, second: &'static str| {
        shop(move |stack| {
            let sizes = stack.mapping("Sizes", [("live", [("memory", "512"), ("timeout", "9")])]);
            let name: Value<String> = sizes.find(top, second);
            stack.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": name }));
        })
    };
    one_error(&find("test", "memory"), &["`QueueName` looks for `test` in a mapping", "it has `live`"]);
    one_error(&find("live", "disk"), &["looks for `disk` in a mapping", "it has `memory`, `timeout`"]);
    assert!(synth(&find("live", "memory")).assembly().is_some());
}

#[test]
fn a_key_of_a_mapping() {
    let app = shop(|stack| {
        stack.resource("Topic", "AWS::SNS::Topic", tree!({}));
        stack.mapping("Sizes", [("eu west", [("memory", "512")])]);
    });
    one_error(&app, &["Shop/Sizes: `eu west` is no key of a mapping"]);
}

#[test]
fn a_resource_of_a_statement_that_is_no_arn() {
    let allow = |resource: Value<String>| {
        shop(move |stack| function(stack, "Hello").allow(Statement::allow(["s3:GetObject"]).on(resource)))
    };
    one_error(
        &allow("orders".into()),
        &["Shop/Hello/Role: a statement names the resource `orders`, which is no ARN"],
    );
    let joined = Value::concat(["orders/".into(), Value::pseudo(Pseudo::Region)]);
    one_error(&allow(joined), &["the resource `orders/`, which is no ARN"]);
    let arn = Value::concat(["arn:".into(), Value::pseudo(Pseudo::Partition), ":s3:::orders/*".into()]);
    for fits in [arn, "*".into(), "arn:aws:s3:::orders".into(), Value::pseudo(Pseudo::StackId)] {
        assert!(synth(&allow(fits)).assembly().is_some());
    }
}

#[test]
fn a_resource_of_a_statement_that_a_condition_leaves_out() {
    let app = shop(|stack| {
        let stage = stack.parameter("Stage", Parameter::string()).known_at_deploy("a stack keeps its stage");
        let live = stack.condition("Live", ConditionExpression::equals(stage, "live"));
        let resource: Value<String> = live.choose("orders", Value::none());
        function(stack, "Hello").allow(Statement::allow(["s3:GetObject"]).on(resource));
    });
    let expected = [
        "Shop/Hello/Role: a statement names the resource `orders`, which is no ARN",
        "Shop/Hello/Role: a statement's resources can all be left out",
    ];
    let found = errors(&app);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(expected.iter().all(|part| found.iter().any(|error| error.contains(part))), "{found:#?}");
}

#[test]
fn a_reference_that_is_written_as_json() {
    check(
        |stack| stack.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": { "Ref": "Other" } })),
        "error: `Shop/Queue`: `QueueName` has a `Ref` written as JSON, which is no reference that can be followed\n  \
         --> HERE\n  = help: use the handle: `queue.reference()`, `queue.attribute(\"Arn\")`; for a pseudo parameter \
         `Value::pseudo(Pseudo::Region)`",
    );
}

#[test]
fn properties_that_are_no_object() {
    check(
        |stack| stack.resource("Queue", "AWS::SQS::Queue", "QueueName"),
        "error: `Shop/Queue`: its properties are not an object: write `tree!({ \"Name\": value })`\n  --> HERE",
    );
}

#[test]
fn properties_that_nest_too_deep() {
    let mut deep = tree!({});
    for _ in 0..200 {
        deep = tree!({ "Inner": deep });
    }
    check(
        |stack| stack.resource("Queue", "AWS::SQS::Queue", tree!({ "RedrivePolicy": deep })),
        "error: `Shop/Queue`: `RedrivePolicy` nests more than 100 deep\n  --> HERE\n  = help: no resource type asks for that: is \
         it put into itself in a loop?",
    );
}

#[test]
fn an_alias_s_name() {
    check(
        |stack| {
            let hello = function(stack, "Hello");
            hello.alias("12", &hello.publish());
        },
        "error: `Shop/Hello/Alias/12`: `12` is no name for an alias\n  --> HERE\n  = help: an alias has 1 to 128 \
         letters, digits, `-` and `_`, and is not a number",
    );
}

#[test]
fn an_alias_of_another_s_version() {
    check(
        |stack| function(stack, "Hello").alias("live", &function(stack, "Other").publish()),
        "error: `Shop/Hello/Alias/live`: the alias `live` is given a version of another function\n  --> HERE\n  = help: \
         give it a version that this function's `publish()` made",
    );
}

#[test]
fn a_raw_property_that_is_set_already() {
    check(
        |stack| function(stack, "Hello").raw("Runtime", "nodejs20.x", VersionLocked::Yes),
        "error: `Shop/Hello`: `Runtime` is set already, and `raw` would replace it\n  --> HERE",
    );
}

#[test]
fn a_create_only_property_that_a_version_is_said_not_to_hold() {
    check(
        |stack| function(stack, "Hello").raw("PackageType", "Image", VersionLocked::No),
        "error: `Shop/Hello`: a version holds `PackageType`, which cannot change in place: pass `VersionLocked::Yes`\n  \
         --> HERE",
    );
}

#[test]
fn a_state_that_nothing_leads_to() {
    check(
        |stack| {
            let definition: Machine<Json, Json> = machine(|m| {
                let _lost = m.wait::<Json>("Lost", seconds(1)).then(m.end());
                m.pass("Start").then(m.end())
            });
            StateMachine::new(stack, "Greeting", definition, StateMachineProps::default())
        },
        "error: `Shop/Greeting`, state `Lost`: no path leads to this state\n  --> HERE\n  = help: make it the target of \
         an edge, or remove it",
    );
}

#[test]
fn a_state_s_name_of_81_characters() {
    let name = "x".repeat(81);
    let app = shop(|stack| {
        let definition: Machine<Json, Json> = machine(|m| m.pass(&name).then(m.end()));
        StateMachine::new(stack, "Greeting", definition, StateMachineProps::default())
    });
    let errors = errors(&app);
    assert!(errors.iter().any(|e| e.contains("has 1 to 80 characters, and this has 81")), "{errors:#?}");
}

#[test]
fn all_mistakes_are_reported_in_a_stable_order() {
    let make = || {
        shop(|stack| {
            Fun::new(stack, "Hello", props!(timeout(seconds(0)), memory_mib(1u32)));
            let other = function(stack, "Other");
            other.allow(Statement::allow(["s3:GetObject"]));
            other.raw("Handler", "x", VersionLocked::Yes);
            stack.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": { "Ref": "X" } }));
            stack.resource("Queue", "AWS::SQS::Queue", tree!({}));
            stack.resource("Code", "AWS::SNS::Topic", "x");
        })
    };
    let found = said(&make());
    assert_eq!(found.len(), 7, "{found:#?}");
    let lines: Vec<_> = synth(&make()).diagnostics().iter().map(|d| d.source().unwrap().line()).collect();
    assert!(lines.is_sorted(), "{lines:?}");
    assert_eq!(found, said(&make()));
}

#[test]
fn an_import_that_can_move_is_refused_when_it_is_made() {
    let function = "arn:aws:lambda:eu-west-1:123456789012:function:hello";
    for (tail, says) in [
        ("", "has no version: it calls whatever was deployed last"),
        (":$LATEST", "calls whatever was deployed last"),
        (":$LATEST.PUBLISHED", "calls whatever was deployed last"),
        (":live", "names an alias, which can be moved while an execution runs"),
    ] {
        let error = Version::<Json, Json>::import(format!("{function}{tail}")).unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
    }
    assert!(Version::<Json, Json>::import(format!("{function}:7")).is_ok());
}

#[test]
fn a_variable_without_a_value_in_a_right() {
    let none: [(&str, Value<String>); 0] = [];
    let bucket = Value::sub("arn:aws:s3:::${Bucket}/*", none);
    let app = shop(|stack| function(stack, "Hello").allow(Statement::allow(["s3:GetObject"]).on(bucket)));
    one_error(&app, &["Shop/Hello/Role: a statement has `${Bucket}`, which is given no value"]);
}

#[test]
fn a_sub_that_is_written_as_json() {
    let name = tree!({ "Fn::Sub": "${Other.Arn}/x" });
    let app = shop(|stack| stack.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": name })));
    one_error(&app, &["Shop/Queue: `QueueName` has a `Fn::Sub` written as JSON"]);
}

#[test]
fn a_sub_with_variables_that_is_written_as_json() {
    let of = |text: &'static str| {
        let name = tree!({ "Fn::Sub": [text, { "Given": "x" }] });
        shop(move |stack| stack.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": name })))
    };
    assert_eq!(said(&of("${Given}-${AWS::Region}-${!Literal}")), Vec::<String>::new());
    one_error(&of("${Given}-${Other.Arn}"), &["Shop/Queue: `QueueName` has a `Fn::Sub` written as JSON"]);
}

#[test]
fn a_deletion_policy_on_replacement() {
    let app = shop(|stack| {
        let queue = stack.resource("Queue", "AWS::SQS::Queue", tree!({}));
        queue.update_replace_policy(RetentionPolicy::RetainExceptOnCreate)
    });
    one_error(&app, &["Shop/Queue: its UpdateReplacePolicy is RetainExceptOnCreate"]);
}

#[test]
fn a_raw_property_that_is_known_to_be_held_or_not() {
    let raw = |property: &'static str, locked| {
        shop(|stack| function(stack, "Hello").raw(property, tree!([]), locked))
    };
    one_error(&raw("Layers", VersionLocked::No), &["a version holds `Layers`: pass `VersionLocked::Yes`"]);
    one_error(
        &raw("RecursiveLoop", VersionLocked::Yes),
        &["a version does not hold `RecursiveLoop`: pass `VersionLocked::No`"],
    );
}
