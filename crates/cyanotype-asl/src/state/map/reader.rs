//! Where a distributed Map's items come from.

use crate::{Amount, Json, Text, record::record, words::words};

record! {
    /// Reads the items of a distributed Map from S3.
    ///
    /// See "ItemReader (Map)": <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html>.
    pub struct ItemReader {
        /// `arn:aws:states:::s3:getObject`, or `…:listObjectsV2` for the objects of a bucket.
        "Resource" => resource: Text,
        /// How the items are written.
        "ReaderConfig" => config: Option<ReaderConfig>,
        /// The bucket and key, in JSONPath.
        "Parameters" => parameters: Option<Json>,
        /// The bucket and key, in JSONata.
        "Arguments" => arguments: Option<Json>,
    }
}

record! {
    /// How the items of a distributed Map are written.
    #[derive(Default)]
    pub struct ReaderConfig {
        /// The format.
        "InputType" => input_type: Option<InputType>,
        /// Where the names of a CSV's columns are.
        "CSVHeaderLocation" => csv_header_location: Option<CsvHeaderLocation>,
        /// The names of a CSV's columns, when they are given here.
        "CSVHeaders" => csv_headers: Option<Vec<Text>>,
        /// What separates a CSV's columns; a comma without it.
        "CSVDelimiter" => csv_delimiter: Option<CsvDelimiter>,
        /// The greatest number of items that are read.
        "MaxItems" => max_items: Option<Amount>,
        /// Where in the data that number is, in JSONPath.
        "MaxItemsPath" => max_items_path: Option<Text>,
        /// Where in a JSON file the list is, as a JSON pointer.
        "ItemsPointer" => items_pointer: Option<Text>,
        /// The kind of a manifest.
        "ManifestType" => manifest_type: Option<ManifestType>,
        /// What is made of the objects of a bucket.
        "Transformation" => transformation: Option<ReaderTransformation>,
    }
}

words! {
    /// The format of a distributed Map's items.
    pub enum InputType {
        /// Columns.
        Csv = "CSV",
        /// A JSON array or object.
        Json = "JSON",
        /// A JSON value a line.
        JsonLines = "JSONL",
        /// Parquet.
        Parquet = "PARQUET",
        /// An S3 inventory or another list of files.
        Manifest = "MANIFEST",
    }
}

words! {
    /// Where the names of a CSV's columns are.
    pub enum CsvHeaderLocation {
        /// In its first row.
        FirstRow = "FIRST_ROW",
        /// In `CSVHeaders`.
        Given = "GIVEN",
    }
}

words! {
    /// What separates the columns of a CSV.
    pub enum CsvDelimiter {
        /// `,`
        Comma = "COMMA",
        /// `|`
        Pipe = "PIPE",
        /// `;`
        Semicolon = "SEMICOLON",
        /// A space.
        Space = "SPACE",
        /// A tab.
        Tab = "TAB",
    }
}

words! {
    /// What a list of files was made by.
    pub enum ManifestType {
        /// Athena, by UNLOAD.
        AthenaData = "ATHENA_DATA",
        /// S3 inventory.
        S3Inventory = "S3_INVENTORY",
    }
}

words! {
    /// What is made of the objects of a bucket.
    pub enum ReaderTransformation {
        /// Each object is an item, by its metadata.
        None = "NONE",
        /// What is in the objects is the items.
        LoadAndFlatten = "LOAD_AND_FLATTEN",
    }
}

impl ItemReader {
    /// A reader by this resource.
    #[must_use]
    pub fn new(resource: impl Into<Text>) -> Self {
        Self { resource: resource.into(), config: None, parameters: None, arguments: None }
    }
}
