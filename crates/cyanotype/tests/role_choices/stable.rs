//! Roles that stay the same, whatever they may do.

use super::*;

fn may(stable: bool, rights: &[&str]) -> App {
    greeting(|_, hello, machine| {
        for table in rights {
            let get =
                Statement::allow(["dynamodb:GetItem"]).on(format!("arn:aws:dynamodb:*:*:table/{table}"));
            hello.allow(get.clone());
            machine.allow(get);
        }
        if stable {
            hello.stable_role();
            machine.stable_role();
        }
    })
}

#[test]
fn by_default_a_right_less_is_another_role_and_another_version() {
    check(&may(false, &["a", "b"]), &may(false, &["a"]), &["GreetingRole", "HelloRole", "HelloVersion"]);
    assert_eq!(warnings(&may(false, &["a"])), NOTHING);
}

#[test]
fn a_stable_role_and_its_version_stay_when_a_right_is_dropped() {
    let (before, after) = (may(true, &["a", "b"]), may(true, &["a"]));
    check(&before, &after, &[]);
    let (before, after) = (template(&before), template(&after));
    for role in ["HelloRole", "GreetingRole"] {
        assert_eq!(id(&before, role), role);
        assert_ne!(statements(&before, role), statements(&after, role));
        assert_eq!(resource(&after, role)["DeletionPolicy"], "Retain");
    }
}

#[test]
fn a_stable_role_is_said_at_the_users_line() {
    let app = may(true, &["a"]);
    let expected = |of: &str, who: &str| {
        format!(
            "Shop/{of}: its role is changed in place, so {who} get the rights of the next deploy: what runs may lose a \
             right / drop a right when nothing that runs needs it; without `.stable_role()`, another role gets the new \
             rights"
        )
    };
    let all = [expected("Hello", "published versions"), expected("Greeting", "running executions")];
    assert_eq!(warnings(&app), all);
    let lines = include_str!("stable.rs").lines();
    let calls = |of: &str| lines.clone().position(|line| line.trim() == format!("{of}.stable_role();"));
    let synthesis = synth(&app);
    let at: Vec<_> =
        synthesis.diagnostics().iter().filter_map(|d| Some(d.source()?.line() as usize)).collect();
    // The first of each in this file is that of `may`.
    assert_eq!(at, [calls("hello"), calls("machine")].map(|line| line.map_or(0, |line| line + 1)));
}

#[test]
fn roles_of_a_stack_stay_when_rights_are_dropped_and_that_is_said_once() {
    let of = |rights: &[&str]| {
        let rights: Vec<_> =
            rights.iter().map(|table| format!("arn:aws:dynamodb:*:*:table/{table}")).collect();
        greeting(|stack, hello, machine| {
            for table in &rights {
                hello.allow(Statement::allow(["dynamodb:GetItem"]).on(table));
                machine.allow(Statement::allow(["dynamodb:GetItem"]).on(table));
            }
            stack.stable_roles();
            function(stack, "Later");
        })
    };
    let before = of(&["a", "b"]);
    check(&before, &of(&["a"]), &[]);
    for role in ["HelloRole", "GreetingRole", "LaterRole"] {
        assert_eq!(id(&template(&before), role), role);
    }
    let expected = "Shop: its roles are changed in place, so running executions and published versions get the rights of the \
                    next deploy: what runs may lose a right / drop a right when nothing that runs needs it; without \
                    `.stable_roles()`, another role gets the new rights";
    assert_eq!(warnings(&before), [expected]);
}

#[test]
fn roles_of_other_stacks_move() {
    let app = App::new();
    let bank = app.stack("Bank");
    bank.stable_roles();
    function(&bank, "Hello");
    function(&app.stack("Shop"), "Hello");
    assert_ne!(id(&template(&app), "HelloRole"), "HelloRole");
}

#[test]
fn a_stable_role_stays_when_its_boundary_is_another() {
    let of = |action: &'static str| {
        greeting(|stack, hello, machine| {
            hello.stable_role();
            machine.stable_role();
            stack.permissions_boundary(policy(stack, action).reference());
        })
    };
    check(&of("s3:*"), &of("s3:Get*"), &["Boundary"]);
}

#[test]
fn what_a_stable_role_of_a_published_function_names_is_retained() {
    let template = template(&greeting(|stack, hello, _| {
        hello.stable_role();
        hello.allow(Statement::allow(["dynamodb:GetItem"]).on(table(stack, "Table").attribute("Arn")));
    }));
    assert_eq!(resource(&template, "Table")["DeletionPolicy"], "Retain");
}

#[test]
fn a_stable_role_can_be_a_principal() {
    let of = |stable: bool| {
        greeting(|stack, hello, _| {
            if stable {
                hello.stable_role();
            }
            let role = hello.role_arn();
            let principal = tree!({ "AWS": role });
            let statement =
                tree!({ "Effect": "Allow", "Principal": principal, "Action": "sqs:*", "Resource": "*" });
            let document = tree!({ "Version": "2012-10-17", "Statement": [statement] });
            let properties = tree!({ "Queues": ["q"], "PolicyDocument": document });
            stack.resource("Policy", "AWS::SQS::QueuePolicy", properties);
        })
    };
    one_error(&of(false), &["a role that moves with its rights"]);
    assert_eq!(errors(&of(true)), NOTHING);
}

#[test]
fn a_stable_role_may_be_allowed_what_only_the_deploy_knows() {
    let app = greeting(|stack, hello, _| {
        hello.stable_role();
        let table: Value<String> = stack.parameter("Table", Parameter::string());
        hello.allow(Statement::allow(["dynamodb:GetItem"]).on(table));
    });
    assert_eq!(errors(&app), NOTHING);
}
