//! How long a definition may be.

use crate::{Code, Definition, Finding};

/// `definition` in the API, and `DefinitionString` in CloudFormation.
const MAX_CHARACTERS: usize = 1_048_576;

pub(super) fn check(definition: &Definition, findings: &mut Vec<Finding>) {
    let characters = definition.to_json().to_compact().chars().count();
    if characters > MAX_CHARACTERS {
        let message = format!("the definition has {characters} characters, and AWS takes {MAX_CHARACTERS}");
        let finding = Finding::machine(Code::ValidationException, "/", message);
        findings.push(finding.hint("move a part into a state machine of its own"));
    }
}

#[cfg(test)]
mod tests {
    use crate::{PassState, Transition, validate::test};

    #[test]
    fn a_definition_has_1_048_576_characters_at_most() {
        let mut pass = PassState::new(Transition::End);
        pass.result = Some("é".into());
        let mut definition = test::definition([("A", pass.clone().into())]);
        let others = definition.to_json().to_compact().chars().count() - 1;

        pass.result = Some("é".repeat(1_048_576 - others).into());
        definition.states.insert("A".into(), pass.clone().into());
        test::check(&definition, &[]);

        pass.result = Some("é".repeat(1_048_577 - others).into());
        definition.states.insert("A".into(), pass.into());
        let expected =
            "ValidationException: the definition has 1048577 characters, and AWS takes 1048576 at /";
        test::check(&definition, &[expected]);
    }
}
