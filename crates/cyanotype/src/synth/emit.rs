//! Templates.

use std::borrow::Cow;

use cyanotype_cfn::{
    HandOver, Hashed, Key, Names, Output, Resource, RetentionPolicy, StackArtifact, Template, Tree, Value,
};
use indexmap::IndexMap;

use super::{
    SynthOptions,
    exports::{Exports, hand_over, output_id},
    fingerprint::stamped,
    model::{Model, Node},
};
use crate::{
    app::{AppData, Body, ResourceBody, ResourceKind, StackData},
    diagnostic::Diagnostic,
};

/// Reports names of stacks that are asked for and are not there.
pub(super) fn check_options(app: &AppData, options: &SynthOptions) -> Vec<Diagnostic> {
    let unknown = options.stacks.iter().filter(|name| !app.stacks.iter().any(|stack| stack.name == **name));
    let problem = |name| {
        let known = app.stacks.iter().map(|stack| format!("`{}`", stack.name)).collect::<Vec<_>>().join(", ");
        Diagnostic::error(format!("the app has no stack `{name}`")).help(format!("it has {known}"))
    };
    unknown.map(problem).collect()
}

/// Makes the stacks that are asked for, and those that they depend on.
pub(super) fn emit(
    model: &mut Model,
    exports: &Exports,
    options: &SynthOptions,
) -> Vec<(u32, StackArtifact)> {
    stamp(model);
    let mut artifacts = vec![];
    let mut found = vec![];
    for stack in wanted(model, exports, options) {
        let Some(data) = model.app.stacks.get(stack as usize) else { continue };
        let template = template(model, exports, stack, data);
        let text = Hashed::from(template.to_text(&StackNames { model, stack }));
        for problem in template.limits_exceeded(text.text()) {
            let help = "split the stack: what changes together belongs together";
            found.push(Diagnostic::error(problem).at(data.at).construct(&data.name).help(help));
        }
        artifacts.push((stack, artifact(model, exports, stack, data, text)));
    }
    model.diagnostics.extend(found);
    artifacts
}

fn wanted(model: &Model, exports: &Exports, options: &SynthOptions) -> Vec<u32> {
    if options.stacks.is_empty() {
        return model.stacks.to_vec();
    }
    // A name that is given twice is an error, and means the first.
    let first = |name: &String| model.app.stacks.iter().position(|stack| stack.name == *name);
    let asked = options.stacks.iter().filter_map(first).map(|stack| stack as u32);
    let mut wanted: Vec<_> = asked.filter(|stack| model.stacks.contains(stack)).collect();
    let mut at = 0;
    while let Some(stack) = wanted.get(at) {
        let more: Vec<_> = exports.dependencies.get(stack).into_iter().flatten().copied().collect();
        wanted.extend(more.into_iter().filter(|stack| !wanted.contains(stack)).collect::<Vec<_>>());
        at += 1;
    }
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

struct StackNames<'m> {
    model: &'m Model<'m>,
    stack: u32,
}

impl Names for StackNames<'_> {
    fn local(&self, key: Key) -> Option<&str> {
        (key.stack == self.stack).then(|| self.model.id(key))
    }

    fn id(&self, key: Key) -> &str {
        self.model.id(key)
    }

    fn elsewhere(&self, key: Key, attribute: Option<&str>) -> HandOver {
        hand_over(self.model, key, attribute)
    }
}

/// A stack's template.
fn template<'a>(model: &'a Model, exports: &Exports, stack: u32, data: &'a StackData) -> Template<'a> {
    let mut template = Template { description: data.description.as_deref(), ..Template::default() };
    template.resources.reserve(data.elements.len());
    let elements = data.elements.iter().chain(model.beside.of_stack(stack));
    for (index, element) in (0u32..).zip(elements) {
        let key = Key { app: model.app.id, stack, element: index };
        let id = model.id(key);
        match &element.body {
            Body::Resource(body) => {
                let Some(node) = model.nodes.get(key) else { continue };
                template.resources.insert(id, resource(model, node, body));
            }
            Body::Parameter(parameter) => drop(template.parameters.insert(id, parameter.to_tree())),
            Body::Condition(tree) => drop(template.conditions.insert(id, tree)),
            Body::Mapping(entries) => drop(template.mappings.insert(id, entries)),
            Body::Output(output) => {
                let output = Output {
                    description: output.description.as_deref(),
                    value: Cow::Borrowed(&output.value),
                    export: output.export.as_ref().map(Cow::Borrowed),
                    condition: output.condition.map(|key| model.id(key)),
                };
                template.outputs.insert(id.into(), output);
            }
        }
    }
    for (key, attribute) in exports.handed.iter().filter(|(key, _)| key.stack == stack) {
        let value = match attribute {
            Some(attribute) => Value::<String>::attribute(*key, attribute.as_str()),
            None => Value::reference(*key),
        };
        let export = match hand_over(model, *key, attribute.as_deref()) {
            HandOver::Export { name } => Some(Cow::Owned(name.into())),
            HandOver::Output { .. } => None,
        };
        let output = Output { description: None, value: Cow::Owned(value.into()), export, condition: None };
        template.outputs.insert(output_id(model, *key, attribute.as_deref()).into(), output);
    }
    template
}

fn resource<'a>(model: &'a Model, node: &'a Node<'a>, body: &'a ResourceBody) -> Resource<'a> {
    let stack = model.app.stacks.get(node.key.stack as usize);
    let deletion = match stack.is_some_and(|stack| stack.except_on_create) {
        true => RetentionPolicy::RetainExceptOnCreate,
        false => RetentionPolicy::Retain,
    };
    let before = body.depends_on.iter().filter(|key| key.stack == node.key.stack);
    Resource {
        type_name: &body.type_name,
        condition: body.condition.map(|key| model.id(key)),
        depends_on: before.map(|key| model.id(*key)).collect(),
        deletion_policy: body.deletion_policy.or(node.retained.then_some(deletion)),
        update_replace_policy: body
            .update_replace_policy
            .or(node.retained.then_some(RetentionPolicy::Retain)),
        update_policy: &body.update_policy,
        metadata: &body.metadata,
        properties: node.properties.as_map(),
    }
}

/// Ends the description of each published function with its build: in its place, where the user gave one; first, where
/// not.
fn stamp(model: &mut Model) {
    let builds: Vec<_> =
        model.nodes.values().filter_map(|node| Some((node.key, build(model, node)?))).collect();
    for (key, build) in builds {
        let Some(properties) = model.nodes.get_mut(key).map(|node| &mut node.properties) else { continue };
        let description = stamped(properties.get("Description").and_then(Tree::as_text), &build);
        properties.insert_first("Description", description.into());
    }
}

/// What the version of a function ends with, if it is one and published.
fn build(model: &Model, node: &Node) -> Option<String> {
    match &model.resource(node.key)?.kind {
        ResourceKind::Function(function) => Some(model.nodes.get(function.version?)?.suffix.clone()),
        _ => None,
    }
}

/// The name of the file that has the policy of a role that others make.
pub(super) fn policy_file(stack: &str, node: &Node) -> String {
    format!("{stack}.{}.policy.json", node.base)
}

fn artifact(
    model: &Model,
    exports: &Exports,
    stack: u32,
    data: &StackData,
    template: Hashed,
) -> StackArtifact {
    let mut assets: IndexMap<_, _> = IndexMap::new();
    for asset in model.nodes_of(stack).filter_map(|node| node.asset.as_deref()) {
        assets.entry(asset.digest).or_insert_with(|| asset.clone());
    }
    let mut images: IndexMap<_, _> = IndexMap::new();
    for image in model.nodes_of(stack).filter_map(|node| node.image.as_deref()) {
        images.entry(image.digest).or_insert_with(|| image.clone());
    }
    let documents = model
        .nodes_of(stack)
        .filter_map(|node| Some((format!("{}.{}.asl.json", data.name, node.base), node.document.clone()?)));
    let names = StackNames { model, stack };
    let policies = model.nodes_of(stack).filter_map(|node| {
        let rendered = node.policy.as_ref()?.render(&names);
        Some((policy_file(&data.name, node), serde_json::to_string_pretty(&rendered).ok()? + "\n"))
    });
    let dependencies = exports.dependencies.get(&stack).into_iter().flatten();
    StackArtifact {
        name: data.name.clone(),
        template,
        assets: assets.into_values().collect(),
        images: images.into_values().collect(),
        documents: documents.chain(policies).collect(),
        environment: data.environment.clone(),
        dependencies: dependencies
            .filter_map(|stack| Some(model.app.stacks.get(*stack as usize)?.name.clone()))
            .collect(),
        tags: data.tags.clone(),
    }
}
