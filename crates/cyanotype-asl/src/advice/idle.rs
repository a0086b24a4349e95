//! Functions that are called after so long a wait that their version may sleep.

use std::collections::{HashMap, hash_map::Entry};

use indexmap::IndexMap;

use super::{
    Advice, member,
    task::{calls_lambda, retries},
    text,
};
use crate::{Code, Json, LAMBDA_WAKING, Location};

/// After so many seconds without a call a version may be idle: 14 days for one with SnapStart, and weeks for a
/// container image or one in a VPC.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html>
const IDLE_SECONDS: f64 = 14.0 * 24.0 * 3_600.0;

/// Looks at the states of a scope.
pub(super) fn check(advice: &mut Advice, scope: &Location, states: &IndexMap<String, Json>) {
    let mut reached: HashMap<&str, &str> = HashMap::new();
    for (name, state) in states {
        if waits_long(state) {
            walk(name, states, &mut reached);
        }
    }
    for (name, state) in states {
        let Some(waits) = reached.get(name.as_str()) else { continue };
        let missing: Vec<_> =
            LAMBDA_WAKING.iter().filter(|error| !retries(member(state, "Retry"), error)).copied().collect();
        if calls_lambda(state) && !missing.is_empty() {
            let message = format!(
                "after '{waits}' the function may have been idle for weeks, and fails while it wakes"
            );
            let hint =
                format!("with SnapStart, a container image or a VPC, add a Retry for {}", missing.join(", "));
            let here = scope.clone().field("States").field(name);
            advice.warn(Code::Advice, here, message, &hint);
        }
    }
}

/// Notes all states that come after one that waits, each with that one. What is noted already is not walked again: what
/// comes after it is noted too.
fn walk<'j>(waits: &'j str, states: &'j IndexMap<String, Json>, reached: &mut HashMap<&'j str, &'j str>) {
    let mut todo = vec![waits];
    while let Some(state) = todo.pop().and_then(|name| states.get(name)) {
        for next in targets(state) {
            if let Entry::Vacant(entry) = reached.entry(next) {
                entry.insert(waits);
                todo.push(next);
            }
        }
    }
}

fn targets(state: &Json) -> impl Iterator<Item = &str> {
    let own = ["Next", "Default"].into_iter().filter_map(|field| member(state, field));
    let lists = ["Choices", "Catch"].into_iter().filter_map(|field| match member(state, field) {
        Some(Json::Array(items)) => Some(items),
        _ => None,
    });
    own.chain(lists.flatten().filter_map(|item| member(item, "Next"))).filter_map(text)
}

/// A Wait, or a Task that someone outside answers, of two weeks or more by its own word.
fn waits_long(state: &Json) -> bool {
    let seconds = |field: &str| match member(state, field) {
        Some(Json::Number(number)) => number.as_f64(),
        _ => None,
    };
    match member(state, "Type").and_then(text) {
        Some("Wait") => seconds("Seconds").is_some_and(|seconds| seconds >= IDLE_SECONDS),
        Some("Task") => {
            let resource = member(state, "Resource").and_then(text).unwrap_or_default();
            let is_answered = resource.ends_with(".waitForTaskToken") || resource.contains(":activity:");
            is_answered && seconds("TimeoutSeconds").is_some_and(|seconds| seconds >= IDLE_SECONDS)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::test::check_all;
    use crate::LAMBDA_WAKING;

    fn machine(first: &str, retry: &str) -> String {
        format!(
            r#"{{ "StartAt": "A", "States": {{
                "A": {{ {first}, "Next": "B" }},
                "B": {{ "Type": "Pass", "Next": "C" }},
                "C": {{ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "TimeoutSeconds": 9,
                    "Retry": [{{ "ErrorEquals": [{retry}] }}], "End": true }}
            }} }}"#
        )
    }

    const TRANSIENT: &str = r#""Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException", "Lambda.TooManyRequestsException""#;

    #[test]
    fn a_function_after_weeks_is_called_again_while_it_wakes() {
        let message = "ADVICE: after 'A' the function may have been idle for weeks, and fails while it wakes at /States/C";
        let weeks = r#""Type": "Wait", "Seconds": 1209600"#;
        check_all(&machine(weeks, TRANSIENT), &[message]);
        let all = LAMBDA_WAKING.map(|error| format!("\"{error}\"")).join(",");
        check_all(&machine(weeks, &format!("{TRANSIENT}, {all}")), &[]);
        check_all(&machine(weeks, r#""States.ALL""#), &[]);
        let callback = r#""Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "TimeoutSeconds": 2000000"#;
        check_all(&machine(callback, TRANSIENT), &[message]);
        check_all(&machine(r#""Type": "Wait", "Seconds": 1209599"#, TRANSIENT), &[]);
    }
}
