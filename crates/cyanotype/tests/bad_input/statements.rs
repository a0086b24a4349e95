//! Mistakes in what a statement of a role is on.

use super::*;

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
