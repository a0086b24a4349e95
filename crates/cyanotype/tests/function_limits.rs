//! What Lambda takes of functions at most, and not together: environment variables, code with its layers, snapshots
//! with instances that are kept ready, and runtimes that move under published versions.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod common;

use std::fs;

use camino::Utf8PathBuf;
use common::*;
use cyanotype::prelude::*;

fn of(props: FunctionProps) -> App {
    shop(|stack| Fun::new(stack, "Hello", props))
}

/// All that is said of one function.
#[track_caller]
fn refused(props: FunctionProps, expected: &[&str]) {
    let expected: Vec<_> = expected.iter().map(|text| format!("Shop/Hello: {text}")).collect();
    assert_eq!(errors(&of(props)), expected);
}

#[test]
fn environment_variables_have_4_kb_in_all() {
    // `{"AA":"…","BB":"…"}` has 17 bytes beside the values.
    let with = |second: usize| props!(environment([("AA", "a".repeat(2_000)), ("BB", "b".repeat(second))]));
    refused(with(2_079), &[]);
    let expected = "its environment variables have 4097 bytes as JSON, and Lambda takes 4096 / keep what is long in a \
                    parameter of SSM, or in a file beside the code, and have the function read it";
    refused(with(2_080), &[expected]);
    // As they are measured, a quote has two bytes and a letter with an accent has two.
    let awkward = |count: usize| props!(environment([("AA", "\"".repeat(count)), ("BB", "é".repeat(1_000))]));
    refused(awkward(1_039), &[]);
    refused(awkward(1_040), &[expected]);
}

#[test]
fn what_only_the_deploy_knows_counts_nothing_towards_the_4_kb() {
    let region = || Value::concat([Value::pseudo(Pseudo::Region), "a".repeat(5_000).into()]);
    refused(props!(environment([("AA", region())])), &[]);
}

#[test]
fn what_lambda_sets_itself_cannot_be_set() {
    let said = |name: &str| {
        format!(
            "the environment variable `{name}` is one that Lambda sets / give it another name: Lambda takes none of \
             its own"
        )
    };
    for name in ["AWS_REGION", "AWS_LAMBDA_FUNCTION_NAME", "LAMBDA_TASK_ROOT", "_HANDLER", "_X_AMZN_TRACE_ID"]
    {
        refused(props!(environment([(name, "1")])), &[&said(name)]);
    }
    for name in
        ["AWS_LAMBDA_EXEC_WRAPPER", "TZ", "PATH", "NODE_OPTIONS", "AWS_NODEJS_CONNECTION_REUSE_ENABLED"]
    {
        refused(props!(environment([(name, "1")])), &[]);
    }
}

/// A directory with a file that is as long as that, and holds nothing.
fn directory(bytes: u64) -> (tempfile::TempDir, Utf8PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let root = Utf8PathBuf::from_path_buf(place.path().into()).unwrap();
    fs::File::create(root.join("index.js")).unwrap().set_len(bytes).unwrap();
    (place, root)
}

#[test]
fn code_and_layers_have_250_mb_together() {
    let ((_code, code), (_layer, files)) = (directory(1_000), directory(262_143_000));
    let app = |handler: &str| {
        fs::write(code.join("handler.js"), handler).unwrap();
        shop(|stack| {
            let layer = LayerVersion::new(
                stack,
                "Shared",
                LayerProps::builder().content(Code::directory(&files)).build(),
            );
            let props = FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler");
            Fun::new(stack, "Hello", props.code(Code::directory(&code)).layers([&layer]).build());
        })
    };
    assert_eq!(errors(&app("")), [""; 0]);
    let expected = "Shop/Hello: its code has 1001 bytes unzipped and its layers 262143000, together 262144001, and \
                    Lambda takes 262144000 / leave out what the function does not need at run time, or make it an \
                    image: `FunctionProps::image(..)`";
    assert_eq!(errors(&app("1")), [expected]);
}

#[test]
fn a_layer_of_which_no_size_is_known_counts_nothing() {
    let (_keep, code) = directory(262_144_000);
    let props = FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler");
    refused(
        props
            .code(Code::directory(&code))
            .layers(["arn:aws:lambda:eu-west-1:123456789012:layer:a:1"])
            .build(),
        &[],
    );
}

#[test]
fn a_version_that_starts_from_a_snapshot_has_no_instances_kept_ready() {
    let app = |on: SnapStart, ready: bool| {
        shop(|stack| {
            let props = FunctionProps::builder().runtime(Runtime::PYTHON_3_13).handler("index.handler");
            let hello = Fun::new(stack, "Hello", props.code(Code::inline("")).snap_start(on).build());
            let live = hello.alias("live", &hello.publish());
            if ready {
                live.provisioned_concurrency(5u32);
            }
        })
    };
    let expected = "Shop/Hello/Alias/live: it keeps instances ready, and its function has SnapStart / Lambda takes \
                    one of these: leave out `.provisioned_concurrency(..)` or `.snap_start(..)`";
    assert_eq!(errors(&app(SnapStart::PublishedVersions, true)), [expected]);
    assert_eq!(errors(&app(SnapStart::PublishedVersions, false)), [""; 0]);
    assert_eq!(errors(&app(SnapStart::None, true)), [""; 0]);
}

#[test]
fn a_runtime_that_its_publisher_moves_is_a_warning_for_a_published_function() {
    let app = |updates: Option<RuntimeUpdates>, publish: bool| {
        shop(|stack| {
            let props = FunctionProps::builder().runtime(Runtime::other("custom")).handler("index.handler");
            let props =
                props.code(Code::s3("shop-builds", "hello.zip").version("1")).runtime_updates_opt(updates);
            let hello = Fun::new(stack, "Hello", props.build());
            if publish {
                hello.publish();
            }
        })
    };
    let expected = "Shop/Hello: its runtime is customer-managed, and the function is published: when the publisher \
                    points the runtime's alias to something else, published versions run on that from their next \
                    start on / keep the runtime of a version: `.runtime_updates(RuntimeUpdates::FunctionUpdate)`; or \
                    say that it may move: `RuntimeUpdates::Auto`";
    assert_eq!(warnings(&app(None, true)), [expected]);
    assert_eq!(warnings(&app(None, false)), [""; 0]);
    for updates in [RuntimeUpdates::Auto, RuntimeUpdates::FunctionUpdate] {
        assert_eq!(warnings(&app(Some(updates), true)), [""; 0]);
    }
}
