//! Typed Lambda functions, their versions, and Step Functions state machines, as Rust code that becomes
//! CloudFormation.
//!
//! **Deploying never breaks a running execution.** An execution keeps the definition and the role that it started with,
//! but calls whatever its Tasks name. So a Task calls an immutable [`Version`](lambda::Version), or a
//! [`StateMachineVersion`](step_functions::StateMachineVersion), and nothing else compiles; the role's policy is
//! generated from the definition; and what a running execution can name, or needs as a right, is never narrowed,
//! replaced or deleted in place.
//!
//! # What it looks like
//!
//! ```
//! use cyanotype::prelude::*;
//! use schemars::JsonSchema;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize, JsonSchema)]
//! struct Request {
//!     id: u32,
//! }
//!
//! #[derive(Serialize, Deserialize, JsonSchema)]
//! enum Verdict {
//!     Approved,
//!     Rejected,
//! }
//!
//! let app = App::new();
//! let stack = app.stack("BlueGreen");
//! let hello: Function<Request, Verdict> = Function::new(
//!     &stack,
//!     "Hello",
//!     FunctionProps::builder()
//!         .runtime(Runtime::NODEJS_22)
//!         .handler("index.handler")
//!         .code(Code::inline("exports.handler = async () => 'Approved'"))
//!         .build(),
//! );
//! let hello_v = hello.publish();
//! let greeting = StateMachine::new(
//!     &stack,
//!     "Greeting",
//!     machine(|m| {
//!         let decide = m
//!             .choice("Decide")
//!             .when(root().is(Verdict::Approved), m.succeed("Success"))
//!             .otherwise(m.fail("Failed"));
//!         m.wait("Wait", seconds(300)).then(m.task("Hello", &hello_v)).then(decide)
//!     }),
//!     StateMachineProps::default(),
//! );
//! stack.output("MachineArn", greeting.arn());
//!
//! let synthesis = app.synth(&SynthOptions::default());
//! assert!(synthesis.diagnostics().is_empty());
//! assert!(synthesis.assembly().is_some());
//! ```
//!
//! # Where to go on
//!
//! [`app`] has stacks and resources of any type, [`lambda`] functions and versions, [`flow`] the language in which
//! machines are written, [`step_functions`] the machines as resources and activities, [`iam`] statements. The
//! `cyanotype-cli` crate makes an application's `cargo xtask synth` of all that, and builds handlers that are Rust
//! ([`Code::cargo`](lambda::Code::cargo)); `cyanotype-contract` ties these to what the app says of them.

pub mod app;
mod asset;
pub mod diagnostic;
pub mod flow;
pub mod guide;
pub mod iam;
pub mod lambda;
mod shift;
pub mod step_functions;
pub mod synth;
mod version_source;

pub use app::{App, Context};
pub use cyanotype_cfn as cfn;
pub use shift::Shift;

/// What an application needs: `use cyanotype::prelude::*;`.
pub mod prelude {
    pub use cyanotype_cfn::{Pseudo, RetentionPolicy, Tree, Value, tree};

    pub use crate::{
        Shift,
        app::{
            App, Condition, ConditionExpression, Construct, Context, Mapping, Output, Parameter, Resource,
            Stack,
        },
        asset,
        diagnostic::{Diagnostic, Severity},
        flow::{
            At, Choice, Cond, ErrorOutput, Execution, Fragment, Machine, Open, Path, Pinned, Retry, Scope,
            Seconds, Sink, Timestamp, Work, branch, jsonata_machine, machine, root, seconds,
        },
        iam::{Grantee, Statement, grants},
        lambda::{
            Alias, ApplicationLogLevel, Architecture, AsyncInvocation, CapacityProvider, Code, Cors,
            DeadLetters, Destination, DirectRead, Durable, EventSource, FileSystem, Function, FunctionLogs,
            FunctionProps, FunctionUrl, HttpMethod, Image, Layer, LayerProps, LayerVersion, Permission,
            RecursiveLoop, Runtime, RuntimeUpdates, Scaling, SnapStart, SystemLogLevel, TenantIsolation,
            Tracing, TrafficShift, UrlAuth, Version, VersionLocked, Vpc,
        },
        path, payload, shape,
        step_functions::{
            Activity, Event, HttpRoute, KmsKey, LogLevel, Logging, Schedule, StateMachine, StateMachineAlias,
            StateMachineProps, StateMachineType, StateMachineVersion,
        },
        synth::SynthOptions,
    };
}
