//! Grants that are on nothing that they could be on.

use super::*;

/// Asserts that a grant is one error at its own line, and that it says this.
#[track_caller]
fn refused<G: Into<Grant>>(grant: impl FnOnce(&Stack) -> G, says: &[&str]) {
    let mut line = None;
    let app = shop(|stack| {
        let grant = grant(stack).into();
        line = Some(line_of(&grant));
        function(stack, "Hello").may(grant);
    });
    one_error(&app, says);
    let synthesis = synth(&app);
    let at = synthesis.diagnostics()[0].source();
    assert_eq!(at.map(|at| (at.file(), Some(at.line()))), Some((file!(), line)));
}

/// The line on which this file makes the grant.
fn line_of(grant: &Grant) -> u32 {
    let debug = format!("{grant:?}");
    let line = debug.rsplit("line: ").next().and_then(|tail| tail.split(',').next());
    line.and_then(|line| line.trim().parse().ok()).unwrap_or_else(|| panic!("{debug}"))
}

#[test]
fn a_table_without_a_stream_has_none_to_read() {
    refused(|stack| grants::dynamodb::read_stream(&table(stack, "It")), &["without `StreamSpecification`"]);
}

#[test]
fn a_prefix_that_is_a_pattern_is_an_error() {
    refused(|_| grants::s3::read("arn:aws:s3:::reports").under("a*"), &["`a*`", "pattern"]);
    refused(|_| grants::s3::write("arn:aws:s3:::reports").under("${aws:userid}/"), &["pattern"]);
}

#[test]
fn a_resource_of_another_type_is_an_error_that_says_which() {
    refused(
        |stack| grants::dynamodb::read(&of_type(stack, "AWS::SQS::Queue", tree!({}))),
        &["Shop/Hello:", "on a DynamoDB table", "`AWS::SQS::Queue`", "`grants::sqs`"],
    );
    refused(
        |stack| grants::sqs::send(function(stack, "Other").arn()),
        &["`AWS::Lambda::Function`", "Statement::allow"],
    );
    refused(
        |stack| grants::step_functions::start(calls(stack, "Nap", &[]).publish().arn()),
        &["`AWS::StepFunctions::StateMachineVersion`"],
    );
}

#[test]
fn an_attribute_that_is_no_arn_is_an_error() {
    refused(
        |stack| grants::sqs::send(of_type(stack, "AWS::SQS::Queue", tree!({})).attribute("QueueName")),
        &["`QueueName`", "&resource"],
    );
}

#[test]
fn an_arn_of_something_else_is_an_error() {
    refused(
        |_| grants::dynamodb::read("arn:aws:sqs:eu-west-1:123456789012:jobs"),
        &["`arn:aws:sqs:eu-west-1:123456789012:jobs`", ":table/name"],
    );
    refused(|_| grants::dynamodb::read("arn:aws:dynamodb:*:*:table/a/index/b"), &["not the ARN"]);
    refused(|_| grants::s3::read("arn:aws:s3:::bucket/prefix"), &["`arn:aws:s3:::name`"]);
    refused(|_| grants::sqs::send("*"), &["an SQS queue"]);
}

#[test]
fn all_mistakes_are_reported() {
    let app = shop(|stack| {
        let hello = function(stack, "Hello");
        hello.may(grants::sqs::send("*"));
        hello.may(grants::sns::publish("*"));
    });
    assert_eq!(errors(&app).len(), 2);
}
