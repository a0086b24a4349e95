//! Templates.

use cyanotype_cfn::{
    Json, Key, Names, Output, Resource, RetentionPolicy, StackArtifact, Template, Tree, Value,
};
use indexmap::IndexMap;

use super::{
    SynthOptions,
    exports::{Exports, export_name, output_id},
    fingerprint::stamped,
    model::{Model, Node},
};
use crate::{
    app::{Body, Element, ResourceBody, ResourceKind, StackData},
    diagnostic::Diagnostic,
};

/// Makes the stacks that are asked for, each after those that it depends on.
pub(super) fn emit(model: &mut Model, exports: &Exports, options: &SynthOptions) -> Vec<StackArtifact> {
    let wanted = wanted(model, exports, options);
    let mut artifacts = vec![];
    let mut found = vec![];
    for stack in exports.order.iter().copied().filter(|stack| wanted.contains(stack)) {
        let Some(data) = model.app.stacks.get(stack as usize) else { continue };
        let template = template(model, exports, stack, data);
        let text = template.to_text();
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

fn template(model: &Model, exports: &Exports, stack: u32, data: &StackData) -> Template {
    let names = StackNames { model, stack };
    let mut template = Template { description: data.description.clone(), ..Template::default() };
    for (index, element) in (0u32..).zip(&data.elements) {
        let key = Key { app: model.app.id, stack, element: index };
        let id = || names.model.id(key).to_owned();
        match &element.body {
            Body::Resource(body) => {
                if let Some(node) = model.nodes.get(&key) {
                    template.resources.insert(id(), resource(&names, node, body));
                }
            }
            Body::Parameter(parameter) => drop(template.parameters.insert(id(), parameter.to_json())),
            Body::Condition(tree) => drop(template.conditions.insert(id(), tree.render(&names))),
            Body::Mapping(entries) => {
                let entries =
                    entries.iter().map(|(top, inner)| (top, Tree::map(inner.clone()).render(&names)));
                template.mappings.insert(id(), Json::object(entries));
            }
            Body::Output(output) => {
                let output = Output {
                    description: output.description.clone(),
                    value: output.value.render(&names),
                    export: output.export.as_ref().map(|name| name.render(&names)),
                    condition: output.condition.map(|condition| model.id(condition).to_owned()),
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
            value: value.tree().render(&names),
            export: Some(export_name(model, *key, attribute.as_deref()).into()),
            condition: None,
        };
        template.outputs.insert(output_id(model, *key, attribute.as_deref()), output);
    }
    template
}

fn resource(names: &StackNames<'_>, node: &Node, body: &ResourceBody) -> Resource {
    let model = names.model;
    let mut properties: IndexMap<_, _> =
        node.properties.iter().map(|(name, tree)| (name.clone(), tree.render(names))).collect();
    if let ResourceKind::Function(function) = &body.kind
        && let Some(version) = function.version.and_then(|key| model.nodes.get(&key))
    {
        let description = properties.get("Description").and_then(Json::as_str);
        let stamped = stamped(description, &version.suffix);
        // In its place, where the user gave one; first, where not.
        match properties.get_mut("Description") {
            Some(description) => *description = stamped.into(),
            None => drop(properties.shift_insert(0, "Description".into(), stamped.into())),
        }
    }
    let retain = node.retained.then_some(RetentionPolicy::Retain);
    Resource {
        type_name: body.type_name.clone(),
        condition: body.condition.map(|condition| model.id(condition).to_owned()),
        depends_on: body.depends_on.iter().filter_map(|key| names.local(*key)).map(str::to_owned).collect(),
        deletion_policy: body.deletion_policy.or(retain),
        update_replace_policy: body.update_replace_policy.or(retain),
        metadata: body.metadata.iter().map(|(key, tree)| (key.clone(), tree.render(names))).collect(),
        properties,
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
    let documents = model.nodes_of(stack).filter_map(|node| {
        let body = model.app.element(node.key).and_then(Element::resource)?;
        let ResourceKind::Machine(machine) = &body.kind else { return None };
        let text = machine.parts.definition.to_json().to_pretty();
        Some((format!("{}.{}.asl.json", data.name, node.base), text + "\n"))
    });
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
