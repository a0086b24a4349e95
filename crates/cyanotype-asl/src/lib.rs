//! The Amazon States Language: a model of a definition, its text, and what AWS would say to it.
//!
//! The model knows nothing of where its values come from.
//! A string is a [`Text`]: literal segments, and placeholders for what only a deployment knows, such as an ARN.
//! A placeholder is written `${Name}`, as CloudFormation's `Fn::Sub` reads it, and nothing else in the written
//! text can be taken for one.
//!
//! ```
//! use cyanotype_asl::{Definition, Kind, TaskState, Text, Transition};
//!
//! let mut definition = Definition::new("Hello");
//! let hello = TaskState::new(Text::placeholder("HelloVersion"), Transition::End);
//! definition.states.insert("Hello".into(), hello.into());
//!
//! assert!(definition.validate(Kind::Standard).is_empty());
//! assert_eq!(
//!     definition.to_json().to_compact(),
//!     r#"{"StartAt":"Hello","States":{"Hello":{"Type":"Task","Resource":"${HelloVersion}","End":true}}}"#,
//! );
//! ```
//!
//! The language is described in the AWS Step Functions Developer Guide, "Using Amazon States Language":
//! <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html>.

mod advice;
mod amount;
mod choice;
mod definition;
mod document;
mod errors;
mod finding;
pub mod intrinsic;
mod json;
mod jsonata;
pub mod jsonpath;
mod location;
mod path;
mod record;
mod state;
mod text;
mod transition;
mod validate;
mod words;

pub use amount::Amount;
pub use choice::{ChoiceRule, Comparison, MAX_RULE_DEPTH, Node, Operand, OperandType, Operator, Rule, Test};
pub use definition::Definition;
pub use document::{Document, MAX_DEPTH, Position, SyntaxError};
pub use errors::{Catcher, JitterStrategy, LAMBDA_TRANSIENT, LAMBDA_WAKING, Retrier};
pub use finding::{Code, Finding, Severity};
pub use intrinsic::IntrinsicCall;
pub use json::Json;
pub use jsonata::{Jsonata, JsonataError, JsonataName, JsonataProblem, MAX_JSONATA_DEPTH};
pub use jsonpath::JsonPath;
pub use location::{Location, LocationStep};
pub use path::{NullablePath, PathStep, ReferencePath};
pub use state::{
    Branch, ChoiceState, CsvDelimiter, CsvHeaderLocation, ExecutionType, FailState, InputType, ItemBatcher,
    ItemReader, ManifestType, MapMode, MapState, OutputType, ParallelState, PassState, Processor,
    ProcessorConfig, ReaderConfig, ReaderTransformation, ResultWriter, State, SucceedState, TaskState,
    WaitState, WriterConfig, WriterTransformation,
};
pub use text::{Segment, Text};
pub use transition::{Edge, Transition};
pub use validate::{Kind, TIMEOUT_SECONDS, validate, validate_kind};
pub use words::QueryLanguage;
