//! The roles that are generated: what they allow, who assumes them, and when they are others.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use common::*;
use cyanotype::prelude::*;

/// A machine that calls `Hello` and, if asked, `World`.
fn greeting(world: bool, edit: impl FnOnce(&Stack, &Fun, &StateMachine<Json, Json>)) -> Json {
    shop_template(|stack| {
        let (hello, other) = (function(stack, "Hello"), function(stack, "World"));
        let (hello_v, world_v) = (hello.publish(), other.publish());
        let versions = [&hello_v, &world_v];
        let machine = calls(stack, "Greeting", versions.get(..1 + usize::from(world)).unwrap_or_default());
        edit(stack, &hello, &machine);
    })
}

fn plain() -> Json {
    greeting(true, |_, _, _| ())
}

fn get(table: &str) -> Statement {
    Statement::allow(["dynamodb:GetItem"]).on(format!("arn:aws:dynamodb:*:*:table/{table}"))
}

#[test]
fn a_task_less_is_another_role_of_the_machine() {
    moves(&plain(), &greeting(false, |_, _, _| ()), &["GreetingRole"]);
}

#[test]
fn a_right_more_is_another_role_of_the_machine() {
    moves(&plain(), &greeting(true, |_, _, machine| machine.allow(get("a"))), &["GreetingRole"]);
}

#[test]
fn a_right_less_is_another_role_of_the_function() {
    let two = greeting(true, |_, hello, _| {
        hello.allow(get("a"));
        hello.allow(get("b"));
    });
    let one = greeting(true, |_, hello, _| hello.allow(get("a")));
    moves(&two, &one, &["HelloRole", "HelloVersion"]);
}

#[test]
fn the_same_right_twice_is_the_same_role() {
    let once = greeting(true, |_, hello, _| hello.allow(get("a")));
    let twice = greeting(true, |_, hello, _| {
        hello.allow(get("a"));
        hello.allow(get("a"));
    });
    moves(&once, &twice, &[]);
    assert_eq!(statements(&twice, "HelloRole").len(), 1);
}

#[test]
fn a_condition_of_a_right_is_another_role() {
    let when = |value: &'static str| {
        greeting(true, |_, _, machine| {
            machine.allow(get("a").when("StringEquals", "aws:SourceAccount", value))
        })
    };
    moves(&when("1"), &when("2"), &["GreetingRole"]);
}

#[test]
fn a_denial_is_another_role() {
    let denied = greeting(true, |_, _, machine| {
        machine.allow(Statement::deny(["dynamodb:GetItem"]).on("arn:aws:dynamodb:*:*:table/a"))
    });
    moves(&greeting(true, |_, _, machine| machine.allow(get("a"))), &denied, &["GreetingRole"]);
    assert_eq!(statements(&denied, "GreetingRole")[0]["Effect"], "Deny");
}

#[test]
fn what_a_right_names_is_part_of_the_role() {
    let of = |name: &'static str| {
        greeting(true, |stack, hello, _| {
            let table = table_with(stack, "Table", tree!({ "TableName": name }));
            hello.allow(Statement::allow(["dynamodb:GetItem"]).on(table.attribute("Arn")));
        })
    };
    moves(&of("a"), &of("b"), &["HelloRole", "HelloVersion"]);
}

#[test]
fn roles_have_no_name_and_a_path_that_is_always_the_same() {
    let (before, after) = (plain(), greeting(false, |_, _, _| ()));
    let path = json!({ "Fn::Sub": "/cyanotype/${AWS::StackName}/Greeting/" });
    for template in [&before, &after] {
        assert_eq!(property(template, "GreetingRole", "Path"), path);
        assert_eq!(property(template, "GreetingRole", "RoleName"), Json::Null);
    }
}

#[test]
fn a_path_is_that_of_the_construct() {
    let template = shop_template(|stack| function(&stack.part("Payments"), "Charge"));
    let path = json!({ "Fn::Sub": "/cyanotype/${AWS::StackName}/Payments.Charge/" });
    assert_eq!(property(&template, "PaymentsChargeRole", "Path"), path);
}

#[test]
fn a_machines_role_is_assumed_for_this_accounts_machines_alone() {
    let expected = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "Service": "states.amazonaws.com" },
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } },
                "ArnLike": { "aws:SourceArn": {
                    "Fn::Sub": "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:*"
                } },
            },
        }],
    });
    assert_eq!(property(&plain(), "GreetingRole", "AssumeRolePolicyDocument"), expected);
}

#[test]
fn a_functions_role_is_assumed_by_lambda_and_writes_logs() {
    let expected = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "Service": "lambda.amazonaws.com" },
            "Action": "sts:AssumeRole",
        }],
    });
    assert_eq!(property(&plain(), "HelloRole", "AssumeRolePolicyDocument"), expected);
    let logs = "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    assert_eq!(property(&plain(), "HelloRole", "ManagedPolicyArns"), json!([{ "Fn::Sub": logs }]));
}

#[test]
fn a_machine_may_call_every_version_of_its_functions_and_not_the_functions() {
    let expected = json!({
        "Effect": "Allow",
        "Action": "lambda:InvokeFunction",
        "Resource": [{ "Fn::Sub": "${Hello.Arn}:*" }, { "Fn::Sub": "${World.Arn}:*" }],
    });
    assert_eq!(statements(&plain(), "GreetingRole"), [expected]);
}

#[test]
fn two_tasks_of_one_function_are_one_right() {
    let template = shop_template(|stack| {
        let version = function(stack, "Hello").publish();
        calls(stack, "Greeting", &[&version, &version])
    });
    let [statement] = &statements(&template, "GreetingRole")[..] else { panic!("{template:#}") };
    assert_eq!(statement["Resource"], json!({ "Fn::Sub": "${Hello.Arn}:*" }));
}

#[test]
fn the_order_of_tasks_is_no_other_role() {
    let of = |swap: bool| {
        shop_template(|stack| {
            let (a, b) = (function(stack, "A").publish(), function(stack, "B").publish());
            let versions = if swap { [&b, &a] } else { [&a, &b] };
            calls(stack, "Greeting", &versions).arn()
        })
    };
    moves(&of(false), &of(true), &[]);
    assert_eq!(resource(&of(false), "GreetingRole"), resource(&of(true), "GreetingRole"));
}

#[test]
fn an_imported_version_is_allowed_by_its_functions_arn() {
    let arn = "arn:aws:lambda:eu-west-1:123456789012:function:hello";
    let of = |number: u32| {
        let imported = Version::import(format!("{arn}:{number}"));
        let imported = imported.unwrap_or_else(|error| panic!("{error}"));
        shop_template(|stack| calls(stack, "Greeting", &[&imported]))
    };
    assert_eq!(statements(&of(7), "GreetingRole")[0]["Resource"], format!("{arn}:*"));
    moves(&of(7), &of(8), &[]);
    let definition = property(&of(7), "Greeting", "DefinitionString");
    assert!(
        definition.as_str().is_some_and(|text| text.contains(&format!("\"Resource\":\"{arn}:7\""))),
        "{definition}"
    );
}

/// The events by which Step Functions is told of the end of an execution.
fn listens() -> Json {
    let rule = "StepFunctionsGetEventsForStepFunctionsExecutionRule";
    json!({
        "Effect": "Allow",
        "Action": ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
        "Resource": { "Fn::Sub": format!("arn:${{AWS::Partition}}:events:${{AWS::Region}}:${{AWS::AccountId}}:rule/{rule}") },
    })
}

/// Statements in the order of what they say.
fn in_order(mut statements: Vec<Json>) -> Vec<Json> {
    statements.sort_by_key(Json::to_string);
    statements
}

#[test]
fn a_machine_may_start_describe_and_stop_what_it_nests() {
    let template = shop_template(|stack| {
        let (b, a) = (calls(stack, "B", &[]), calls(stack, "A", &[]));
        nests(stack, "Outer", &[&b.publish(), &a.publish(), &b.publish()])
    });
    let executions = |machine: &str| {
        let own = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}";
        json!({ "Fn::Sub": format!("{own}:execution:${{{machine}.Name}}:*") })
    };
    let expected = vec![
        json!({
            "Effect": "Allow",
            "Action": "states:StartExecution",
            "Resource": [{ "Ref": "A" }, { "Ref": "B" }],
        }),
        json!({
            "Effect": "Allow",
            "Action": ["states:DescribeExecution", "states:StopExecution"],
            "Resource": [executions("A"), executions("B")],
        }),
        listens(),
    ];
    assert_eq!(in_order(statements(&template, "OuterRole")), in_order(expected));
}

#[test]
fn a_new_version_of_a_nested_machine_is_no_other_role() {
    let of = |world: bool| {
        shop_template(|stack| {
            let (hello, other) = (function(stack, "Hello").publish(), function(stack, "World").publish());
            let versions = [&hello, &other];
            let inner = calls(stack, "Inner", versions.get(..1 + usize::from(world)).unwrap_or_default());
            nests(stack, "Outer", &[&inner.publish()])
        })
    };
    moves(&of(false), &of(true), &["InnerRole"]);
    assert_eq!(resource(&of(false), "OuterRole"), resource(&of(true), "OuterRole"));
}

#[test]
fn a_nested_machine_less_is_another_role() {
    let of = |nested: bool| {
        shop_template(|stack| {
            let inner = calls(stack, "Inner", &[]).publish();
            nests(stack, "Outer", [&inner].get(usize::from(!nested)..).unwrap_or_default())
        })
    };
    moves(&of(true), &of(false), &["OuterRole"]);
}

#[test]
fn a_nested_machine_that_moves_moves_the_role() {
    let of = |name: Option<Value<String>>| {
        shop_template(|stack| {
            let props = StateMachineProps::builder().name_opt(name).build();
            nests(stack, "Outer", &[&calls_with(stack, "Inner", &[], props).publish()])
        })
    };
    moves(&of(None), &of(Some("inner".into())), &["Inner", "InnerVersion", "OuterRole"]);
}

#[test]
fn the_order_of_nested_machines_is_no_other_role() {
    let of = |swap: bool| {
        shop_template(|stack| {
            let (a, b) = (calls(stack, "A", &[]).publish(), calls(stack, "B", &[]).publish());
            nests(stack, "Outer", &if swap { [&b, &a] } else { [&a, &b] })
        })
    };
    moves(&of(false), &of(true), &[]);
    assert_eq!(resource(&of(false), "OuterRole"), resource(&of(true), "OuterRole"));
}

#[test]
fn a_machine_without_tasks_has_a_role_without_rights() {
    let template = shop_template(|stack| calls(stack, "Greeting", &[]));
    assert_eq!(property(&template, "GreetingRole", "Policies"), Json::Null);
}

#[test]
fn logging_and_tracing_are_rights_of_their_own() {
    let template = shop_template(|stack| {
        let logging = Logging::level(LogLevel::All);
        calls_with(
            stack,
            "Greeting",
            &[],
            StateMachineProps::builder().logging(logging).tracing(true).build(),
        )
    });
    let statements = statements(&template, "GreetingRole");
    let actions: Vec<_> = statements.iter().map(|s| s["Action"][0].as_str().unwrap_or_default()).collect();
    assert_eq!(actions, ["logs:CreateLogDelivery", "xray:GetSamplingRules"]);
    let lengths: Vec<_> = statements.iter().map(|s| s["Action"].as_array().map_or(0, Vec::len)).collect();
    assert_eq!(lengths, [10, 4]);
    assert!(statements.iter().all(|statement| statement["Resource"] == "*"));
}

#[test]
fn a_pattern_names_all_roles_of_a_construct() {
    let template = greeting(true, |stack, hello, machine| {
        stack.output("Function", hello.principal_pattern());
        stack.output("Machine", machine.principal_pattern());
    });
    for (output, construct) in [("Function", "Hello"), ("Machine", "Greeting")] {
        let role = format!(
            "arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role/cyanotype/${{AWS::StackName}}/{construct}/*"
        );
        assert_eq!(template["Outputs"][output]["Value"], json!({ "Fn::Sub": role }));
    }
}

/// A bucket policy with a role as principal, or the pattern of its roles.
fn bucket_policy(principal: impl FnOnce(&Fun) -> Tree) -> App {
    shop(|stack| {
        let hello = function(stack, "Hello");
        let statement = principal(&hello);
        let document = tree!({ "Version": "2012-10-17", "Statement": [statement] });
        stack.resource(
            "Policy",
            "AWS::S3::BucketPolicy",
            tree!({ "Bucket": "orders", "PolicyDocument": document }),
        );
    })
}

#[test]
fn a_role_as_principal_is_an_error_that_names_the_pattern() {
    let app = bucket_policy(
        |hello| tree!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Principal": { "AWS": hello.role_arn() } }),
    );
    one_error(
        &app,
        &["Shop/Policy", "PolicyDocument.Statement.Principal", "`Shop/Hello/Role`", ".principal_pattern()"],
    );
}

#[test]
fn a_pattern_in_a_condition_is_no_error() {
    let app = bucket_policy(|hello| {
        let condition = tree!({ "ArnLike": { "aws:PrincipalArn": hello.principal_pattern() } });
        tree!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Principal": "*", "Condition": condition })
    });
    assert_eq!(errors(&app), [""; 0]);
}

#[track_caller]
fn check_statement(statement: Statement, says: &[&str]) {
    let line = statement_line(&statement);
    let app = shop(|stack| function(stack, "Hello").allow(statement));
    one_error(&app, says);
    assert_eq!(synth(&app).diagnostics()[0].source().map(std::panic::Location::line), Some(line));
}

/// The line on which this file makes the statement.
fn statement_line(statement: &Statement) -> u32 {
    let debug = format!("{statement:?}");
    let line = debug.split("line: ").nth(1).and_then(|tail| tail.split(',').next());
    line.and_then(|line| line.trim().parse().ok()).unwrap_or_else(|| panic!("{debug}"))
}

#[test]
fn a_statement_without_a_resource_is_an_error() {
    check_statement(
        Statement::allow(["s3:GetObject"]),
        &["Shop/Hello/Role: a statement names no resource", ".on("],
    );
}

#[test]
fn a_statement_without_an_action_is_an_error() {
    let none: [&str; 0] = [];
    check_statement(Statement::allow(none).on("*"), &["a statement names no action"]);
}

#[test]
fn an_action_without_a_service_is_an_error() {
    check_statement(Statement::allow(["GetObject"]).on("*"), &["an action has no service"]);
}
