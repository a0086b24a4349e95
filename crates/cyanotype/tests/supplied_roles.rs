//! Roles that others make: what they must allow, and what is said of those of the app.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use common::*;
use cyanotype::prelude::*;

const ARN: &str = "arn:aws:iam::123456789012:role/Machines";
const NOTHING: [&str; 0] = [];

fn trust(service: &str) -> Tree {
    let principal = tree!({ "Service": service });
    let statement = tree!({ "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole" });
    tree!({ "Version": "2012-10-17", "Statement": [statement] })
}

/// A role of the app that Step Functions may take, with these statements.
fn role(stack: &Stack, statements: Vec<Tree>) -> Resource {
    role_with(stack, "states.amazonaws.com", statements)
}

fn role_with(stack: &Stack, service: &str, statements: Vec<Tree>) -> Resource {
    let document = tree!({ "Version": "2012-10-17", "Statement": statements });
    let policy = tree!({ "PolicyName": "Own", "PolicyDocument": document });
    let trust = trust(service);
    stack.resource(
        "Own",
        "AWS::IAM::Role",
        tree!({ "AssumeRolePolicyDocument": trust, "Policies": [policy] }),
    )
}

fn allow(action: impl Into<Tree>, resource: impl Into<Tree>) -> Tree {
    let (action, resource) = (action.into(), resource.into());
    tree!({ "Effect": "Allow", "Action": action, "Resource": resource })
}

/// A machine that puts an item into the table `Orders`, with a role that is made of the table.
fn keeper(role: impl FnOnce(&Stack, &Resource) -> Value<String>) -> App {
    shop(|stack| {
        let orders = table(stack, "Orders");
        let role = role(stack, &orders);
        let put = payload!({ "TableName": (orders.reference()), "Item": {} });
        let definition: Machine<Json, Json> =
            machine(|m| m.service("Save", "dynamodb:putItem", put).then(m.end()));
        StateMachine::new(stack, "Keeper", definition, StateMachineProps::builder().role(role).build());
    })
}

/// The same with a role of the app.
fn keeper_with(statements: impl Fn(&Resource) -> Vec<Tree>) -> App {
    keeper(|stack, orders| role(stack, statements(orders)).attribute("Arn"))
}

fn supplied(file: &str, whose: &str, construct: &str) -> String {
    format!(
        "{construct}: its role is supplied, so its rights are changed in place and by others, also those of {whose}: what \
         runs may lose a right / what the role must allow is in `{file}`: drop none of it that something needs which runs; \
         without `.role(..)`, a role is generated that moves with its rights"
    )
}

fn of_keeper() -> String {
    supplied("Shop.Keeper.policy.json", "running executions", "Shop/Keeper")
}

#[test]
fn no_role_is_generated_and_the_policy_is_beside_the_template() {
    let app = keeper(|_, _| ARN.into());
    let template = template(&app);
    assert_eq!(property(&template, "Keeper", "RoleArn"), ARN);
    assert!(!by_base(&template).contains_key("KeeperRole"));
    assert_eq!(warnings(&app), [of_keeper()]);
    let synthesis = synth(&app);
    let text = synthesis.assembly().and_then(|assembly| assembly.text("Shop.Keeper.policy.json"));
    let policy: Option<Json> = text.and_then(|text| serde_json::from_str(text).ok());
    let statement =
        json!({ "Effect": "Allow", "Action": "dynamodb:PutItem", "Resource": attribute("Orders", "Arn") });
    assert_eq!(policy, Some(json!({ "Version": "2012-10-17", "Statement": [statement] })));
    assert_eq!(synthesis.stacks()[0].machines[0].policy.as_deref(), Some("Shop.Keeper.policy.json"));
}

#[test]
fn a_role_of_the_app_that_allows_it_is_taken() {
    for action in ["dynamodb:PutItem", "dynamodb:put*", "*"] {
        let app = keeper_with(|orders| vec![allow(action, orders.attribute("Arn"))]);
        assert_eq!(errors(&app), NOTHING);
        assert_eq!(warnings(&app), [of_keeper()], "{action}");
    }
    let by_name = keeper_with(|orders| {
        let arn = Value::<String>::sub(
            "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Name}",
            [("Name", orders.reference())],
        );
        vec![allow("dynamodb:PutItem", arn)]
    });
    assert_eq!(warnings(&by_name), [of_keeper()]);
    assert_eq!(
        warnings(&keeper_with(|_| vec![allow("dynamodb:PutItem", "arn:aws:dynamodb:*:*:table/*")])),
        [of_keeper()]
    );
}

#[test]
fn a_right_that_a_role_of_the_app_does_not_give_is_reported_with_its_state() {
    let expected = "Shop/Keeper: its role `Shop/Own` does not allow `dynamodb:PutItem` on \
                    `arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Shop/Orders.Name}`, which the \
                    state `Save` needs / allow it in the role's policies, or leave `.role(..)` out, and a role is \
                    generated that does";
    let read = |orders: &Resource| vec![allow("dynamodb:GetItem", orders.attribute("Arn"))];
    assert_eq!(errors(&keeper_with(read)), [expected]);
    let index = |orders: &Resource| {
        let index = Value::concat([orders.attribute("Arn"), "/index/*".into()]);
        vec![allow("dynamodb:PutItem", index)]
    };
    assert_eq!(errors(&keeper_with(index)), [expected]);
    let denied = |orders: &Resource| {
        let deny = tree!({ "Effect": "Deny", "Action": "dynamodb:*", "Resource": "*" });
        vec![allow("dynamodb:PutItem", orders.attribute("Arn")), deny]
    };
    assert_eq!(errors(&keeper_with(denied)), [expected]);
}

#[test]
fn what_cannot_be_told_is_said_and_no_error() {
    let conditional = |orders: &Resource| {
        let (arn, only) =
            (orders.attribute("Arn"), tree!({ "Bool": tree!({ "aws:SecureTransport": "true" }) }));
        vec![tree!({ "Effect": "Allow", "Action": "dynamodb:*", "Resource": arn, "Condition": only })]
    };
    let others = |orders: &Resource| {
        let arn = orders.attribute("Arn");
        vec![tree!({ "Effect": "Allow", "NotAction": "iam:*", "Resource": arn })]
    };
    let literal =
        |_: &Resource| vec![allow("dynamodb:*", "arn:aws:dynamodb:eu-west-1:123456789012:table/orders")];
    for app in [keeper_with(conditional), keeper_with(others), keeper_with(literal)] {
        assert_eq!(errors(&app), NOTHING);
        let expected = "Shop/Keeper: whether its role `Shop/Own` allows `dynamodb:PutItem` on \
                        `arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Shop/Orders.Name}` is not \
                        known, which the state `Save` needs / see that it does: it is allowed or denied in part, under \
                        conditions, or by what only the deploy knows";
        let mut found = warnings(&app);
        found.sort();
        assert_eq!(found, [of_keeper(), expected.to_owned()]);
    }
}

#[test]
fn a_managed_policy_of_others_may_allow_it() {
    let app = keeper(|stack, _| {
        let trust = trust("states.amazonaws.com");
        let properties = tree!({
            "AssumeRolePolicyDocument": trust,
            "ManagedPolicyArns": ["arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"],
        });
        stack.resource("Own", "AWS::IAM::Role", properties).attribute("Arn")
    });
    assert_eq!(errors(&app), NOTHING);
    let of = "this is not looked at: the managed policy `arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess`";
    assert!(warnings(&app).iter().any(|warning| warning.contains(of)), "{:#?}", warnings(&app));
}

/// A role that is allowed to put items by a policy of its own, and that policy.
fn role_and_policy(stack: &Stack, orders: &Resource) -> (Resource, Resource) {
    let own = role(stack, vec![]);
    let statement = allow("dynamodb:PutItem", orders.attribute("Arn"));
    let document = tree!({ "Version": "2012-10-17", "Statement": [statement] });
    let role = own.reference();
    let properties = tree!({ "PolicyName": "More", "PolicyDocument": document, "Roles": [role] });
    (own, stack.resource("More", "AWS::IAM::Policy", properties))
}

#[test]
fn policies_of_the_app_beside_the_role_count() {
    let app = keeper(|stack, orders| role_and_policy(stack, orders).0.attribute("Arn"));
    assert_eq!(errors(&app), NOTHING);
    assert_eq!(warnings(&app), [of_keeper()]);
}

#[test]
fn a_policy_that_has_a_condition_may_not_be_there() {
    let app = keeper(|stack, orders| {
        let (own, policy) = role_and_policy(stack, orders);
        let region = Value::<String>::pseudo(Pseudo::Region);
        policy.when(&stack.condition("Here", ConditionExpression::equals(region, "eu-west-1")));
        own.attribute("Arn")
    });
    assert_eq!(errors(&app), NOTHING);
    let of = "this is not looked at: the policy `Shop/More`, which has a condition";
    assert!(warnings(&app).iter().any(|warning| warning.contains(of)), "{:#?}", warnings(&app));
}

#[test]
fn a_generated_role_of_another_function_is_read_as_it_is_written() {
    let app = |needs: fn(&Fun, &Resource)| {
        shop(|stack| {
            let jobs = stack.resource("Jobs", "AWS::SQS::Queue", tree!({}));
            let hello = function(stack, "Hello");
            needs(&hello, &jobs);
            let other: Fun = Function::new(stack, "Other", props!(role(hello.role_arn())));
            other.event_source("Jobs", &other.publish(), EventSource::queue(jobs.attribute("Arn")));
        })
    };
    let allowed = app(|hello, jobs| hello.may(grants::sqs::consume(jobs)));
    assert_eq!(errors(&allowed), NOTHING);
    assert!(warnings(&allowed).iter().all(|warning| !warning.contains("is not known")));
    one_error(&app(|_, _| ()), &["its role `Shop/Hello/Role` does not allow `sqs:DeleteMessage`"]);
}

#[test]
fn a_generated_role_of_a_function_is_none_for_a_machine() {
    let app = shop(|stack| {
        let role = function(stack, "Hello").role_arn();
        calls_with(stack, "Greeting", &[], StateMachineProps::builder().role(role).build());
    });
    one_error(&app, &["its role `Shop/Hello/Role` cannot be assumed by `states.amazonaws.com`"]);
}

#[test]
fn a_role_is_given_by_its_arn() {
    let all = || vec![allow("*", "*")];
    one_error(
        &keeper(|stack, _| role(stack, all()).reference()),
        &["its role `Shop/Own` is given by its name", "give the role, `.role(&role)`, or its ARN"],
    );
    one_error(
        &keeper(|stack, _| role(stack, all()).attribute("RoleId")),
        &["its role `Shop/Own` is given by its RoleId"],
    );
}

#[test]
fn a_called_version_is_a_right_of_its_state() {
    let app = |statements: fn(&Fun) -> Vec<Tree>| {
        shop(|stack| {
            let hello = function(stack, "Hello");
            let role = role(stack, statements(&hello));
            let props = StateMachineProps::builder().role(&role).build();
            calls_with(stack, "Greeting", &[&hello.publish()], props);
        })
    };
    let of_versions =
        |hello: &Fun| vec![allow("lambda:InvokeFunction", Value::concat([hello.arn(), ":*".into()]))];
    assert_eq!(errors(&app(of_versions)), NOTHING);
    let of_function = |hello: &Fun| vec![allow("lambda:InvokeFunction", hello.arn())];
    one_error(
        &app(of_function),
        &["does not allow `lambda:InvokeFunction` on", "which the state `Call 0` needs"],
    );
}

#[test]
fn a_role_that_allows_the_one_version_that_is_called_is_no_error_and_one_that_denies_some_is_in_doubt() {
    let versions = "arn:aws:lambda:eu-west-1:123456789012:function:hello";
    let app = |statements: Vec<Tree>| {
        shop(|stack| {
            let role = role(stack, statements);
            let hello =
                Version::<Json, Json>::import(format!("{versions}:7")).unwrap_or_else(|e| panic!("{e}"));
            let props = StateMachineProps::builder().role(&role).build();
            calls_with(stack, "Greeting", &[&hello], props);
        })
    };
    let in_doubt =
        format!("whether its role `Shop/Own` allows `lambda:InvokeFunction` on `{versions}:*` is not known");
    let deny = tree!({ "Effect": "Deny", "Action": "lambda:*", "Resource": format!("{versions}:6") });
    let one = vec![allow("lambda:InvokeFunction", format!("{versions}:7"))];
    let but_one = vec![allow("lambda:InvokeFunction", format!("{versions}:*")), deny];
    for statements in [one, but_one] {
        let app = app(statements);
        assert_eq!(errors(&app), NOTHING);
        assert!(warnings(&app).iter().any(|warning| warning.contains(&in_doubt)), "{:#?}", warnings(&app));
    }
    let another = format!("{versions}-2:7");
    one_error(
        &app(vec![allow("lambda:InvokeFunction", another)]),
        &["does not allow `lambda:InvokeFunction` on"],
    );
}

#[test]
fn policies_of_a_supplied_role_move_no_version_and_another_role_does() {
    let of = |action: &str, path: &str| {
        shop_template(|stack| {
            let logs = allow(vec!["logs:*", action], "*");
            let document = tree!({ "Version": "2012-10-17", "Statement": [logs] });
            let policy = tree!({ "PolicyName": "Own", "PolicyDocument": document });
            let trust = trust("lambda.amazonaws.com");
            let properties = tree!({ "AssumeRolePolicyDocument": trust, "Policies": [policy], "Path": path });
            let own = stack.resource("Own", "AWS::IAM::Role", properties);
            let hello: Fun = Function::new(stack, "Hello", props!(role(&own)));
            calls(stack, "Greeting", &[&hello.publish()]).publish();
        })
    };
    let before = of("s3:GetObject", "/a/");
    assert_eq!(moved(&before, &of("s3:PutObject", "/a/")), [].into());
    assert_eq!(moved(&before, &of("s3:GetObject", "/b/")), ["HelloVersion".to_owned()].into());
    assert_eq!(resource(&before, "Own")["DeletionPolicy"], "Retain");
    assert_eq!(property(&before, "Hello", "Role"), attribute("Own", "Arn"));
}

#[test]
fn a_function_s_role_must_allow_what_its_properties_and_its_sources_need() {
    let app = shop(|stack| {
        let queue = stack.resource("Jobs", "AWS::SQS::Queue", tree!({}));
        let own = role_with(stack, "lambda.amazonaws.com", vec![allow("logs:*", "*")]);
        let hello: Fun = Function::new(stack, "Hello", props!(role(&own), tracing(Tracing::Active)));
        hello.event_source("Jobs", &hello.publish(), EventSource::queue(queue.attribute("Arn")));
    });
    let found = errors(&app);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].contains("`xray:PutTelemetryRecords`, `xray:PutTraceSegments` on `*`"), "{found:#?}");
    assert!(found[1].contains("`sqs:ReceiveMessage`"), "{found:#?}");
}

#[test]
fn what_would_change_nothing_of_it_is_refused() {
    let refused = |edit: fn(&Fun, &StateMachine<Json, Json>)| {
        errors(&shop(|stack| {
            let hello: Fun = Function::new(stack, "Hello", props!(role(ARN)));
            let props = StateMachineProps::builder().role(ARN).build();
            edit(&hello, &calls_with(stack, "Greeting", &[], props));
        }))
    };
    let expected = |what: &str| {
        ["Hello", "Greeting"].map(|of| {
            format!(
                "Shop/{of}: its role {what}, and it is supplied: nothing here changes it / change the role where it is made, \
                 or leave `.role(..)` out, and one is generated"
            )
        })
    };
    let given = refused(|hello, machine| {
        hello.allow(Statement::allow(["s3:GetObject"]).on("*"));
        machine.may(grants::sqs::send("arn:aws:sqs:eu-west-1:123456789012:jobs"));
    });
    assert_eq!(given, expected("is given a right"));
    let stable = refused(|hello, machine| {
        hello.stable_role();
        machine.stable_role();
    });
    assert_eq!(stable, expected("is asked to stay the same"));
}

#[test]
fn exact_rights_of_a_supplied_role_are_refused() {
    let app = shop(|stack| {
        let props = StateMachineProps::builder().role(ARN).exact_rights(true).build();
        calls_with(stack, "Greeting", &[], props);
    });
    one_error(&app, &["Shop/Greeting: its role is supplied, so nothing here makes its rights exact"]);
}

#[test]
fn what_is_no_role_is_refused() {
    one_error(&keeper(|_, _| "Machines".into()), &["its role `Machines` is not the ARN of a role"]);
    one_error(
        &keeper(|_, orders| orders.attribute("Arn")),
        &["its role is `Shop/Orders`, which is of type `AWS::DynamoDB::Table`"],
    );
}

#[test]
fn a_role_that_step_functions_cannot_assume_is_refused() {
    let app =
        keeper(|stack, _| role_with(stack, "lambda.amazonaws.com", vec![allow("*", "*")]).attribute("Arn"));
    one_error(&app, &["its role `Shop/Own` cannot be assumed by `states.amazonaws.com`"]);
}

#[test]
fn what_a_call_is_on_is_retained_though_the_role_does_not_name_it() {
    let template = shop_template(|stack| {
        let orders = table(stack, "Orders");
        let put = payload!({ "TableName": (cyanotype::flow::json_path::<String>("$.table")), "Item": {} });
        let definition: Machine<Json, Json> =
            machine(|m| m.service("Save", "dynamodb:putItem", put).on(&orders).then(m.end()));
        StateMachine::new(stack, "Keeper", definition, StateMachineProps::builder().role(ARN).build());
    });
    assert_eq!(resource(&template, "Orders")["DeletionPolicy"], "Retain");
}

#[test]
fn nothing_is_said_of_an_ephemeral_stack() {
    let app = App::new();
    let stack = app.stack("Shop").ephemeral();
    calls_with(&stack, "Greeting", &[], StateMachineProps::builder().role(ARN).build());
    assert_eq!(warnings(&app), NOTHING);
}

#[test]
fn a_permissions_boundary_is_of_generated_roles() {
    let app = shop(|stack| {
        let _: Fun = Function::new(stack, "Hello", props!(role(ARN)));
        stack.permissions_boundary("arn:aws:iam::123456789012:policy/Developers");
    });
    assert_eq!(errors(&app), NOTHING);
}
