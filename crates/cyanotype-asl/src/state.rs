//! The kinds of states.

mod choice;
mod fail;
mod map;
mod parallel;
mod pass;
mod succeed;
mod task;
mod wait;

use indexmap::IndexMap;

pub use self::{
    choice::ChoiceState,
    fail::FailState,
    map::{
        CsvDelimiter, CsvHeaderLocation, ExecutionType, InputType, ItemBatcher, ItemReader, ManifestType,
        MapMode, MapState, OutputType, Processor, ProcessorConfig, ReaderConfig, ReaderTransformation,
        ResultWriter, WriterConfig, WriterTransformation,
    },
    parallel::{Branch, ParallelState},
    pass::PassState,
    succeed::SucceedState,
    task::TaskState,
    wait::WaitState,
};
use crate::{
    Edge, Json, Text,
    record::{Held, Reading, Record},
};

/// Declares the enum of all kinds of states, each by the struct that it holds.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident($state:ident),)+) => {
        /// A state of any kind.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum State {
            $($(#[$doc])* $kind(Box<$state>),)+
        }

        impl State {
            /// The `Type` field.
            #[must_use]
            pub fn type_name(&self) -> &'static str {
                match self {
                    $(Self::$kind(_) => stringify!($kind),)+
                }
            }

            /// The `Comment` field.
            #[must_use]
            pub fn comment(&self) -> Option<&Text> {
                match self {
                    $(Self::$kind(state) => state.comment.as_ref(),)+
                }
            }
        }

        impl Held for State {
            fn of_json(json: &Json, reading: &mut Reading) -> Option<Self> {
                reading.object(json, |members| {
                    let kind = <String as crate::record::Member>::read("Type", members)?;
                    match kind.as_str() {
                        $(stringify!($kind) => $state::read(members).map(Self::from),)+
                        _ => {
                            let known = [$(stringify!($kind)),+].join(", ");
                            members.reading.wrong(format!("Value is not one of [{known}]: '{kind}'"));
                            None
                        }
                    }
                })
            }

            fn json(&self) -> Json {
                let mut out = IndexMap::from([("Type".to_owned(), Json::from(self.type_name()))]);
                match self {
                    $(Self::$kind(state) => state.write(&mut out),)+
                }
                Json::Object(out)
            }
        }

        #[cfg(test)]
        impl crate::record::sample::Sample for State {
            fn sample(source: &mut crate::record::sample::Source) -> Self {
                let all: &[fn(&mut crate::record::sample::Source) -> Self] =
                    &[$(|source| Self::$kind(crate::record::sample::Sample::sample(source))),+];
                all[source.below(all.len())](source)
            }
        }

        $(impl From<$state> for State {
            fn from(state: $state) -> Self {
                Self::$kind(Box::new(state))
            }
        })+
    };
}

kinds! {
    /// Does work.
    Task(TaskState),
    /// Runs branches at once.
    Parallel(ParallelState),
    /// Runs the same path for every item of a list.
    Map(MapState),
    /// Passes its input on, or a literal result.
    Pass(PassState),
    /// Waits.
    Wait(WaitState),
    /// Decides by data.
    Choice(ChoiceState),
    /// Ends the execution with success.
    Succeed(SucceedState),
    /// Ends the execution with an error.
    Fail(FailState),
}

impl State {
    /// The references to other states of its scope, in the order in which they are written.
    #[must_use]
    pub fn edges(&self) -> Vec<Edge<'_>> {
        let (catch, transition) = match self {
            Self::Task(state) => (state.catch.as_deref(), &state.transition),
            Self::Parallel(state) => (state.catch.as_deref(), &state.transition),
            Self::Map(state) => (state.catch.as_deref(), &state.transition),
            Self::Wait(state) => (None, &state.transition),
            Self::Pass(state) => (None, &state.transition),
            Self::Choice(state) => return state.edges(),
            Self::Succeed(_) | Self::Fail(_) => return vec![],
        };
        let catch = catch.unwrap_or_default().iter().enumerate();
        let catch =
            catch.map(|(n, catcher)| Edge { field: format!("Catch[{n}]/Next"), target: &catcher.next });
        transition.edge().into_iter().chain(catch).collect()
    }

    /// The state in JSON: `Type` and `Comment` first, where it goes to last.
    #[must_use]
    pub fn to_json(&self) -> Json {
        self.json()
    }
}
