//! State machines as typed code.
//!
//! [`machine`] hands a [`Scope`] to a closure; the closure makes states in it and returns where the machine
//! starts.
//! Every edge carries a data type: a Task takes what the version behind it takes and yields what it yields, so a
//! handler whose types change breaks the build where the machine no longer fits.
//!
//! ```
//! use cyanotype::prelude::*;
//! use schemars::JsonSchema;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize, JsonSchema)]
//! enum Verdict {
//!     Approved,
//!     Rejected,
//! }
//!
//! let decided: Machine<Verdict, Verdict> = machine(|m| {
//!     let decide = m
//!         .choice("Decide")
//!         .when(root().is(Verdict::Approved), m.succeed("Success"))
//!         .otherwise(m.fail("Failed"));
//!     m.wait("Wait", seconds(300)).then(decide)
//! });
//! assert!(decided.diagnostics().is_empty());
//! ```
//!
//! | type | what it guarantees |
//! |---|---|
//! | [`Scope`] | States exist in one machine, and every end of it yields the machine's result. |
//! | [`Open`] | A path that must be continued: it is no target and no end. |
//! | [`Work`], [`Several`] | A Task, and a Map or Parallel, under construction: they alone have Retry, Catch and a place for their result. |
//! | [`Choice`] | Incomplete until [`otherwise`](Fragment::otherwise) or [`no_default`](Fragment::no_default). |
//! | [`At`], [`Sink`] | Targets that exist, `Copy`: for one type of data, and (a Fail) for any. |
//! | [`Path`] | Its fields exist, with their types; that JSON names them so is checked by the schema. |
//! | [`Cond`] | It compares each field with values of the field's own type, and orders only what has an order. |
//! | [`Branch`] | A scope of its own, like a Map's items: no jump in or out compiles. |
//! | [`Shape`] | Every field of a struct is given, once, with its type. |
//! | [`Var`] | A variable is set and read with one type. |
//! | [`Language`] | What only one query language has is written in that one alone. |
//! | [`Pinned`] | What a Task may call: only what cannot change while an execution waits for it. |
//! | [`Execution`] | What a Task yields that called another machine: its result, and which execution it was. |
//!
//! # When it does not compile
//!
//! Most mistakes are said in words: what is wrong in the first line, what to do in the label or a note. Three kinds of
//! mistakes leave no room for ours:
//!
//! - A state of one machine or branch that is made a target in another is a lifetime error (`borrowed data escapes
//!   outside of closure`, `invariant over the parameter 'scope`). Make the state in the machine that goes to it.
//! - A value that an enum does not have is `no variant named ..`: a handler answers with other values than it did. Let
//!   the Choice test for one that it answers.
//! - A required property that is missing is `argument .. of type
//!   FunctionPropsBuilder_Error_Missing_required_field_code`: call `.code(..)` before `.build()`.
//!
//! What the compiler cannot know (JSON names after serde's renames, literals, what may be absent, reachability,
//! names used twice) is checked when the machine is made, and reported all at once by [`Machine::diagnostics`].
//!
//! # Parts and loops
//!
//! A part of a machine is a function from a [`Scope`] to a [`Fragment`]; it needs no trait and no builder.
//! [`Scope::cycle`] makes a loop and [`Scope::join`] lets several ends go on as one path.
//!
//! # Every feature
//!
//! [`states_language`] has a table of all that the States Language can say, and the call that says it. A definition
//! that is a file already becomes a machine by [`machine_from_asl`], and a machine becomes a file by
//! [`Machine::definition`].

#[doc = include_str!("../docs/states-language.md")]
pub mod states_language {}

mod asl;
mod body;
mod branch;
mod called_on;
mod choice;
mod condition;
mod coverage;
mod data;
mod edge;
mod emit;
mod errors;
mod execution;
mod fragment;
mod guard;
mod items;
mod language;
mod literal;
mod machine;
mod path;
mod pinned;
mod schema;
mod scope;
mod seconds;
mod sink;
#[cfg(test)]
mod tests;
mod work;

pub use cyanotype_asl::{
    CsvDelimiter, ExecutionType, InputType, ManifestType, OutputType, WriterTransformation,
};

pub use self::{
    asl::{Asl, machine_from_asl},
    branch::{Branch, Branches, branch},
    called_on::CalledOn,
    condition::Cond,
    data::{
        Absent, Accepts, Data, Expression, Format, Gives, JsonPathText, Literally, Payload, Shape, Var,
        absent, context, expression, format, json_path, literal, variable,
    },
    edge::{Step, Target},
    errors::{ErrorOutput, Retry},
    execution::Execution,
    fragment::{
        At, Choice, Closed, Ended, Fragment, NeedsDefault, NeedsNext, OfScopes, OfTask, Open, Settled,
        Several, UnderConstruction, Work, Working,
    },
    items::{Batch, Batches, Distributed, Items, List, Over, batches, items, s3},
    language::{JsonPath, Jsonata, Language},
    literal::{Holds, Literal, Nullable, Ordered, Textual, Timestamp},
    machine::{Machine, jsonata_machine, machine},
    path::{Path, root},
    pinned::Pinned,
    scope::{Failure, Scope, failure},
    seconds::{Seconds, seconds},
    sink::Sink,
};
pub(crate) use self::{
    called_on::On,
    machine::{Parts, validate},
    pinned::{Call, CallKind, sealed},
};
#[doc(hidden)]
pub use self::{
    edge::{AfterAChoice, AfterTheEnd, NotOnScopes, OnATask},
    path::{Field, Optional, inside, witnessed},
};
