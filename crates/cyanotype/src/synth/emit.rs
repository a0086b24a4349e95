//! Templates.

use cyanotype_cfn::{Key, Names, Output, Resource, RetentionPolicy, StackArtifact, Template, Tree, Value};
use indexmap::IndexMap;

use super::{
    SynthOptions,
    exports::{Exports, export_name, output_id},
    fingerprint::stamped,
    model::Model,
};
use crate::{
    app::{Body, ResourceKind, StackData},
    diagnostic::Diagnostic,
};

/// Makes the stacks that are asked for, each after those that it depends on.
pub(super) fn emit(model: &mut Model, exports: &Exports, options: &SynthOptions) -> Vec<StackArtifact> {
    let wanted = wanted(model, exports, options);
    let mut artifacts = vec![];
    let mut found = vec![];
    for stack in exports.order.iter().copied().filter(|stack| wanted.contains(stack)) {
        let template = template(model, exports, stack);
        let Some(data) = model.app.stacks.get(stack as usize) else { continue };
        let text = template.to_text(&StackNames { model, stack });
        for problem in template.limits_exceeded(&text) {
            let help = "split the stack: what changes together belongs together";
            found.push(Diagnostic::error(problem).at(data.at).construct(&data.name).help(help));
        }
        artifacts.push(artifact(model, exports, stack, data, text));
    }
    model.diagnostics.extend(found);
    artifacts
}

fn wanted(model: &mut Model, exports: &Exports, options: &SynthOptions) -> Vec<u32> {
    let names: Vec<_> = model.app.stacks.iter().map(|stack| stack.name.clone()).collect();
    if options.stacks.is_empty() {
        return (0..names.len() as u32).collect();
    }
    let mut wanted = vec![];
    for name in &options.stacks {
        match names.iter().position(|known| known == name) {
            Some(stack) => wanted.push(stack as u32),
            None => {
                let known = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                let problem = Diagnostic::error(format!("the app has no stack `{name}`"));
                model.diagnostics.push(problem.help(format!("it has {known}")));
            }
        }
    }
    let mut at = 0;
    while let Some(stack) = wanted.get(at) {
        let more: Vec<_> = exports.dependencies.get(stack).into_iter().flatten().copied().collect();
        wanted.extend(more.into_iter().filter(|stack| !wanted.contains(stack)).collect::<Vec<_>>());
        at += 1;
    }
    wanted
}

struct StackNames<'m> {
    model: &'m Model,
    stack: u32,
}

impl Names for StackNames<'_> {
    fn local(&self, key: Key) -> Option<&str> {
        (key.stack == self.stack).then(|| self.model.id(key))
    }

    fn export(&self, key: Key, attribute: Option<&str>) -> String {
        export_name(self.model, key, attribute)
    }
}

/// A stack's template. Properties are moved there: nothing reads them any more.
fn template(model: &mut Model, exports: &Exports, stack: u32) -> Template {
    let mut template = Template::default();
    let Some(data) = model.app.stacks.get_mut(stack as usize) else { return template };
    template.description = data.description.take();
    template.resources.reserve(data.elements.len());
    let id_of = |key| model.ids.get(key).cloned().unwrap_or_default();
    for (index, element) in (0u32..).zip(&mut data.elements) {
        let key = Key { app: model.app.id, stack, element: index };
        let id = || id_of(key);
        match &mut element.body {
            Body::Resource(body) => {
                let build = match &body.kind {
                    ResourceKind::Function(function) => function.version.and_then(|key| model.nodes.get(key)),
                    _ => None,
                };
                let build = build.map(|version| version.suffix.clone());
                let Some(node) = model.nodes.get_mut(key) else { continue };
                if let Some(build) = build {
                    stamp(&mut node.properties, &build);
                }
                let retain = node.retained.then_some(RetentionPolicy::Retain);
                let resource = Resource {
                    type_name: std::mem::take(&mut body.type_name),
                    condition: body.condition.map(id_of),
                    depends_on: body
                        .depends_on
                        .iter()
                        .filter(|key| key.stack == stack)
                        .map(|key| id_of(*key))
                        .collect(),
                    deletion_policy: body.deletion_policy.or(retain),
                    update_replace_policy: body.update_replace_policy.or(retain),
                    metadata: std::mem::take(&mut body.metadata),
                    properties: std::mem::take(&mut node.properties),
                };
                template.resources.insert(id(), resource);
            }
            Body::Parameter(parameter) => drop(template.parameters.insert(id(), parameter.to_tree())),
            Body::Condition(tree) => {
                template.conditions.insert(id(), std::mem::replace(tree, Tree::Null));
            }
            Body::Mapping(entries) => {
                let entries = std::mem::take(entries).into_iter().map(|(top, inner)| (top, Tree::Map(inner)));
                template.mappings.insert(id(), Tree::map(entries));
            }
            Body::Output(output) => {
                let output = Output {
                    description: output.description.take(),
                    value: std::mem::replace(&mut output.value, Tree::Null),
                    export: output.export.take(),
                    condition: output.condition.map(id_of),
                };
                template.outputs.insert(id(), output);
            }
        }
    }
    for (key, attribute) in exports.exported.iter().filter(|(key, _)| key.stack == stack) {
        let value = match attribute {
            Some(attribute) => Value::<String>::attribute(*key, attribute.as_str()),
            None => Value::reference(*key),
        };
        let output = Output {
            description: None,
            value: value.into(),
            export: Some(export_name(model, *key, attribute.as_deref()).into()),
            condition: None,
        };
        template.outputs.insert(output_id(model, *key, attribute.as_deref()), output);
    }
    template
}

/// Ends the description of a published function with its build: in its place, where the user gave one; first, where not.
fn stamp(properties: &mut IndexMap<String, Tree>, build: &str) {
    match properties.get_mut("Description") {
        Some(description) => *description = stamped(description.as_text(), build).into(),
        None => drop(properties.shift_insert(0, "Description".into(), stamped(None, build).into())),
    }
}

fn artifact(
    model: &Model,
    exports: &Exports,
    stack: u32,
    data: &StackData,
    template: String,
) -> StackArtifact {
    let mut assets: IndexMap<_, _> = IndexMap::new();
    for asset in model.nodes_of(stack).filter_map(|node| node.asset.clone()) {
        assets.entry(asset.digest).or_insert(asset);
    }
    let documents = model
        .nodes_of(stack)
        .filter_map(|node| Some((format!("{}.{}.asl.json", data.name, node.base), node.document.clone()?)));
    let dependencies = exports.dependencies.get(&stack).into_iter().flatten();
    StackArtifact {
        name: data.name.clone(),
        template,
        assets: assets.into_values().collect(),
        documents: documents.collect(),
        environment: data.environment.clone(),
        dependencies: dependencies
            .filter_map(|stack| Some(model.app.stacks.get(*stack as usize)?.name.clone()))
            .collect(),
        tags: data.tags.clone(),
    }
}
