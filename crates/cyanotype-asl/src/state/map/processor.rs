//! What runs for each item.

use indexmap::IndexMap;

use crate::{State, Text, record::record, words::words};

record! {
    /// What a Map runs for each item, a scope of its own: no state in it leads out, and none outside leads in.
    pub struct Processor {
        /// For readers.
        "Comment" => comment: Option<Text>,
        /// How it runs; inline without it.
        "ProcessorConfig" => config: Option<ProcessorConfig>,
        /// The name of the state that it starts in.
        "StartAt" => start_at: String,
        /// The states by name, unique in the whole machine.
        "States" => states: IndexMap<String, State>,
    }
}

record! {
    /// How the path of a Map runs.
    #[derive(Default, Eq)]
    pub struct ProcessorConfig {
        /// Where; inline without it.
        "Mode" => mode: Option<MapMode>,
        /// The type of the children, which a distributed Map says and an inline one does not.
        "ExecutionType" => execution_type: Option<ExecutionType>,
    }
}

words! {
    /// Where iterations run.
    pub enum MapMode {
        /// In the execution itself, up to 40 at once.
        Inline = "INLINE",
        /// Each in a child execution, up to 10,000 at once.
        Distributed = "DISTRIBUTED",
    }
}

words! {
    /// The type of child executions.
    pub enum ExecutionType {
        /// Up to a year.
        Standard = "STANDARD",
        /// Up to five minutes.
        Express = "EXPRESS",
    }
}

impl Processor {
    /// An inline processor of these states.
    #[must_use]
    pub fn new(start_at: impl Into<String>, states: IndexMap<String, State>) -> Self {
        Self { comment: None, config: None, start_at: start_at.into(), states }
    }
}

impl ProcessorConfig {
    /// Runs each item in a child execution of this type.
    #[must_use]
    pub fn distributed(execution_type: ExecutionType) -> Self {
        Self { mode: Some(MapMode::Distributed), execution_type: Some(execution_type) }
    }
}
