//! What each kind of state is made of, as the user described it.

use cyanotype_asl::{ExecutionType, ReaderConfig, WriterConfig};
use cyanotype_cfn::Value;

use super::{Id, Scoped};
use crate::{
    diagnostic::Source,
    flow::{On, Retry, condition::Node, data::Part, path::Reference, pinned::Call},
};

#[derive(Debug)]
pub(in crate::flow) enum DraftKind {
    Task(Box<DraftTask>, DraftWork),
    Map(Box<DraftMap>, DraftWork),
    Parallel(Vec<Scoped>, DraftWork),
    Wait(DraftWait),
    Pass(DraftPass),
    Choice { rules: Vec<DraftRule>, default: Option<Id> },
    Succeed,
    Fail { error: Option<Part>, cause: Option<Part> },
}

#[derive(Debug)]
pub(in crate::flow) enum DraftPass {
    /// The data as it is.
    Nothing,
    /// This in its place, taken literally.
    Result(Result<serde_json::Value, String>),
    /// This in its place.
    Shape(Part),
    /// A part of it.
    Select(Reference),
}

#[derive(Debug)]
pub(in crate::flow) enum DraftWait {
    Seconds(u32),
    SecondsAt(Part),
    Until(String),
    UntilAt(Part),
}

/// What Tasks, Maps and Parallels have alike.
#[derive(Debug, Default)]
pub(in crate::flow) struct DraftWork {
    /// What it works with, instead of its input.
    pub(in crate::flow) input: Option<Part>,
    pub(in crate::flow) retry: Vec<Retry>,
    pub(in crate::flow) catch: Vec<DraftCatch>,
    /// What it makes of the result.
    pub(in crate::flow) shape: Option<Part>,
    pub(in crate::flow) into: Option<DraftInto>,
    pub(in crate::flow) select: Option<Reference>,
    /// What it yields, as JSONata.
    pub(in crate::flow) output: Option<Part>,
}

/// Where the result goes, while the input is kept.
#[derive(Debug)]
pub(in crate::flow) enum DraftInto {
    Field(Reference),
    Nowhere,
}

#[derive(Debug)]
pub(in crate::flow) struct DraftTask {
    pub(in crate::flow) call: DraftCall,
    pub(in crate::flow) timeout: Option<Part>,
    pub(in crate::flow) heartbeat: Option<Part>,
    pub(in crate::flow) role: Option<Part>,
    /// What it is on, where that is said.
    pub(in crate::flow) on: Vec<On>,
}

#[derive(Debug)]
pub(in crate::flow) enum DraftCall {
    /// A version, which answers.
    Pinned(Call),
    /// A version, which hands a token to whoever answers.
    Callback(Call),
    /// An activity, by its ARN.
    Activity(Value<String>),
    /// A service, as in `sqs:sendMessage`, with its arguments.
    Service(String, Part),
}

#[derive(Debug)]
pub(in crate::flow) struct DraftMap {
    pub(in crate::flow) items: DraftItems,
    pub(in crate::flow) processor: Scoped,
}

/// What a Map goes over, and how. It is public in name only, for the methods of sealed traits.
#[derive(Debug)]
pub struct DraftItems {
    pub(in crate::flow) from: DraftSource,
    /// What an iteration gets instead of the item.
    pub(in crate::flow) selector: Option<Part>,
    pub(in crate::flow) max_concurrency: Option<Part>,
    pub(in crate::flow) distributed: Option<DraftDistributed>,
    /// What is read and written, where that is said.
    pub(in crate::flow) on: Vec<On>,
}

#[derive(Debug)]
pub(in crate::flow) enum DraftSource {
    Data(Part),
    Read(Box<DraftReader>),
}

#[derive(Debug)]
pub(in crate::flow) struct DraftReader {
    /// `getObject` or `listObjectsV2`.
    pub(in crate::flow) action: &'static str,
    pub(in crate::flow) arguments: Part,
    pub(in crate::flow) max_items: Option<Part>,
    pub(in crate::flow) config: ReaderConfig,
}

#[derive(Debug)]
pub(in crate::flow) struct DraftDistributed {
    pub(in crate::flow) execution_type: ExecutionType,
    pub(in crate::flow) label: Option<String>,
    pub(in crate::flow) tolerated_count: Option<Part>,
    pub(in crate::flow) tolerated_percentage: Option<Part>,
    pub(in crate::flow) batch: Option<DraftBatch>,
    /// The bucket and prefix that results are written to, and how.
    pub(in crate::flow) writer: Option<(Option<Part>, Option<WriterConfig>)>,
}

#[derive(Debug, Default)]
pub(in crate::flow) struct DraftBatch {
    pub(in crate::flow) max_items: Option<Part>,
    pub(in crate::flow) max_bytes: Option<Part>,
    pub(in crate::flow) input: Option<Part>,
}

#[derive(Debug)]
pub(in crate::flow) struct DraftCatch {
    pub(in crate::flow) errors: Vec<String>,
    /// Where in the input the error is put; without it the error takes the input's place.
    pub(in crate::flow) into: Option<Reference>,
    pub(in crate::flow) assign: Vec<DraftVariable>,
    pub(in crate::flow) to: Id,
}

#[derive(Debug)]
pub(in crate::flow) struct DraftRule {
    pub(in crate::flow) test: DraftTest,
    pub(in crate::flow) assign: Vec<DraftVariable>,
    pub(in crate::flow) to: Id,
}

#[derive(Debug)]
pub(in crate::flow) enum DraftTest {
    Condition(Vec<Node>),
    /// JSONata that yields a truth value.
    Expression(String),
}

#[derive(Debug, Clone)]
pub(in crate::flow) struct DraftVariable {
    pub(in crate::flow) name: &'static str,
    pub(in crate::flow) value: Part,
    /// Whether the value is of the result as it was shaped, and not as it came.
    pub(in crate::flow) shaped: bool,
    pub(in crate::flow) at: Source,
}

impl DraftVariable {
    pub(in crate::flow) fn new(name: &'static str, value: Part, at: Source) -> Self {
        Self { name, value, shaped: false, at }
    }
}

impl DraftKind {
    pub(in crate::flow) fn work(&self) -> Option<&DraftWork> {
        match self {
            Self::Task(_, work) | Self::Map(_, work) | Self::Parallel(_, work) => Some(work),
            _ => None,
        }
    }

    pub(in crate::flow) fn work_mut(&mut self) -> Option<&mut DraftWork> {
        match self {
            Self::Task(_, work) | Self::Map(_, work) | Self::Parallel(_, work) => Some(work),
            _ => None,
        }
    }

    /// The scopes within, in order.
    pub(in crate::flow) fn scopes(&self) -> &[Scoped] {
        match self {
            Self::Map(map, _) => std::slice::from_ref(&map.processor),
            Self::Parallel(branches, _) => branches,
            _ => &[],
        }
    }

    pub(super) fn scopes_mut(&mut self) -> &mut [Scoped] {
        match self {
            Self::Map(map, _) => std::slice::from_mut(&mut map.processor),
            Self::Parallel(branches, _) => branches,
            _ => &mut [],
        }
    }
}
