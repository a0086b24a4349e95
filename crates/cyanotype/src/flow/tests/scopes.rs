//! Maps and Parallels: states that have scopes of their own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::*;
use crate::{path, payload, shape};

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Order {
    id: String,
    order_lines: Vec<Line>,
    price_list: Option<Vec<u32>>,
    failure: Option<ErrorOutput>,
    at_once: u32,
}
#[derive(Serialize, Deserialize, JsonSchema)]
struct Line {
    sku: String,
}
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Work {
    line_item: Value,
    order_id: String,
}

/// The state `A` of a machine in which nothing is wrong.
#[track_caller]
fn check<I, O>(machine: &Machine<I, O>, expected: Value) {
    assert_eq!(states(machine)["A"], expected);
}

fn price() -> Fake<Line, u32> {
    version("Price", "price")
}

#[test]
fn a_map_runs_a_path_for_each_item_and_keeps_what_they_yield() {
    let machine: Machine<Order, Order> = machine(|m| {
        let failed = m.fail("Failed");
        m.map("A", path!(Order => order_lines), |line| line.task("Price", &price()).then(line.end()))
            .into_field(path!(Order => price_list))
            .retry(Retry::on(["Busy"]))
            .catch_into(["States.ALL"], path!(Order => failure), failed)
            .then(m.end())
    });
    check(
        &machine,
        json!({
            "Type": "Map", "ItemsPath": "$.orderLines", "ResultPath": "$.priceList",
            "ItemProcessor": {
                "StartAt": "Price",
                "States": { "Price": { "Type": "Task", "Resource": "${Price}", "End": true } },
            },
            "Retry": [{ "ErrorEquals": ["Busy"] }],
            "Catch": [{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.failure", "Next": "Failed" }],
            "End": true,
        }),
    );
    assert_eq!(machine.into_parts().tasks.keys().collect::<Vec<_>>(), ["Price"]);
}

#[test]
fn a_map_says_how_many_run_at_once_and_what_each_gets() {
    let machine: Machine<Order, Vec<Work>> = machine(|m| {
        let work = shape!(Order => Work { line_item: (context::map_item_value()), order_id: id });
        let all =
            items(path!(Order => order_lines)).max_concurrency_at(path!(Order => at_once)).selecting(work);
        m.map("A", all, |each| each.pass("Each").then(each.end())).then(m.end())
    });
    check(
        &machine,
        json!({
            "Type": "Map", "ItemsPath": "$.orderLines", "MaxConcurrencyPath": "$.atOnce",
            "ItemSelector": { "line-item.$": "$$.Map.Item.Value", "order-id.$": "$.id" },
            "ItemProcessor": { "StartAt": "Each", "States": { "Each": { "Type": "Pass", "End": true } } },
            "End": true,
        }),
    );
}

#[test]
fn a_distributed_map_has_batches_a_reader_and_a_writer() {
    let machine: Machine<Order, Value> = machine(|m| {
        let rows = s3::csv(payload!({ "Bucket": "rows", "Key": (path!(Order => id)) }))
            .headers(["sku"])
            .delimiter(CsvDelimiter::Semicolon)
            .max_items(9)
            .distributed::<Line>(ExecutionType::Express)
            .label("Rows")
            .max_concurrency(100)
            .tolerated_failures(3)
            .tolerated_failure_percentage(2.5)
            .batched(batches().max_items(10).max_bytes(1_000).input(payload!({ "a": 1 })))
            .write_to(payload!({ "Bucket": "out", "Prefix": "x" }))
            .written_as(OutputType::JsonLines, WriterTransformation::Compact);
        let work = m.map("A", rows, |batch: Scope<'_, Vec<Line>>| {
            batch.select("Each", path!(Batch<Line> => items)).then(batch.end())
        });
        work.assume::<Value>().then(m.end())
    });
    check(
        &machine,
        json!({
            "Type": "Map", "Label": "Rows", "MaxConcurrency": 100,
            "ItemReader": {
                "Resource": "arn:${Partition}:states:::s3:getObject",
                "Parameters": { "Bucket": "rows", "Key.$": "$.id" },
                "ReaderConfig": {
                    "InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["sku"], "CSVDelimiter": "SEMICOLON",
                    "MaxItems": 9,
                },
            },
            "ItemBatcher": { "MaxItemsPerBatch": 10, "MaxInputBytesPerBatch": 1000, "BatchInput": { "a": 1 } },
            "ToleratedFailureCount": 3, "ToleratedFailurePercentage": 2.5,
            "ItemProcessor": {
                "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS" },
                "StartAt": "Each", "States": { "Each": { "Type": "Pass", "OutputPath": "$.Items", "End": true } },
            },
            "ResultWriter": {
                "Resource": "arn:${Partition}:states:::s3:putObject",
                "Parameters": { "Bucket": "out", "Prefix": "x" },
                "WriterConfig": { "Transformation": "COMPACT", "OutputType": "JSONL" },
            },
            "End": true,
        }),
    );
}

#[test]
fn every_place_in_s3_has_a_reader() {
    #[track_caller]
    fn check(reader: s3::Reader<Value>, resource: &str, config: Value) {
        let machine: Machine<Value, Vec<Value>> = machine(|m| {
            let items = reader.distributed::<Value>(ExecutionType::Standard);
            m.map("A", items, |each| each.pass("Each").then(each.end())).then(m.end())
        });
        let reader = &states(&machine)["A"]["ItemReader"];
        assert_eq!(reader["Resource"], format!("arn:${{Partition}}:states:::s3:{resource}"));
        assert_eq!(reader["ReaderConfig"], config);
    }
    let bucket = || payload!({ "Bucket": "b", "Key": "k" });
    check(
        s3::json(bucket()).pointer("/a"),
        "getObject",
        json!({ "InputType": "JSON", "ItemsPointer": "/a" }),
    );
    check(s3::json_lines(bucket()), "getObject", json!({ "InputType": "JSONL" }));
    check(s3::csv(bucket()), "getObject", json!({ "InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW" }));
    check(s3::parquet(bucket()), "getObject", json!({ "InputType": "PARQUET" }));
    check(
        s3::manifest(bucket(), ManifestType::AthenaData).format(InputType::Csv),
        "getObject",
        json!({ "InputType": "CSV", "ManifestType": "ATHENA_DATA" }),
    );
    let objects = || payload!({ "Bucket": "b", "Prefix": "p" });
    check(s3::objects(objects()), "listObjectsV2", Value::Null);
    check(
        s3::contents(objects(), InputType::Json),
        "listObjectsV2",
        json!({ "InputType": "JSON", "Transformation": "LOAD_AND_FLATTEN" }),
    );
}

#[test]
fn a_parallel_yields_what_its_branches_do() {
    let machine: Machine<Line, u32> = machine(|m| {
        let both = (
            branch(|b| b.task("Price", &price()).then(b.end())),
            branch(|b| b.pass_result("Text", "x".to_owned()).then(b.end())),
        );
        m.parallel("A", both).select(path!((u32, String) => 0)).then(m.end())
    });
    check(
        &machine,
        json!({
            "Type": "Parallel",
            "Branches": [
                { "StartAt": "Price", "States": { "Price": { "Type": "Task", "Resource": "${Price}", "End": true } } },
                { "StartAt": "Text", "States": { "Text": { "Type": "Pass", "Result": "x", "End": true } } },
            ],
            "OutputPath": "$[0]",
            "End": true,
        }),
    );
}

#[test]
fn as_many_branches_as_there_are() {
    let machine: Machine<Line, Vec<u32>> = machine(|m| {
        let each = |n: u32| branch(move |b| b.task(&format!("Price {n}"), &price()).then(b.end()));
        m.parallel("A", (0..20).map(each).collect::<Vec<_>>()).then(m.end())
    });
    assert_eq!(states(&machine)["A"]["Branches"].as_array().map(Vec::len), Some(20));
}

#[test]
fn a_parallel_shapes_what_its_branches_take() {
    let machine: Machine<Order, Vec<u32>> = machine(|m| {
        let first = path!(Order => order_lines);
        let each = branch(|b: Scope<'_, u32>| b.pass_result::<Vec<Line>, _>("One", 1).then(b.end()));
        m.parallel("A", vec![each]).input(first).then(m.end())
    });
    assert_eq!(states(&machine)["A"]["InputPath"], "$.orderLines");
}

#[test]
fn names_are_unique_in_all_scopes() {
    let machine: Machine<Line, (u32, u32)> = machine(|m| {
        let both = (
            branch(|b| b.task("A", &price()).then(b.end())),
            branch(|b| b.task("Same", &price()).then(b.end())),
        );
        m.parallel("Same", both).then(m.end())
    });
    let found = messages(&machine);
    assert!(
        matches!(found.as_slice(), [one] if one.starts_with("Same: this name is taken by the state at ")),
        "{found:?}"
    );
}

#[test]
fn what_is_wrong_within_a_scope_is_said_with_its_state() {
    let machine: Machine<Order, Vec<Value>> = machine(|m| {
        m.map("A", path!(Order => order_lines), |line| {
            let _ = line.wait::<()>("Alone", seconds(1)).then(line.fail("F"));
            line.template("Each", payload!({ "a.$": "x" })).then(line.end())
        })
        .then(m.end())
    });
    let found = messages(&machine);
    let expected = [
        "Alone: no path leads to this state",
        "F: no path leads to this state",
        "Each: `a.$` would be read as a path",
    ];
    for message in expected {
        assert!(found.iter().any(|found| found == message), "{message} is not in {found:?}");
    }
}

#[test]
fn a_scope_without_a_state_is_an_error() {
    let machine: Machine<Value, (Value,)> =
        machine(|m| m.parallel("A", (branch(|b| b.end()),)).then(m.end()));
    assert!(
        messages(&machine).contains(&"there is no state to start in".to_owned()),
        "{:?}",
        messages(&machine)
    );
}

#[test]
fn no_depth_of_scopes_overflows_the_stack() {
    let mut nested: Branch<Value, Value> = branch(|b| b.pass("Innermost").then(b.end()));
    for n in 0..10_000 {
        nested = branch(|b| b.parallel(&format!("{n}"), vec![nested]).assume::<Value>().then(b.end()));
    }
    let machine: Machine<Value, Value> =
        machine(|m| m.parallel("Outermost", vec![nested]).assume::<Value>().then(m.end()));
    let found = messages(&machine);
    assert!(
        found.iter().any(|message| message.ends_with("scopes are nested more than 100 deep")),
        "{found:?}"
    );
}
