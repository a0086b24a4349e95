//! The rules by which CloudFormation creates, updates, replaces, retains and deletes, small enough to be read.
//!
//! Physical resources are numbered. In resolved properties a reference is the text `#7`, an attribute `#7.Arn`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::template::{Names, handed_over, imports, in_order, outputs_read, resolve};

/// Everything that exists in one account and Region, or has existed.
#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    things: Vec<Thing>,
    /// What each stack owns, by logical ID.
    stacks: BTreeMap<String, BTreeMap<String, usize>>,
    /// What each stack hands to others.
    handed: BTreeMap<String, BTreeMap<String, Value>>,
    /// The exports that each stack imports.
    imported: BTreeMap<String, BTreeSet<String>>,
}

/// A physical resource.
#[derive(Debug, Clone)]
pub(crate) struct Thing {
    pub(crate) type_name: String,
    pub(crate) alive: bool,
    /// As they are now; of a version, those of its function or machine when it was published.
    pub(crate) properties: Value,
    /// The policies that the template last gave it.
    deletion: String,
    replacement: String,
}

/// Why an update did not happen. The world is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refused {
    NameTaken(String),
    NothingToPublish(String),
    /// An export would change or go that another stack imports.
    ExportInUse(String),
    /// Another stack does not hand over what this one reads.
    NothingHandedOver(String),
}

impl World {
    /// Creates or updates a stack.
    pub(crate) fn deploy(&mut self, stack: &str, template: &Value) -> Result<(), Refused> {
        let mut next = self.clone();
        next.converge(stack, template)?;
        *self = next;
        Ok(())
    }

    /// Deletes a stack, and what its policies do not retain.
    pub(crate) fn delete_stack(&mut self, stack: &str) {
        self.handed.remove(stack);
        self.imported.remove(stack);
        for thing in self.stacks.remove(stack).unwrap_or_default().into_values() {
            if self.things[thing].deletion != "Retain" {
                self.kill(thing);
            }
        }
    }

    pub(crate) fn stack_names(&self) -> Vec<String> {
        self.stacks.keys().cloned().collect()
    }

    pub(crate) fn thing(&self, thing: usize) -> &Thing {
        &self.things[thing]
    }

    pub(crate) fn owned_by(&self, stack: &str) -> impl Iterator<Item = (&String, usize)> {
        self.stacks.get(stack).into_iter().flatten().map(|(id, thing)| (id, *thing))
    }

    /// What a role allows, one line for each action on each resource: in itself and in policies attached to it.
    pub(crate) fn rights(&self, role: usize) -> BTreeSet<String> {
        let inline = self.things[role].properties["Policies"].as_array().into_iter().flatten();
        let mut documents: Vec<&Value> = inline.map(|policy| &policy["PolicyDocument"]).collect();
        let name = Value::from(format!("#{role}"));
        documents.extend(
            self.things.iter().filter(|t| t.alive && t.type_name == "AWS::IAM::Policy").filter_map(|t| {
                let roles = t.properties["Roles"].as_array()?;
                roles.contains(&name).then_some(&t.properties["PolicyDocument"])
            }),
        );
        let mut rights: BTreeSet<_> = documents.into_iter().flat_map(said).collect();
        // What the boundary says narrows them all, so each line of it counts, as does that there is none.
        let boundary = &self.things[role].properties["PermissionsBoundary"];
        match numbers(boundary).first() {
            Some(policy) => rights.extend(
                said(&self.things[*policy].properties["PolicyDocument"])
                    .into_iter()
                    .map(|line| format!("within {line}")),
            ),
            None => drop(rights.insert(format!("within {boundary}"))),
        }
        rights
    }

    fn converge(&mut self, stack: &str, template: &Value) -> Result<(), Refused> {
        let resources = template["Resources"].as_object().unwrap();
        let before = self.stacks.get(stack).cloned().unwrap_or_default();
        let elsewhere: BTreeMap<_, _> =
            self.handed.values().flatten().map(|(k, v)| (k.clone(), v.clone())).collect();
        let read = imports(template).into_iter().chain(outputs_read(template));
        if let Some(missing) = read.into_iter().find(|argument| !elsewhere.contains_key(argument)) {
            return Err(Refused::NothingHandedOver(missing));
        }
        let (mut now, mut replaced) = (BTreeMap::new(), vec![]);
        for id in in_order(resources) {
            let declared = &resources[&id];
            let mut properties =
                resolve(&declared["Properties"], &Names { things: &now, elsewhere: &elsewhere });
            if declared["Type"] == "AWS::StepFunctions::StateMachineVersion" {
                properties["Revision"] = self.revision(&properties["StateMachineArn"]);
            }
            let policy = |name: &str| declared[name].as_str().unwrap_or("Delete").to_owned();
            let mut thing = Thing {
                type_name: declared["Type"].as_str().unwrap().into(),
                alive: true,
                properties,
                deletion: policy("DeletionPolicy"),
                replacement: policy("UpdateReplacePolicy"),
            };
            let old = before.get(&id).copied();
            match old.filter(|old| !must_replace(&self.things[*old], &thing)) {
                Some(kept) => {
                    if thing.type_name == "AWS::Lambda::Version" {
                        thing.properties = self.things[kept].properties.clone();
                    }
                    self.things[kept] = thing;
                    now.insert(id, kept);
                }
                None => {
                    self.create(&mut thing, &id)?;
                    let retains = thing.replacement == "Retain";
                    self.things.push(thing);
                    now.insert(id, self.things.len() - 1);
                    replaced.extend(old.map(|old| (old, retains)));
                }
            }
        }
        let handed = handed_over(stack, template, &Names { things: &now, elsewhere: &elsewhere });
        let elsewhere_imported = self.imported.iter().filter(|(other, _)| *other != stack);
        for export in elsewhere_imported.flat_map(|(_, exports)| exports) {
            let before = self.handed.get(stack).and_then(|before| before.get(export));
            if before.is_some_and(|before| handed.get(export) != Some(before)) {
                return Err(Refused::ExportInUse(export.clone()));
            }
        }
        self.handed.insert(stack.into(), handed);
        self.imported.insert(stack.into(), imports(template));
        // The clean-up, after everything else has succeeded.
        for (old, retains) in replaced {
            // Whether the old template's policy counts or the new one's, nobody has proven. What we generate must stay
            // under both readings. What the user made is retained while it is reached: it may no longer be in the new
            // template, and then the old one's is taken to count.
            let is_ours = ["AWS::Lambda::", "AWS::StepFunctions::", "AWS::IAM::"];
            // Of a layer, too: a published function keeps a copy of what it has.
            let type_name = &self.things[old].type_name;
            let is_ours = is_ours.iter().any(|service| type_name.starts_with(service));
            let both = is_ours && type_name != "AWS::Lambda::LayerVersion";
            if self.things[old].replacement != "Retain" || (both && !retains) {
                self.kill(old);
            }
        }
        for (_, gone) in before.iter().filter(|(id, _)| !now.contains_key(*id)) {
            if self.things[*gone].deletion != "Retain" {
                self.kill(*gone);
            }
        }
        self.stacks.insert(stack.into(), now);
        Ok(())
    }

    /// What a machine's revision is made of, which its versions hold.
    fn revision(&self, machine: &Value) -> Value {
        let properties = &self.things[number(machine.as_str().unwrap())].properties;
        json!({ "DefinitionString": properties["DefinitionString"], "RoleArn": properties["RoleArn"] })
    }

    fn create(&self, thing: &mut Thing, id: &str) -> Result<(), Refused> {
        if let Some(name) = name_of(thing) {
            let taken =
                |t: &Thing| t.alive && t.type_name == thing.type_name && name_of(t).as_ref() == Some(&name);
            if self.things.iter().any(taken) {
                return Err(Refused::NameTaken(name));
            }
        }
        if thing.type_name == "AWS::Lambda::Version" {
            let function = thing.properties["FunctionName"].as_str().unwrap().to_owned();
            let mut published = self.things[number(&function)].properties.clone();
            published["Published"] = function.as_str().into();
            // What is set for a function as a whole is nothing to publish.
            published.as_object_mut().unwrap().retain(|name, _| name != "ReservedConcurrentExecutions");
            let last = self.things.iter().rev().find(|t| t.properties["Published"] == published["Published"]);
            if last.is_some_and(|last| last.properties == published) {
                return Err(Refused::NothingToPublish(id.into()));
            }
            thing.properties = published;
        }
        Ok(())
    }

    /// Deletes a thing, and what cannot be without it.
    fn kill(&mut self, thing: usize) {
        self.things[thing].alive = false;
        let name = Value::from(format!("#{thing}"));
        for other in &mut self.things {
            let of_it = other.properties["Published"] == name
                || other.properties["StateMachineArn"] == name
                || (other.type_name == "AWS::Lambda::Alias" && other.properties["FunctionName"] == name);
            other.alive &= !of_it;
        }
    }
}

/// The numbers in a resolved value.
pub(crate) fn numbers(value: &Value) -> BTreeSet<usize> {
    let text = value.to_string();
    let digits =
        text.split('#').skip(1).map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next().unwrap());
    digits.filter_map(|digits| digits.parse().ok()).collect()
}

fn number(reference: &str) -> usize {
    reference.trim_start_matches('#').parse().unwrap()
}

fn many(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(Value::to_string).collect(),
        one => vec![one.to_string()],
    }
}

/// What a policy document says, one line for each action on each resource, with the conditions.
fn said(document: &Value) -> Vec<String> {
    let mut lines = vec![];
    for statement in document["Statement"].as_array().into_iter().flatten() {
        for action in many(&statement["Action"]) {
            for resource in many(&statement["Resource"]) {
                lines.push(format!("{} {action} {resource} {}", statement["Effect"], statement["Condition"]));
            }
        }
    }
    lines
}

fn must_replace(old: &Thing, new: &Thing) -> bool {
    let create_only: &[&str] = match new.type_name.as_str() {
        "AWS::Lambda::Function" => &["FunctionName", "PackageType"],
        // Its own properties were replaced by those of its function: its logical ID is all that moves it.
        "AWS::Lambda::Version" => return old.properties["Published"] != new.properties["FunctionName"],
        "AWS::Lambda::Alias" => &["FunctionName", "Name"],
        "AWS::StepFunctions::StateMachine" => &["StateMachineName", "StateMachineType"],
        // Another revision is another version, and all of a version is create-only.
        "AWS::StepFunctions::StateMachineVersion" => &["StateMachineArn", "Revision"],
        "AWS::StepFunctions::Activity" => &["Name", "EncryptionConfiguration"],
        "AWS::StepFunctions::StateMachineAlias" => &["Name"],
        "AWS::Lambda::LayerVersion" => &["Content", "LayerName", "Description"],
        "AWS::IAM::Role" => &["RoleName", "Path"],
        "AWS::IAM::ManagedPolicy" => &["ManagedPolicyName", "Path", "Description"],
        "AWS::DynamoDB::Table" => &["TableName", "KeySchema"],
        "AWS::SQS::Queue" => &["QueueName", "FifoQueue"],
        "AWS::Logs::LogGroup" => &["LogGroupName"],
        _ => &[],
    };
    create_only.iter().any(|property| old.properties[*property] != new.properties[*property])
}

fn name_of(thing: &Thing) -> Option<String> {
    let property = match thing.type_name.as_str() {
        "AWS::Lambda::Function" => "FunctionName",
        "AWS::StepFunctions::StateMachine" => "StateMachineName",
        "AWS::DynamoDB::Table" => "TableName",
        "AWS::SQS::Queue" => "QueueName",
        _ => return None,
    };
    thing.properties[property].as_str().map(str::to_owned)
}
