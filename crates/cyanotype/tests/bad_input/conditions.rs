//! Mistakes in conditions and mappings.

use super::*;

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
