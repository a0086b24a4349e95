//! Items put together.

use crate::{Amount, Json, Text, record::record};

record! {
    /// Puts the items of a distributed Map together: a child gets `{"BatchInput": …, "Items": […]}`. It has one limit
    /// at least.
    ///
    /// See "ItemBatcher (Map)": <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html>.
    #[derive(Default)]
    pub struct ItemBatcher {
        /// What every batch gets beside its items.
        "BatchInput" => batch_input: Option<Json>,
        /// The greatest number of items in a batch.
        "MaxItemsPerBatch" => max_items: Option<Amount>,
        /// Where in the data that number is, in JSONPath.
        "MaxItemsPerBatchPath" => max_items_path: Option<Text>,
        /// The greatest size of a batch in bytes, up to 262,144.
        "MaxInputBytesPerBatch" => max_input_bytes: Option<Amount>,
        /// Where in the data that number is, in JSONPath.
        "MaxInputBytesPerBatchPath" => max_input_bytes_path: Option<Text>,
    }
}
