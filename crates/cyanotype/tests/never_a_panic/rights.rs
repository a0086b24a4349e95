//! Calls that say what functions and machines may do, with which role and which keys.

use cyanotype::{
    flow::{ExecutionType, Payload, items, json_path, s3},
    iam::grants::Grant,
    prelude::*,
};
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::{
    call::{number, text},
    made::{Made, pick},
};

/// One call. A number picks among what there is by then.
#[derive(Debug, Clone)]
pub(crate) enum RightsCall {
    Thing(u8, String, u8, u8),
    Grant(u8, u8, u8, String),
    GrantByText(u8, u8, String),
    Boundary(u8, u8, String),
    StableRole(u8),
    StableRoles(u8),
    RetainExceptOnCreate(u8),
    Supplied(u8, String, u8, u8),
    CallsOn(u8, String, u8, Vec<u8>),
    MapOn(u8, String, u8, u32),
    Encrypted(u8, String, u8, u32),
    EncryptedActivity(u8, String, u8, u32),
    Exact(u8, String, Vec<u8>),
}

pub(crate) fn call(wild: bool) -> impl Strategy<Value = RightsCall> {
    let n = any::<u8>;
    let text = || text(wild);
    let number = || number(wild);
    prop_oneof![
        4 => (n(), text(), n(), n()).prop_map(|(a, b, c, d)| RightsCall::Thing(a, b, c, d)),
        3 => (n(), n(), n(), text()).prop_map(|(a, b, c, d)| RightsCall::Grant(a, b, c, d)),
        1 => (n(), n(), text()).prop_map(|(a, b, c)| RightsCall::GrantByText(a, b, c)),
        1 => (n(), n(), text()).prop_map(|(a, b, c)| RightsCall::Boundary(a, b, c)),
        1 => n().prop_map(RightsCall::StableRole),
        1 => n().prop_map(RightsCall::StableRoles),
        1 => n().prop_map(RightsCall::RetainExceptOnCreate),
        1 => (n(), text(), n(), n()).prop_map(|(a, b, c, d)| RightsCall::Supplied(a, b, c, d)),
        2 => (n(), text(), n(), proptest::collection::vec(n(), 0..3))
            .prop_map(|(a, b, c, d)| RightsCall::CallsOn(a, b, c, d)),
        1 => (n(), text(), n(), number()).prop_map(|(a, b, c, d)| RightsCall::MapOn(a, b, c, d)),
        1 => (n(), text(), n(), number()).prop_map(|(a, b, c, d)| RightsCall::Encrypted(a, b, c, d)),
        1 => (n(), text(), n(), number()).prop_map(|(a, b, c, d)| RightsCall::EncryptedActivity(a, b, c, d)),
        2 => (n(), text(), proptest::collection::vec(n(), 0..3))
            .prop_map(|(a, b, c)| RightsCall::Exact(a, b, c)),
    ]
}

/// Types with what they require, and which grants are on them.
pub(crate) const TYPES: [&str; 11] = [
    "AWS::DynamoDB::Table",
    "AWS::SQS::Queue",
    "AWS::SNS::Topic",
    "AWS::S3::Bucket",
    "AWS::KMS::Key",
    "AWS::SecretsManager::Secret",
    "AWS::SSM::Parameter",
    "AWS::Events::EventBus",
    "AWS::IAM::Role",
    "AWS::IAM::ManagedPolicy",
    "AWS::ECR::Repository",
];

/// Actions of Tasks, each with the type of what it is on and the argument that names it.
const ACTIONS: [(&str, &str, &str); 6] = [
    ("dynamodb:putItem", "AWS::DynamoDB::Table", "TableName"),
    ("aws-sdk:dynamodb:batchWriteItem", "AWS::DynamoDB::Table", ""),
    ("sqs:sendMessage", "AWS::SQS::Queue", "QueueUrl"),
    ("sns:publish", "AWS::SNS::Topic", "TopicArn"),
    ("aws-sdk:s3:getObject", "AWS::S3::Bucket", "Bucket"),
    ("aws-sdk:secretsmanager:getSecretValue", "AWS::SecretsManager::Secret", "SecretId"),
];

/// A grant of some service on a resource, and of which type that should be.
fn type_of_grant(grant: u8) -> &'static str {
    TYPES.get(usize::from(grant / 4) % 8).copied().unwrap_or_default()
}

fn grant(grant: u8, on: &Resource, text: &str) -> Grant {
    match (type_of_grant(grant), grant % 3) {
        ("AWS::DynamoDB::Table", 0) => grants::dynamodb::read(on),
        ("AWS::DynamoDB::Table", 1) => grants::dynamodb::write(on),
        ("AWS::DynamoDB::Table", _) => grants::dynamodb::read_stream(on),
        ("AWS::SQS::Queue", 0) => grants::sqs::send(on),
        ("AWS::SQS::Queue", _) => grants::sqs::consume(on),
        ("AWS::SNS::Topic", _) => grants::sns::publish(on),
        ("AWS::S3::Bucket", 0) => grants::s3::read(on).under(text).into(),
        ("AWS::S3::Bucket", 1) => grants::s3::write(on).into(),
        ("AWS::S3::Bucket", _) => grants::s3::delete(on).under(text).under("b/").into(),
        ("AWS::KMS::Key", 0) => grants::kms::decrypt(on),
        ("AWS::KMS::Key", _) => grants::kms::encrypt(on),
        ("AWS::SecretsManager::Secret", 0) => grants::secrets_manager::read(on),
        ("AWS::SecretsManager::Secret", _) => grants::secrets_manager::write(on),
        ("AWS::SSM::Parameter", 0) => grants::ssm::read(on),
        ("AWS::SSM::Parameter", _) => grants::ssm::write(on),
        ("AWS::Events::EventBus", 0) => grants::events::put(on),
        ("AWS::Events::EventBus", _) => grants::events::put_on_default(),
        _ => grants::step_functions::answer(),
    }
}

/// The same on what a text or a value says.
fn grant_by_text(grant: u8, on: &str, value: Value<String>) -> Grant {
    match grant % 8 {
        0 => grants::dynamodb::read(on),
        1 => grants::sqs::consume(value),
        2 => grants::s3::read(on).under(on).into(),
        3 => grants::kms::encrypt(value),
        4 => grants::secrets_manager::read(on),
        5 => grants::ssm::read(value),
        6 => grants::step_functions::stop(on),
        _ => grants::step_functions::start_sync(value),
    }
}

fn trust() -> Tree {
    let principal = tree!({ "Service": ["lambda.amazonaws.com", "states.amazonaws.com"] });
    let statement = tree!({ "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole" });
    tree!({ "Version": "2012-10-17", "Statement": [statement] })
}

fn document(on: impl Into<Tree>) -> Tree {
    let on = on.into();
    let statement =
        tree!({ "Effect": "Allow", "Action": ["lambda:InvokeFunction", "logs:*"], "Resource": on });
    tree!({ "Version": "2012-10-17", "Statement": [statement] })
}

impl Made {
    /// A resource of a type; in a wild app of any.
    pub(crate) fn of_type(&self, type_name: &str, n: u8) -> Option<&Resource> {
        let of_type: Vec<_> = self.things.iter().filter(|(is, _)| self.wild || *is == type_name).collect();
        pick(&of_type, n).map(|(_, resource)| resource)
    }

    fn properties(&self, type_name: &str, value: u8) -> Tree {
        let key = self.of_type("AWS::KMS::Key", value).map(|key| key.attribute("Arn"));
        let key = key.filter(|_| value.is_multiple_of(2)).unwrap_or_else(Value::none);
        match type_name {
            "AWS::DynamoDB::Table" => tree!({
                "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }],
                "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }],
                "BillingMode": "PAY_PER_REQUEST",
                "StreamSpecification": { "StreamViewType": "NEW_IMAGE" },
            }),
            "AWS::SQS::Queue" | "AWS::SNS::Topic" => tree!({ "KmsMasterKeyId": key }),
            "AWS::SecretsManager::Secret" => tree!({ "KmsKeyId": key }),
            "AWS::KMS::Key" => {
                let root = Value::<String>::sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root", NONE);
                let principal = tree!({ "AWS": root });
                let all =
                    tree!({ "Effect": "Allow", "Principal": principal, "Action": "kms:*", "Resource": "*" });
                tree!({ "KeyPolicy": { "Version": "2012-10-17", "Statement": [all] } })
            }
            "AWS::SSM::Parameter" => tree!({ "Type": "String", "Value": "x" }),
            "AWS::Events::EventBus" => tree!({ "Name": format!("bus-{value}") }),
            "AWS::IAM::Role" => {
                let policy = tree!({ "PolicyName": "Own", "PolicyDocument": document("*") });
                tree!({ "AssumeRolePolicyDocument": trust(), "Policies": [policy] })
            }
            "AWS::IAM::ManagedPolicy" => tree!({ "PolicyDocument": document("*") }),
            _ => tree!({}),
        }
    }

    pub(crate) fn rights(&mut self, call: RightsCall) -> Option<()> {
        match call {
            RightsCall::Thing(n, id, kind, value) => {
                let type_name = *pick(&TYPES, kind)?;
                let properties = self.properties(type_name, value);
                let resource = pick(&self.constructs, n)?.resource(id, type_name, properties);
                if value.is_multiple_of(8) {
                    self.values.push(resource.reference());
                }
                self.things.push((type_name, resource));
            }
            RightsCall::Grant(who, kind, on, text) => {
                let on = self.of_type(type_of_grant(kind), on)?;
                self.give(who, grant(kind, on, &text))?;
            }
            RightsCall::GrantByText(who, kind, text) => {
                let grant = match pick(&self.machines, who).filter(|_| kind.is_multiple_of(4)) {
                    Some(machine) => grants::step_functions::follow(machine),
                    None if self.wild => grant_by_text(kind, &text, self.value(kind)),
                    None => grants::dynamodb::write(format!(
                        "arn:aws:dynamodb:eu-west-1:123456789012:table/{text}"
                    )),
                };
                self.give(kind, grant)?;
            }
            RightsCall::Boundary(n, policy, text) => {
                let boundary = match self.of_type("AWS::IAM::ManagedPolicy", policy) {
                    Some(policy) => policy.reference(),
                    None if self.wild => text.into(),
                    None => format!("arn:aws:iam::123456789012:policy/{text}").into(),
                };
                pick(&self.stacks, n)?.permissions_boundary(boundary);
            }
            RightsCall::StableRole(n) => match pick(&self.machines, n).filter(|_| n.is_multiple_of(2)) {
                Some(machine) => machine.stable_role(),
                None => pick(&self.functions, n)?.stable_role(),
            },
            RightsCall::StableRoles(n) => pick(&self.stacks, n)?.stable_roles(),
            RightsCall::RetainExceptOnCreate(n) => {
                let _ = pick(&self.stacks, n)?.clone().retain_except_on_create();
            }
            RightsCall::Supplied(n, id, role, value) => self.supplied(n, id, role, value)?,
            RightsCall::CallsOn(n, id, action, on) => {
                let (action, type_name, argument) = *pick(&ACTIONS, action)?;
                let on: Vec<_> = on.iter().filter_map(|n| self.of_type(type_name, *n)).collect();
                if !self.wild && on.is_empty() {
                    return None;
                }
                let named = on.first().map(|resource| resource.reference()).filter(|_| n.is_multiple_of(2));
                let rest = match action {
                    "sqs:sendMessage" => {
                        payload!({ "MessageBody": "m", "QueueUrl": (json_path::<String>("$.q")) })
                    }
                    "dynamodb:putItem" => payload!({ "Item": {}, "TableName": (json_path::<String>("$.t")) }),
                    "sns:publish" => payload!({ "Message": "m", "TopicArn": (json_path::<String>("$.t")) }),
                    "aws-sdk:s3:getObject" => {
                        payload!({ "Bucket": (json_path::<String>("$.b")), "Key": "a*b" })
                    }
                    _ if argument.is_empty() => payload!({ "RequestItems": {} }),
                    _ => payload!({ "SecretId": (json_path::<String>("$.s")) }),
                };
                let arguments: Payload<Json> = match named {
                    Some(bucket) if argument == "Bucket" => payload!({ "Bucket": (bucket), "Key": "${*}" }),
                    _ => rest,
                };
                let on: Vec<_> = on.into_iter().cloned().collect();
                let definition: Machine<Json, Json> = machine(|m| {
                    let call = m.service("Call", action, arguments);
                    call.on(on.iter().collect::<Vec<_>>()).then(m.end())
                });
                let props = StateMachineProps::default();
                self.machines.push(StateMachine::new(pick(&self.constructs, n)?, id, definition, props));
            }
            RightsCall::MapOn(n, id, on, most) => {
                let bucket = self.of_type("AWS::S3::Bucket", on)?;
                let named =
                    payload!({ "Bucket": (bucket.reference()), "Key": (json_path::<String>("$.key")) });
                let rows = s3::json_lines(named).max_items(most);
                let rows = rows.distributed::<Json>(ExecutionType::Standard).on(bucket);
                let written = payload!({ "Bucket": (json_path::<String>("$.to")), "Prefix": "out" });
                let rows = rows.write_to(written).tolerated_failures(most).max_concurrency(most);
                let definition: Machine<Json, Json> = machine(|m| {
                    let map = m.map("Rows", rows, |item| item.pass::<Json>("Row").then(item.end()));
                    let few = m.map("Few", items(root::<Json>().get("a")), |item| {
                        item.pass::<Json>("Few row").then(item.end())
                    });
                    map.assume::<Json>().discard_result().then(few.assume::<Json>()).then(m.end())
                });
                let props = StateMachineProps::default();
                self.machines.push(StateMachine::new(pick(&self.constructs, n)?, id, definition, props));
            }
            RightsCall::Encrypted(n, id, key, reuse) => {
                let key: KmsKey = match self.of_type("AWS::KMS::Key", key) {
                    Some(key) => key.into(),
                    None if self.wild => self.value(key).into(),
                    None => return None,
                };
                let reuse = if self.wild { seconds(reuse) } else { seconds(60 + reuse) };
                let logging = Logging::level(LogLevel::Error).kms_key(key.clone());
                let props = StateMachineProps::builder().kms_key(key, reuse).logging(logging).build();
                let definition: Machine<Json, Json> = machine(|m| m.pass("Start").then(m.end()));
                self.machines.push(StateMachine::new(pick(&self.constructs, n)?, id, definition, props));
            }
            RightsCall::EncryptedActivity(n, id, key, reuse) => {
                let key = self.of_type("AWS::KMS::Key", key)?;
                let reuse = if self.wild { seconds(reuse) } else { seconds(60 + reuse) };
                let under = pick(&self.constructs, n)?;
                let activity = Activity::<Json, Json>::new(under, id.as_str()).kms_key(key, reuse);
                let definition: Machine<Json, Json> = machine(|m| m.activity("Ask", &activity).then(m.end()));
                let id = format!("{id}Asks");
                self.machines.push(StateMachine::new(under, id, definition, StateMachineProps::default()));
            }
            RightsCall::Exact(n, id, tasks) => {
                let definition: Machine<Json, Json> = machine(|m| {
                    let mut path = m.pass("Start");
                    for (n, version) in tasks
                        .iter()
                        .enumerate()
                        .filter_map(|(place, n)| Some((place, pick(&self.versions, *n)?)))
                    {
                        path = path.then(m.task(&format!("Call {n}"), version));
                    }
                    path.then(m.end())
                });
                let props = StateMachineProps::builder().exact_rights(true).build();
                self.machines.push(StateMachine::new(pick(&self.constructs, n)?, id, definition, props));
            }
        }
        Some(())
    }

    fn give(&self, who: u8, grant: Grant) -> Option<()> {
        match pick(&self.machines, who).filter(|_| who.is_multiple_of(2)) {
            Some(machine) => machine.may(grant),
            None => pick(&self.functions, who)?.may(grant),
        }
        Some(())
    }

    /// A function or a machine whose role others make.
    fn supplied(&mut self, n: u8, id: String, role: u8, value: u8) -> Option<()> {
        let arn = match self.of_type("AWS::IAM::Role", role) {
            Some(role) if value.is_multiple_of(4) => role.attribute("Arn"),
            Some(role) if value % 4 == 1 && self.wild => role.reference(),
            _ if self.wild => self.value(value),
            _ => format!("arn:aws:iam::123456789012:role/{id}").into(),
        };
        let under = pick(&self.constructs, n)?;
        if value.is_multiple_of(2) {
            let props = FunctionProps::builder()
                .runtime(Runtime::NODEJS_22)
                .handler("index.handler")
                .code(Code::inline("exports.handler = async () => 1"))
                .role(arn)
                .build();
            self.functions.push(Function::new(under, id, props));
        } else {
            let definition: Machine<Json, Json> = machine(|m| {
                let start = m.pass("Start");
                match pick(&self.versions, n) {
                    Some(version) => start.then(m.task("Call", version)).then(m.end()),
                    None => start.then(m.end()),
                }
            });
            let props = StateMachineProps::builder().role(arn).build();
            self.machines.push(StateMachine::new(under, id, definition, props));
        }
        Some(())
    }
}

/// No variables.
const NONE: [(&str, Value<String>); 0] = [];
