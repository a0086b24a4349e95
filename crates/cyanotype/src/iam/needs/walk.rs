//! Every state of every scope.

use cyanotype_asl::{Definition, State, TaskState, Text};

use super::{
    Beside,
    arguments::{Argument, Arguments},
    arn,
    call::Call,
    map,
    report::Collector,
    sdk, services,
    task::Task,
};

/// Scopes wait in a list, so that no depth exhausts the stack.
pub(super) fn walk(definition: &Definition, beside: &Beside<'_>, collected: &mut Collector) {
    let mut todo = vec![definition.states.iter()];
    while let Some(states) = todo.last_mut() {
        let Some((name, state)) = states.next() else {
            todo.pop();
            continue;
        };
        match state {
            State::Task(state) => task(name, state, beside, collected),
            State::Map(state) => {
                map::needs(name, state, (beside.targets)(name), collected);
                todo.extend(state.processor().map(|processor| processor.states.iter()));
            }
            State::Parallel(state) => {
                todo.extend(state.branches.iter().rev().map(|branch| branch.states.iter()));
            }
            _ => {}
        }
    }
}

fn task(name: &str, state: &TaskState, beside: &Beside<'_>, collected: &mut Collector) {
    let targets = (beside.targets)(name);
    let mut task = Task::new(name, &state.resource, Arguments::of_task(state), targets, collected);
    task.roles = beside.roles;
    if let Some(credentials) = &state.credentials {
        let role = Arguments::of_map(Some(credentials), None).get("RoleArn");
        return assume(&mut task, role);
    }
    if (beside.is_seen_to)(name) {
        return;
    }
    match Call::of(&state.resource) {
        Call::Function(function) => services::lambda::direct(&mut task, &function),
        Call::Optimized { service, action, pattern } => {
            services::needs(&mut task, &service, &action, pattern);
        }
        Call::Sdk { service, action } => sdk::needs(&mut task, &service, &action),
        Call::Activity | Call::Unknown => {}
    }
}

/// The call is made with the rights of another role, so that this one needs to take it and nothing else.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-access-cross-acct-resources.html>
fn assume(task: &mut Task<'_, '_>, role: Argument<'_>) {
    const PAGE: &str =
        "https://docs.aws.amazon.com/step-functions/latest/dg/concepts-access-cross-acct-resources.html";
    let role = match role {
        // An expression of JSONata stands in the same place as a literal.
        Argument::Static(text) if !super::text::starts_with(text, "{%") => text.clone(),
        _ => {
            let any = arn::of("iam", Text::default(), "*".into(), "role/*");
            task.wide("sts:AssumeRole", "any role", "Credentials.RoleArn", &any);
            any
        }
    };
    let why = "takes the role of `Credentials`, of which the call needs its own rights";
    task.need(["sts:AssumeRole"], [role], why, PAGE);
}
