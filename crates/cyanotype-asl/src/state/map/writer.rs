//! Where a distributed Map's results go.

use crate::{Json, Text, record::record, words::words};

record! {
    /// Writes the results of a distributed Map to S3, shapes them, or both.
    ///
    /// See "ResultWriter (Map)": <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html>.
    #[derive(Default)]
    pub struct ResultWriter {
        /// `arn:aws:states:::s3:putObject`.
        "Resource" => resource: Option<Text>,
        /// How results are written.
        "WriterConfig" => config: Option<WriterConfig>,
        /// The bucket and prefix, in JSONPath.
        "Parameters" => parameters: Option<Json>,
        /// The bucket and prefix, in JSONata.
        "Arguments" => arguments: Option<Json>,
    }
}

record! {
    /// How the results of a distributed Map are written.
    #[derive(Default, Eq)]
    pub struct WriterConfig {
        /// What is made of them.
        "Transformation" => transformation: Option<WriterTransformation>,
        /// The format.
        "OutputType" => output_type: Option<OutputType>,
    }
}

words! {
    /// What is made of the results of a distributed Map.
    pub enum WriterTransformation {
        /// Each with what is known of its child.
        None = "NONE",
        /// What each child yielded.
        Compact = "COMPACT",
        /// What each child yielded, arrays put together.
        Flatten = "FLATTEN",
    }
}

words! {
    /// The format of a distributed Map's results.
    pub enum OutputType {
        /// A JSON array.
        Json = "JSON",
        /// A JSON value a line.
        JsonLines = "JSONL",
    }
}
