//! The whole of a machine, and how its states lead to each other.

use super::{check, check_state};

const END: &str = r#"{ "Type": "Pass", "End": true }"#;

#[test]
fn a_machine_has_a_start_and_states() {
    check(
        "R1",
        r#"{ "States": { "A": { "Type": "Succeed" } } }"#,
        &["SCHEMA_VALIDATION_FAILED: These fields are required: [StartAt] at /"],
    );
    check(
        "R2",
        r#"{ "StartAt": "A" }"#,
        &["SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /"],
    );
    check(
        "R2",
        r#"{ "StartAt": "A", "States": {} }"#,
        &["SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States"],
    );
    check("R8", "[]", &["SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at /"]);
}

#[test]
fn a_machine_s_own_fields_are_looked_at() {
    let machine = |field: &str| format!(r#"{{ "StartAt": "A", {field}, "States": {{ "A": {END} }} }}"#);
    check("R3 R4 R5", &machine(r#""Comment": "c", "Version": "1.0", "TimeoutSeconds": 60"#), &[]);
    check(
        "R3",
        &machine(r#""Comment": 1"#),
        &["SCHEMA_VALIDATION_FAILED: Expected a string, and this is 1 at /Comment"],
    );
    check(
        "R4",
        &machine(r#""Version": "2.0""#),
        &["SCHEMA_VALIDATION_FAILED: Value is not one of [1.0]: '2.0' at /Version"],
    );
    check(
        "R5",
        &machine(r#""TimeoutSeconds": 0"#),
        &["SCHEMA_VALIDATION_FAILED: 1 to 99999999 seconds are possible, and this is 0 at /TimeoutSeconds"],
    );
    check(
        "R6",
        &machine(r#""QueryLanguage": "JMESPath""#),
        &["SCHEMA_VALIDATION_FAILED: Value is not one of [JSONPath, JSONata]: 'JMESPath' at /QueryLanguage"],
    );
    check(
        "R7",
        &machine(r#""Coment": "c""#),
        &["SCHEMA_VALIDATION_FAILED: Field 'Coment' is not supported at /"],
    );
}

#[test]
fn a_state_s_name_has_1_to_80_characters() {
    let named = |name: &str| format!(r#"{{ "StartAt": "{name}", "States": {{ "{name}": {END} }} }}"#);
    check("R9", &named(&"é".repeat(80)), &[]);
    let message = "INVALID_STATE_NAME: the name of a state has 1 to 80 characters, and this has";
    check("R9", &named(&"é".repeat(81)), &[&format!("{message} 81 at /States/{}", "é".repeat(81))]);
    check("R9", &named(""), &[&format!("{message} 0 at /States/")]);
}

#[test]
fn names_are_unique_in_the_whole_machine() {
    let inner = format!(r#"{{ "StartAt": "A", "States": {{ "A": {END} }} }}"#);
    let outer = format!(
        r#"{{ "StartAt": "A", "States": {{ "A": {{ "Type": "Parallel", "Branches": [{inner}], "End": true }} }} }}"#
    );
    check(
        "R9",
        &outer,
        &["DUPLICATE_STATE_NAME: A state with this name already exists: A at /States/A/Branches[0]/States/A"],
    );
}

#[test]
fn every_target_is_in_the_same_scope() {
    check(
        "R11",
        r#"{ "StartAt": "B", "States": { "A": { "Type": "Pass", "Next": "C" } } }"#,
        &[
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /StartAt",
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: C at /States/A/Next",
            "MISSING_END_STATE: Workflow has no terminal state at /",
        ],
    );
    let choice = r#"{
        "Type": "Choice",
        "Choices": [{ "Variable": "$", "IsNull": true, "Next": "C1" }],
        "Default": "C2"
    }"#;
    check(
        "R11",
        &format!(r#"{{ "StartAt": "A", "States": {{ "A": {choice}, "B": {END} }} }}"#),
        &[
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: C1 at /States/A/Choices[0]/Next",
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: C2 at /States/A/Default",
            "MISSING_TRANSITION_TARGET: State \"B\" is not reachable. at /States/B",
        ],
    );
    let branch = r#"{ "StartAt": "In", "States": { "In": { "Type": "Pass", "Next": "Out" } } }"#;
    let parallel = format!(r#"{{ "Type": "Parallel", "Branches": [{branch}], "Next": "Out" }}"#);
    check(
        "R11",
        &format!(r#"{{ "StartAt": "A", "States": {{ "A": {parallel}, "Out": {END} }} }}"#),
        &[
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: Out at /States/A/Branches[0]/States/In/Next",
            "MISSING_END_STATE: Workflow has no terminal state at /States/A/Branches[0]",
        ],
    );
}

#[test]
fn every_state_is_reached_and_one_is_the_end() {
    check(
        "R10",
        r#"{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" }, "B": { "Type": "Pass", "Next": "A" } } }"#,
        &["MISSING_END_STATE: Workflow has no terminal state at /"],
    );
    let others = r#""B": { "Type": "Pass", "Next": "C" }, "C": { "Type": "Pass", "Next": "B" }"#;
    check(
        "R10",
        &format!(r#"{{ "StartAt": "A", "States": {{ "A": {END}, {others} }} }}"#),
        &[
            "MISSING_TRANSITION_TARGET: State \"B\" is not reachable. at /States/B",
            "MISSING_TRANSITION_TARGET: State \"C\" is not reachable. at /States/C",
        ],
    );
}

#[test]
fn long_chains_are_followed() {
    let next = |n: usize| format!(r#""{n}": {{ "Type": "Pass", "Next": "{}" }}"#, n + 1);
    let states: Vec<_> = (0..10_000).map(next).collect();
    check(
        "R10",
        &format!(r#"{{ "StartAt": "0", "States": {{ {}, "10000": {END} }} }}"#, states.join(",")),
        &[],
    );
}

#[test]
fn a_definition_has_1_048_576_characters_at_most() {
    let of = |length: usize| {
        let head = r#"{"StartAt":"A","Comment":""#;
        let tail = r#"","States":{"A":{"Type":"Pass","End":true}}}"#;
        format!("{head}{}{tail}", "é".repeat(length - head.len() - tail.len()))
    };
    check("R8", &of(1_048_576), &[]);
    check(
        "R8",
        &of(1_048_577),
        &["ValidationException: the definition has 1048577 characters, and AWS takes 1048576 at /"],
    );
}

#[test]
fn a_state_of_a_jsonata_machine_is_never_jsonpath() {
    check_state("F3", r#""Type": "Pass", "QueryLanguage": "JSONata", "Output": 1"#, &[]);
    super::check_jsonata(
        "F3",
        r#""Type": "Pass", "QueryLanguage": "JSONPath""#,
        &[
            "/QueryLanguage: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
        ],
    );
    // What is within a state has the machine's language, not the state's.
    let inner = r#"{ "StartAt": "I", "States": { "I": { "Type": "Pass", "Output": 1, "End": true } } }"#;
    check_state(
        "F3",
        &format!(r#""Type": "Map", "QueryLanguage": "JSONata", "ItemProcessor": {inner}"#),
        &[
            "/ItemProcessor/States/I: The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage",
        ],
    );
}
