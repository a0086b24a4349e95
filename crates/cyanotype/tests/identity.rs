//! What makes a version, a role, a function or a machine another one, and what does not.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use std::{fs, path::Path as FsPath};

use common::*;
use cyanotype::prelude::*;

/// The template of a published `Hello`; its version's ID and its description's stamp are one fingerprint.
#[track_caller]
fn published_with(
    props: FunctionProps,
    edit: impl FnOnce(&Stack, &Fun),
    options: &SynthOptions,
) -> (Json, String) {
    let app = shop(|stack| {
        let hello = Function::new(stack, "Hello", props);
        hello.publish();
        edit(stack, &hello);
    });
    let template = template_of(&app, "Shop", options);
    let version = id(&template, "HelloVersion");
    let fingerprint = version.trim_start_matches("HelloVersion").to_owned();
    assert_eq!(fingerprint.len(), 12, "{version}");
    let description = property(&template, "Hello", "Description");
    let description = description.as_str().unwrap_or_default();
    assert!(description.ends_with(&format!("[cyanotype:{fingerprint}]")), "{version}: {description}");
    (template, fingerprint)
}

#[track_caller]
fn published(props: FunctionProps, edit: impl FnOnce(&Stack, &Fun)) -> (Json, String) {
    published_with(props, edit, &SynthOptions::default())
}

/// Changes a function's properties, and compares what has moved.
#[track_caller]
fn check(before: FunctionProps, after: FunctionProps, expected: &[&str]) {
    let (before, after) = (published(before, |_, _| ()), published(after, |_, _| ()));
    let moved = moved(&before.0, &after.0);
    assert_eq!(moved.into_iter().collect::<Vec<_>>(), expected);
}

/// Does something to a stack with a published function, and compares what has moved.
#[track_caller]
fn check_edit(edit: impl FnOnce(&Stack, &Fun), expected: &[&str]) {
    let (before, after) = (published(props!(), |_, _| ()), published(props!(), edit));
    assert_eq!(moved(&before.0, &after.0).into_iter().collect::<Vec<_>>(), expected);
}

const VERSION: &[&str] = &["HelloVersion"];
const NOTHING: &[&str] = &[];

fn with(runtime: Runtime, handler: &str, code: impl Into<Code>) -> FunctionProps {
    FunctionProps::builder().runtime(runtime).handler(handler).code(code).build()
}

#[test]
fn inline_code_publishes() {
    let of = |code: &str| with(Runtime::NODEJS_22, "index.handler", Code::inline(code));
    check(of("a"), of("b"), VERSION);
    check(of("a"), of("a"), NOTHING);
}

#[test]
fn a_runtime_publishes() {
    let of = |runtime| with(runtime, "index.handler", Code::inline("a"));
    check(of(Runtime::NODEJS_20), of(Runtime::NODEJS_22), VERSION);
}

#[test]
fn a_handler_publishes() {
    let of = |handler| with(Runtime::NODEJS_22, handler, Code::inline("a"));
    check(of("index.a"), of("index.b"), VERSION);
}

#[test]
fn memory_publishes() {
    check(props!(memory_mib(128u32)), props!(memory_mib(256u32)), VERSION);
}

#[test]
fn a_timeout_publishes() {
    check(props!(timeout(seconds(3))), props!(timeout(seconds(4))), VERSION);
}

#[test]
fn an_architecture_publishes() {
    check(props!(), props!(architecture(Architecture::Arm64)), VERSION);
}

#[test]
fn a_description_publishes() {
    check(props!(description("a")), props!(description("b")), VERSION);
}

#[test]
fn an_environment_variables_value_and_name_publish() {
    check(props!(environment([("AA", "1")])), props!(environment([("AA", "2")])), VERSION);
    check(props!(environment([("AA", "1")])), props!(environment([("BB", "1")])), VERSION);
}

#[test]
fn the_order_of_environment_variables_does_not_publish() {
    check(
        props!(environment([("AA", "1"), ("BB", "2")])),
        props!(environment([("BB", "2"), ("AA", "1")])),
        NOTHING,
    );
}

#[test]
fn reserved_concurrency_does_not_publish() {
    check(props!(), props!(reserved_concurrency(5u32)), NOTHING);
}

#[test]
fn tags_do_not_publish() {
    check(props!(), props!(tags([("Team", "shop")])), NOTHING);
}

#[test]
fn a_raw_property_that_versions_hold_publishes() {
    let storage =
        |_: &Stack, hello: &Fun| hello.raw("EphemeralStorage", tree!({ "Size": 1024 }), VersionLocked::Yes);
    check_edit(storage, VERSION);
}

#[test]
fn a_raw_property_that_versions_do_not_hold_does_not_publish() {
    check_edit(|_, hello| hello.raw("RecursiveLoop", "Terminate", VersionLocked::No), NOTHING);
    check_edit(|_, hello| hello.raw("Fresh", tree!({ "Size": 1024 }), VersionLocked::No), NOTHING);
}

#[test]
fn the_order_of_subnets_does_not_publish_and_that_of_layers_does() {
    let of = |property: &'static str, items: [&'static str; 2]| {
        let value = match property {
            "VpcConfig" => tree!({ "SubnetIds": items.to_vec() }),
            _ => Tree::list(items),
        };
        published(props!(), |_, hello| hello.raw(property, value, VersionLocked::Yes)).1
    };
    assert_eq!(of("VpcConfig", ["subnet-1", "subnet-2"]), of("VpcConfig", ["subnet-2", "subnet-1"]));
    assert_ne!(of("Layers", ["layer-1", "layer-2"]), of("Layers", ["layer-2", "layer-1"]));
}

#[test]
fn a_right_publishes_through_the_role() {
    check_edit(
        |_, hello| hello.allow(Statement::allow(["s3:GetObject"]).on("*")),
        &["HelloRole", "HelloVersion"],
    );
}

#[test]
fn the_order_of_rights_and_of_actions_does_not_publish() {
    let statement = |actions: [&'static str; 2], on: &'static str| Statement::allow(actions).on(on);
    let (a, b) = (
        || statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::a"),
        || statement(["sqs:SendMessage", "s3:Get"], "arn:aws:s3:::b"),
    );
    let one = published(props!(), |_, hello| [a(), b()].into_iter().for_each(|s| hello.allow(s)));
    let other = published(props!(), |_, hello| {
        [b(), statement(["s3:PutObject", "s3:GetObject"], "arn:aws:s3:::a"), a()]
            .into_iter()
            .for_each(|s| hello.allow(s));
    });
    assert_eq!(moved(&one.0, &other.0).len(), 0);
    assert_eq!(statements(&one.0, "HelloRole"), statements(&other.0, "HelloRole"));
}

#[test]
fn the_salt_publishes() {
    let salted = |salt: &str| published_with(props!(), |_, _| (), &SynthOptions::default().salt(salt)).0;
    let (none, one, two) = (published(props!(), |_, _| ()).0, salted("1"), salted("2"));
    assert_eq!(moved(&none, &one).into_iter().collect::<Vec<_>>(), VERSION);
    assert_eq!(moved(&one, &two).into_iter().collect::<Vec<_>>(), VERSION);
}

#[test]
fn siblings_do_not_publish() {
    let siblings = |stack: &Stack, _: &Fun| {
        function(stack, "Other").publish();
        stack.resource("Queue", "AWS::SQS::Queue", tree!({}));
    };
    check_edit(siblings, &["+Other", "+OtherRole", "+OtherVersion", "+Queue"]);
}

#[test]
fn an_alias_and_outputs_do_not_publish() {
    check_edit(
        |stack, hello| {
            hello.alias("live", &hello.publish());
            stack.output("Arn", hello.arn());
        },
        &["+HelloAliasLive"],
    );
}

#[test]
fn the_place_among_constructs_and_other_stacks_do_not_publish() {
    let before = published(props!(), |_, _| ()).0;
    let app = App::new();
    function(&app.stack("Another"), "Hello").publish();
    let stack = app.stack("Shop").tag("Team", "shop").description("A shop");
    stack.resource("First", "AWS::SQS::Queue", tree!({}));
    function(&stack, "Hello").publish();
    let moved = moved(&before, &template(&app));
    assert_eq!(moved.into_iter().collect::<Vec<_>>(), ["+First"]);
}

#[test]
fn a_handles_calls_count_as_the_builders() {
    let set = published(props!(environment([("AA", "1"), ("BB", "2")])), |_, _| ()).1;
    let added = published(props!(environment([("BB", "2")])), |_, hello| hello.environment("AA", "1")).1;
    assert_eq!(set, added);
}

#[test]
fn publishing_twice_is_publishing_once() {
    check_edit(|_, hello| drop(hello.publish()), NOTHING);
}

#[test]
fn what_is_referred_to_publishes_when_it_may_be_replaced_and_not_by_its_tags() {
    let of = |properties: Tree| {
        published(props!(), |stack, hello| {
            let table = table_with(stack, "Table", properties);
            hello.environment("TABLE", table.reference());
        })
        .1
    };
    let plain = of(tree!({ "TableName": "a" }));
    assert_ne!(plain, of(tree!({ "TableName": "b" })));
    assert_eq!(plain, of(tree!({ "TableName": "a", "Tags": [{ "Key": "Team", "Value": "shop" }] })));
}

#[test]
fn what_is_referred_to_in_two_steps_publishes() {
    let of = |pending: u32| {
        published(props!(), |stack, hello| {
            let name = format!("queue{pending}");
            let queue = stack.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": name }));
            let named = tree!({ "TableName": queue.attribute("QueueName") });
            let table = table_with(stack, "Table", named);
            hello.environment("TABLE", table.reference());
        })
        .1
    };
    assert_ne!(of(7), of(8));
    assert_eq!(of(7), of(7));
}

/// The fingerprint of a function that refers to a resource of these properties.
#[track_caller]
fn refers(type_name: &str, properties: Tree, read: fn(&Resource) -> Value<String>) -> String {
    let properties = properties.clone();
    let refer = |stack: &Stack, hello: &Fun| {
        hello.environment("IT", read(&stack.resource("It", type_name, properties)));
    };
    published(props!(), refer).1
}

const TABLE: &str = "AWS::DynamoDB::Table";

fn a_table(billing: &str, key: &str) -> Tree {
    tree!({ "BillingMode": billing, "KeySchema": [{ "AttributeName": key, "KeyType": "HASH" }] })
}

#[test]
fn a_tables_billing_does_not_publish_what_names_it_and_its_key_does() {
    for read in [Resource::reference as fn(&Resource) -> _, |table| table.attribute("Arn")] {
        let of = |billing, key| refers(TABLE, a_table(billing, key), read);
        assert_eq!(of("PROVISIONED", "Id"), of("PAY_PER_REQUEST", "Id"));
        assert_ne!(of("PROVISIONED", "Id"), of("PROVISIONED", "Other"));
    }
}

#[test]
fn an_attribute_that_is_no_identity_publishes_with_every_property_but_tags() {
    let read: fn(&Resource) -> _ = |table| table.attribute("StreamArn");
    let of = |billing| refers(TABLE, a_table(billing, "Id"), read);
    assert_ne!(of("PROVISIONED"), of("PAY_PER_REQUEST"));
    let pool = |tags: Tree| {
        let pool = tree!({ "UserPoolName": "a", "UserPoolTags": tags });
        refers("AWS::Cognito::UserPool", pool, |pool| pool.attribute("ProviderName"))
    };
    assert_eq!(pool(tree!({ "Team": "a" })), pool(tree!({ "Team": "b" })));
}

#[test]
fn what_one_function_reads_of_a_resource_does_not_publish_another() {
    let of = |billing: &str, other_reads: bool| {
        let edit = |stack: &Stack, hello: &Fun| {
            let table = stack.resource("Table", TABLE, a_table(billing, "Id"));
            hello.environment("TABLE", table.reference());
            if other_reads {
                let other = function(stack, "Other");
                other.environment("STREAM", table.attribute("StreamArn"));
                other.publish();
            }
        };
        published(props!(), edit).1
    };
    assert_eq!(of("PROVISIONED", false), of("PAY_PER_REQUEST", true));
}

#[test]
fn all_properties_of_a_type_that_is_not_known_publish() {
    let private = |size: u32| refers("MyOrg::Vault::Safe", tree!({ "Size": size }), Resource::reference);
    assert_ne!(private(1), private(2));
    // Its `Ref` ends in a revision, which any change makes another.
    let job = |retries: u32| {
        let job = tree!({ "Type": "container", "RetryStrategy": { "Attempts": retries } });
        refers("AWS::Batch::JobDefinition", job, Resource::reference)
    };
    assert_ne!(job(1), job(2));
}

#[test]
fn a_newer_property_and_those_of_an_unchecked_resource_publish() {
    let of = |edit: &dyn Fn(Resource) -> Resource, delay: u32| {
        published(props!(), |stack, hello| {
            let queue = edit(stack.resource("Queue", "AWS::SQS::Queue", tree!({ "DelaySeconds": delay })));
            hello.environment("QUEUE", queue.reference());
        })
        .1
    };
    assert_eq!(of(&|queue| queue, 1), of(&|queue| queue, 2));
    assert_ne!(of(&|queue| queue, 1), of(&|queue| queue.newer_property("Fresh", 1), 1));
    assert_ne!(of(&Resource::unchecked, 1), of(&Resource::unchecked, 2));
}

#[test]
fn acknowledging_a_value_does_not_publish() {
    let value = |acknowledged: bool| {
        let value = Value::<String>::from("x");
        if acknowledged { value.known_at_deploy("it never changes") } else { value }
    };
    let of = |acknowledged| props!(environment([("AA", value(acknowledged))]));
    check(of(false), of(true), NOTHING);
}

/// Writes files below a new directory.
fn directory(files: &[(&str, &str)]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    for (name, text) in files {
        let path = directory.path().join(name);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, text));
        written.unwrap_or_else(|error| panic!("{error}"));
    }
    directory
}

fn of_directory(directory: &FsPath) -> String {
    let code = Code::directory(directory.to_str().unwrap_or_default()).exclude("*.md");
    published(with(Runtime::NODEJS_22, "index.handler", code), |_, _| ()).1
}

#[test]
fn a_byte_of_a_file_and_its_name_publish() {
    let (a, b) = (directory(&[("index.js", "1")]), directory(&[("index.js", "2")]));
    let c = directory(&[("index.mjs", "1")]);
    assert_ne!(of_directory(a.path()), of_directory(b.path()));
    assert_ne!(of_directory(a.path()), of_directory(c.path()));
}

#[test]
fn where_a_directory_lies_and_what_is_excluded_does_not_publish() {
    let a = directory(&[("index.js", "1"), ("lib/a.js", "2")]);
    let b = directory(&[("lib/a.js", "2"), ("README.md", "not in the zip"), ("index.js", "1")]);
    assert_eq!(of_directory(a.path()), of_directory(b.path()));
}

#[test]
fn the_time_of_a_file_does_not_publish() {
    let a = directory(&[("index.js", "1")]);
    let before = of_directory(a.path());
    let file = fs::File::options().append(true).open(a.path().join("index.js"));
    let set = file.and_then(|file| file.set_modified(std::time::SystemTime::UNIX_EPOCH));
    set.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(before, of_directory(a.path()));
}

#[cfg(unix)]
#[test]
fn an_executable_bit_publishes_and_other_bits_do_not() {
    use std::os::unix::fs::PermissionsExt;
    let a = directory(&[("bootstrap", "1")]);
    let of = |mode: u32| {
        let set = fs::set_permissions(a.path().join("bootstrap"), fs::Permissions::from_mode(mode));
        set.unwrap_or_else(|error| panic!("{error}"));
        of_directory(a.path())
    };
    assert_ne!(of(0o644), of(0o755));
    assert_eq!(of(0o644), of(0o600));
}

#[test]
fn a_description_ends_with_the_stamp() {
    let (template, fingerprint) = published(props!(description("Greets")), |_, _| ());
    assert_eq!(property(&template, "Hello", "Description"), format!("Greets [cyanotype:{fingerprint}]"));
    let (template, fingerprint) = published(props!(), |_, _| ());
    assert_eq!(property(&template, "Hello", "Description"), format!("[cyanotype:{fingerprint}]"));
}

#[test]
fn an_unpublished_functions_description_has_no_stamp() {
    let template = shop_template(|stack| Fun::new(stack, "Hello", props!(description("Greets"))));
    assert_eq!(property(&template, "Hello", "Description"), "Greets");
}

#[test]
fn a_description_of_231_characters_leaves_room_for_the_stamp() {
    let (template, _) = published(props!(description("é".repeat(231))), |_, _| ());
    let description = property(&template, "Hello", "Description");
    assert_eq!(description.as_str().map(|text| text.chars().count()), Some(256));
}

#[test]
fn a_description_of_232_characters_is_an_error_of_a_published_function() {
    let of = |publish: bool| {
        shop(|stack| {
            let hello: Fun = Function::new(stack, "Hello", props!(description("x".repeat(232))));
            publish.then(|| hello.publish())
        })
    };
    one_error(&of(true), &["Shop/Hello: its description has 232 characters", "shorten it to 231"]);
    assert_eq!(errors(&of(false)), [""; 0]);
}

#[test]
fn a_description_that_the_deploy_knows_is_an_error_of_a_published_function() {
    let of = |publish: bool| {
        shop(|stack| {
            let region = Value::concat(["in ".into(), Value::pseudo(Pseudo::Region)]);
            let hello: Fun = Function::new(stack, "Hello", props!(description(region)));
            publish.then(|| hello.publish())
        })
    };
    one_error(&of(true), &["Shop/Hello: its description is known to the deploy alone"]);
    assert_eq!(errors(&of(false)), [""; 0]);
}

/// A function with an alias, and a machine that calls it.
fn day(code: &str, wait: bool) -> Json {
    shop_template(|stack| {
        let props = with(Runtime::NODEJS_22, "index.handler", Code::inline(code));
        let hello: Fun = Function::new(stack, "Hello", props);
        let version = hello.publish();
        hello.alias("live", &version);
        let definition = machine(|m| {
            let call = m.task("Hello", &version).then(m.end());
            if wait { m.wait("Wait", seconds(300)).then(call) } else { m.pass("At once").then(call) }
        });
        StateMachine::<Json, Json>::new(stack, "Greeting", definition, StateMachineProps::default())
    })
}

#[test]
fn on_another_day_the_version_is_another_and_all_else_is_the_same() {
    let (one, two) = (day("'Approved'", true), day("'ThumbsUp'", false));
    assert_eq!(moved(&one, &two).into_iter().collect::<Vec<_>>(), VERSION);
    for role in ["HelloRole", "GreetingRole"] {
        assert_eq!(resource(&one, role).to_string(), resource(&two, role).to_string());
    }
    for same in ["Hello", "HelloAliasLive", "Greeting"] {
        assert_eq!(id(&one, same), same);
    }
}

#[test]
fn a_changed_definition_alone_moves_nothing() {
    assert_eq!(moved(&day("1", true), &day("1", false)).len(), 0);
}

/// A function with an alias and a machine that calls it: what moves when both are changed by a create-only property.
#[track_caller]
fn check_create_only(
    function: FunctionProps,
    edit: impl Fn(&Fun),
    machine: StateMachineProps,
    expected: &[&str],
) {
    let of = |function, edit: &dyn Fn(&Fun), machine| {
        shop_template(|stack| {
            let hello: Fun = Function::new(stack, "Hello", function);
            edit(&hello);
            hello.alias("live", &hello.publish());
            calls_with(stack, "Greeting", &[&hello.publish()], machine)
        })
    };
    let before = of(props!(), &|_| (), StateMachineProps::default());
    let after = of(function, &edit, machine);
    assert_eq!(moved(&before, &after).into_iter().collect::<Vec<_>>(), expected);
}

// The machine's role names the function, so it goes with it.
const WITH_THE_FUNCTION: &[&str] = &["GreetingRole", "Hello", "HelloAliasLive", "HelloVersion"];

#[test]
fn a_functions_name_moves_it_with_its_alias_and_version_and_keeps_its_role() {
    check_create_only(props!(name("hello")), |_| (), StateMachineProps::default(), WITH_THE_FUNCTION);
}

#[test]
fn a_functions_package_type_moves_it_with_its_alias_and_version_and_keeps_its_role() {
    let digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    let image = Image::registry(format!("111122223333.dkr.ecr.eu-west-1.amazonaws.com/hello@{digest}"));
    let props = FunctionProps::image(image).build();
    check_create_only(props, |_| (), StateMachineProps::default(), WITH_THE_FUNCTION);
}

#[test]
fn a_package_type_at_its_default_moves_no_function() {
    let zip = |hello: &Fun| hello.raw("PackageType", "Zip", VersionLocked::Yes);
    check_create_only(props!(), zip, StateMachineProps::default(), VERSION);
}

#[test]
fn a_machines_name_moves_it_alone() {
    check_create_only(props!(), |_| (), StateMachineProps::builder().name("greeting").build(), &["Greeting"]);
}

#[test]
fn a_machines_type_moves_it_alone() {
    let express = StateMachineProps::builder().machine_type(StateMachineType::Express).build();
    check_create_only(props!(), |_| (), express, &["Greeting"]);
}

#[test]
fn a_machine_of_the_default_type_has_no_suffix() {
    let standard = StateMachineProps::builder().machine_type(StateMachineType::Standard).build();
    check_create_only(props!(), |_| (), standard, NOTHING);
}

#[test]
fn an_alias_has_the_suffix_of_its_function() {
    let template = shop_template(|stack| {
        let hello: Fun = Function::new(stack, "Hello", props!(name("hello")));
        hello.alias("live", &hello.publish());
    });
    let suffix = id(&template, "Hello").replacen("Hello", "", 1);
    assert_eq!(suffix.len(), 8);
    assert_eq!(id(&template, "HelloAliasLive"), format!("HelloAliasLive{suffix}"));
}

#[test]
fn a_function_whose_name_follows_a_resource_moves_with_it() {
    let of = |name: &str| {
        shop_template(|stack| {
            let queue = stack.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": name }));
            let worker = Value::concat([queue.attribute("QueueName"), "-worker".into()]);
            Fun::new(stack, "Hello", props!(name(worker)))
        })
    };
    assert_eq!(moved(&of("aa"), &of("bb")), ["Hello".to_owned()].into());
}
