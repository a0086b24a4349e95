//! Resources of any type: what the table of CloudFormation's types refuses, and what it leaves alone.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use common::*;
use cyanotype::prelude::*;

/// All that is said of one resource.
#[track_caller]
fn check(type_name: &str, properties: Tree, expected: &[&str]) {
    check_made(|stack| drop(stack.resource("It", type_name, properties)), expected);
}

#[track_caller]
fn check_made(define: impl FnOnce(&Stack), expected: &[&str]) {
    assert_eq!(errors(&shop(define)), expected);
}

#[test]
fn a_property_that_there_is_not_is_an_error_with_one_that_there_is() {
    check(
        "AWS::SQS::Queue",
        tree!({ "QueueNam": "a", "Outer": 1 }),
        &[
            "Shop/It: AWS::SQS::Queue has no property `Outer` / one that is newer than this crate is set by \
             `.newer_property(\"Outer\", ..)`",
            "Shop/It: AWS::SQS::Queue has no property `QueueNam` / did you mean `QueueName`? one that is newer than \
             this crate is set by `.newer_property(\"QueueNam\", ..)`",
        ],
    );
}

#[test]
fn an_attribute_cannot_be_set() {
    check(
        "AWS::SQS::Queue",
        tree!({ "Arn": "a" }),
        &[
            "Shop/It: `Arn` of AWS::SQS::Queue is an attribute, and cannot be set / leave it out: it is read by \
           `.attribute(..)`",
        ],
    );
}

#[test]
fn required_properties_that_are_missing_are_named() {
    let help = "CloudFormation does not make it without: add what is missing";
    check(
        "AWS::DynamoDB::Table",
        tree!({}),
        &[&format!("Shop/It: AWS::DynamoDB::Table needs the property `KeySchema` / {help}")],
    );
    check(
        "AWS::SSM::Parameter",
        tree!({}),
        &[&format!("Shop/It: AWS::SSM::Parameter needs the properties `Type`, `Value` / {help}")],
    );
}

#[test]
fn an_attribute_that_there_is_not_is_an_error_at_the_line_that_reads_it() {
    let line = line!() + 3;
    let app = shop(|stack| {
        let table = table(stack, "It");
        stack.output("Arn", table.attribute("Arnn"))
    });
    let synthesis = synth(&app);
    let said: Vec<_> = synthesis.diagnostics().iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [format!(
            "error: `Shop/It`: AWS::DynamoDB::Table has no attribute `Arnn`\n  --> \
             crates/cyanotype/tests/resource_types.rs:{line}\n  = help: did you mean `Arn`? one that is newer than \
             this crate is read when the resource is `.unchecked()`"
        )]
    );
}

#[test]
fn an_attribute_that_is_like_none_gets_those_that_there_are() {
    check_made(
        |stack| drop(stack.resource("It", "AWS::SQS::Queue", tree!({})).attribute("Messages")),
        &[
            "Shop/It: AWS::SQS::Queue has no attribute `Messages` / it has `Arn`, `QueueUrl`; one that is newer than \
           this crate is read when the resource is `.unchecked()`",
        ],
    );
}

#[track_caller]
fn check_attribute(type_name: &str, attribute: &str, is_known: bool) {
    let app = shop(|stack| drop(stack.resource("It", type_name, tree!({})).attribute(attribute)));
    let said = errors(&app).into_iter().filter(|error| error.contains("no attribute")).count();
    assert_eq!(said == 0, is_known, "{type_name} {attribute}");
}

#[test]
fn attributes_below_properties_outputs_of_stacks_and_properties_are_attributes() {
    check_attribute("AWS::RDS::DBInstance", "Endpoint.Address", true);
    check_attribute("AWS::RDS::DBInstance", "Endpoint.Adress", false);
    check_attribute("AWS::CloudFormation::Stack", "Outputs.TableName", true);
    check_attribute("AWS::SQS::Queue", "QueueName", true);
    check_attribute("AWS::SQS::Queue", "Name.Of", false);
    check_attribute("Custom::Thing", "Anything", true);
}

#[test]
fn a_type_that_there_is_not_is_an_error_with_one_that_there_is() {
    let newer = "a type that is newer than this crate is taken as it is with `.unchecked()`";
    check(
        "AWS::SQS::Queu",
        tree!({}),
        &[&format!(
            "Shop/It: there is no resource type `AWS::SQS::Queu` / did you mean `AWS::SQS::Queue`? {newer}"
        )],
    );
    check(
        "AWS::Quantum::Entanglement",
        tree!({}),
        &[&format!("Shop/It: there is no resource type `AWS::Quantum::Entanglement` / {newer}")],
    );
}

#[test]
fn types_that_are_not_aws_s_are_taken_as_they_are() {
    for name in
        ["Custom::X", "AWS::CloudFormation::CustomResource", "MyOrg::Vault::Safe", "AWS::S3::Bucket::MODULE"]
    {
        check(name, tree!({ "Whatever": 1 }), &[]);
    }
}

#[test]
fn what_is_newer_than_the_table_is_taken_when_it_is_said_to_be() {
    check_made(
        |stack| {
            let queue = stack.resource("It", "AWS::SQS::Queue", tree!({})).newer_property("Priorities", 3);
            stack.output("Url", queue.reference());
            let fresh = stack.resource("Fresh", "AWS::SQS::Lake", tree!({ "Depth": 3 })).unchecked();
            stack.output("Shore", fresh.attribute("Shore"));
            let wide = stack.resource("Wide", "AWS::SQS::Queue", tree!({ "Depth": 3 })).unchecked();
            stack.output("Other", wide.attribute("Shore"));
        },
        &[],
    );
}
