//! Variables: who assigns and who reads them, and how large they are.

use super::{check, check_jsonata, check_state};

/// States `A`, `B`, … , each of which goes to the next.
fn chain(language: &str, states: &[&str]) -> String {
    let name = |n: usize| char::from(b'A' + u8::try_from(n).unwrap());
    let states: Vec<_> = states
        .iter()
        .enumerate()
        .map(|(n, state)| format!(r#""{}": {{ {state}, "Next": "{}" }}"#, name(n), name(n + 1)))
        .collect();
    let last = name(states.len());
    format!(
        r#"{{ "StartAt": "A", "QueryLanguage": "{language}", "States": {{ {}, "{last}": {{ "Type": "Succeed" }} }} }}"#,
        states.join(",")
    )
}

fn inner(state: &str) -> String {
    format!(r#""StartAt": "I", "States": {{ "I": {{ {state}, "End": true }} }}"#)
}

const ASSIGNS: &str = r#""Type": "Pass", "Assign": { "x": 1 }"#;
const READS: &str = r#""Type": "Pass", "Parameters": { "v.$": "$x.a[0]" }"#;

#[test]
fn a_state_reads_what_an_earlier_one_has_assigned() {
    check("V3 X4", &chain("JSONPath", &[ASSIGNS, READS]), &[]);
    check(
        "V3",
        &chain("JSONPath", &[READS, ASSIGNS]),
        &["ADVICE: '$x' is read before any state can have assigned it at /States/A/Parameters/v.$"],
    );
    check("V3 X4", &chain("JSONPath", &[ASSIGNS, r#""Type": "Wait", "SecondsPath": "$x""#]), &[]);
    let in_a_filter = r#""Type": "Pass", "InputPath": "$.a[?(@.b == $x)]""#;
    check(
        "V3",
        &chain("JSONPath", &[ASSIGNS, in_a_filter]),
        &[
            "ADVICE: '$.a[?(@.b == $x)]': inside of a path, `$` and `@` alone are known to work at /States/B/InputPath",
        ],
    );
}

#[test]
fn values_are_those_at_entry() {
    let swap = r#""Type": "Pass", "Assign": { "x": "{% $y %}", "y": "{% $x %}" }"#;
    let both = r#""Type": "Pass", "Assign": { "x": 1, "y": 2 }"#;
    check("V3", &chain("JSONata", &[both, swap]), &[]);
    check(
        "V3",
        &chain("JSONata", &[r#""Type": "Pass", "Assign": { "x": 1 }, "Output": "{% $x %}""#]),
        &["ADVICE: '$x' is read before any state can have assigned it at /States/A/Output"],
    );
    // The second time around it is there.
    let again = r#"{ "StartAt": "A", "QueryLanguage": "JSONata", "States": {
        "A": { "Type": "Choice", "Choices": [{ "Condition": "{% $x > 3 %}", "Next": "C" }], "Default": "B" },
        "B": { "Type": "Pass", "Assign": { "x": "{% $x + 1 %}" }, "Next": "A" },
        "C": { "Type": "Succeed" }
    } }"#;
    check("V3", again, &[]);
}

#[test]
fn rules_and_catchers_assign() {
    let choice = r#"{ "StartAt": "A", "States": {
        "A": { "Type": "Choice", "Choices": [{ "Variable": "$.a", "IsNull": true, "Next": "B", "Assign": { "x": 1 } }] },
        "B": { "Type": "Wait", "SecondsPath": "$x", "End": true }
    } }"#;
    check("V3", choice, &[]);
    let catcher = r#"{ "StartAt": "A", "QueryLanguage": "JSONata", "States": {
        "A": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true,
            "Catch": [{ "ErrorEquals": ["States.ALL"], "Assign": { "e": "{% $states.errorOutput %}" }, "Next": "B" }] },
        "B": { "Type": "Fail", "Cause": "{% $e.Cause %}" }
    } }"#;
    check("V3", catcher, &[]);
}

#[test]
fn a_variable_that_nobody_assigns_is_a_warning() {
    check_state(
        "V4",
        r#""Type": "Pass", "Parameters": { "v.$": "States.Format('{} {}', $x, $x.b)" }"#,
        &["/Parameters/v.$: no state assigns the variable '$x'"],
    );
    // AWS takes it, as a recorded definition shows, and the execution fails.
    check_jsonata(
        "V4",
        r#""Type": "Pass", "Output": "{% $doesNotExist & $string($y := 1) & ($z := 1; $z) %}""#,
        &["/Output: no state assigns the variable '$doesNotExist'"],
    );
}

#[test]
fn an_inner_scope_reads_outer_variables_and_assigns_none_of_their_names() {
    let map = |state: &str| format!(r#""Type": "Map", "ItemProcessor": {{ {} }}"#, inner(state));
    check("V4", &chain("JSONPath", &[ASSIGNS, &map(READS)]), &[]);
    check(
        "V4",
        &chain("JSONPath", &[ASSIGNS, &map(ASSIGNS)]),
        &[
            "ADVICE: 'x' is a variable of a scope around this one, which cannot assign it at /States/B/ItemProcessor/States/I/Assign/x",
        ],
    );
    check("V4", &chain("JSONPath", &[&map(ASSIGNS)]), &[]);
    check(
        "V4",
        &chain("JSONPath", &[&map(READS), ASSIGNS]),
        &[
            "ADVICE: '$x' is read before any state can have assigned it at /States/A/ItemProcessor/States/I/Parameters/v.$",
        ],
    );
}

#[test]
fn scopes_side_by_side_see_nothing_of_each_other() {
    let second = inner(READS).replace("\"I\"", "\"J\"");
    let parallel = format!(r#""Type": "Parallel", "Branches": [{{ {} }}, {{ {second} }}]"#, inner(ASSIGNS));
    check(
        "V4",
        &chain("JSONPath", &[&parallel, r#""Type": "Pass", "InputPath": "$x""#]),
        &[
            "ADVICE: no state assigns the variable '$x' at /States/A/Branches[1]/States/J/Parameters/v.$",
            "ADVICE: no state assigns the variable '$x' at /States/B/InputPath",
        ],
    );
    let second = inner(ASSIGNS).replace("\"I\"", "\"J\"");
    let parallel = format!(r#""Type": "Parallel", "Branches": [{{ {} }}, {{ {second} }}]"#, inner(ASSIGNS));
    check("V4", &chain("JSONPath", &[&parallel]), &[]);
}

#[test]
fn a_distributed_map_sees_nothing_of_the_scopes_around_it() {
    let map = |state: &str| {
        format!(
            r#""Type": "Map", "ItemSelector": {{ "v.$": "$x" }}, "ItemProcessor": {{ "ProcessorConfig": {{ "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" }}, {} }}"#,
            inner(state)
        )
    };
    check(
        "M26",
        &chain("JSONPath", &[ASSIGNS, &map(READS)]),
        &[
            "ADVICE: '$x' is a variable outside of the distributed Map, which cannot read it at /States/B/ItemProcessor/States/I/Parameters/v.$",
        ],
    );
    check("M26", &chain("JSONPath", &[ASSIGNS, &map(ASSIGNS)]), &[]);
}

#[test]
fn a_variable_has_256_kibibytes() {
    let of = |bytes: usize| format!(r#""Type": "Pass", "Assign": {{ "x": "{}" }}"#, "a".repeat(bytes - 2));
    check_state("V5", &of(262_144), &[]);
    check_state(
        "V5",
        &of(262_145),
        &["/Assign/x: the variable 'x' has 262145 bytes, and no execution takes it"],
    );
    let half = "a".repeat(140_000);
    check_state(
        "V5",
        &format!(r#""Type": "Pass", "Assign": {{ "x": "{half}", "y": "{half}" }}"#),
        &["/Assign: all variables here have 280004 bytes, and no execution takes them"],
    );
    // What is filled in is known when the execution runs.
    check_jsonata("V5", &format!(r#""Type": "Pass", "Assign": {{ "x": "{{% '{half}{half}' %}}" }}"#), &[]);
}
