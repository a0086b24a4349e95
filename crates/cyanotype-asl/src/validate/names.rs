//! The names of states.

use crate::{Code, Definition, Finding};

const MAX_CHARACTERS: usize = 80;

pub(super) fn check(definition: &Definition, findings: &mut Vec<Finding>) {
    for name in definition.states.keys() {
        let characters = name.chars().count();
        if !(1..=MAX_CHARACTERS).contains(&characters) {
            let message = format!(
                "the name of a state has 1 to {MAX_CHARACTERS} characters, and this has {characters}"
            );
            let finding = Finding::state(Code::SchemaValidationFailed, name, "", message);
            let hint = match characters {
                0 => "give it one: executions and metrics name a state by it",
                _ => "shorten it: what needs more room goes into the state's comment",
            };
            findings.push(finding.hint(hint));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{SucceedState, validate::test};

    #[track_caller]
    fn check(name: &str, expected: &[&str]) {
        test::check(&test::definition([(name, SucceedState::new().into())]), expected);
    }

    #[test]
    fn a_name_has_1_to_80_characters() {
        check(&"é".repeat(80), &[]);
        check("any characters: \" / \\ ${", &[]);
        let long = "é".repeat(81);
        let message = "the name of a state has 1 to 80 characters, and this has";
        check(&long, &[&format!("SCHEMA_VALIDATION_FAILED: {message} 81 at /States/{long}")]);
        check("", &[&format!("SCHEMA_VALIDATION_FAILED: {message} 0 at /States/")]);
    }
}
