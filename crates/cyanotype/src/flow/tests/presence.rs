//! Data that may be absent is read where it certainly is there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::*;
use crate::path;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Order {
    id: String,
    note: Option<String>,
    lines: Option<Vec<u32>>,
    failure: Option<ErrorOutput>,
}

fn note_of() -> Fake<Order, String> {
    version("Note", "note")
}

fn print() -> Fake<String, u32> {
    version("Print", "print")
}

/// A state that reads the note.
fn read<'m, R>(m: Scope<'m, R>) -> Open<'m, Order, Order> {
    m.task("Read", &print()).input(path!(Order => note?)).discard_result().then(m.pass("Read it"))
}

#[track_caller]
fn check(machine: Machine<Order, Order>, expected: &[&str]) {
    assert_eq!(messages(&machine), expected);
}

const ABSENT: &str = "Read: `$.note` may be absent, and the execution fails here then";

#[test]
fn what_may_be_absent_is_warned_about() {
    check(machine(|m| read(m).then(m.end())), &[ABSENT]);
    check(machine(|m| m.wait("Wait", seconds(1)).then(read(m)).then(m.end())), &[ABSENT]);
}

#[test]
fn a_state_that_fills_it_makes_it_known() {
    check(
        machine(|m| m.task("Fill", &note_of()).into_field(path!(Order => note)).then(read(m)).then(m.end())),
        &[],
    );
    // Through states that keep the data, too.
    check(
        machine(|m| {
            let fill = m.task("Fill", &note_of()).into_field(path!(Order => note));
            fill.then(m.wait("Wait", seconds(1))).then(m.pass("Pass")).then(read(m)).then(m.end())
        }),
        &[],
    );
}

#[test]
fn a_question_makes_it_known_on_its_way_alone() {
    let asks = |path: Path<Order, String>| path.is_present();
    check(
        machine(|m| {
            m.choice("Note?")
                .when(asks(path!(Order => note?)), read(m).then(m.end()))
                .otherwise(m.succeed("No note"))
        }),
        &[],
    );
    check(
        machine(|m| {
            m.choice("Note?")
                .when(asks(path!(Order => note?)), m.succeed("A note"))
                .otherwise(read(m).then(m.end()))
        }),
        &[ABSENT],
    );
    check(
        machine(|m| {
            m.choice("No note?")
                .when(!asks(path!(Order => note?)), m.succeed("No note"))
                .otherwise(read(m).then(m.end()))
        }),
        &[],
    );
}

#[test]
fn where_ways_meet_all_of_them_must_know_it() {
    let filled_on = |both: bool| -> Machine<Order, Order> {
        machine(|m| {
            let all = m.join(|out| {
                let fill = m.task("Fill", &note_of()).into_field(path!(Order => note)).then(out);
                let other = m.task("Fill too", &note_of()).into_field(path!(Order => note)).then(out);
                let other = if both { other } else { m.pass("Leave").then(out) };
                let choice = m.choice("Which?").when(path!(Order => id).is("a"), fill);
                choice.otherwise(other)
            });
            all.then(read(m)).then(m.end())
        })
    };
    check(filled_on(true), &[]);
    let found = messages(&filled_on(false));
    assert!(found.contains(&ABSENT.to_owned()), "{found:?}");
}

#[test]
fn a_loop_forgets_what_one_of_its_ways_does() {
    // The way round takes the note away.
    let forget: Fake<Order, Order> = version("Forget", "forget");
    check(
        machine(|m| {
            let fill = m.task("Fill", &note_of()).into_field(path!(Order => note));
            let round = m.cycle(|again| {
                let more = m.task("Forget", &forget).then(again);
                let more =
                    m.choice("More?").when(path!(Order => id).is("a"), more).otherwise(m.succeed("Done"));
                read(m).then(more)
            });
            fill.then(round)
        }),
        &[ABSENT],
    );
}

#[test]
fn a_catcher_fills_its_field_and_nothing_else() {
    check(
        machine(|m| {
            let failed = m.fail_with("Failed", failure().cause(path!(Order => failure?.cause)));
            let fill = m.task("Fill", &note_of()).into_field(path!(Order => note));
            fill.catch_into(["States.ALL"], path!(Order => failure), failed).then(read(m)).then(m.end())
        }),
        &[],
    );
}

#[test]
fn a_map_over_what_may_be_absent_is_warned_about() {
    let machine: Machine<Order, Vec<u32>> = machine(|m| {
        m.map("Each", path!(Order => lines?), |line| line.pass("Line").then(line.end())).then(m.end())
    });
    assert_eq!(messages(&machine), ["Each: `$.lines` may be absent, and the execution fails here then"]);
}

#[test]
fn a_choice_knows_what_the_states_before_it_know() {
    check(
        machine(|m| {
            let decide =
                m.choice("Urgent?").when(path!(Order => note?).is("urgent"), m.end()).otherwise(m.fail("No"));
            m.task("Fill", &note_of()).into_field(path!(Order => note)).then(decide)
        }),
        &[],
    );
}
