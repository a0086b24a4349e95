//! Mistakes in properties, and in what is put together or written as JSON in them.

use super::*;

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
fn a_variable_without_a_value_in_a_right() {
    let none: [(&str, Value<String>); 0] = [];
    let bucket = Value::sub("arn:aws:s3:::${Bucket}/*", none);
    let app = shop(|stack| function(stack, "Hello").allow(Statement::allow(["s3:GetObject"]).on(bucket)));
    one_error(&app, &["Shop/Hello/Role: a statement has `${Bucket}`, which is given no value"]);
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
fn a_reference_that_is_written_as_json() {
    check(
        |stack| stack.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": { "Ref": "Other" } })),
        "error: `Shop/Queue`: `QueueName` has a `Ref` written as JSON, which is no reference that can be followed\n  \
         --> HERE\n  = help: use the handle: `queue.reference()`, `queue.attribute(\"Arn\")`; for a pseudo parameter \
         `Value::pseudo(Pseudo::Region)`",
    );
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
