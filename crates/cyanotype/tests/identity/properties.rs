//! What of a function, and around it, publishes.

use super::*;

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
fn acknowledging_a_value_does_not_publish() {
    let value = |acknowledged: bool| {
        let value = Value::<String>::from("x");
        if acknowledged { value.known_at_deploy("it never changes") } else { value }
    };
    let of = |acknowledged| props!(environment([("AA", value(acknowledged))]));
    check(of(false), of(true), NOTHING);
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
