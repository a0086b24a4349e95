//! Mistakes in apps, stacks and IDs.

use super::*;

#[test]
fn an_app_without_stacks() {
    assert_eq!(said(&App::new()), ["error: the app has no stacks\n  = help: add one: `app.stack(\"Shop\")`"]);
}

#[test]
fn a_stack_without_resources() {
    let app = shop(|_| ());
    one_error(&app, &["Shop: the template has no resources, and CloudFormation wants one at least"]);
}

#[test]
fn a_stack_s_name() {
    let app = App::new();
    app.stack("my shop").resource("Topic", "AWS::SNS::Topic", tree!({}));
    one_error(&app, &["`my shop` is no name for a stack", "1 to 128 letters, digits and hyphens"]);
}

#[test]
fn two_stacks_of_one_name() {
    let app = App::new();
    for _ in 0..2 {
        app.stack("Shop").resource("Topic", "AWS::SNS::Topic", tree!({}));
    }
    let errors = errors(&app);
    assert!(errors.iter().any(|e| e.starts_with("Shop: `Shop` is there already, made at ")), "{errors:#?}");
}

#[test]
fn more_than_500_resources() {
    let app = shop(|stack| {
        for n in 0..501 {
            stack.resource(format!("Queue{n}"), "AWS::SQS::Queue", tree!({}));
        }
    });
    one_error(
        &app,
        &["Shop: the template has 501 resources, and CloudFormation takes 500", "split the stack"],
    );
}

#[test]
fn an_id_that_is_given_twice_names_both_places() {
    check(
        |stack| {
            stack.resource("Queue", "AWS::SQS::Queue", tree!({}));
            stack.resource("Queue", "AWS::SQS::Queue", tree!({}))
        },
        "error: `Shop/Queue`: `Queue` is there already, made at HERE\n  --> HERE\n  = help: give one of them another ID: \
         it is what keeps a resource the same from deploy to deploy",
    );
}

#[test]
fn two_paths_of_one_logical_id() {
    let app = shop(|stack| {
        stack.resource("a-b", "AWS::SQS::Queue", tree!({}));
        stack.part("A").resource("b", "AWS::SQS::Queue", tree!({}));
    });
    one_error(&app, &["Shop/A/b: its logical ID is `AB`, and so is that of `a-b` at ", "rename one"]);
}

#[test]
fn an_id_without_letters() {
    check(
        |stack| stack.resource("…", "AWS::SQS::Queue", tree!({})),
        "error: `Shop/…`: nothing of its path can be a logical ID, which has 1 to 255 ASCII letters and digits\n  --> \
         HERE\n  = help: give it an ID with some, and not too many, of these",
    );
}

#[test]
fn a_deletion_policy_on_replacement() {
    let app = shop(|stack| {
        let queue = stack.resource("Queue", "AWS::SQS::Queue", tree!({}));
        queue.update_replace_policy(RetentionPolicy::RetainExceptOnCreate)
    });
    one_error(&app, &["Shop/Queue: its UpdateReplacePolicy is RetainExceptOnCreate"]);
}
