//! Days: what an app may look like at one time.

mod define;

use std::collections::BTreeMap;

use cyanotype::prelude::*;
use proptest::prelude::*;
use serde_json::Value as Json;

use self::define::Made;

const FUNCTIONS: usize = 4;
const TABLES: usize = 3;
const MACHINES: usize = 3;

/// One state of the app's source.
#[derive(Debug, Clone)]
pub(crate) struct Day {
    stacks: Vec<Content>,
    ephemeral: bool,
}

/// What a stack holds; what is None is not there.
#[derive(Debug, Clone)]
struct Content {
    tables: Vec<Option<TableSpec>>,
    functions: Vec<Option<FunctionSpec>>,
    machines: Vec<Option<MachineSpec>>,
    /// Which boundary its roles have: a policy of the stack, or one that others make.
    boundary: Option<BoundarySpec>,
    /// Which content its layer has.
    layer: Option<u8>,
    /// Makes machines before functions are given their rights, and rights in reverse.
    reversed: bool,
}

#[derive(Debug, Clone, Copy)]
enum BoundarySpec {
    Own(u8),
    OfOthers(u8),
}

#[derive(Debug, Clone)]
struct TableSpec {
    name: Option<u8>,
    key: u8,
    billing: bool,
}

#[derive(Debug, Clone)]
struct FunctionSpec {
    code: u8,
    name: Option<u8>,
    image: bool,
    reserved: Option<u8>,
    alias: bool,
    /// Has the layer of its stack, or of the stack before it.
    layered: bool,
    environment: Vec<bool>,
    grants: Vec<bool>,
    /// May start this machine, which perhaps calls it.
    starts: Option<u8>,
}

#[derive(Debug, Clone)]
struct MachineSpec {
    name: Option<u8>,
    express: bool,
    logged: bool,
    tasks: Vec<bool>,
    /// Of the machines that are made before it, those that it starts.
    nests: Vec<bool>,
    grants: Vec<bool>,
    /// Tables that it puts items into: those that its definition names, and those that a call is said to be on.
    writes: Vec<bool>,
    writes_on: Vec<bool>,
    exact: bool,
    alias: bool,
    /// Waits for an activity of its own.
    asks: bool,
}

/// Any day of one or two stacks.
pub(crate) fn day() -> impl Strategy<Value = Day> {
    proptest::collection::vec(content(), 0..=2).prop_map(|stacks| Day { stacks, ephemeral: false })
}

fn content() -> impl Strategy<Value = Content> {
    let tables = proptest::collection::vec(proptest::option::weighted(0.7, table()), TABLES);
    let functions = proptest::collection::vec(proptest::option::weighted(0.7, function()), FUNCTIONS);
    let machines = proptest::collection::vec(proptest::option::weighted(0.8, machine_spec()), MACHINES);
    let boundary =
        prop_oneof![(0..2_u8).prop_map(BoundarySpec::Own), (0..2_u8).prop_map(BoundarySpec::OfOthers)];
    let whole =
        (proptest::option::weighted(0.3, boundary), proptest::option::weighted(0.6, 0..2_u8), any::<bool>());
    (tables, functions, machines, whole).prop_map(
        |(tables, functions, machines, (boundary, layer, reversed))| Content {
            tables,
            functions,
            machines,
            boundary,
            layer,
            reversed,
        },
    )
}

fn name() -> impl Strategy<Value = Option<u8>> {
    proptest::option::weighted(0.15, 0..2_u8)
}

/// Some of the stack's own, and fewer of the stack before it.
fn some_of(n: usize) -> impl Strategy<Value = Vec<bool>> {
    let choices = |odds| proptest::collection::vec(proptest::bool::weighted(odds), n);
    (choices(0.4), choices(0.15)).prop_map(|(own, before)| [own, before].concat())
}

/// The same, with fewer of the stack's own.
fn few_of(n: usize) -> impl Strategy<Value = Vec<bool>> {
    proptest::collection::vec(proptest::bool::weighted(0.15), 2 * n)
}

fn table() -> impl Strategy<Value = TableSpec> {
    (name(), 0..2_u8, any::<bool>()).prop_map(|(name, key, billing)| TableSpec { name, key, billing })
}

fn function() -> impl Strategy<Value = FunctionSpec> {
    let place =
        (0..3_u8, name(), proptest::bool::weighted(0.1), proptest::option::of(0..3_u8), any::<bool>());
    let starts = proptest::option::weighted(0.2, 0..MACHINES as u8);
    let reach = (some_of(TABLES), some_of(TABLES), starts, proptest::bool::weighted(0.3));
    (place, reach).prop_map(
        |((code, name, image, reserved, alias), (environment, grants, starts, layered))| FunctionSpec {
            code,
            name,
            image,
            reserved,
            alias,
            layered,
            environment,
            grants,
            starts,
        },
    )
}

fn machine_spec() -> impl Strategy<Value = MachineSpec> {
    let calls = (some_of(FUNCTIONS), some_of(MACHINES), some_of(TABLES), few_of(TABLES), few_of(TABLES));
    let kind = (proptest::bool::weighted(0.2), proptest::bool::weighted(0.3));
    let beside = (any::<bool>(), any::<bool>(), proptest::bool::weighted(0.2));
    (name(), kind, beside, calls).prop_map(
        |(name, (express, exact), (logged, alias, asks), (tasks, nests, grants, writes, writes_on))| {
            MachineSpec { name, express, logged, tasks, nests, grants, writes, writes_on, exact, alias, asks }
        },
    )
}

impl Day {
    /// Without any stack.
    pub(crate) fn empty() -> Self {
        Self { stacks: vec![], ephemeral: false }
    }

    /// One machine that calls one function.
    pub(crate) fn article(ephemeral: bool) -> Self {
        let (none, no_tables) = (vec![], vec![None; TABLES]);
        let function = FunctionSpec {
            code: 1,
            name: None,
            image: false,
            reserved: None,
            alias: true,
            layered: false,
            environment: none.clone(),
            grants: none.clone(),
            starts: None,
        };
        let machine = MachineSpec {
            name: None,
            express: false,
            logged: true,
            tasks: vec![true],
            nests: none.clone(),
            grants: none.clone(),
            writes: none.clone(),
            writes_on: none,
            exact: false,
            alias: false,
            asks: false,
        };
        let content = Content {
            tables: no_tables,
            functions: vec![Some(function)],
            machines: vec![Some(machine)],
            boundary: None,
            layer: None,
            reversed: false,
        };
        Self { stacks: vec![content], ephemeral }
    }

    /// The same with a machine that nests that one, which calls the function only if asked.
    pub(crate) fn nested(ephemeral: bool, calls: bool) -> Self {
        let mut day = Self::article(ephemeral);
        for content in &mut day.stacks {
            let inner = content.machines.first().cloned().flatten();
            let outer = inner.map(|inner| MachineSpec { tasks: vec![], nests: vec![true], ..inner });
            for inner in content.machines.iter_mut().flatten() {
                inner.tasks = vec![calls];
            }
            content.machines.push(outer);
        }
        day
    }

    /// How many stacks it has.
    pub(crate) fn stacks(&self) -> usize {
        self.stacks.len()
    }

    /// The templates by stack.
    pub(crate) fn synth(&self) -> BTreeMap<String, Json> {
        let app = App::new();
        let mut made = Made::default();
        for (n, content) in self.stacks.iter().enumerate() {
            let stack = app.stack(format!("S{n}"));
            let stack = if self.ephemeral { stack.ephemeral() } else { stack };
            // CloudFormation takes no empty stack.
            stack.resource("Topic", "AWS::SNS::Topic", tree!({}));
            made = content.define(&stack, made);
        }
        if self.stacks.is_empty() {
            return BTreeMap::new();
        }
        let synthesis = app.synth(&SynthOptions::default());
        let errors: Vec<_> =
            synthesis.diagnostics().iter().filter(|d| d.severity() == Severity::Error).collect();
        let assembly = synthesis.assembly().unwrap_or_else(|| panic!("{errors:#?}"));
        let template = |stack: &String| {
            let text = assembly.text(&format!("{stack}.template.json")).unwrap();
            (stack.clone(), serde_json::from_str(text).unwrap())
        };
        assembly.stacks().iter().map(template).collect()
    }
}
