//! What the states become.

use serde_json::json;

use super::*;
use crate::path;

type Open = Machine<Value, Value>;

/// The whole definition, if nothing is wrong.
#[track_caller]
fn check<I, O>(machine: &Machine<I, O>, expected: &str) {
    assert_eq!(messages(machine), Vec::<String>::new());
    assert_eq!(machine.definition().to_json().to_compact(), expected.replace('\n', ""));
}

fn anything() -> Fake<Value, Value> {
    version("AnyVersion", "any")
}

#[test]
fn states_come_breadth_first_from_the_start() {
    let machine: Open = machine(|m| {
        let last = m.succeed("Last");
        let left = m.pass("Left").then(m.pass("Deep")).then(last);
        let decide = m.choice("Decide").when(root::<Value>().get("a").is(1), left).otherwise(m.fail("Right"));
        m.pass("First").then(decide)
    });
    let names: Vec<_> = machine.definition().states.keys().collect();
    assert_eq!(names, ["First", "Decide", "Left", "Right", "Deep", "Last"]);
}

#[test]
fn a_task_calls_a_placeholder_or_a_literal_arn() {
    let arn = "arn:aws:lambda:eu-west-1:123456789012:function:hello:7";
    let machine: Open = machine(|m| {
        let first = m.task("A", &anything()).timeout(seconds(9)).comment("c");
        first.then(m.task("B", &imported::<Value, Value>(arn))).then(m.end())
    });
    check(
        &machine,
        r#"{"StartAt":"A","States":{
"A":{"Type":"Task","Comment":"c","Resource":"${AnyVersion}","TimeoutSeconds":9,"Next":"B"},
"B":{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:123456789012:function:hello:7","End":true}}}"#,
    );
    let parts = machine.into_parts();
    assert_eq!(parts.substitutions.keys().collect::<Vec<_>>(), ["AnyVersion"]);
    assert_eq!(parts.tasks.keys().collect::<Vec<_>>(), ["A", "B"]);
}

#[test]
fn one_target_has_one_placeholder_and_another_gets_a_number() {
    let (one, two) = (version::<Value, Value>("V", "1"), version::<Value, Value>("V", "2"));
    let odd = version::<Value, Value>("V-2", "3");
    let machine: Open = machine(|m| {
        let path = m.task("A", &one).then(m.task("B", &two)).then(m.task("C", &one));
        path.then(m.task("D", &odd)).then(m.end())
    });
    let states = states(&machine);
    let resources = ["A", "B", "C", "D"].map(|name| states[name]["Resource"].clone());
    assert_eq!(resources, ["${V}", "${V2}", "${V}", "${V22}"]);
    assert_eq!(machine.into_parts().substitutions.keys().collect::<Vec<_>>(), ["V", "V2", "V22"]);
}

#[test]
fn a_result_goes_into_a_field_and_a_part_goes_on() {
    let machine: Open = machine(|m| {
        let task = m.task("A", &anything()).into_field(root::<Value>().get("result"));
        task.select(root::<Value>().get("a-part")).then(m.end())
    });
    let expected = json!({ "A": {
        "Type": "Task", "Resource": "${AnyVersion}", "ResultPath": "$.result", "OutputPath": "$['a-part']",
        "End": true,
    } });
    assert_eq!(states(&machine), expected);
}

#[test]
fn a_pass_has_a_result_of_the_type_that_it_yields() {
    let machine: Machine<Value, bool> = machine(|m| {
        let decide = m.choice("Yes?").when(root::<bool>().is(true), m.end()).otherwise(m.fail("No"));
        m.pass_result("True", true).then(decide)
    });
    assert_eq!(states(&machine)["True"], json!({ "Type": "Pass", "Result": true, "Next": "Yes?" }));
}

#[test]
fn a_fail_says_why() {
    let machine: Open = machine(|m| m.pass("A").then(m.fail("B").error("E").cause("${c}").comment("d")));
    check(
        &machine,
        r#"{"StartAt":"A","States":{
"A":{"Type":"Pass","Next":"B"},
"B":{"Type":"Fail","Comment":"d","Error":"E","Cause":"\u0024{c}"}}}"#,
    );
}

#[test]
fn a_rule_that_ends_the_machine_leads_to_a_succeed_of_its_own() {
    let is = |n: i32| root::<Value>().get("a").is(n);
    let machine: Open = machine(|m| {
        let taken = m.pass("End of A").then(m.end());
        m.choice("A").when(is(1), m.end()).when(is(2), taken).otherwise(m.end())
    });
    let states = states(&machine);
    assert_eq!(states["A"]["Choices"][0]["Next"], "End of A (2)");
    assert_eq!(states["A"]["Default"], "End of A (2)");
    assert_eq!(states["End of A"], json!({ "Type": "Pass", "End": true }));
    assert_eq!(states["End of A (2)"], json!({ "Type": "Succeed" }));
}

#[test]
fn a_generated_name_fits_into_80_characters() {
    let name = "n".repeat(80);
    let machine: Open =
        machine(|m| m.choice(&name).when(root::<Value>().get("a").is(1), m.end()).otherwise(m.end()));
    assert_eq!(states(&machine)[&name]["Default"], format!("End of {}", "n".repeat(73)));
}

#[test]
fn a_loop_leads_to_its_start() {
    let machine: Open = machine(|m| {
        m.cycle(|again| {
            let later = m.wait("Later", seconds(60)).then(again);
            m.choice("Done?").when(root::<Value>().get("done").is(true), m.end()).otherwise(later)
        })
    });
    assert_eq!(states(&machine)["Later"], json!({ "Type": "Wait", "Seconds": 60, "Next": "Done?" }));
}

#[test]
fn a_join_goes_on_as_one_path() {
    let machine: Open = machine(|m| {
        let perhaps = m.join(|out| {
            let slow = m.wait("Slow", seconds(60)).then(out);
            m.choice("Hurry?").when(root::<Value>().get("hurry").is(true), out).otherwise(slow)
        });
        m.pass("First").then(perhaps).then(m.pass("Last")).then(m.end())
    });
    let states = states(&machine);
    assert_eq!(states["Hurry?"]["Choices"][0]["Next"], "Last");
    assert_eq!(states["Slow"]["Next"], "Last");
}

#[test]
fn a_comment_belongs_to_the_last_state_of_a_path() {
    let machine: Open =
        machine(|m| m.pass("A").then(m.pass("B")).comment("b").then(m.end()).comment("b again"));
    let states = states(&machine);
    assert_eq!(states["A"].get("Comment"), None);
    assert_eq!(states["B"]["Comment"], "b again");
}

#[test]
fn a_machine_has_a_comment_and_a_timeout() {
    let machine: Open = machine(|m| m.pass("A").then(m.end())).comment("c").timeout(seconds(60));
    check(
        &machine,
        r#"{"Comment":"c","StartAt":"A","TimeoutSeconds":60,"States":{"A":{"Type":"Pass","End":true}}}"#,
    );
}

#[test]
fn assumed_data_is_taken_at_its_word() {
    let hello: Fake<u32, String> = version("V", "1");
    let machine: Machine<u32, bool> =
        machine(|m| m.task("A", &hello).assume::<u32>().then(m.pass("B")).assume::<bool>().then(m.end()));
    assert_eq!(machine.definition().states.len(), 2);
}

#[test]
fn a_tuples_item_goes_on() {
    let pair: Fake<Value, (u32, String)> = version("V", "1");
    let machine: Machine<Value, String> =
        machine(|m| m.task("A", &pair).select(path!((u32, String) => 1)).then(m.end()));
    assert_eq!(states(&machine)["A"]["OutputPath"], "$[1]");
}
