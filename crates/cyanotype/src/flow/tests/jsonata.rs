//! What the DSL becomes in JSONata.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::*;
use crate::path;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Order {
    id: String,
    paid: u32,
    total: u32,
    tier: Tier,
    note: Option<String>,
    due: Timestamp,
    #[serde(rename = "order-lines")]
    order_lines: Vec<u32>,
    sums: Option<Vec<u32>>,
    failure: Option<ErrorOutput>,
}
#[derive(Serialize, Deserialize, JsonSchema)]
enum Tier {
    Gold,
    Basic,
}

#[track_caller]
fn condition(condition: Cond<Order>, expected: &str) {
    let machine: Machine<Order, Order> =
        jsonata_machine(|m| m.choice("A").when(condition, m.end()).otherwise(m.fail("F")));
    assert_eq!(states(&machine)["A"]["Choices"][0]["Condition"], expected);
}

#[test]
fn a_condition_means_what_it_means_in_jsonpath() {
    condition(path!(Order => tier).is(Tier::Gold), r#"{% $states.input.tier = "Gold" %}"#);
    condition(path!(Order => total).at_least(5_u32), "{% $states.input.total >= 5 %}");
    condition(
        path!(Order => note?).is_present().and(path!(Order => note?).less_than("m")),
        r#"{% ($exists($states.input.note) and ($type($states.input.note) = "string" and $states.input.note < "m")) %}"#,
    );
    condition(!path!(Order => note).is_null(), "{% $not($states.input.note = null) %}");
    condition(
        path!(Order => due).more_than("2026-11-24T10:00:00Z"),
        r#"{% $toMillis($states.input.due) > $toMillis("2026-11-24T10:00:00Z") %}"#,
    );
    condition(
        path!(Order => total).is(1_u32).or(path!(Order => total).is(2_u32)),
        "{% ($states.input.total = 1 or $states.input.total = 2) %}",
    );
}

#[test]
fn all_tests_have_their_expression() {
    condition(
        path!(Order => total).more_than_value_of(path!(Order => paid)),
        "{% $states.input.total > $states.input.paid %}",
    );
    condition(
        path!(Order => total).is_value_of(path!(Order => paid)),
        "{% $states.input.total = $states.input.paid %}",
    );
    condition(
        path!(Order => due).at_most_value_of(context::state_entered_time()),
        "{% $toMillis($states.input.due) <= $toMillis($states.context.State.EnteredTime) %}",
    );
    condition(path!(Order => id).matches("a*.b\\*"), r"{% $contains($states.input.id, /^a[\s\S]*\.b\*$/) %}");
    condition(path!(Order => id).is_number(), r#"{% $type($states.input.id) = "number" %}"#);
    condition(path!(Order => id).is_boolean(), r#"{% $type($states.input.id) = "boolean" %}"#);
    condition(
        path!(Order => note?).is_timestamp(),
        r#"{% ($type($states.input.note) = "string" and $contains($states.input.note, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/)) %}"#,
    );
}

#[test]
fn an_expression_decides() {
    let machine: Machine<Order, Order> = jsonata_machine(|m| {
        m.choice("A")
            .when_expression("$count($states.input.`order-lines`) > 3", m.end())
            .otherwise(m.fail("F"))
    });
    let rule = json!({ "Condition": "{% $count($states.input.`order-lines`) > 3 %}", "Next": "End of A" });
    assert_eq!(states(&machine)["A"]["Choices"][0], rule);
}

#[test]
fn a_result_is_merged_into_the_input() {
    let machine: Machine<Order, Order> = jsonata_machine(|m| {
        let hello: Fake<u32, u32> = version("Hello", "hello");
        let failed = m.fail("Failed");
        m.map("A", path!(Order => order_lines), |each| each.task("Each", &hello).then(each.end()))
            .into_field(path!(Order => sums))
            .catch_into(["States.ALL"], path!(Order => failure), failed)
            .then(m.end())
    });
    let expected = json!({
        "Type": "Map", "Items": "{% $states.input.`order-lines` %}",
        "ItemProcessor": {
            "StartAt": "Each", "States": { "Each": { "Type": "Task", "Resource": "${Hello}", "End": true } },
        },
        "Output": r#"{% $merge([$states.input, {"sums": $states.result}]) %}"#,
        "Catch": [{
            "ErrorEquals": ["States.ALL"],
            "Output": r#"{% $merge([$states.input, {"failure": $states.errorOutput}]) %}"#,
            "Next": "Failed",
        }],
        "End": true,
    });
    assert_eq!(states(&machine)["A"], expected);
}

#[test]
fn a_part_of_a_result_goes_on() {
    let hello: Fake<Value, Order> = version("Hello", "hello");
    let machine: Machine<Value, u32> =
        jsonata_machine(|m| m.task("A", &hello).select(path!(Order => total)).then(m.end()));
    assert_eq!(states(&machine)["A"]["Output"], "{% $states.result.total %}");
}

#[test]
fn a_variable_goes_on_instead_of_the_result() {
    let hello: Fake<Value, Order> = version("Hello", "hello");
    let kept = variable::<Order>("kept");
    let machine: Machine<Value, Order> = jsonata_machine(|m| {
        let kept_first = m.assign("Keep", kept, expression::<Order>("{'total': 1}"));
        kept_first.then(m.task("A", &hello).select(kept.value()).then(m.end()))
    });
    assert_eq!(states(&machine)["A"]["Output"], "{% $kept %}");
}

#[test]
fn an_expression_yields_what_it_says() {
    let hello: Fake<Value, Order> = version("Hello", "hello");
    let machine: Machine<Value, u32> = jsonata_machine(|m| {
        let doubled = m.task("A", &hello).output(expression::<u32>("$states.result.total * 2"));
        doubled.then(m.end())
    });
    assert_eq!(states(&machine)["A"]["Output"], "{% $states.result.total * 2 %}");
}

#[test]
fn a_wrong_expression_is_reported_at_its_line() {
    let machine: Machine<Value, u32> = jsonata_machine(|m| m.evaluate("A", expression("1 +")).then(m.end()));
    let [diagnostic] = machine.diagnostics() else { panic!("{:?}", machine.diagnostics()) };
    assert!(diagnostic.message().contains("INVALID_JSONATA_EXPRESSION"), "{diagnostic}");
    assert_eq!(diagnostic.state_name(), Some("A"));
}

#[test]
fn a_state_says_its_language_where_it_is_not_the_machines() {
    let mixed: Machine<Value, Value> =
        machine(|m| m.pass("A").then(m.jsonata().pass("B")).then(m.jsonata().succeed("C")));
    assert_eq!(states(&mixed)["A"].get("QueryLanguage"), None);
    assert_eq!(states(&mixed)["B"]["QueryLanguage"], "JSONata");
    assert_eq!(states(&mixed)["C"]["QueryLanguage"], "JSONata");
    let whole: Machine<Value, Value> = jsonata_machine(|m| m.pass("A").then(m.end()));
    assert_eq!(states(&whole)["A"].get("QueryLanguage"), None);
    assert!(whole.definition().to_json().to_compact().starts_with(r#"{"QueryLanguage":"JSONata","#));
}
