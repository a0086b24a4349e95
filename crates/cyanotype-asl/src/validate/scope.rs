//! `StartAt` and `States`: of a machine, of a branch, of what a Map does with each item.

use indexmap::IndexMap;

use super::{
    check::{Check, Language},
    context::Token,
    fields, graph, value, variables,
};
use crate::{Code, Json};

const MAX_NAME: usize = 80;

/// Looks at the states of the present object, and at how they lead to each other.
pub(super) fn check<'j>(check: &mut Check<'j>, scope: &'j IndexMap<String, Json>) {
    value::require(check, scope, &["StartAt", "States"]);
    if let Some(start) = scope.get("StartAt") {
        check.field("StartAt", |check| value::string(check, start));
    }
    let Some(states) = scope.get("States") else { return };
    let states = check.field("States", |check| {
        let states = value::object(check, states)?;
        if states.is_empty() {
            check.schema("Value cannot be empty").hint("there is one state at least");
            return None;
        }
        Some(states)
    });
    let Some(states) = states else { return };
    variables::enter(check, scope, states);
    for (at, (name, state)) in states.iter().enumerate() {
        variables::at(check, at);
        check.field("States", |check| check.state(name, |check| self::state(check, name, state)));
    }
    variables::leave(check);
    graph::check(check, scope.get("StartAt"), states);
}

fn state<'j>(check: &mut Check<'j>, name: &'j str, state: &'j Json) {
    let characters = name.chars().count();
    if !(1..=MAX_NAME).contains(&characters) {
        let message =
            format!("the name of a state has 1 to {MAX_NAME} characters, and this has {characters}");
        check.error(Code::InvalidStateName, message).hint(match characters {
            0 => "give it one: executions and metrics name a state by it",
            _ => "shorten it: what needs more room goes into the state's comment",
        });
    }
    if !check.names.insert(name) {
        check
            .error(Code::DuplicateStateName, format!("A state with this name already exists: {name}"))
            .hint("names are unique in the whole machine, its branches and Maps included");
    }
    let Some(members) = value::object(check, state) else { return };
    // A state has the machine's language unless it says otherwise, whatever the state says that it is in.
    let outer = check.language;
    check.language = Language::of(members.get("QueryLanguage"), check.machine_language);
    let token = std::mem::replace(&mut check.token, Token::of(members));
    let maps = check.maps;
    check.maps += usize::from(members.get("Type") == Some(&Json::from("Map")));
    fields::check(check, members);
    check.maps = maps;
    check.token = token;
    check.language = outer;
}
