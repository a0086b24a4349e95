//! What a day's specification makes of an app.

use cyanotype::{flow::json_path, prelude::*};
use serde_json::Value as Json;

use super::{BoundarySpec, Content, FunctionSpec, MACHINES, MachineSpec, TableSpec};

/// What a stack has made, for the stack after it to call.
#[derive(Default)]
pub(super) struct Made {
    layer: Option<LayerVersion>,
    tables: Vec<Option<Resource>>,
    functions: Vec<Option<Function<Json, Json>>>,
    machines: Vec<Option<StateMachine<Json, Json>>>,
}

impl Content {
    /// What the stack before it has made stands behind what it makes itself.
    pub(super) fn define(&self, stack: &Stack, before: Made) -> Made {
        if let Some(boundary) = self.boundary {
            boundary.define(stack);
        }
        let own = self.layer.map(|content| layer(stack, content));
        let layer = own.or(before.layer);
        let own_tables =
            self.tables.iter().enumerate().map(|(n, table)| Some(table.as_ref()?.define(stack, n)));
        let tables: Vec<Option<Resource>> = own_tables.chain(before.tables).collect();
        let own_functions = self
            .functions
            .iter()
            .enumerate()
            .map(|(n, function)| Some(function.as_ref()?.define(stack, n, &tables, layer.as_ref())));
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
        Made { layer, tables, functions, machines }
    }
}

impl BoundarySpec {
    fn define(self, stack: &Stack) {
        let policy: Value<String> = match self {
            Self::Own(says) => {
                let says = if says == 0 { "*" } else { "dynamodb:*" };
                let statement = tree!({ "Effect": "Allow", "Action": says, "Resource": "*" });
                let document = tree!({ "Version": "2012-10-17", "Statement": [statement] });
                let properties = tree!({ "PolicyDocument": document });
                stack.resource("Boundary", "AWS::IAM::ManagedPolicy", properties).reference()
            }
            Self::OfOthers(which) => format!("arn:aws:iam::123456789012:policy/Boundary{which}").into(),
        };
        stack.permissions_boundary(policy);
    }
}

fn layer(stack: &Stack, content: u8) -> LayerVersion {
    let content = Code::s3("bucket", "layer.zip").version(format!("{content}"));
    LayerVersion::new(stack, "Layer", LayerProps::builder().content(content).build())
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
    fn define(
        &self,
        stack: &Stack,
        n: usize,
        tables: &[Option<Resource>],
        layer: Option<&LayerVersion>,
    ) -> Function<Json, Json> {
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
                .layers(layer.filter(|_| self.layered))
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
        for (n, table) in chosen(tables, &self.grants) {
            if n % 2 == 0 {
                function.may(grants::dynamodb::read(table));
            } else {
                function.allow(Statement::allow(["dynamodb:GetItem"]).on(table.attribute("Arn")));
            }
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
        // Express executions end before anybody answers.
        let asks = self.asks && !self.express;
        let activity = asks.then(|| Activity::<Json, Json>::new(stack, format!("Asked{n}")));
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
            for (n, table) in chosen(tables, &self.writes) {
                let put = payload!({ "TableName": (table.reference()), "Item": {} });
                path = path.then(m.service(&format!("Put {n}"), "dynamodb:putItem", put));
            }
            for (n, table) in chosen(tables, &self.writes_on) {
                let put = payload!({ "TableName": (json_path::<String>("$.table")), "Item": {} });
                path = path.then(m.service(&format!("Put on {n}"), "dynamodb:putItem", put).on(table));
            }
            match &activity {
                Some(activity) => path.then(m.activity("Ask", activity)).then(m.end()),
                None => path.then(m.end()),
            }
        });
        let kind = if self.express { StateMachineType::Express } else { StateMachineType::Standard };
        let props = StateMachineProps::builder()
            .name_opt(self.name.map(|name| format!("machine-{name}").into()))
            .machine_type(kind)
            .logging_opt(self.logged.then(|| Logging::level(LogLevel::All)))
            .exact_rights(self.exact)
            .build();
        let machine = StateMachine::new(stack, format!("M{n}"), definition, props);
        for (n, table) in chosen(tables, &self.grants) {
            if n % 2 == 0 {
                machine.may(grants::dynamodb::write(table));
            } else {
                machine.allow(Statement::allow(["dynamodb:PutItem"]).on(table.attribute("Arn")));
            }
        }
        if self.alias {
            machine.alias("live", &machine.publish());
        }
        machine
    }
}

/// Those that are there and chosen, each with its number.
fn chosen<'a, T>(all: &'a [Option<T>], choice: &'a [bool]) -> impl Iterator<Item = (usize, &'a T)> {
    let pairs = all.iter().zip(choice).enumerate();
    pairs.filter(|(_, (_, chosen))| **chosen).filter_map(|(n, (thing, _))| Some((n, thing.as_ref()?)))
}
