//! Map and Parallel.

use cyanotype_asl::Kind;

use super::{check_jsonata, check_kind, check_state};

const INNER: &str = r#""StartAt": "I", "States": { "I": { "Type": "Pass", "End": true } }"#;

#[track_caller]
fn inline(features: &str, fields: &str, expected: &[&str]) {
    check_state(features, &format!(r#""Type": "Map", "ItemProcessor": {{ {INNER} }}, {fields}"#), expected);
}

#[track_caller]
fn distributed(features: &str, fields: &str, expected: &[&str]) {
    let config = r#""ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" }"#;
    check_state(
        features,
        &format!(r#""Type": "Map", "ItemProcessor": {{ {config}, {INNER} }}, {fields}"#),
        expected,
    );
}

#[test]
fn a_parallel_has_branches() {
    check_state("F22", &format!(r#""Type": "Parallel", "Branches": [{{ {INNER}, "Comment": "c" }}]"#), &[]);
    check_state("F22", r#""Type": "Parallel", "Branches": []"#, &["/Branches: Value cannot be empty"]);
    check_state("F22", r#""Type": "Parallel""#, &[": These fields are required: [Branches]"]);
    check_state(
        "F22",
        &format!(r#""Type": "Parallel", "Branches": [{{ {INNER}, "QueryLanguage": "JSONata" }}]"#),
        &["/Branches[0]: Field 'QueryLanguage' is not supported"],
    );
}

#[test]
fn a_map_has_one_processor() {
    inline("M1", r#""Comment": "c""#, &[]);
    check_state("M1", &format!(r#""Type": "Map", "Iterator": {{ {INNER} }}"#), &[]);
    check_state("M1", r#""Type": "Map""#, &[": These fields are required: [ItemProcessor]"]);
    let both = format!(
        r#""Type": "Map", "ItemProcessor": {{ {INNER} }}, "Iterator": {{ "StartAt": "J", "States": {{ "J": {{ "Type": "Pass", "End": true }} }} }}"#
    );
    check_state("M1", &both, &[": Only one of these fields is possible: [ItemProcessor, Iterator]"]);
}

#[test]
fn a_processor_says_how_it_runs() {
    let of = |config: &str| {
        format!(r#""Type": "Map", "ItemProcessor": {{ "ProcessorConfig": {config}, {INNER} }}"#)
    };
    check_state("M2", &of(r#"{ "Mode": "INLINE" }"#), &[]);
    check_state(
        "M2",
        &of(r#"{ "Mode": "FAST" }"#),
        &["/ItemProcessor/ProcessorConfig/Mode: Value is not one of [INLINE, DISTRIBUTED]: 'FAST'"],
    );
    check_state(
        "M3",
        &of(r#"{ "Mode": "DISTRIBUTED" }"#),
        &["/ItemProcessor/ProcessorConfig: These fields are required: [ExecutionType]"],
    );
    check_state(
        "M3",
        &of(r#"{ "Mode": "INLINE", "ExecutionType": "EXPRESS" }"#),
        &["/ItemProcessor/ProcessorConfig: 'ExecutionType' does nothing in an INLINE Map"],
    );
}

#[test]
fn items_come_from_one_place() {
    inline("M4 M6", r#""ItemsPath": "$.items", "ItemSelector": { "i.$": "$$.Map.Item.Value" }"#, &[]);
    inline(
        "M6",
        r#""ItemSelector": {}, "Parameters": {}"#,
        &[": Only one of these fields is possible: [ItemSelector, Parameters]"],
    );
    let jsonata = |items: &str| format!(r#""Type": "Map", "ItemProcessor": {{ {INNER} }}, "Items": {items}"#);
    for items in [r#""{% $states.input %}""#, "[1, 2]", r#"{ "a": 1 }"#] {
        check_jsonata("M5", &jsonata(items), &[]);
    }
}

#[test]
fn numbers_of_a_map_are_in_range_and_given_in_one_way() {
    inline("M7", r#""MaxConcurrency": 0"#, &[]);
    inline(
        "M7",
        r#""MaxConcurrency": -1"#,
        &["/MaxConcurrency: 0 to 4294967295 is possible, and this is -1"],
    );
    inline(
        "M8",
        r#""MaxConcurrency": 1, "MaxConcurrencyPath": "$.n""#,
        &[": Only one of these fields is possible: [MaxConcurrency, MaxConcurrencyPath]"],
    );
    distributed(
        "M9",
        r#""ToleratedFailureCount": 1, "ToleratedFailureCountPath": "$.n""#,
        &[": Only one of these fields is possible: [ToleratedFailureCount, ToleratedFailureCountPath]"],
    );
    distributed("M10", r#""ToleratedFailurePercentage": 12.5"#, &[]);
    distributed(
        "M10",
        r#""ToleratedFailurePercentage": 101"#,
        &["/ToleratedFailurePercentage: 0 to 100 is possible, and this is 101"],
    );
}

#[test]
fn a_label_is_short_and_plain() {
    distributed("M11", r#""Label": "orders-1""#, &[]);
    distributed(
        "M11",
        &format!(r#""Label": "{}""#, "x".repeat(41)),
        &["/Label: a label has 1 to 40 characters"],
    );
    for c in " ?*<>{}[]:;,|^~$#%&`".chars() {
        distributed(
            "M11",
            &format!(r#""Label": "a{c}""#),
            &[&format!("/Label: Label contains invalid character: {c:?}")],
        );
    }
}

#[test]
fn a_reader_reads_from_s3() {
    let reader = |fields: &str| {
        format!(r#""ItemReader": {{ "Resource": "arn:aws:states:::s3:getObject", {fields} }}"#)
    };
    distributed("M12 M13", &reader(r#""Parameters": { "Bucket.$": "$.b", "Key": "k" }"#), &[]);
    distributed(
        "M12",
        r#""ItemReader": { "Resource": "arn:aws:states:::s3:putObject" }"#,
        &["/ItemReader: The resource provided arn:aws:states:::s3:putObject is not recognized"],
    );
    distributed(
        "M13",
        &reader(r#""Arguments": {}"#),
        &[
            "/ItemReader/Arguments: The QueryLanguage is set to 'JSONPath', but field 'Arguments' is only supported for the 'JSONata' QueryLanguage",
        ],
    );
    distributed(
        "M4 M12",
        &format!(r#""ItemsPath": "$.items", {}"#, reader(r#""Parameters": {}"#)),
        &[": 'ItemsPath' does nothing beside 'ItemReader'"],
    );
    let config = |fields: &str| reader(&format!(r#""ReaderConfig": {{ {fields} }}"#));
    distributed("M14", &config(r#""InputType": "JSONL""#), &[]);
    distributed(
        "M14",
        &config(r#""InputType": "XML""#),
        &[
            "/ItemReader/ReaderConfig/InputType: Value is not one of [CSV, JSON, JSONL, PARQUET, MANIFEST]: 'XML'",
        ],
    );
    distributed(
        "M15",
        &config(r#""InputType": "CSV", "CSVHeaderLocation": "GIVEN""#),
        &["/ItemReader/ReaderConfig: These fields are required: [CSVHeaders]"],
    );
    distributed("M15", &config(r#""CSVHeaderLocation": "GIVEN", "CSVHeaders": ["a"]"#), &[]);
    distributed(
        "M16",
        &config(r#""CSVDelimiter": "DASH""#),
        &[
            "/ItemReader/ReaderConfig/CSVDelimiter: Value is not one of [COMMA, PIPE, SEMICOLON, SPACE, TAB]: 'DASH'",
        ],
    );
    distributed("M17", &config(r#""MaxItems": 0"#), &[]);
    distributed(
        "M17",
        &config(r#""MaxItems": 1, "MaxItemsPath": "$.n""#),
        &["/ItemReader/ReaderConfig: Only one of these fields is possible: [MaxItems, MaxItemsPath]"],
    );
    distributed(
        "M18 M19 M20",
        &config(r#""ItemsPointer": "/a", "ManifestType": "ATHENA_DATA", "Transformation": "NONE""#),
        &[],
    );
}

#[test]
fn a_batcher_says_how_large_batches_are() {
    distributed("M21", r#""ItemBatcher": { "MaxItemsPerBatch": 10, "BatchInput": { "a.$": "$.a" } }"#, &[]);
    distributed(
        "M21",
        r#""ItemBatcher": {}"#,
        &["/ItemBatcher: one of 'MaxItemsPerBatch' and 'MaxInputBytesPerBatch' is required"],
    );
    distributed(
        "M21",
        r#""ItemBatcher": { "MaxInputBytesPerBatch": 262145 }"#,
        &["/ItemBatcher/MaxInputBytesPerBatch: 1 to 262144 is possible, and this is 262145"],
    );
}

#[test]
fn a_writer_writes_somewhere_or_in_some_way() {
    distributed(
        "M22 M24",
        r#""ResultWriter": { "WriterConfig": { "Transformation": "FLATTEN", "OutputType": "JSONL" } }"#,
        &[],
    );
    distributed("M22", r#""ResultWriter": {}"#, &["/ResultWriter: Value cannot be empty"]);
    distributed(
        "M23",
        r#""ResultWriter": { "Resource": "arn:aws:states:::s3:putObject", "Parameters": { "Bucket": "b" } }"#,
        &[],
    );
    distributed(
        "M23",
        r#""ResultWriter": { "Resource": "arn:aws:states:::s3:putObject" }"#,
        &["/ResultWriter: These fields are required: [Parameters]"],
    );
    distributed(
        "M24",
        r#""ResultWriter": { "WriterConfig": {} }"#,
        &["/ResultWriter/WriterConfig: These fields are required: [OutputType]"],
    );
}

#[test]
fn what_an_inline_map_does_nothing_with_is_a_warning() {
    inline(
        "M25",
        r#""Label": "L", "ToleratedFailureCount": 1"#,
        &[
            ": 'Label' does nothing in an INLINE Map",
            ": 'ToleratedFailureCount' does nothing in an INLINE Map",
        ],
    );
}

#[test]
fn an_express_machine_has_no_distributed_map() {
    let map = format!(
        r#"{{ "Type": "Map", "End": true, "ItemProcessor": {{ "ProcessorConfig": {{ "Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS" }}, {INNER} }} }}"#
    );
    check_kind(
        "M27",
        Kind::Express,
        &format!(r#"{{ "StartAt": "A", "States": {{ "A": {map} }} }}"#),
        &[
            "SCHEMA_VALIDATION_FAILED: Express state machine does not support a Map state in DISTRIBUTED mode at /States/A",
        ],
    );
}
