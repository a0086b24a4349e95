//! Days: what an app may look like at one time.

use std::collections::BTreeMap;

use cyanotype::prelude::*;
use proptest::prelude::*;
use serde_json::Value as Json;

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
    /// Makes machines before functions are given their rights, and rights in reverse.
    reversed: bool,
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
}

/// Any day of one or two stacks.
pub(crate) fn day() -> impl Strategy<Value = Day> {
    proptest::collection::vec(content(), 0..=2).prop_map(|stacks| Day { stacks, ephemeral: false })
}

fn content() -> impl Strategy<Value = Content> {
    let tables = proptest::collection::vec(proptest::option::weighted(0.7, table()), TABLES);
    let functions = proptest::collection::vec(proptest::option::weighted(0.7, function()), FUNCTIONS);
    let machines = proptest::collection::vec(proptest::option::weighted(0.8, machine_spec()), MACHINES);
    (tables, functions, machines, any::<bool>()).prop_map(|(tables, functions, machines, reversed)| Content {
        tables,
        functions,
        machines,
        reversed,
    })
}

fn name() -> impl Strategy<Value = Option<u8>> {
    proptest::option::weighted(0.15, 0..2_u8)
}

/// Some of the stack's own, and fewer of the stack before it.
fn some_of(n: usize) -> impl Strategy<Value = Vec<bool>> {
    let choices = |odds| proptest::collection::vec(proptest::bool::weighted(odds), n);
    (choices(0.4), choices(0.15)).prop_map(|(own, before)| [own, before].concat())
}

fn table() -> impl Strategy<Value = TableSpec> {
    (name(), 0..2_u8, any::<bool>()).prop_map(|(name, key, billing)| TableSpec { name, key, billing })
}

fn function() -> impl Strategy<Value = FunctionSpec> {
    let place =
        (0..3_u8, name(), proptest::bool::weighted(0.1), proptest::option::of(0..3_u8), any::<bool>());
    let reach = (some_of(TABLES), some_of(TABLES), proptest::option::weighted(0.2, 0..MACHINES as u8));
    (place, reach).prop_map(|((code, name, image, reserved, alias), (environment, grants, starts))| {
        FunctionSpec { code, name, image, reserved, alias, environment, grants, starts }
    })
}

fn machine_spec() -> impl Strategy<Value = MachineSpec> {
    let calls = (some_of(FUNCTIONS), some_of(MACHINES));
    (name(), proptest::bool::weighted(0.2), any::<bool>(), calls, some_of(TABLES)).prop_map(
        |(name, express, logged, (tasks, nests), grants)| MachineSpec {
            name,
            express,
            logged,
            tasks,
            nests,
            grants,
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
            grants: none,
        };
        let content = Content {
            tables: no_tables,
            functions: vec![Some(function)],
            machines: vec![Some(machine)],
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

/// What a stack has made, for the stack after it to call.
#[derive(Default)]
struct Made {
    tables: Vec<Option<Resource>>,
    functions: Vec<Option<Function<Json, Json>>>,
    machines: Vec<Option<StateMachine<Json, Json>>>,
}

impl Content {
    /// What the stack before it has made stands behind what it makes itself.
    fn define(&self, stack: &Stack, before: Made) -> Made {
        let own_tables =
            self.tables.iter().enumerate().map(|(n, table)| Some(table.as_ref()?.define(stack, n)));
        let tables: Vec<Option<Resource>> = own_tables.chain(before.tables).collect();
        let own_functions = self
            .functions
            .iter()
            .enumerate()
            .map(|(n, function)| Some(function.as_ref()?.define(stack, n, &tables)));
        let functions: Vec<Option<Function<Json, Json>>> = own_functions.chain(before.functions).collect();
        // Machines nest those that were made before them: in this stack, and in the one before.
        let mut machines: Vec<_> = (0..MACHINES).map(|_| None).chain(before.machines).collect();
        for (n, machine) in self.machines.iter().enumerate() {
            let made = machine.as_ref().map(|spec| spec.define(stack, n, &functions, &machines, &tables));
            if let Some(place) = machines.get_mut(n) {
                *place = made;
            }
        }
        let mut grants: Vec<_> = functions.iter().zip(&self.functions).collect();
        if self.reversed {
            grants.reverse();
        }
        for (function, spec) in grants {
            if let (Some(function), Some(spec)) = (function, spec) {
                spec.grant(function, &tables, machines.get(..MACHINES).unwrap_or_default());
            }
        }
        Made { tables, functions, machines }
    }
}

impl TableSpec {
    fn define(&self, stack: &Stack, n: usize) -> Resource {
        let billing = if self.billing { "PAY_PER_REQUEST" } else { "PROVISIONED" };
        let key = format!("key{}", self.key);
        let key = tree!([{ "AttributeName": key, "KeyType": "HASH" }]);
        let name = self.name.map_or_else(Value::none, |name| Value::from(format!("table-{name}")));
        let properties = tree!({ "TableName": name, "KeySchema": key, "BillingMode": billing });
        stack.resource(format!("Table{n}"), "AWS::DynamoDB::Table", properties)
    }
}

impl FunctionSpec {
    fn define(&self, stack: &Stack, n: usize, tables: &[Option<Resource>]) -> Function<Json, Json> {
        let environment =
            chosen(tables, &self.environment).map(|(n, t)| (format!("TABLE_{n}"), t.reference()));
        let name = self.name.map(|name| format!("function-{name}").into());
        let reserved = self.reserved.map(|n| u32::from(n).into());
        let props = if self.image {
            let repository = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/hello";
            let image = Image::registry(format!("{repository}@sha256:{:064}", self.code));
            let props = FunctionProps::image(image).name_opt(name);
            props.reserved_concurrency_opt(reserved).environment(environment).build()
        } else {
            FunctionProps::builder()
                .runtime(Runtime::NODEJS_22)
                .handler("index.handler")
                .code(Code::inline(format!("exports.handler = async () => {}", self.code)))
                .name_opt(name)
                .reserved_concurrency_opt(reserved)
                .environment(environment)
                .build()
        };
        Function::new(stack, format!("F{n}"), props)
    }

    fn grant(
        &self,
        function: &Function<Json, Json>,
        tables: &[Option<Resource>],
        machines: &[Option<StateMachine<Json, Json>>],
    ) {
        for (_, table) in chosen(tables, &self.grants) {
            function.allow(Statement::allow(["dynamodb:GetItem"]).on(table.attribute("Arn")));
        }
        if let Some(machine) = self.starts.and_then(|n| machines.get(n as usize)?.as_ref()) {
            function.allow(Statement::allow(["states:StartExecution"]).on(machine.arn()));
        }
        if self.alias {
            function.alias("live", &function.publish());
        }
    }
}

impl MachineSpec {
    fn define(
        &self,
        stack: &Stack,
        n: usize,
        functions: &[Option<Function<Json, Json>>],
        machines: &[Option<StateMachine<Json, Json>>],
        tables: &[Option<Resource>],
    ) -> StateMachine<Json, Json> {
        let definition = machine(|m| {
            let mut path = m.pass("Start");
            for (n, function) in chosen(functions, &self.tasks) {
                path = path.then(m.task(&format!("Call {n}"), &function.publish()));
            }
            // An Express machine cannot wait for another.
            for (n, nested) in chosen(machines, &self.nests).filter(|_| !self.express) {
                let task = m.task(&format!("Nest {n}"), &nested.publish());
                path = path.then(task.select(path!(Execution<Json> => output)));
            }
            path.then(m.end())
        });
        let kind = if self.express { StateMachineType::Express } else { StateMachineType::Standard };
        let props = StateMachineProps::builder()
            .name_opt(self.name.map(|name| format!("machine-{name}").into()))
            .machine_type(kind)
            .logging_opt(self.logged.then(|| Logging::level(LogLevel::All)))
            .build();
        let machine = StateMachine::new(stack, format!("M{n}"), definition, props);
        for (_, table) in chosen(tables, &self.grants) {
            machine.allow(Statement::allow(["dynamodb:PutItem"]).on(table.attribute("Arn")));
        }
        machine
    }
}

/// Those that are there and chosen, each with its number.
fn chosen<'a, T>(all: &'a [Option<T>], choice: &'a [bool]) -> impl Iterator<Item = (usize, &'a T)> {
    let pairs = all.iter().zip(choice).enumerate();
    pairs.filter(|(_, (_, chosen))| **chosen).filter_map(|(n, (thing, _))| Some((n, thing.as_ref()?)))
}
