//! The names of placeholders.

use crate::{Code, Definition, Finding, Json};

pub(super) fn check(definition: &Definition, findings: &mut Vec<Finding>) {
    for (name, state) in &definition.states {
        each(&state.to_json(), &mut |placeholder| {
            // More would be read as a reference to a resource, or end the placeholder early.
            if placeholder.is_empty() || !placeholder.chars().all(|c| c.is_ascii_alphanumeric()) {
                let message = format!("\"{placeholder}\" is no name of a placeholder");
                let finding = Finding::state(Code::SchemaValidationFailed, name, "", message);
                findings.push(finding.hint("a name is ASCII letters and digits"));
            }
        });
    }
}

fn each(json: &Json, visit: &mut impl FnMut(&str)) {
    match json {
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
        Json::String(text) => text.placeholders().for_each(visit),
        Json::Array(values) => values.iter().for_each(|value| each(value, visit)),
        Json::Object(members) => members.values().for_each(|value| each(value, visit)),
    }
}

#[cfg(test)]
mod tests {
    use crate::{TaskState, Text, Transition, validate::test};

    #[track_caller]
    fn check(placeholder: &str, expected: &[&str]) {
        let task = TaskState::new(Text::placeholder(placeholder), Transition::End);
        test::check(&test::definition([("A", task.into())]), expected);
    }

    #[test]
    fn a_name_is_letters_and_digits() {
        check("HelloVersion3f9a", &[]);
        check("", &["SCHEMA_VALIDATION_FAILED: \"\" is no name of a placeholder at /States/A"]);
        check("A}", &["SCHEMA_VALIDATION_FAILED: \"A}\" is no name of a placeholder at /States/A"]);
        check("A.Arn", &["SCHEMA_VALIDATION_FAILED: \"A.Arn\" is no name of a placeholder at /States/A"]);
    }
}
