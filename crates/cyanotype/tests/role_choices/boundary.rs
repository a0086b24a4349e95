//! Permissions boundaries: which roles have one, and what moves with it.

use super::*;

fn bounded(by: impl Into<Value<String>>) -> App {
    let by = by.into();
    greeting(|stack, _, _| stack.permissions_boundary(by))
}

fn bounded_here(action: &'static str) -> App {
    greeting(|stack, _, _| stack.permissions_boundary(policy(stack, action).reference()))
}

fn bounded_by_name(action: &'static str) -> App {
    greeting(|stack, _, _| {
        let document = document(action);
        let properties = tree!({ "ManagedPolicyName": "limits", "PolicyDocument": document });
        let policy = stack.resource("Boundary", "AWS::IAM::ManagedPolicy", properties);
        stack.permissions_boundary(policy.reference());
    })
}

/// The policy in a stack of its own.
fn bounded_there(action: &'static str) -> App {
    let app = App::new();
    let policy = policy(&app.stack("Shared"), action);
    let stack = app.stack("Shop");
    function(&stack, "Hello").publish();
    stack.permissions_boundary(policy.reference());
    app
}

#[test]
fn every_generated_role_has_the_boundary_of_its_stack_also_those_made_later() {
    let app = shop(|stack| {
        function(stack, "Before");
        stack.permissions_boundary(ARN);
        calls(stack, "After", &[]);
    });
    let template = template(&app);
    for role in ["BeforeRole", "AfterRole"] {
        assert_eq!(property(&template, role, "PermissionsBoundary"), ARN);
    }
}

#[test]
fn a_boundary_is_of_one_stack() {
    let app = bounded(ARN);
    function(&app.stack("Other"), "Hello");
    let other = template_of(&app, "Other", &SynthOptions::default());
    assert_eq!(property(&other, "HelloRole", "PermissionsBoundary"), Json::Null);
}

#[test]
fn the_last_boundary_counts() {
    let twice = greeting(|stack, _, _| {
        stack.permissions_boundary("arn:aws:iam::aws:policy/ReadOnlyAccess");
        stack.permissions_boundary(ARN);
    });
    check(&bounded(ARN), &twice, &[]);
    assert_eq!(property(&template(&twice), "HelloRole", "PermissionsBoundary"), ARN);
}

#[test]
fn a_boundary_is_another_role_and_another_version() {
    check(&greeting(|_, _, _| ()), &bounded(ARN), &["GreetingRole", "HelloRole", "HelloVersion"]);
}

#[test]
fn another_boundary_is_another_role_and_another_version() {
    let other = bounded("arn:aws:iam::123456789012:policy/Administrators");
    check(&bounded(ARN), &other, &["GreetingRole", "HelloRole", "HelloVersion"]);
}

#[test]
fn a_boundary_of_the_stack_moves_with_what_it_says_and_the_roles_with_it() {
    let (before, after) = (bounded_here("s3:*"), bounded_here("s3:Get*"));
    check(&before, &after, &["Boundary", "GreetingRole", "HelloRole", "HelloVersion"]);
    assert_eq!(warnings(&before), NOTHING);
    let template = template(&before);
    let boundary = id(&template, "Boundary");
    assert_eq!(property(&template, "HelloRole", "PermissionsBoundary"), json!({ "Ref": boundary }));
}

#[test]
fn a_boundary_is_retained_with_the_role_of_a_function_that_is_not_published() {
    let of = |by: fn(&Stack) -> Resource| {
        shop_template(|stack| {
            function(stack, "Hello");
            stack.permissions_boundary(by(stack).reference());
        })
    };
    let named = |stack: &Stack| {
        let document = document("s3:*");
        let properties = tree!({ "ManagedPolicyName": "limits", "PolicyDocument": document });
        stack.resource("Boundary", "AWS::IAM::ManagedPolicy", properties)
    };
    for template in [of(|stack| policy(stack, "s3:*")), of(named)] {
        let boundary = resource(&template, "Boundary");
        assert_eq!(boundary["DeletionPolicy"], "Retain", "{template:#}");
        assert_eq!(boundary["UpdateReplacePolicy"], "Retain");
    }
}

#[test]
fn a_boundary_with_a_name_stays_and_the_roles_move_with_what_it_says() {
    let (before, after) = (bounded_by_name("s3:*"), bounded_by_name("s3:Get*"));
    check(&before, &after, &["GreetingRole", "HelloRole", "HelloVersion"]);
    assert_eq!(warnings(&before), [in_place("Shop/Boundary")]);
}

#[test]
fn a_boundary_of_another_stack_stays_and_the_roles_move_with_what_it_says() {
    let (before, after) = (bounded_there("s3:*"), bounded_there("s3:Get*"));
    check(&before, &after, &["HelloRole", "HelloVersion"]);
    assert_eq!(warnings(&before), [in_place("Shared/Boundary")]);
    let expected = json!({ "Fn::ImportValue": "Shared:Boundary" });
    assert_eq!(property(&template(&before), "HelloRole", "PermissionsBoundary"), expected);
}

fn in_place(policy: &str) -> String {
    format!(
        "Shop: its permissions boundary `{policy}` is changed in place, so roles that are retained have it too: what runs \
         may lose a right / make the policy in the same stack and without a `ManagedPolicyName`: it then moves with what \
         it says"
    )
}

#[test]
fn a_boundary_that_another_stack_has_too_stays() {
    let app = App::new();
    let shop = app.stack("Shop");
    let policy = policy(&shop, "s3:*");
    for stack in [&shop, &app.stack("Other")] {
        function(stack, "Hello");
        stack.permissions_boundary(policy.reference());
    }
    assert_eq!(id(&template(&app), "Boundary"), "Boundary");
    assert!(template(&app)["Resources"].get("Boundary").is_some());
    assert_eq!(errors(&app), NOTHING);
}

#[test]
fn a_boundary_that_moves_is_handed_over_by_an_output_of_what_it_says() {
    let app = App::new();
    let shop = app.stack("Shop");
    let policy = policy(&shop, "s3:*");
    shop.permissions_boundary(policy.reference());
    app.stack("Other").resource("Topic", "AWS::SNS::Topic", tree!({ "DisplayName": policy.reference() }));
    let output = format!("HandOver{}", id(&template_of(&app, "Shop", &SynthOptions::default()), "Boundary"));
    let name = &template_of(&app, "Other", &SynthOptions::default())["Resources"]["Topic"]["Properties"]["DisplayName"];
    assert_eq!(*name, json!({ "Fn::GetStackOutput": { "StackName": "Shop", "OutputName": output } }));
}

#[track_caller]
fn refused(by: impl Into<Value<String>>, expected: &str) {
    assert_eq!(errors(&bounded(by)), [expected]);
}

#[test]
fn a_text_that_is_not_the_arn_of_a_managed_policy_is_refused() {
    for text in [
        "Developers",
        "arn:aws:iam::1:policy/A",
        "arn:aws:iam::123456789012:role/A",
        "arn:aws:iam::aws:policy/",
        "",
    ] {
        let expected = format!(
            "Shop: its permissions boundary `{text}` is not the ARN of a managed policy / such as \
             `arn:aws:iam::123456789012:policy/Boundary`"
        );
        refused(text, &expected);
    }
}

#[test]
fn arns_of_aws_of_other_partitions_and_with_pseudo_parameters_are_taken() {
    for text in
        ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws-cn:iam::123456789012:policy/team/Developers"]
    {
        assert_eq!(errors(&bounded(text)), NOTHING);
    }
    let account = Value::<String>::pseudo(Pseudo::AccountId);
    let arn = Value::concat(["arn:aws:iam::".into(), account, ":policy/Developers".into()]);
    assert_eq!(errors(&bounded(arn)), NOTHING);
}

#[test]
fn a_resource_of_another_type_is_refused() {
    let app = greeting(|stack, _, _| stack.permissions_boundary(table(stack, "Table").attribute("Arn")));
    let expected = "Shop: its permissions boundary names `Shop/Table`, which is of type `AWS::DynamoDB::Table` / it \
                    is to be an `AWS::IAM::ManagedPolicy`: give its `.reference()`";
    assert_eq!(errors(&app), [expected]);
}

#[test]
fn a_boundary_that_only_the_deploy_knows_is_refused_unless_it_is_acknowledged() {
    let of = |known: bool| {
        greeting(|stack, _, _| {
            let arn: Value<String> = stack.parameter("Limits", Parameter::string());
            let arn = if known { arn.known_at_deploy("the company changes it never") } else { arn };
            stack.permissions_boundary(arn);
        })
    };
    let expected = |role: &str| {
        format!(
            "Shop/{role}/Role: its permissions boundary names the parameter `Shop/Limits`, which only the deploy knows / \
             what it may do could then shrink in place, under executions that need it: give a literal, or say why it \
             cannot: `.known_at_deploy(\"…\")`"
        )
    };
    assert_eq!(errors(&of(false)), [expected("Greeting"), expected("Hello")]);
    assert_eq!(errors(&of(true)), NOTHING);
}

#[test]
fn what_a_boundary_of_the_app_says_is_known_at_synth() {
    let app = shop(|stack| {
        function(stack, "Hello");
        let action: Value<String> = stack.parameter("Action", Parameter::string());
        let document = document(action);
        let properties = tree!({ "PolicyDocument": document });
        let policy = stack.resource("Boundary", "AWS::IAM::ManagedPolicy", properties);
        stack.permissions_boundary(policy.reference());
    });
    one_error(
        &app,
        &["Shop/Hello/Role: its permissions boundary names the parameter `Shop/Action`, which only"],
    );
}

const ARN: &str = "arn:aws:iam::123456789012:policy/Developers";
