//! Every way in which a Choice compares.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::*;
use crate::path;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Order {
    name: String,
    other: String,
    paid: u32,
    total: u32,
    yes: bool,
    no: bool,
    due: Timestamp,
    since: Timestamp,
    note: Option<String>,
    any: Value,
}

/// Nothing is wrong, and the rule is this.
#[track_caller]
fn check(condition: Cond<Order>, variable: &str, operator: &str, operand: impl Into<Value>) {
    let machine: Machine<Order, Order> =
        machine(|m| m.choice("A").when(condition, m.succeed("Yes")).otherwise(m.fail("No")));
    let expected = json!({ "Variable": variable, operator: operand.into(), "Next": "Yes" });
    assert_eq!(states(&machine)["A"]["Choices"][0], expected);
}

#[track_caller]
fn wrong(condition: Cond<Order>, message: &str) {
    let machine: Machine<Order, Order> =
        machine(|m| m.choice("A").when(condition, m.succeed("Yes")).otherwise(m.fail("No")));
    assert_eq!(messages(&machine), [format!("A: {message}")]);
}

#[test]
fn values_are_compared_with_values() {
    let name = || path!(Order => name);
    check(name().is("x"), "$.name", "StringEquals", "x");
    check(name().less_than("x"), "$.name", "StringLessThan", "x");
    check(name().more_than("x"), "$.name", "StringGreaterThan", "x");
    check(name().at_most("x"), "$.name", "StringLessThanEquals", "x");
    check(name().at_least("x"), "$.name", "StringGreaterThanEquals", "x");
    let total = || path!(Order => total);
    check(total().is(5_u32), "$.total", "NumericEquals", 5);
    check(total().less_than(5_u32), "$.total", "NumericLessThan", 5);
    check(total().more_than(5_u32), "$.total", "NumericGreaterThan", 5);
    check(total().at_most(5_u32), "$.total", "NumericLessThanEquals", 5);
    check(total().at_least(5_u32), "$.total", "NumericGreaterThanEquals", 5);
    let (due, noon) = (|| path!(Order => due), "2026-11-24T12:00:00Z");
    check(due().is(noon), "$.due", "TimestampEquals", noon);
    check(due().less_than(noon), "$.due", "TimestampLessThan", noon);
    check(due().more_than(noon), "$.due", "TimestampGreaterThan", noon);
    check(due().at_most(noon), "$.due", "TimestampLessThanEquals", noon);
    check(due().at_least(noon), "$.due", "TimestampGreaterThanEquals", noon);
    check(path!(Order => yes).is(true), "$.yes", "BooleanEquals", true);
}

#[test]
fn values_are_compared_with_values_of_other_places() {
    let (name, other) = (|| path!(Order => name), || path!(Order => other));
    check(name().is_value_of(other()), "$.name", "StringEqualsPath", "$.other");
    check(name().less_than_value_of(other()), "$.name", "StringLessThanPath", "$.other");
    check(name().more_than_value_of(other()), "$.name", "StringGreaterThanPath", "$.other");
    check(name().at_most_value_of(other()), "$.name", "StringLessThanEqualsPath", "$.other");
    check(name().at_least_value_of(other()), "$.name", "StringGreaterThanEqualsPath", "$.other");
    let (paid, total) = (|| path!(Order => paid), || path!(Order => total));
    check(paid().is_value_of(total()), "$.paid", "NumericEqualsPath", "$.total");
    check(paid().less_than_value_of(total()), "$.paid", "NumericLessThanPath", "$.total");
    check(paid().more_than_value_of(total()), "$.paid", "NumericGreaterThanPath", "$.total");
    check(paid().at_most_value_of(total()), "$.paid", "NumericLessThanEqualsPath", "$.total");
    check(paid().at_least_value_of(total()), "$.paid", "NumericGreaterThanEqualsPath", "$.total");
    let (due, since) = (|| path!(Order => due), || path!(Order => since));
    check(due().is_value_of(since()), "$.due", "TimestampEqualsPath", "$.since");
    check(due().less_than_value_of(since()), "$.due", "TimestampLessThanPath", "$.since");
    check(due().more_than_value_of(since()), "$.due", "TimestampGreaterThanPath", "$.since");
    check(due().at_most_value_of(since()), "$.due", "TimestampLessThanEqualsPath", "$.since");
    check(due().at_least_value_of(since()), "$.due", "TimestampGreaterThanEqualsPath", "$.since");
    check(path!(Order => yes).is_value_of(path!(Order => no)), "$.yes", "BooleanEqualsPath", "$.no");
    let now = context::state_entered_time;
    check(due().less_than_value_of(now()), "$.due", "TimestampLessThanPath", "$$.State.EnteredTime");
    let any = || path!(Order => any).get("x");
    wrong(
        any().is_value_of(any()),
        "`$.any.x` and `$.any.x` have no type in common that is known, and JSONPath compares values of one type",
    );
}

#[test]
fn the_other_place_may_be_absent_too() {
    let note = || path!(Order => note?);
    wrong(
        path!(Order => name).is_value_of(note()),
        "`$.note` may be absent, and reading it then fails the execution",
    );
    let machine: Machine<Order, Order> = machine(|m| {
        let condition = note().is_present().and(path!(Order => name).is_value_of(note()));
        m.choice("A").when(condition, m.succeed("Yes")).otherwise(m.fail("No"))
    });
    assert_eq!(messages(&machine), Vec::<String>::new());
}

#[test]
fn texts_are_compared_with_patterns() {
    check(path!(Order => name).matches("log-*.txt"), "$.name", "StringMatches", "log-*.txt");
}

#[test]
fn data_of_any_type_is_asked_for_it() {
    let any = || path!(Order => any).get("x");
    check(any().is_string(), "$.any.x", "IsString", true);
    check(any().is_number(), "$.any.x", "IsNumeric", true);
    check(any().is_boolean(), "$.any.x", "IsBoolean", true);
    check(any().is_timestamp(), "$.any.x", "IsTimestamp", true);
    check(any().is_null(), "$.any.x", "IsNull", true);
    check(any().is_present(), "$.any.x", "IsPresent", true);
}

#[test]
fn the_context_object_is_asked_like_data() {
    check(context::state_retry_count().more_than(2_u32), "$$.State.RetryCount", "NumericGreaterThan", 2);
    check(context::execution_name().is("x"), "$$.Execution.Name", "StringEquals", "x");
}

#[test]
fn a_default_that_is_never_taken_is_a_warning() {
    let machine: Machine<Order, Order> = machine(|m| {
        let yes = || path!(Order => yes);
        m.choice("A")
            .when(yes().is(true), m.succeed("Yes"))
            .when(yes().is(false), m.succeed("No"))
            .otherwise(m.fail("Never"))
    });
    assert_eq!(messages(&machine), ["A: the default is never taken: the rules name every value"]);
}
