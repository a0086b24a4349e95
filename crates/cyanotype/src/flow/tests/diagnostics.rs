//! What the compiler cannot know is a diagnostic: all of them at once, each with its state and the user's line.

use serde_json::json;

use super::*;

type Open = Machine<Value, Value>;

#[track_caller]
fn check(machine: &Open, expected: &[&str]) {
    assert_eq!(messages(machine), expected);
}

#[test]
fn every_problem_is_reported_once_with_its_line() {
    let hello = version::<Value, Value>("V", "1");
    let machine: Open = machine(|m| {
        let _lost = m
            .choice::<Value>("Lost")
            .when(root::<Value>().get("a").is(1), m.succeed("Also lost"))
            .no_default();
        let first = m.task("Twice", &hello).timeout(seconds(0));
        first.then(m.wait("Twice", seconds(100_000_000))).then(m.end())
    });
    let parts = machine.into_parts();
    let line = |d: &crate::diagnostic::Diagnostic| d.source().map(|at| at.line() - parts.at.line());
    let found: Vec<_> =
        parts.diagnostics.iter().map(|d| (line(d), d.state_name().unwrap_or_default())).collect();
    assert_eq!(
        found,
        [
            (Some(2), "Lost"),
            (Some(3), "Also lost"),
            (Some(5), "Twice"),
            (Some(6), "Twice"),
            (Some(6), "Twice (2)")
        ]
    );
    let taken = format!("this name is taken by the state at {}:{}", parts.at.file(), parts.at.line() + 5);
    let found: Vec<_> = parts.diagnostics.iter().map(|d| d.message().to_owned()).collect();
    let range = "seconds are possible, and this is";
    assert_eq!(
        found,
        [
            "no path leads to this state".to_owned(),
            "no path leads to this state".to_owned(),
            format!("1 to 99999999 {range} 0 (SCHEMA_VALIDATION_FAILED at /States/Twice/TimeoutSeconds)"),
            taken,
            format!(
                "0 to 99999999 {range} 100000000 (SCHEMA_VALIDATION_FAILED at /States/Twice (2)/Seconds)"
            ),
        ]
    );
}

#[test]
fn degenerate_machines_are_diagnostics_and_no_panics() {
    let no_start = "there is no state to start in";
    check(&machine(|m| m.end()), &[no_start]);
    check(&machine(|m| m.cycle(|again| again)), &[no_start]);
    check(&machine(|m| m.cycle(|outer| m.cycle(|_inner| outer))), &[no_start]);
    check(
        &machine(|m| m.choice("C").no_default()),
        &[
            "Workflow has no terminal state (MISSING_END_STATE at /)",
            "C: Value cannot be empty (SCHEMA_VALIDATION_FAILED at /States/C/Choices)",
        ],
    );
    check(
        &machine(|m| m.wait("", seconds(1)).then(m.end())),
        &[": the name of a state has 1 to 80 characters, and this has 0 (INVALID_STATE_NAME at /States/)"],
    );
    let dangling = "a path from here goes to a loop or a join that has no state";
    check(&machine(|m| m.wait("W", seconds(1)).then(m.cycle(|again| again))), &[&format!("W: {dangling}")]);
    check(
        &machine(|m| {
            m.choice("C").when(root::<Value>().get("a").is(1), m.end()).otherwise(m.cycle(|again| again))
        }),
        &[&format!("C: {dangling}")],
    );
}

#[test]
fn a_state_that_leads_nowhere_twice_is_reported_once() {
    let to = |name| root::<Value>().get(name).is(1);
    let machine = machine(|m| {
        let nowhere = m.cycle(|again| again);
        m.choice("C").when(to("a"), nowhere).when(to("b"), nowhere).no_default()
    });
    check(&machine, &["C: a path from here goes to a loop or a join that has no state"]);
}

#[test]
fn a_condition_that_is_used_twice_is_wrong_once() {
    let compared = root::<Value>().get("a").is(Value::Null);
    check(
        &machine(|m| {
            m.choice("C").when(compared.clone(), m.end()).when(compared, m.end()).otherwise(m.end())
        }),
        &["C: a Choice cannot compare with null"],
    );
}

#[test]
fn a_loop_has_an_end() {
    check(
        &machine(|m| m.cycle(|again| m.wait("W", seconds(1)).then(again))),
        &["Workflow has no terminal state (MISSING_END_STATE at /)"],
    );
}

#[test]
fn a_comment_has_a_state() {
    let message = "a comment belongs to one state, and this path does not end in one";
    check(&machine(|m| m.join(|out| m.pass("A").then(out)).comment("c").then(m.end())), &[message]);
    check(&machine(|m| m.pass("A").then(m.end().comment("c"))), &[message]);
}

#[test]
fn a_result_has_one_place() {
    let hello = version::<Value, Value>("V", "1");
    let place = |name| root::<Value>().get(name);
    check(
        &machine(|m| m.task("A", &hello).into_field(place("a")).into_field(place("b")).then(m.end())),
        &["A: this result has a place already"],
    );
}

#[test]
fn a_value_without_json_is_reported() {
    let map = std::collections::BTreeMap::from([((1, 2), 3)]);
    check(
        &machine(|m| m.pass_result("A", map).assume::<Value>().then(m.end())),
        &["A: this value has no JSON: key must be a string"],
    );
}

#[test]
fn a_machines_timeout_has_a_range() {
    let pass = || -> Open { machine(|m| m.pass("A").then(m.end())) };
    check(&pass().timeout(seconds(0)), &["an execution cannot have 0 seconds"]);
    check(&pass().timeout(seconds(100_000_000)), &["an execution cannot have 100000000 seconds"]);
}

#[test]
fn express_machines_refuse_what_waits() {
    let ask = imported::<Value, Value>("arn:aws:states:eu-west-1:123456789012:activity:Ask");
    let machine: Open = machine(|m| m.task("A", &ask).then(m.end()));
    check(&machine, &[]);
    let parts = machine.into_parts();
    let definition = parts.definition.to_json();
    assert_eq!(validate(&parts, &definition, cyanotype_asl::Kind::Standard), []);
    let [found] = &validate(&parts, &definition, cyanotype_asl::Kind::Express)[..] else {
        panic!("one finding")
    };
    assert_eq!(serde_json::to_value(found).expect("JSON")["state"], json!("A"));
    assert_eq!(found.source(), parts.lines.get("A").copied());
}
