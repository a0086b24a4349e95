//! Map.

mod batcher;
mod processor;
mod reader;
mod writer;

use indexmap::IndexMap;

pub use self::{
    batcher::ItemBatcher,
    processor::{ExecutionType, MapMode, Processor, ProcessorConfig},
    reader::{
        CsvDelimiter, CsvHeaderLocation, InputType, ItemReader, ManifestType, ReaderConfig,
        ReaderTransformation,
    },
    writer::{OutputType, ResultWriter, WriterConfig, WriterTransformation},
};
use crate::{Amount, Catcher, Json, NullablePath, QueryLanguage, Retrier, Text, Transition, record::record};

record! {
    /// A state that runs the same path for every item of a list, and yields an array of what each yields.
    ///
    /// See "Map workflow state": <https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html>.
    pub struct MapState {
        /// For readers.
        "Comment" => comment: Option<Text>,
        /// The state's own language. Those within have the machine's, unless they say otherwise.
        "QueryLanguage" => query_language: Option<QueryLanguage>,
        /// The part of the input that it takes, in JSONPath.
        "InputPath" => input_path: Option<NullablePath>,
        /// Reads the items from S3. Distributed Maps alone have it.
        "ItemReader" => item_reader: Option<ItemReader>,
        /// Where in the input the list is, in JSONPath. Without it, all of the input.
        "ItemsPath" => items_path: Option<Text>,
        /// The list, or the expression that gives it, in JSONata. Without it, all of the input.
        "Items" => items: Option<Json>,
        /// What an iteration gets instead of the item.
        "ItemSelector" => item_selector: Option<Json>,
        /// The old name of `ItemSelector`, in JSONPath.
        "Parameters" => parameters: Option<Json>,
        /// Puts items together, so that one child takes several. Distributed Maps alone have it.
        "ItemBatcher" => item_batcher: Option<ItemBatcher>,
        /// How many iterations may run at once. 0, and without it: as many as AWS sees fit.
        "MaxConcurrency" => max_concurrency: Option<Amount>,
        /// Where in the data that number is, in JSONPath.
        "MaxConcurrencyPath" => max_concurrency_path: Option<Text>,
        /// How many items may fail before the Map does. Distributed Maps alone have it.
        "ToleratedFailureCount" => tolerated_failure_count: Option<Amount>,
        /// Where in the data that number is, in JSONPath.
        "ToleratedFailureCountPath" => tolerated_failure_count_path: Option<Text>,
        /// What part of the items may fail before the Map does, 0 to 100. Distributed Maps alone have it.
        "ToleratedFailurePercentage" => tolerated_failure_percentage: Option<Amount>,
        /// Where in the data that number is, in JSONPath.
        "ToleratedFailurePercentagePath" => tolerated_failure_percentage_path: Option<Text>,
        /// A distributed Map's name in ARNs, up to 40 characters.
        "Label" => label: Option<Text>,
        /// What runs for each item. This, or the old [`iterator`](Self::iterator).
        "ItemProcessor" => item_processor: Option<Processor>,
        /// The old name of `ItemProcessor`.
        "Iterator" => iterator: Option<Processor>,
        /// Writes results to S3. Distributed Maps alone have it.
        "ResultWriter" => result_writer: Option<ResultWriter>,
        /// What it makes of the result, in JSONPath.
        "ResultSelector" => result_selector: Option<Json>,
        /// Where in the input the result is put, in JSONPath. Without it the result takes the input's place.
        "ResultPath" => result_path: Option<NullablePath>,
        /// The part of the input and result that the state yields, in JSONPath. Without it, all.
        "OutputPath" => output_path: Option<NullablePath>,
        /// What it yields, in JSONata; the result without it.
        "Output" => output: Option<Json>,
        /// Variables that it sets.
        "Assign" => assign: Option<IndexMap<String, Json>>,
        /// After which errors it tries again, all items.
        "Retry" => retry: Option<Vec<Retrier>>,
        /// After which errors it goes on elsewhere.
        "Catch" => catch: Option<Vec<Catcher>>,
        /// Where it goes.
        "Next" => transition: Transition,
    }
}

impl MapState {
    /// A state that runs this for each item of its input, with AWS's defaults for everything else.
    #[must_use]
    pub fn new(processor: Processor, transition: Transition) -> Self {
        Self {
            comment: None,
            query_language: None,
            input_path: None,
            item_reader: None,
            items_path: None,
            items: None,
            item_selector: None,
            parameters: None,
            item_batcher: None,
            max_concurrency: None,
            max_concurrency_path: None,
            tolerated_failure_count: None,
            tolerated_failure_count_path: None,
            tolerated_failure_percentage: None,
            tolerated_failure_percentage_path: None,
            label: None,
            item_processor: Some(processor),
            iterator: None,
            result_writer: None,
            result_selector: None,
            result_path: None,
            output_path: None,
            output: None,
            assign: None,
            retry: None,
            catch: None,
            transition,
        }
    }

    /// What runs for each item, by its name or the old one.
    #[must_use]
    pub fn processor(&self) -> Option<&Processor> {
        self.item_processor.as_ref().or(self.iterator.as_ref())
    }
}
