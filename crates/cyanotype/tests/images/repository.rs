//! Images in a repository of the app.

use std::collections::BTreeSet;

use super::*;

fn in_repository(properties: Tree, publish: bool) -> App {
    shop(|stack| {
        let images = stack.resource("Images", "AWS::ECR::Repository", properties);
        let props = FunctionProps::image(Image::in_repository(&images, DIGEST)).build();
        let hello = Fun::new(stack, "Hello", props);
        if publish {
            hello.publish();
        }
    })
}

fn expiring() -> Tree {
    let rule = json!({ "rules": [{ "rulePriority": 1, "selection": {}, "action": { "type": "expire" } }] });
    tree!({ "LifecyclePolicy": { "LifecyclePolicyText": rule.to_string() } })
}

#[test]
fn a_repository_of_the_app_is_referred_to_and_stays() {
    let template = template(&in_repository(tree!({}), true));
    let uri =
        format!("${{AWS::AccountId}}.dkr.ecr.${{AWS::Region}}.${{AWS::URLSuffix}}/${{Images}}@{DIGEST}");
    assert_eq!(property(&template, "Hello", "Code"), json!({ "ImageUri": sub(&uri) }));
    assert_eq!(template["Resources"]["Images"]["DeletionPolicy"], "Retain");
}

#[test]
fn what_replaces_the_repository_publishes_and_what_changes_it_in_place_does_not() {
    let before = template(&in_repository(tree!({}), true));
    let after = |properties| moved(&before, &template(&in_repository(properties, true)));
    assert_eq!(after(tree!({ "ImageTagMutability": "IMMUTABLE" })), BTreeSet::new());
    assert_eq!(after(expiring()), BTreeSet::new());
    let named = after(tree!({ "RepositoryName": "hello" }));
    assert_eq!(named, BTreeSet::from(["HelloVersion".to_owned()]));
}

#[test]
fn a_lifecycle_policy_that_expires_images_is_a_warning_for_a_published_function() {
    let expected = "Shop/Hello: the repository `Shop/Images` expires images by its lifecycle policy, and the function \
                    is published: a version whose image is gone fails, be it years later / leave the policy out, or \
                    have it expire no image that was ever published, such as untagged ones alone where all that are \
                    published have a tag";
    assert_eq!(warnings(&in_repository(expiring(), true)), [expected]);
    assert_eq!(warnings(&in_repository(expiring(), false)), [""; 0]);
    assert_eq!(warnings(&in_repository(tree!({}), true)), [""; 0]);
}

#[test]
fn a_repository_is_one_of_ecr() {
    let app = shop(|stack| {
        let queue = stack.resource("Jobs", "AWS::SQS::Queue", tree!({}));
        Fun::new(stack, "Hello", FunctionProps::image(Image::in_repository(&queue, DIGEST)).build())
            .publish();
    });
    let expected = "Shop/Hello: its image is in `Shop/Jobs`, which is an `AWS::SQS::Queue` / an image lies in an \
                    `AWS::ECR::Repository`: give the handle of one";
    assert_eq!(errors(&app), [expected]);
}
