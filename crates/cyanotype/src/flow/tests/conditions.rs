//! What conditions become, and what schemars knows against them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::*;
use crate::path;

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Order {
    job_status: Status,
    #[serde(rename = "how-many")]
    count: u32,
    nick_name: Option<String>,
    customer: Option<Customer>,
    since: Timestamp,
    extra: Value,
    tags: BTreeMap<String, String>,
    id: Id,
    paid: bool,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Id(String);

#[derive(Serialize, Deserialize, JsonSchema)]
struct Customer {
    tier: Tier,
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum Status {
    Ready,
    #[serde(rename = "on hold")]
    OnHold,
}

/// With comments, schemars writes `oneOf` of `const`.
#[derive(Serialize, Deserialize, JsonSchema)]
enum Tier {
    /// One.
    Gold,
    /// Two.
    Basic,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind")]
enum Event {
    Made { amount: u32 },
    Gone,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Flat {
    own: u32,
    #[serde(flatten)]
    event: Event,
    #[serde(flatten)]
    customer: Customer,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Chain {
    r#type: u32,
    next: Option<Box<Chain>>,
    link: Link,
}

#[derive(Serialize, Deserialize, JsonSchema)]
enum Link {
    Loose,
    Tight(u32),
}

/// A machine that is one Choice.
fn choice<T>(condition: Cond<T>) -> Machine<T, T> {
    machine(|m| m.choice("Choice").when(condition, m.succeed("Yes")).otherwise(m.fail("No")))
}

/// Nothing is wrong, and the rule is this.
#[track_caller]
fn fine<T>(condition: Cond<T>, rule: Value) {
    let mut states = states(&choice(condition));
    let mut found = states["Choice"]["Choices"][0].take();
    found.as_object_mut().expect("a rule").remove("Next");
    assert_eq!(found, rule);
}

/// Nothing is wrong.
#[track_caller]
fn allowed<T>(condition: Cond<T>) {
    states(&choice(condition));
}

/// One thing is wrong: this.
#[track_caller]
fn wrong<T>(condition: Cond<T>, message: &str) {
    assert_eq!(messages(&choice(condition)), [format!("Choice: {message}")]);
}

#[track_caller]
fn absent<T>(condition: Cond<T>, path: &str) {
    wrong(condition, &format!("`{path}` may be absent, and reading it then fails the execution"));
}

#[test]
fn json_names_come_from_the_schema() {
    fine(
        path!(Order => job_status).is(Status::OnHold),
        json!({ "Variable": "$.jobStatus", "StringEquals": "on hold" }),
    );
    fine(
        path!(Order => count as "how-many").less_than(3),
        json!({ "Variable": "$['how-many']", "NumericLessThan": 3 }),
    );
    fine(path!(Order => id.0).is("x".to_owned()), json!({ "Variable": "$.id", "StringEquals": "x" }));
    fine(path!((u32, Status) => 1).is(Status::Ready), json!({ "Variable": "$[1]", "StringEquals": "Ready" }));
    fine(root::<Tier>().is(Tier::Basic), json!({ "Variable": "$", "StringEquals": "Basic" }));
    wrong(
        path!(Order => count).less_than(3),
        "the JSON of Order has no `count` at `$`, only `customer`, `extra`, `how-many`, `id`, `jobStatus`, \
         `nickName`, `paid`, `since`, `tags`",
    );
}

#[test]
fn types_may_contain_themselves() {
    let second = || path!(Chain => next?.r#type);
    fine(
        second().is_present().and(second().is(1)),
        json!({ "And": [
            { "Variable": "$.next.type", "IsPresent": true },
            { "Variable": "$.next.type", "NumericEquals": 1 },
        ] }),
    );
}

#[test]
fn a_variant_without_data_is_compared_beside_others() {
    fine(path!(Chain => link).is(Link::Loose), json!({ "Variable": "$.link", "StringEquals": "Loose" }));
    wrong(
        path!(Chain => link).is(Link::Tight(1)),
        "a Choice compares strings, numbers and booleans, and this value is {\"Tight\":1} in JSON",
    );
}

#[test]
fn timestamps_are_compared_as_instants() {
    fine(
        path!(Order => since).at_least("2026-01-01T00:00:00Z"),
        json!({ "Variable": "$.since", "TimestampGreaterThanEquals": "2026-01-01T00:00:00Z" }),
    );
    wrong(
        path!(Order => since).is("new year"),
        "String does not match RFC3339 timestamp \
         (SCHEMA_VALIDATION_FAILED at /States/Choice/Choices[0]/TimestampEquals)",
    );
}

#[test]
fn numbers_and_booleans_have_their_operators() {
    let count = || path!(Order => count as "how-many");
    fine(count().is(1), json!({ "Variable": "$['how-many']", "NumericEquals": 1 }));
    fine(count().at_most(1), json!({ "Variable": "$['how-many']", "NumericLessThanEquals": 1 }));
    fine(count().more_than(1), json!({ "Variable": "$['how-many']", "NumericGreaterThan": 1 }));
    fine(count().at_least(1), json!({ "Variable": "$['how-many']", "NumericGreaterThanEquals": 1 }));
    fine(path!(Order => paid).is(true), json!({ "Variable": "$.paid", "BooleanEquals": true }));
}

#[test]
fn open_data_is_never_punished() {
    fine(root::<Value>().get("a").get("b").is("x"), json!({ "Variable": "$.a.b", "StringEquals": "x" }));
    fine(root::<Value>().get("a").less_than(1.5), json!({ "Variable": "$.a", "NumericLessThan": 1.5 }));
    fine(root::<Value>().get("a").is_null(), json!({ "Variable": "$.a", "IsNull": true }));
    fine(
        path!(Order => extra).get("any").is(true),
        json!({ "Variable": "$.extra.any", "BooleanEquals": true }),
    );
    fine(
        path!(Order => tags).untyped().get("any").is("x"),
        json!({ "Variable": "$.tags.any", "StringEquals": "x" }),
    );
}

#[test]
fn a_tagged_enum_has_the_fields_of_its_variants() {
    let event = || root::<Event>().untyped();
    fine(event().get("kind").is("Gone"), json!({ "Variable": "$.kind", "StringEquals": "Gone" }));
    wrong(
        event().get("kind").is("Lost"),
        "the JSON of Event at `$.kind` is never \"Lost\", only \"Made\", \"Gone\"",
    );
    absent(event().get("amount").is(3), "$.amount");
    wrong(event().get("price").is(3), "the JSON of Event has no `price` at `$`, only `amount`, `kind`");
    let object =
        "a Choice compares strings, numbers and booleans, and this value is {\"kind\":\"Gone\"} in JSON";
    wrong(root::<Event>().is(Event::Gone), object);
    wrong(
        root::<Status>().untyped().get("kind").is("Gone"),
        "the JSON of Status has no fields at `$`, so no `kind` either",
    );
}

#[test]
fn flattened_fields_are_found_where_json_has_them() {
    let flat = || root::<Flat>().untyped();
    allowed(flat().get("own").is(1));
    allowed(flat().get("tier").is("Gold"));
    allowed(flat().get("kind").is("Gone"));
    absent(flat().get("amount").is(1), "$.amount");
    wrong(
        flat().get("other").is(1),
        "the JSON of Flat has no `other` at `$`, only `amount`, `kind`, `own`, `tier`",
    );
}

#[test]
fn a_value_of_a_type_that_is_never_there_is_wrong() {
    wrong(
        path!(Order => paid).untyped().is("yes"),
        "the JSON of Order at `$.paid` is never a string, and \"yes\" is one",
    );
    wrong(
        root::<Order>().untyped().get("how-many").is("1"),
        "the JSON of Order at `$['how-many']` is never a string, and \"1\" is one",
    );
}

#[test]
fn booleans_have_no_order() {
    wrong(root::<Value>().get("a").less_than(true), "true has no order in a Choice");
}

#[test]
fn null_is_asked_for_by_its_own_test() {
    wrong(path!(Order => extra).is(Value::Null), "a Choice cannot compare with null");
}

#[test]
fn what_may_be_absent_is_read_behind_a_guard() {
    let name = || path!(Order => nick_name?);
    let tier = || path!(Order => customer?.tier);
    absent(name().is("x"), "$.nickName");
    fine(
        name().is_present().and(name().is("x")),
        json!({ "And": [
            { "Variable": "$.nickName", "IsPresent": true },
            { "Variable": "$.nickName", "StringEquals": "x" },
        ] }),
    );
    absent(name().is("x").and(name().is_present()), "$.nickName");
    absent(name().is_present().or(name().is("x")), "$.nickName");
    allowed((!name().is_present()).or(name().is("x")));
    // `customer` may be there and null: only the whole path is a guard.
    absent(path!(Order => customer).is_present().and(tier().is(Tier::Gold)), "$.customer.tier");
    allowed(tier().is_present().and(tier().is(Tier::Gold)));
}

#[test]
fn the_rule_before_is_a_guard_too() {
    let name = || path!(Order => nick_name?);
    let machine: Machine<Order, Order> = machine(|m| {
        let known = m.choice("Known?").when(!name().is_present(), m.fail("Unnamed"));
        known.when(name().is("x"), m.end()).otherwise(m.fail("Other"))
    });
    states(&machine);
}

#[test]
fn chains_are_flat() {
    let is = |name| root::<Value>().get(name).is_null();
    let rule = |name: &str| json!({ "Variable": format!("$.{name}"), "IsNull": true });
    fine(
        is("a").and(is("b")).and(is("c").and(is("d"))),
        json!({ "And": (Vec::from(["a", "b", "c", "d"].map(rule))) }),
    );
    fine(
        is("a").or(is("b")).and(is("c")),
        json!({ "And": [{ "Or": (Vec::from(["a", "b"].map(rule))) }, rule("c")] }),
    );
    fine(!!is("a"), rule("a"));
    fine((!is("a")).or(is("b")), json!({ "Or": [{ "Not": rule("a") }, rule("b")] }));
}

#[test]
fn no_depth_overflows_the_stack() {
    let is = || root::<Value>().get("a").is_null();
    allowed((0..10_000).fold(is(), |all, _| all.or(is())));
    let deep = (0..50_000).fold(is(), |all, n| if n % 2 == 0 { all.or(is()) } else { all.and(is()) });
    let message = "this rule is nested 50001 deep, and 256 is the most";
    wrong(deep, &format!("{message} (SCHEMA_VALIDATION_FAILED at /States/Choice/Choices[0])"));
}

#[test]
fn without_a_default_every_value_of_an_enum_is_named() {
    let tier = |tier| path!(Customer => tier).is(tier);
    #[track_caller]
    fn check<T>(conditions: Vec<Cond<T>>, missing: &[&str]) {
        let machine: Machine<T, T> = machine(|m| {
            let end = m.succeed("Yes");
            conditions
                .into_iter()
                .fold(m.choice("C"), |choice, condition| choice.when(condition, end))
                .no_default()
        });
        let missing = missing.iter().map(|m| format!("C: no rule names {m}, and there is no default"));
        assert_eq!(messages(&machine), missing.collect::<Vec<_>>());
    }
    check(vec![tier(Tier::Gold), tier(Tier::Basic)], &[]);
    check(vec![tier(Tier::Gold).or(tier(Tier::Basic))], &[]);
    check(vec![tier(Tier::Gold)], &["\"Basic\""]);
    check(vec![root::<bool>().is(true)], &["false"]);
    check(vec![root::<Status>().is(Status::Ready)], &["\"on hold\""]);
    // Where other questions are asked too, nothing can be said.
    check(vec![!tier(Tier::Gold)], &[]);
    check(vec![path!(Order => paid).is(true), path!(Order => count as "how-many").is(1)], &[]);
}
