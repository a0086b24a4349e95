//! Rights that are more than a role holds in itself.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use common::*;
use cyanotype::prelude::*;

/// A machine that may read many tables.
fn reads(tables: usize) -> App {
    shop(|stack| {
        let caller = calls(stack, "Caller", &[]);
        for number in 0..tables {
            let table = table(stack, &format!("Table{number:0>3}"));
            caller.allow(Statement::allow(["dynamodb:GetItem"]).on(table.attribute("Arn")));
        }
    })
}

/// The resources that any policy of a role allows.
fn allowed(template: &Json) -> Vec<String> {
    let managed = by_base(template).into_values().filter(|(_, resource)| {
        resource["Type"] == "AWS::IAM::ManagedPolicy" && resource["DeletionPolicy"] == "Retain"
    });
    let managed = managed.flat_map(|(_, resource)| {
        resource["Properties"]["PolicyDocument"]["Statement"].as_array().cloned().unwrap_or_default()
    });
    let all = statements(template, "CallerRole").into_iter().chain(managed);
    let mut resources: Vec<_> = all
        .flat_map(|statement| match &statement["Resource"] {
            Json::Array(many) => many.iter().map(Json::to_string).collect(),
            one => vec![one.to_string()],
        })
        .collect();
    resources.sort();
    resources
}

#[test]
fn rights_for_which_a_role_has_no_room_are_in_policies_that_are_attached_to_it() {
    let template = template(&reads(200));
    let policies = property(&template, "CallerRole", "ManagedPolicyArns");
    let attached: Vec<_> =
        (1..=policies.as_array().map_or(0, Vec::len)).map(|n| format!("CallerRoleRights{n}")).collect();
    assert!((1..=10).contains(&attached.len()), "{policies}");
    let expected: Vec<_> = attached.iter().map(|policy| json!({ "Ref": id(&template, policy) })).collect();
    assert_eq!(policies, json!(expected));
    assert_eq!(allowed(&template).len(), 200);
    let path = property(&template, "CallerRole", "Path");
    assert!(attached.iter().all(|policy| property(&template, policy, "Path") == path));
}

#[test]
fn a_right_that_was_attached_moves_its_policy_and_the_role() {
    let (more, less) = (template(&reads(200)), template(&reads(199)));
    let moved = moved(&more, &less);
    assert!(moved.contains("CallerRole"), "{moved:?}");
    assert!(moved.iter().any(|base| base.starts_with("CallerRoleRights")), "{moved:?}");
    let allowed = allowed(&more);
    assert!(allowed.iter().any(|resource| resource.contains("Table199")), "{allowed:?}");
}

#[test]
fn rights_that_fit_nowhere_are_an_error_that_says_what_to_split() {
    one_error(
        &reads(450),
        &["Shop/Caller/Role: its rights have up to", "10 managed policies", "a role of its own"],
    );
}
