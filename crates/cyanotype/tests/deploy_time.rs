//! What only the deploy knows, and what the next deploy may change.

mod common;

use common::*;
use cyanotype::prelude::*;

/// An app with a function whose environment holds something.
fn holds(publish: bool, value: impl FnOnce(&Stack) -> Value<String>) -> App {
    shop(|stack| {
        let hello = function(stack, "Hello");
        hello.environment("VALUE", value(stack));
        if publish {
            hello.publish();
        }
    })
}

fn parameter(stack: &Stack) -> Value<String> {
    stack.parameter("Stage", Parameter::string().default("test"))
}

#[track_caller]
fn refused(value: impl Fn(&Stack) -> Value<String>, what: &str) {
    let says = format!("Shop/Hello: `Environment` holds {what}, which only the deploy knows");
    one_error(&holds(true, &value), &[&says, "`.known_at_deploy(\"…\")`"]);
    fine(&holds(false, &value));
    fine(&holds(true, |stack| value(stack).known_at_deploy("it never changes under a version")));
}

#[track_caller]
fn fine(app: &App) {
    assert_eq!(errors(app), [""; 0]);
}

#[test]
fn a_parameter_is_refused() {
    refused(parameter, "the parameter `Shop/Stage`");
}

#[test]
fn a_parameter_inside_a_text_is_refused() {
    refused(|stack| Value::concat(["x-".into(), parameter(stack)]), "the parameter `Shop/Stage`");
    refused(|stack| Value::sub("x-${Stage}", [("Stage", parameter(stack))]), "the parameter `Shop/Stage`");
}

#[test]
fn an_import_is_refused() {
    refused(|_| Value::import("other"), "an import of another app's export");
}

#[test]
fn a_condition_on_a_parameter_is_refused() {
    let value = |stack: &Stack| {
        let condition = stack.condition("IsLive", ConditionExpression::equals(parameter(stack), "live"));
        condition.choose("a", "b")
    };
    refused(value, "the parameter `Shop/Stage`");
}

#[test]
fn an_attribute_that_follows_a_parameter_is_refused() {
    let value = |stack: &Stack| {
        let properties = tree!({ "Type": "String", "Value": parameter(stack) });
        stack.resource("Setting", "AWS::SSM::Parameter", properties).attribute("Value")
    };
    refused(value, "the parameter `Shop/Stage`");
}

#[test]
fn what_is_fixed_for_a_stack_is_fine() {
    fine(&holds(true, |_| Value::pseudo(Pseudo::Region)));
    fine(&holds(true, |stack| {
        stack.mapping("Names", [("eu-west-1", [("name", "x")])]).find(Value::pseudo(Pseudo::Region), "name")
    }));
}

#[test]
fn a_right_that_the_deploy_decides_is_refused() {
    let right = |value: Value<String>| {
        shop(|stack| {
            function(stack, "Hello").allow(Statement::allow(["s3:GetObject"]).on(value));
        })
    };
    let app = shop(|stack| {
        function(stack, "Hello").allow(Statement::allow(["s3:GetObject"]).on(parameter(stack)));
    });
    let says = "Shop/Hello/Role: a statement names the parameter `Shop/Stage`, which only the deploy knows";
    one_error(&app, &[says, "could then shrink in place"]);
    one_error(&right(Value::import("bucket")), &["an import of another app's export"]);
    fine(&right(Value::import("bucket").known_at_deploy("the bucket never changes")));
}

/// What is warned of in an app with a published function `Hello` beside a function `Other`.
fn warned(publish: bool, edit: impl FnOnce(&Fun, &Fun)) -> Vec<String> {
    let app = shop(|stack| {
        let (hello, other) = (function(stack, "Hello"), function(stack, "Other"));
        edit(&hello, &other);
        if publish {
            hello.publish();
        }
    });
    assert_eq!(errors(&app), [""; 0]);
    warnings(&app)
}

#[test]
fn a_published_function_that_is_handed_another_unpinned_is_warned_of() {
    one(
        &warned(true, |hello, other| hello.environment("OTHER", other.arn())),
        &["Shop/Hello: `Environment` names the function `Shop/Other`, which the next deploy may change"],
    );
    one(
        &warned(true, |hello, other| {
            hello.allow(Statement::allow(["lambda:InvokeFunction"]).on(other.arn()))
        }),
        &["what it is allowed names the function `Shop/Other`"],
    );
}

#[test]
fn a_published_function_that_is_handed_an_alias_is_warned_of() {
    one(
        &warned(true, |hello, other| hello.environment("OTHER", other.alias("live", &other.publish()).arn())),
        &["`Environment` names the alias `Shop/Other/Alias/live`"],
    );
}

#[test]
fn a_version_that_is_handed_over_is_fine() {
    assert_eq!(warned(true, |hello, other| hello.environment("OTHER", other.publish().arn())), [""; 0]);
}

#[test]
fn a_function_that_is_not_published_may_name_what_it_likes() {
    assert_eq!(warned(false, |hello, other| hello.environment("OTHER", other.arn())), [""; 0]);
}

#[test]
fn a_resource_that_the_deploy_may_replace_is_refused() {
    let table = |stack: &Stack| {
        let properties = tree!({ "TableName": parameter(stack) });
        table_with(stack, "Table", properties)
    };
    refused(|stack| table(stack).reference(), "the parameter `Shop/Stage`");
    refused(|stack| table(stack).attribute("Arn"), "the parameter `Shop/Stage`");
}

#[test]
fn each_attribute_of_a_resource_is_looked_at() {
    let value = |stack: &Stack| {
        let properties = tree!({ "Type": "String", "Value": parameter(stack) });
        let setting = stack.resource("Setting", "AWS::SSM::Parameter", properties);
        Value::concat([setting.attribute("Type"), setting.attribute("Value")])
    };
    refused(value, "the parameter `Shop/Stage`");
}

#[test]
fn conditions_on_conditions_take_no_more_time_than_they_are_long() {
    let value = |stack: &Stack| {
        let region = ConditionExpression::equals(Value::pseudo(Pseudo::Region), "eu-west-1");
        let mut last = stack.condition("Condition0", region);
        for n in 1..60 {
            last = stack.condition(format!("Condition{n}"), ConditionExpression::any([&last, &last]));
        }
        last.choose("a", "b")
    };
    fine(&holds(true, value));
}
