//! Items in S3, for distributed Maps.
//!
//! ```
//! use cyanotype::{flow::{ExecutionType, s3}, payload, prelude::*};
//! use serde_json::Value;
//!
//! let machine: Machine<Value, Vec<Value>> = machine(|m| {
//!     let rows = s3::csv(payload!({ "Bucket": "orders", "Key": "today.csv" })).max_items(10_000);
//!     let rows = rows.distributed::<Value>(ExecutionType::Express);
//!     m.map("Rows", rows, |row| row.pass("Work").then(row.end())).then(m.end())
//! });
//! assert!(machine.diagnostics().is_empty());
//! ```
//!
//! The machine's role is allowed to read them. See
//! <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html>.

use std::marker::PhantomData;

use cyanotype_asl::{
    CsvDelimiter, CsvHeaderLocation, ExecutionType, InputType, ManifestType, ReaderConfig,
    ReaderTransformation,
};

use super::Distributed;
use crate::flow::{
    Gives, JsonPath, Payload,
    body::{DraftItems, DraftReader, DraftSource},
    data::{Data, Part},
};

/// How items are read.
#[derive(Debug)]
#[must_use = "a reader does nothing until a Map has its items: `reader.distributed(..)`"]
pub struct Reader<In, L = JsonPath> {
    draft: DraftReader,
    types: PhantomData<fn(In, L)>,
}

/// The items of a JSON array, by bucket and key: `payload!({ "Bucket": .., "Key": .. })`.
pub fn json<In, L>(object: Payload<In, L>) -> Reader<In, L> {
    reader("getObject", object, |config| config.input_type = Some(InputType::Json))
}

/// The lines of a file, each a JSON value.
pub fn json_lines<In, L>(object: Payload<In, L>) -> Reader<In, L> {
    reader("getObject", object, |config| config.input_type = Some(InputType::JsonLines))
}

/// The rows of a CSV whose first row has the names of the columns.
pub fn csv<In, L>(object: Payload<In, L>) -> Reader<In, L> {
    reader("getObject", object, |config| {
        config.input_type = Some(InputType::Csv);
        config.csv_header_location = Some(CsvHeaderLocation::FirstRow);
    })
}

/// The rows of a Parquet file.
pub fn parquet<In, L>(object: Payload<In, L>) -> Reader<In, L> {
    reader("getObject", object, |config| config.input_type = Some(InputType::Parquet))
}

/// What is in the files of a list that S3 inventory or Athena made.
pub fn manifest<In, L>(object: Payload<In, L>, kind: ManifestType) -> Reader<In, L> {
    reader("getObject", object, |config| config.manifest_type = Some(kind))
}

/// The objects of a bucket, by what is known of each: `payload!({ "Bucket": .., "Prefix": .. })`.
pub fn objects<In, L>(bucket: Payload<In, L>) -> Reader<In, L> {
    reader("listObjectsV2", bucket, |_| {})
}

/// What is in the objects of a bucket.
pub fn contents<In, L>(bucket: Payload<In, L>, format: InputType) -> Reader<In, L> {
    reader("listObjectsV2", bucket, |config| {
        config.input_type = Some(format);
        config.transformation = Some(ReaderTransformation::LoadAndFlatten);
    })
}

impl<In, L> Reader<In, L> {
    /// Reads no more than so many, up to 100,000,000.
    pub fn max_items(mut self, number: u32) -> Self {
        self.draft.max_items = Some(Part::number(number));
        self
    }

    /// The same, by a number in the data.
    pub fn max_items_at(mut self, number: impl Gives<In, u32, L>) -> Self {
        self.draft.max_items = Some(number.part());
        self
    }

    /// The format of the files of a [`manifest`].
    pub fn format(mut self, format: InputType) -> Self {
        self.draft.config.input_type = Some(format);
        self
    }

    /// What separates the columns of a CSV; a comma without it.
    pub fn delimiter(mut self, delimiter: CsvDelimiter) -> Self {
        self.draft.config.csv_delimiter = Some(delimiter);
        self
    }

    /// The names of the columns of a CSV whose first row has none.
    pub fn headers<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.draft.config.csv_header_location = Some(CsvHeaderLocation::Given);
        self.draft.config.csv_headers = Some(names.into_iter().map(|name| name.into().into()).collect());
        self
    }

    /// Where in a JSON file the list is, as a JSON pointer: `/orders`.
    pub fn pointer(mut self, pointer: &str) -> Self {
        self.draft.config.items_pointer = Some(pointer.into());
        self
    }

    /// Runs each, a `T`, in an execution of this type.
    pub fn distributed<T>(self, children: ExecutionType) -> Distributed<In, T, L> {
        let from = DraftSource::Read(Box::new(self.draft));
        let draft = DraftItems { from, selector: None, max_concurrency: None, distributed: None, on: vec![] };
        Distributed::new(draft, children)
    }
}

fn reader<In, L>(
    action: &'static str,
    arguments: Payload<In, L>,
    configure: impl FnOnce(&mut ReaderConfig),
) -> Reader<In, L> {
    let mut config = ReaderConfig::default();
    configure(&mut config);
    let draft = DraftReader { action, arguments: arguments.part(), max_items: None, config };
    Reader { draft, types: PhantomData }
}
