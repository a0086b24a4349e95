//! What moves from one day to the next.

use super::*;

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
