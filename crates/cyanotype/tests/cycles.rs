//! Rights that close a cycle, and cycles that are a mistake.
#![allow(clippy::panic, reason = "a test that cannot go on should say where")]

mod common;

use common::*;
use cyanotype::prelude::*;

/// A function that may start the machine that calls it.
fn starts_its_caller(props: StateMachineProps) -> Json {
    shop_template(|stack| {
        let hello = function(stack, "Hello");
        let greeting = calls_with(stack, "Greeting", &[&hello.publish()], props);
        hello.allow(Statement::allow(["states:StartExecution"]).on(greeting.arn()));
    })
}

/// A bucket that notifies a version of the function that reads it.
fn reads_what_notifies_it(right_first: bool) -> Json {
    shop_template(|stack| {
        let hello = function(stack, "Hello");
        let right = |bucket: &Resource| Statement::allow(["s3:GetObject"]).on(bucket.attribute("Arn"));
        let version = hello.publish();
        let configuration = tree!({ "Event": "s3:ObjectCreated:*", "Function": version.arn() });
        let properties = tree!({ "NotificationConfiguration": { "LambdaConfigurations": [configuration] } });
        let bucket = stack.resource("Bucket", "AWS::S3::Bucket", properties);
        hello.allow(right(&bucket));
        if right_first {
            hello.allow(Statement::allow(["sqs:SendMessage"]).on("*"));
        } else {
            let other = Statement::allow(["sqs:SendMessage"]).on("*");
            hello.allow(other);
        }
    })
}

#[test]
fn a_function_that_starts_its_caller_names_it_by_the_pattern_of_generated_names() {
    let template = starts_its_caller(StateMachineProps::default());
    let [statement] = &statements(&template, "HelloRole")[..] else { panic!("{template:#}") };
    let pattern = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:Greeting-*";
    assert_eq!(statement["Resource"], json!({ "Fn::Sub": pattern }));
}

#[test]
fn a_machine_with_a_name_is_named_by_it() {
    let template = starts_its_caller(StateMachineProps::builder().name("greeting").build());
    let [statement] = &statements(&template, "HelloRole")[..] else { panic!("{template:#}") };
    let arn = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:greeting";
    assert_eq!(statement["Resource"], json!({ "Fn::Sub": arn }));
}

#[test]
fn the_pattern_of_a_machine_that_moves_is_that_of_its_new_id() {
    let express = StateMachineProps::builder().machine_type(StateMachineType::Express).build();
    let template = starts_its_caller(express);
    let machine = id(&template, "Greeting");
    let [statement] = &statements(&template, "HelloRole")[..] else { panic!("{template:#}") };
    assert!(statement["Resource"].to_string().contains(&format!(":stateMachine:{machine}-*")), "{statement}");
}

#[test]
fn a_right_on_a_machine_that_closes_no_cycle_refers_to_it() {
    let template = shop_template(|stack| {
        let greeting = calls(stack, "Greeting", &[]);
        function(stack, "Hello").allow(Statement::allow(["states:StartExecution"]).on(greeting.arn()));
    });
    assert_eq!(statements(&template, "HelloRole")[0]["Resource"], json!({ "Ref": "Greeting" }));
}

#[test]
fn any_other_right_that_closes_a_cycle_stands_beside_the_role_and_stays_with_it() {
    let template = reads_what_notifies_it(true);
    let role = id(&template, "HelloRole");
    let policy = resource(&template, "HelloRoleDetached");
    assert_eq!(id(&template, "HelloRoleDetached"), role.replace("HelloRole", "HelloRoleDetached"));
    assert_eq!(policy["Type"], "AWS::IAM::Policy");
    assert_eq!(policy["DeletionPolicy"], "Retain");
    assert_eq!(policy["UpdateReplacePolicy"], "Retain");
    assert_eq!(policy["Properties"]["Roles"], json!([{ "Ref": role }]));
    let statement = &policy["Properties"]["PolicyDocument"]["Statement"];
    assert_eq!(statement[0]["Resource"], json!({ "Fn::GetAtt": ["Bucket", "Arn"] }));
    // What closes no cycle stays in the role, so that the function has it from its first moment.
    assert_eq!(statements(&template, "HelloRole")[0]["Action"], "sqs:SendMessage");
}

#[test]
fn the_order_of_calls_decides_nothing() {
    assert_eq!(reads_what_notifies_it(true), reads_what_notifies_it(false));
}

#[test]
fn a_detached_right_that_is_dropped_is_another_role() {
    let without = shop_template(|stack| {
        let hello = function(stack, "Hello");
        hello.allow(Statement::allow(["sqs:SendMessage"]).on("*"));
        hello.publish()
    });
    assert_ne!(id(&without, "HelloRole"), id(&reads_what_notifies_it(true), "HelloRole"));
}

#[test]
fn functions_that_may_call_each_other_are_treated_alike() {
    let template = shop_template(|stack| {
        let (a, b) = (function(stack, "Ping"), function(stack, "Pong"));
        a.allow(Statement::allow(["lambda:InvokeFunction"]).on(b.publish().arn()));
        b.allow(Statement::allow(["lambda:InvokeFunction"]).on(a.publish().arn()));
    });
    for base in ["PingRoleDetached", "PongRoleDetached"] {
        assert_eq!(resource(&template, base)["Type"], "AWS::IAM::Policy");
    }
    assert_eq!(property(&template, "PingRole", "Policies"), Json::Null);
}

#[test]
fn a_cycle_through_environments_is_an_error_that_names_each_link() {
    let app = shop(|stack| {
        let (a, b) = (function(stack, "Ping"), function(stack, "Pong"));
        a.environment("OTHER", b.arn());
        b.environment("OTHER", a.arn());
    });
    one_error(
        &app,
        &[
            "Shop/Ping: CloudFormation can make none of these first, since each needs the next:",
            "\n  `Shop/Ping` needs `Shop/Pong` (in `Environment.Variables.OTHER`)",
            "\n  `Shop/Pong` needs `Shop/Ping` (in `Environment.Variables.OTHER`)",
            " / break one link: name a resource by a pattern or a fixed name",
        ],
    );
}

#[test]
fn a_resource_that_refers_to_itself_is_an_error() {
    let app = shop(|stack| {
        let queue = stack.resource("Queue", "AWS::SQS::Queue", tree!({}));
        queue.clone().tag("me", queue.attribute("Arn"));
    });
    one_error(&app, &["`Shop/Queue` needs `Shop/Queue` (in `Tags[0].Value`)"]);
}

#[test]
fn a_cycle_by_depends_on_is_an_error() {
    let app = shop(|stack| {
        let a = stack.resource("One", "AWS::SQS::Queue", tree!({}));
        let b = stack.resource("Two", "AWS::SQS::Queue", tree!({}));
        b.clone().depends_on(&a);
        a.depends_on(&b);
    });
    one_error(&app, &["`Shop/One` needs `Shop/Two` (by `depends_on`)"]);
}

/// A function that may start `Outer`, which nests `Inner`, which calls the function.
fn starts_its_callers_caller(inner: StateMachineProps) -> Json {
    shop_template(|stack| {
        let hello = function(stack, "Hello");
        let inner = calls_with(stack, "Inner", &[&hello.publish()], inner);
        let outer = nests(stack, "Outer", &[&inner.publish()]);
        hello.allow(Statement::allow(["states:StartExecution"]).on(outer.arn()));
    })
}

/// What a role may do with machines and executions, by name of the action.
fn resource_of(template: &Json, role: &str, action: &str) -> Json {
    let of_action = |statement: &&Json| statement["Action"].to_string().contains(action);
    let statements = statements(template, role);
    let [statement] = statements.iter().filter(of_action).collect::<Vec<_>>()[..] else {
        panic!("{statements:#?}")
    };
    statement["Resource"].clone()
}

#[test]
fn a_nested_machine_in_a_circle_and_its_executions_are_named_by_patterns() {
    let own = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}";
    let template = starts_its_callers_caller(StateMachineProps::default());
    let start = resource_of(&template, "OuterRole", "states:StartExecution");
    assert_eq!(start, json!({ "Fn::Sub": format!("{own}:stateMachine:Inner-*") }));
    let follow = resource_of(&template, "OuterRole", "states:StopExecution");
    assert_eq!(follow, json!({ "Fn::Sub": format!("{own}:execution:Inner-*:*") }));
    let start = resource_of(&template, "HelloRole", "states:StartExecution");
    assert_eq!(start, json!({ "Fn::Sub": format!("{own}:stateMachine:Outer-*") }));
}

#[test]
fn a_nested_machine_in_a_circle_that_has_a_name_is_named_by_it() {
    let own = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}";
    let template = starts_its_callers_caller(StateMachineProps::builder().name("inner").build());
    let follow = resource_of(&template, "OuterRole", "states:StopExecution");
    assert_eq!(follow, json!({ "Fn::Sub": format!("{own}:execution:inner:*") }));
}

#[test]
fn a_nested_machine_in_a_circle_that_moves_moves_the_roles_that_name_it() {
    let express = StateMachineProps::builder().machine_type(StateMachineType::Express).build();
    let (before, after) =
        (starts_its_callers_caller(StateMachineProps::default()), starts_its_callers_caller(express));
    let moved = moved(&before, &after);
    for base in ["Inner", "InnerVersion", "OuterRole"] {
        assert!(moved.contains(base), "{base} in {moved:?}");
    }
}

#[test]
fn a_machine_may_start_itself_by_the_pattern_of_its_name() {
    let template = shop_template(|stack| {
        let inner = calls(stack, "Inner", &[]);
        let executions = Value::concat(["arn:aws:states:*:*:execution:".into(), inner.name(), ":*".into()]);
        inner.allow(Statement::allow(["states:StartExecution"]).on(inner.arn()));
        inner.allow(Statement::allow(["states:StopExecution"]).on(executions));
    });
    let own = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}";
    let start = resource_of(&template, "InnerRole", "states:StartExecution");
    assert_eq!(start, json!({ "Fn::Sub": format!("{own}:stateMachine:Inner-*") }));
    let stop = resource_of(&template, "InnerRole", "states:StopExecution");
    assert_eq!(stop, "arn:aws:states:*:*:execution:Inner-*:*");
}

#[test]
fn machines_that_may_start_each_other_name_each_other_by_patterns() {
    let template = shop_template(|stack| {
        let (ping, pong) = (calls(stack, "Ping", &[]), calls(stack, "Pong", &[]));
        ping.allow(Statement::allow(["states:StartExecution"]).on(pong.arn()));
        pong.allow(Statement::allow(["states:StartExecution"]).on(ping.arn()));
    });
    for (role, other) in [("PingRole", "Pong"), ("PongRole", "Ping")] {
        let start = resource_of(&template, role, "states:StartExecution");
        assert!(start.to_string().contains(&format!(":stateMachine:{other}-*")), "{start}");
    }
}

#[test]
fn a_circle_of_definitions_is_an_error_that_names_each_link() {
    let app = shop(|stack| {
        // The one way to tell a definition of a machine that is made after it.
        let hello = function(stack, "Hello");
        let inner = calls(stack, "Inner", &[&hello.publish()]);
        let outer = nests(stack, "Outer", &[&inner.publish()]);
        hello.environment("OUTER", outer.publish().arn());
    });
    one_error(
        &app,
        &[
            "CloudFormation can make none of these first, since each needs the next:",
            "\n  `Shop/Inner` needs `Shop/Hello/Version` (in `DefinitionString`)",
            "\n  `Shop/Outer` needs `Shop/Inner/Version` (in `DefinitionString`)",
            "\n  `Shop/Hello` needs `Shop/Outer/Version` (in `Environment.Variables.OUTER`)",
        ],
    );
}

/// A function that may call its own version.
fn calls_itself(code: &str) -> Json {
    shop_template(|stack| {
        let props = FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler");
        let hello = Fun::new(stack, "Hello", props.code(Code::inline(code)).build());
        hello.allow(Statement::allow(["lambda:InvokeFunction"]).on(hello.publish().arn()));
    })
}

#[test]
fn a_right_on_a_version_that_calls_back_is_one_on_all_versions_and_does_not_move() {
    let (one, two) = (calls_itself("1"), calls_itself("2"));
    let statement = &property(&one, "HelloRoleDetached", "PolicyDocument")["Statement"][0];
    assert_eq!(statement["Resource"], json!({ "Fn::Sub": "${Hello.Arn}:*" }));
    assert_eq!(resource(&one, "HelloRoleDetached"), resource(&two, "HelloRoleDetached"));
    assert_eq!(moved(&one, &two), ["HelloVersion".to_owned()].into());
}

#[test]
fn a_part_of_a_version_s_arn_that_calls_back_is_an_error() {
    let app = shop(|stack| {
        let hello = function(stack, "Hello");
        let arn = Value::concat([hello.publish().arn(), "/x".into()]);
        hello.allow(Statement::allow(["lambda:InvokeFunction"]).on(arn));
    });
    one_error(
        &app,
        &["a statement names `Shop/Hello/Version`, whose identity depends on what this role may do"],
    );
}

#[test]
fn a_resource_that_is_replaced_moves_the_detached_right_and_its_role() {
    let of = |name: &str| {
        shop_template(|stack| {
            let hello = function(stack, "Hello");
            let configuration = tree!({ "Event": "s3:ObjectCreated:*", "Function": hello.publish().arn() });
            let configuration = tree!({ "LambdaConfigurations": [configuration] });
            let properties = tree!({ "BucketName": name, "NotificationConfiguration": configuration });
            let bucket = stack.resource("Bucket", "AWS::S3::Bucket", properties);
            hello.allow(Statement::allow(["s3:GetObject"]).on(bucket.attribute("Arn")));
        })
    };
    let moved = moved(&of("aa"), &of("bb"));
    assert_eq!(moved, ["HelloRole", "HelloRoleDetached", "HelloVersion"].map(str::to_owned).into());
}
