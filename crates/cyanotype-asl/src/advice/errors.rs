//! Catchers and retriers that nothing reaches.

use indexmap::IndexMap;

use super::{Advice, member, text};
use crate::{Code, Json, Location};

pub(super) fn check(advice: &mut Advice, here: &Location, members: &IndexMap<String, Json>) {
    let is_task = members.get("Type").and_then(text) == Some("Task");
    for (field, what) in [("Catch", "catcher"), ("Retry", "retrier")] {
        let Some(Json::Array(list)) = members.get(field) else { continue };
        let mut taken: Vec<&str> = vec![];
        for (index, item) in list.iter().enumerate() {
            let Some(Json::Array(errors)) = member(item, "ErrorEquals") else { continue };
            let names: Vec<_> = errors.iter().filter_map(text).collect();
            // A name that the deploy fills in may be any.
            let known = names.len() == errors.len() && !names.is_empty();
            if known && names.iter().all(|name| is_taken(&taken, name, is_task)) {
                let place = here.clone().field(field).index(index);
                let message = format!("an earlier {what} takes all that this one names");
                let hint = "the first that names an error takes it: remove this one, or let it name another";
                advice.warn(Code::Advice, place, message, hint);
            }
            taken.extend(names);
        }
    }
}

/// Whether one of the names takes the error.
fn is_taken(taken: &[&str], error: &str, is_task: bool) -> bool {
    // What States.ALL does not take:
    // <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html>
    let all =
        taken.contains(&"States.ALL") && !matches!(error, "States.DataLimitExceeded" | "States.Runtime");
    // Of a Task's errors States.TaskFailed takes all but the timeout; which of Step Functions' own are a Task's is not
    // said, so they are left alone.
    let task_failed = is_task && taken.contains(&"States.TaskFailed") && !error.starts_with("States.");
    all || task_failed || taken.contains(&error)
}

#[cfg(test)]
mod tests {
    use super::super::test::check;

    fn parallel(list: &str, items: &[&str]) -> String {
        let items: Vec<_> = items.iter().map(|errors| format!(r#"{{ "ErrorEquals": {errors} }}"#)).collect();
        format!(r#""Type": "Parallel", "Branches": [], "{list}": [{}]"#, items.join(","))
    }

    #[test]
    fn the_first_that_names_an_error_takes_it() {
        check(&parallel("Catch", &[r#"["A", "B"]"#, r#"["B", "C"]"#]), &[]);
        check(
            &parallel("Catch", &[r#"["A", "B"]"#, r#"["B"]"#]),
            &["ADVICE: an earlier catcher takes all that this one names at /States/A/Catch[1]"],
        );
        check(
            &parallel("Retry", &[r#"["A"]"#, r#"["B"]"#, r#"["A", "B"]"#]),
            &["ADVICE: an earlier retrier takes all that this one names at /States/A/Retry[2]"],
        );
    }

    #[test]
    fn behind_all_errors_there_are_two_left() {
        let message = "ADVICE: an earlier catcher takes all that this one names at /States/A/Catch[1]";
        check(&parallel("Catch", &[r#"["States.ALL"]"#, r#"["States.Timeout"]"#]), &[message]);
        check(&parallel("Catch", &[r#"["States.ALL"]"#, r#"["States.Runtime"]"#]), &[]);
    }

    #[test]
    fn a_failed_task_is_any_error_of_its_own() {
        let task = |second: &str| {
            format!(
                r#""Type": "Task", "TimeoutSeconds": 1, "Catch": [{{ "ErrorEquals": ["States.TaskFailed"] }}, {{ "ErrorEquals": ["{second}"] }}]"#
            )
        };
        let message = "ADVICE: an earlier catcher takes all that this one names at /States/A/Catch[1]";
        check(&task("Mine"), &[message]);
        check(&task("States.Timeout"), &[]);
        check(&parallel("Catch", &[r#"["States.TaskFailed"]"#, r#"["Mine"]"#]), &[]);
    }
}
