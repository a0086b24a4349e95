//! What moves by a property that cannot change in place.

use super::*;

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
