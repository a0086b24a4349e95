//! What is attached to aliases and versions: it names them with their qualifier, and the role gets what it needs.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod common;

use common::*;
use cyanotype::prelude::*;

type Live = Alias<Json, Json>;

fn hello(stack: &Stack) -> (Fun, Live) {
    let hello = function(stack, "Hello");
    let live = hello.alias("live", &hello.publish());
    (hello, live)
}

fn template_of(attach: impl FnOnce(&Stack, &Fun, &Live)) -> Json {
    shop_template(|stack| {
        let (hello, live) = hello(stack);
        attach(stack, &hello, &live);
    })
}

#[track_caller]
fn check(id: &str, attach: impl FnOnce(&Stack, &Fun, &Live), expected: Json) {
    let template = template_of(attach);
    assert_eq!(template["Resources"][id]["Properties"], expected, "{template:#}");
}

#[track_caller]
fn wrong(attach: impl FnOnce(&Stack, &Fun, &Live), expected: &[&str]) {
    let app = shop(|stack| {
        let (hello, live) = hello(stack);
        attach(stack, &hello, &live);
    });
    one_error(&app, expected);
}

/// The statements of the role of the function, wherever its ID has moved.
fn rights(template: &Json) -> Json {
    let resources = template["Resources"].as_object().unwrap();
    let (_, role) = resources.iter().find(|(id, _)| id.starts_with("HelloRole")).unwrap();
    role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"].clone()
}

fn before() -> Version<Json, Json> {
    Version::import("arn:aws:lambda:eu-west-1:123456789012:function:hello:7").unwrap()
}

#[test]
fn everything_attached_at_once() {
    let template = template_of(|stack, hello, live| {
        let queue = |id: &str| stack.resource(id, "AWS::SQS::Queue", tree!({}));
        let (orders, lost) = (queue("Orders"), queue("Lost"));
        let topic = stack.resource("News", "AWS::SNS::Topic", tree!({}));
        hello.permit("News", live, Permission::of("sns.amazonaws.com").source_arn(topic.reference()));
        hello.url(live, UrlAuth::Public);
        let calls = AsyncInvocation::new().max_age(seconds(600)).retries(1);
        hello.asynchronous("Calls", live, calls.on_failure(Destination::Queue(lost.attribute("Arn"))));
        hello.event_source("Orders", live, EventSource::queue(orders.attribute("Arn")).reports_failures());
        live.provisioned_concurrency(5u32);
        hello.alias("next", &hello.publish()).route(&before(), 10);
    });
    insta::assert_json_snapshot!("everything.template", template);
}

#[test]
fn a_permission_is_on_the_alias_and_stays() {
    let template = template_of(|_, hello, live| {
        let topic = Permission::of("sns.amazonaws.com").source_arn("arn:aws:sns:eu-west-1:123456789012:News");
        hello.permit("News", live, topic.source_account("123456789012"));
    });
    let expected = json!({
        "Type": "AWS::Lambda::Permission",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": {
            "FunctionName": { "Ref": "HelloAliasLive" },
            "Action": "lambda:InvokeFunction",
            "Principal": "sns.amazonaws.com",
            "SourceArn": "arn:aws:sns:eu-west-1:123456789012:News",
            "SourceAccount": "123456789012",
        },
    });
    assert_eq!(template["Resources"]["HelloNews"], expected);
}

#[test]
fn a_permission_on_a_version_names_that_version() {
    let template = template_of(|_, hello, _| {
        hello.permit(
            "Partner",
            &hello.publish(),
            Permission::of("123456789012").organization("o-a1b2c3d4e5"),
        );
    });
    let names = &template["Resources"]["HelloPartner"]["Properties"]["FunctionName"]["Ref"];
    assert!(names.as_str().unwrap().starts_with("HelloVersion"), "{names}");
    assert_eq!(template["Resources"]["HelloPartner"]["UpdateReplacePolicy"], "Retain");
}

#[test]
fn what_is_attached_to_the_version_of_another_function_is_refused() {
    let expected = [
        "`News` is attached to an alias or a version of another function",
        "that this function's handle made",
    ];
    wrong(
        |stack, hello, _| {
            let other = function(stack, "Other");
            hello.permit("News", &other.publish(), Permission::of("sns.amazonaws.com"));
        },
        &expected,
    );
    wrong(|_, hello, _| hello.permit("News", &before(), Permission::of("sns.amazonaws.com")), &expected);
}

#[test]
fn a_url_is_of_the_alias_and_does_not_stay() {
    let template = template_of(|_, hello, live| hello.url(live, UrlAuth::Iam).stream_responses());
    let expected = json!({
        "Type": "AWS::Lambda::Url",
        "Properties": {
            "TargetFunctionArn": { "Ref": "HelloAliasLive" },
            "AuthType": "AWS_IAM",
            "InvokeMode": "RESPONSE_STREAM",
        },
    });
    assert_eq!(template["Resources"]["HelloLiveUrl"], expected);
}

#[test]
fn a_public_url_may_be_called_by_anyone_and_the_function_by_it_alone() {
    let public = |_: &Stack, hello: &Fun, live: &Live| drop(hello.url(live, UrlAuth::Public));
    let on = json!({ "Ref": "HelloAliasLive" });
    check(
        "HelloLivePublicUrl",
        public,
        json!({
            "FunctionName": on, "Action": "lambda:InvokeFunctionUrl", "Principal": "*", "FunctionUrlAuthType": "NONE",
        }),
    );
    check(
        "HelloLivePublicCall",
        public,
        json!({
            "FunctionName": on, "Action": "lambda:InvokeFunction", "Principal": "*", "InvokedViaFunctionUrl": true,
        }),
    );
}

#[test]
fn pages_of_other_origins_may_call_a_url_as_it_is_said() {
    let template = template_of(|_, hello, live| {
        let cors = Cors::new()
            .allow_origins(["https://www.example.com", "http://localhost:60905"])
            .allow_methods([HttpMethod::Get, HttpMethod::Post])
            .allow_headers(["content-type"])
            .expose_headers(["x-total"])
            .allow_credentials()
            .max_age(seconds(86_400));
        hello.url(live, UrlAuth::Iam).cors(cors);
    });
    let expected = json!({
        "AllowOrigins": ["https://www.example.com", "http://localhost:60905"],
        "AllowMethods": ["GET", "POST"],
        "AllowHeaders": ["content-type"],
        "ExposeHeaders": ["x-total"],
        "AllowCredentials": true,
        "MaxAge": 86_400,
    });
    assert_eq!(template["Resources"]["HelloLiveUrl"]["Properties"]["Cors"], expected);
}

#[test]
fn a_list_of_nothing_is_not_written() {
    let none: [&str; 0] = [];
    let template = template_of(|_, hello, live| {
        hello.url(live, UrlAuth::Iam).cors(Cors::new().allow_origins(["*"]).allow_headers(none));
    });
    let cors = &template["Resources"]["HelloLiveUrl"]["Properties"]["Cors"];
    assert_eq!(*cors, json!({ "AllowOrigins": ["*"] }));
}

#[test]
fn what_lambda_refuses_of_cors_is_refused() {
    let check = |cors: Cors, expected: &[&str]| {
        wrong(|_, hello, live| hello.url(live, UrlAuth::Iam).cors(cors), expected);
    };
    check(
        Cors::new().max_age(seconds(86_401)),
        &["a browser may remember it for 86401 seconds", "Lambda takes 0 to 86400"],
    );
    let origins = (0..101).map(|n| format!("https://{n}.example.com"));
    check(Cors::new().allow_origins(origins), &["it has 101 origins", "Lambda takes 100"]);
    check(
        Cors::new().allow_origins(["a".repeat(254)]),
        &["the origin `aaa", "has 254 characters", "Lambda takes 1 to 253"],
    );
    check(
        Cors::new().allow_headers([""]),
        &["the allowed header `` has 0 characters", "Lambda takes 1 to 1024"],
    );
    check(
        Cors::new().expose_headers(["a".repeat(1_025)]),
        &["the exposed header `aaa", "has 1025 characters"],
    );
    let methods = [HttpMethod::Get, HttpMethod::Head, HttpMethod::Put, HttpMethod::Post, HttpMethod::Patch];
    let all = methods.into_iter().chain([HttpMethod::Delete, HttpMethod::Any]);
    check(Cors::new().allow_methods(all), &["it has 7 methods", "Lambda takes 6"]);
}

#[test]
fn calls_that_nobody_waits_for_end_at_a_destination_to_which_the_role_may_send() {
    let template = template_of(|stack, hello, live| {
        let (lost, found) = (
            stack.resource("Lost", "AWS::SQS::Queue", tree!({})),
            stack.resource("Found", "AWS::SNS::Topic", tree!({})),
        );
        let calls = AsyncInvocation::new().max_age(seconds(600)).retries(0);
        let calls = calls.on_failure(Destination::Queue(lost.attribute("Arn")));
        hello.asynchronous("Calls", live, calls.on_success(Destination::Topic(found.reference())));
    });
    let expected = json!({
        "Type": "AWS::Lambda::EventInvokeConfig",
        "DependsOn": "HelloAliasLive",
        "Properties": {
            "FunctionName": { "Ref": "Hello" },
            "Qualifier": "live",
            "MaximumEventAgeInSeconds": 600,
            "MaximumRetryAttempts": 0,
            "DestinationConfig": {
                "OnSuccess": { "Destination": { "Ref": "Found" } },
                "OnFailure": { "Destination": { "Fn::GetAtt": ["Lost", "Arn"] } },
            },
        },
    });
    assert_eq!(template["Resources"]["HelloCalls"], expected);
    let expected = json!([
        { "Effect": "Allow", "Action": "sns:Publish", "Resource": { "Ref": "Found" } },
        { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": { "Fn::GetAtt": ["Lost", "Arn"] } },
    ]);
    assert_eq!(rights(&template), expected);
}

#[test]
fn ages_and_retries_that_lambda_refuses_are_refused() {
    wrong(
        |_, hello, live| hello.asynchronous("Calls", live, AsyncInvocation::new().max_age(seconds(59))),
        &["the age of a call is 59, and Lambda takes 60 to 21600", "give it 60 to 21600"],
    );
    wrong(
        |_, hello, live| hello.asynchronous("Calls", live, AsyncInvocation::new().retries(3)),
        &["the number of retries is 3, and Lambda takes 0 to 2", "give it 0 to 2"],
    );
}

#[test]
fn an_alias_has_one_setting_for_calls_whose_caller_does_not_wait() {
    let twice = |_: &Stack, hello: &Fun, live: &Alias<Json, Json>| {
        hello.asynchronous("OfVersion", &hello.publish(), AsyncInvocation::new());
        hello.asynchronous("Calls", live, AsyncInvocation::new());
        hello.asynchronous("Again", live, AsyncInvocation::new().retries(1));
    };
    wrong(
        twice,
        &["`Shop/Hello/Calls` does the same for the same target", "say in one how calls are treated"],
    );
}

#[test]
fn a_queue_is_read_once_for_an_alias_and_a_cluster_once_for_each_topic() {
    let read = |stack: &Stack, _: &Fun, live: &Alias<Json, Json>| {
        for topic in ["orders", "returns"] {
            let cluster = "arn:aws:kafka:eu-west-1:123456789012:cluster/main/1";
            let properties =
                tree!({ "FunctionName": live.arn(), "EventSourceArn": cluster, "Topics": [topic] });
            stack.resource(topic, "AWS::Lambda::EventSourceMapping", properties);
        }
    };
    template_of(read);
    let twice = |stack: &Stack, hello: &Fun, live: &Alias<Json, Json>| {
        let orders = stack.resource("Orders", "AWS::SQS::Queue", tree!({})).attribute("Arn");
        hello.event_source("First", live, EventSource::queue(orders.clone()));
        hello.event_source("Second", live, EventSource::queue(orders).batch_size(5));
    };
    wrong(twice, &["`Shop/Hello/First` does the same for the same target", "read it once"]);
}

#[test]
fn a_queue_is_read_by_the_role() {
    let template = template_of(|stack, hello, live| {
        let orders = stack.resource("Orders", "AWS::SQS::Queue", tree!({}));
        let source = EventSource::queue(orders.attribute("Arn")).batch_size(100).window(seconds(5));
        hello.event_source(
            "Orders",
            live,
            source.filter("{\"body\":{\"kind\":[\"new\"]}}").reports_failures(),
        );
    });
    let arn = json!({ "Fn::GetAtt": ["Orders", "Arn"] });
    let expected = json!({
        "Type": "AWS::Lambda::EventSourceMapping",
        "Properties": {
            "FunctionName": { "Ref": "HelloAliasLive" },
            "EventSourceArn": arn,
            "BatchSize": 100,
            "MaximumBatchingWindowInSeconds": 5,
            "FilterCriteria": { "Filters": [{ "Pattern": "{\"body\":{\"kind\":[\"new\"]}}" }] },
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
        },
    });
    assert_eq!(template["Resources"]["HelloOrders"], expected);
    let actions = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"];
    assert_eq!(rights(&template), json!([{ "Effect": "Allow", "Action": actions, "Resource": arn }]));
}

#[test]
fn a_stream_is_read_from_where_it_is_said() {
    let stream = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks";
    let on = json!({ "Ref": "HelloAliasLive" });
    check(
        "HelloClicks",
        |_, hello, live| hello.event_source("Clicks", live, EventSource::kinesis(stream)),
        json!({ "FunctionName": on, "EventSourceArn": stream, "StartingPosition": "LATEST" }),
    );
    let changes = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000";
    check(
        "HelloChanges",
        |_, hello, live| hello.event_source("Changes", live, EventSource::table(changes).from_start()),
        json!({ "FunctionName": on, "EventSourceArn": changes, "StartingPosition": "TRIM_HORIZON" }),
    );
}

#[test]
fn sources_that_lambda_refuses_are_refused() {
    let queue = || EventSource::queue("arn:aws:sqs:eu-west-1:123456789012:orders");
    let check = |source: EventSource, expected: &[&str]| {
        wrong(|_, hello, live| hello.event_source("Orders", live, source), expected);
    };
    check(queue().batch_size(0), &["a batch of 0 is none: Lambda takes 1 to 10000"]);
    check(queue().window(seconds(301)), &["its window is 301 seconds, and Lambda takes 300 at most"]);
    check(
        queue().batch_size(11),
        &["more than 10 messages of a queue come together only when Lambda waits", "`.window(seconds(1))`"],
    );
    check(queue().filter("new"), &["the filter `new` is no object of JSON"]);
    let six = (0..6).fold(queue(), |source, _| source.filter("{}"));
    check(six, &["it has 6 filters, and Lambda takes 5"]);
}

#[test]
fn an_alias_shares_its_calls_with_another_version() {
    let template = template_of(|_, _, live| live.route(&before(), 7));
    let routes = json!({ "AdditionalVersionWeights": [{ "FunctionVersion": "7", "FunctionWeight": 0.07 }] });
    assert_eq!(template["Resources"]["HelloAliasLive"]["Properties"]["RoutingConfig"], routes);
}

#[test]
fn an_alias_keeps_instances_ready() {
    let template = template_of(|_, _, live| live.provisioned_concurrency(5u32));
    let ready = json!({ "ProvisionedConcurrentExecutions": 5 });
    assert_eq!(template["Resources"]["HelloAliasLive"]["Properties"]["ProvisionedConcurrencyConfig"], ready);
}

#[test]
fn an_alias_that_routes_cannot_keep_instances_ready() {
    let expected = ["the alias `live` calls two versions, and keeps instances ready", "leave the route or"];
    wrong(
        |_, _, live| {
            live.route(&before(), 7);
            live.provisioned_concurrency(5u32);
        },
        &expected,
    );
    wrong(
        |_, _, live| {
            live.provisioned_concurrency(5u32);
            live.route(&before(), 7);
        },
        &expected,
    );
}

#[test]
fn a_route_that_is_none_is_refused() {
    wrong(|_, _, live| live.route(&before(), 100), &["100 percent of the calls cannot be routed"]);
    wrong(
        |stack, _, live| live.route(&function(stack, "Other").publish(), 10),
        &["the alias `live` is to call a version of another function"],
    );
    wrong(
        |_, _, live| [10, 20].into_iter().for_each(|percent| live.route(&before(), percent)),
        &["the alias `live` is to call three versions", "route to one besides its own"],
    );
}
