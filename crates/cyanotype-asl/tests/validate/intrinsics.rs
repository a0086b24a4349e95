//! The intrinsic functions, each called rightly and wrongly.

use super::check_state;

/// A call of a function that is right, and one that AWS would refuse.
#[track_caller]
fn check(feature: &str, right: &str, wrong: &str) {
    let template = |call: &str| format!(r#""Type": "Pass", "Parameters": {{ "a.$": "{call}" }}"#);
    check_state(feature, &template(right), &[]);
    let definition =
        format!(r#"{{ "StartAt": "A", "States": {{ "A": {{ {}, "End": true }} }} }}"#, template(wrong));
    let document = cyanotype_asl::Document::parse(&definition).unwrap();
    let findings = document.validate(cyanotype_asl::Kind::Standard);
    assert!(!findings.is_empty(), "{feature}: {wrong} is taken");
    assert!(findings.iter().all(|f| f.location.to_string() == "/States/A/Parameters/a.$"), "{findings:?}");
}

#[test]
fn every_function_is_known_with_its_arguments() {
    check("IF1", "States.Format('{} of {}', $.a, 3)", "States.Format('{} of {}', $.a)");
    check("IF2", "States.StringToJson($.a)", "States.StringToJson()");
    check("IF3", "States.JsonToString($.a)", "States.JsonToString($.a, $.b)");
    check("IF4", "States.Array($.a, 1, 'x', null, true)", "States.Array($.a, )");
    check("IF5", "States.ArrayPartition($.a, 4)", "States.ArrayPartition($.a, 0)");
    check("IF6", "States.ArrayContains($.a, 5)", "States.ArrayContains($.a)");
    check("IF7", "States.ArrayRange(1, 9, 2)", "States.ArrayRange(1, 9, 0)");
    check("IF8", "States.ArrayGetItem($.a, 5)", "States.ArrayGetItem($.a)");
    check("IF9", "States.ArrayLength($.a)", "States.ArrayLength()");
    check("IF10", "States.ArrayUnique($.a)", "States.ArrayUnique()");
    check("IF11", "States.Base64Encode(States.Base64Decode($.a))", "States.Base64Encode(1, 2)");
    check("IF12", "States.Hash($.a, 'SHA-256')", "States.Hash($.a, 'SHA-3')");
    check("IF13", "States.JsonMerge($.a, $.b, false)", "States.JsonMerge($.a, $.b, true)");
    check("IF14", "States.MathRandom(1, 999, $.seed)", "States.MathRandom(1)");
    check("IF15", "States.MathAdd($.a, -1)", "States.MathAdd($.a, 'x')");
    check("IF16", "States.StringSplit($.a, '.+')", "States.StringSplit($.a)");
    check("IF17", "States.UUID()", "States.UUID(1)");
}
