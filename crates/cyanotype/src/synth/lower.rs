//! From constructs to resources with properties.

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use cyanotype_cfn::{Intrinsic, Key, LogicalId, Tree, Value, facts::ResourceType, tree};

use super::{
    binaries::Built,
    images, managed,
    model::{Identity, Model, Node},
    packages::{Known, Package, Packed, Problem},
    properties::Properties,
};
use crate::{
    app::{AppData, Body, Element, ResourceBody, ResourceKind},
    diagnostic::Diagnostic,
    flow,
    iam::Statement,
    lambda::{CREATE_ONLY, Code, CodeSource, ImageCode, ImageContext},
    step_functions::{self, MachineData},
};

/// The bucket that `cdk bootstrap` makes; the CDK CLI uploads assets there.
const BUCKET: &str = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}";

/// Lowers every resource.
pub(super) fn lower(model: &mut Model<'_>, built: &Built, known: &mut Known) {
    let (rights, diagnostics) = machines_rights(model);
    let app = model.app;
    let mut lowering = Lowering { app, rights, built, known, diagnostics };
    for (stack, data) in model.stacks() {
        for (index, element) in (0u32..).zip(&data.elements) {
            let key = Key { app: model.app.id, stack, element: index };
            if let Body::Resource(body) = &element.body {
                let node = Node::new(key, element.at, LogicalId::default());
                model.nodes.insert(key, lowering.node(node, element, body, &data.name));
            }
        }
    }
    // A version holds the hash of its function's zip, so that Lambda refuses to publish any other. It cannot hold that
    // of one in which a library has a hand, whose next release would move it.
    let hashes: HashMap<Key, String> = model
        .nodes
        .values()
        .filter_map(|node| Some((node.key, node.asset.as_ref()?)))
        .filter(|(_, asset)| asset.identity == asset.digest)
        .map(|(key, asset)| (key, STANDARD.encode(asset.digest.bytes())))
        .collect();
    for node in model.nodes.values_mut() {
        if let Identity::Fingerprint(function) = &node.identity
            && let Some(hash) = hashes.get(function)
        {
            node.properties.insert("CodeSha256", hash.as_str());
        }
    }
    model.diagnostics.append(&mut lowering.diagnostics);
    managed::lower(model);
}

struct Lowering<'k> {
    app: &'k AppData,
    /// What each machine's role must allow.
    rights: HashMap<Key, Vec<Statement>>,
    /// The zips of functions whose code is a binary of cargo.
    built: &'k Built,
    known: &'k mut Known,
    diagnostics: Vec<Diagnostic>,
}

impl Lowering<'_> {
    fn node<'a>(
        &mut self,
        mut node: Node<'a>,
        element: &Element,
        body: &'a ResourceBody,
        stack: &str,
    ) -> Node<'a> {
        let path = format!("{stack}/{}", element.path.join("/"));
        self.diagnostics.extend(body.problems.iter().map(|problem| problem.clone().construct(&path)));
        node.base = LogicalId::from_path(&element.path).unwrap_or_else(|| self.nameless(element, &path));
        node.properties = match &body.kind {
            // Its last segment is the role's own, below its owner.
            ResourceKind::Role(role) => {
                role.properties(element.path.split_last().map_or(&[], |(_, owner)| owner))
            }
            _ => Properties::from(&body.properties),
        };
        match &body.kind {
            ResourceKind::Plain => node.facts = known_type(body),
            ResourceKind::Role(role) => {
                let stable = self.app.keeps(node.key, role);
                node.identity = if stable { Identity::Stable } else { Identity::Rights };
                node.statements = self.rights.remove(&node.key).unwrap_or_default();
                node.statements.extend(role.statements.iter().cloned());
            }
            ResourceKind::Function(function) => {
                node.identity = create_only(&node.properties, CREATE_ONLY, &[("PackageType", "Zip")]);
                self.code(&mut node, "Code", &function.code, &path);
            }
            ResourceKind::Layer(content) => {
                node.facts = known_type(body);
                self.code(&mut node, "Content", content, &path);
            }
            ResourceKind::Version(version) => node.identity = Identity::Fingerprint(version.function),
            ResourceKind::Alias(alias) => node.identity = Identity::Of(alias.function),
            ResourceKind::MachineAlias(alias) => node.identity = Identity::Of(alias.machine),
            ResourceKind::MachineVersion(version) => node.identity = Identity::Revision(version.machine),
            ResourceKind::Activity => {
                node.identity = create_only(&node.properties, &["EncryptionConfiguration", "Name"], &[]);
                // What is generated is the default, so that it is no reason to move.
                if node.properties.get("Name").is_none() {
                    node.properties.insert("Name", step_functions::generated_name(node.key));
                }
            }
            ResourceKind::Machine(machine) => {
                let defaults = [("StateMachineType", "STANDARD")];
                node.identity =
                    create_only(&node.properties, &["StateMachineName", "StateMachineType"], &defaults);
                self.definition(&mut node, machine, &path);
            }
        }
        node
    }

    fn nameless(&mut self, element: &Element, path: &str) -> LogicalId {
        let problem = "nothing of its path can be a logical ID, which has 1 to 255 ASCII letters and digits";
        let help = "give it an ID with some, and not too many, of these";
        self.diagnostics.push(Diagnostic::error(problem).at(element.at).construct(path).help(help));
        LogicalId::default()
    }

    /// The property that says where code is, and the asset that will be there.
    fn code(&mut self, node: &mut Node<'_>, property: &'static str, code: &Code, path: &str) {
        let place = match code.source() {
            CodeSource::Inline(source) => {
                node.unzipped = source.len() as u64;
                tree!({ "ZipFile": source })
            }
            CodeSource::Directory(directory) => self.packed(node, Package::of_directory(directory), path),
            CodeSource::File(file) => self.packed(node, Package::File(file.clone()), path),
            CodeSource::Zip(file) => self.packed(node, Package::Zip(file.clone()), path),
            CodeSource::S3(object) => object.to_tree(),
            CodeSource::Image(image, _) => match &**image {
                ImageCode::Stored(stored) => tree!({ "ImageUri": stored.uri() }),
                ImageCode::Context(context) => self.image(node, context, path),
            },
            // Why there is none is said already.
            CodeSource::Cargo(_) => match self.built.get(&node.key) {
                Some(packed) => uploaded(node, packed.clone()),
                None => Tree::Null,
            },
        };
        if let Some(asset) = &mut node.asset {
            asset.display_name = format!("{path}/{property}");
        }
        node.properties.insert(property, place);
    }

    /// Where a zip will be; of one that cannot be made, all that is wrong with it.
    fn packed(&mut self, node: &mut Node<'_>, package: Package, path: &str) -> Tree {
        match package.zip(self.known) {
            Ok(packed) => uploaded(node, packed),
            Err(problems) => self.impossible(node, problems, path),
        }
    }

    /// Where an image will be once it is built; of one that cannot be, all that is wrong with it.
    fn image(&mut self, node: &mut Node<'_>, context: &ImageContext, path: &str) -> Tree {
        match images::asset(context, &node.properties, &mut self.known.contexts) {
            Ok(mut asset) => {
                asset.display_name = format!("{path}/Code");
                let uri = images::uri(&asset);
                node.image = Some(Box::new(asset));
                tree!({ "ImageUri": uri })
            }
            Err(problems) => self.impossible(node, problems, path),
        }
    }

    fn impossible(&mut self, node: &Node<'_>, problems: Vec<Problem>, path: &str) -> Tree {
        let explain = |(message, help)| Diagnostic::error(message).at(node.at).construct(path).help(help);
        self.diagnostics.extend(problems.into_iter().map(explain));
        Tree::Null
    }

    /// `DefinitionString`: one text, with the versions' ARNs as named variables.
    fn definition(&mut self, node: &mut Node<'_>, machine: &MachineData, path: &str) {
        let parts = &machine.parts;
        let json = parts.definition.to_json();
        let findings = flow::validate(parts, &json, machine.machine_type.kind());
        let findings = parts.diagnostics.iter().cloned().chain(findings);
        self.diagnostics.extend(findings.map(|finding| finding.construct(path)));
        node.document = Some(json.to_pretty() + "\n");
        let text = json.to_compact();
        let definition = if parts.substitutions.is_empty() {
            Tree::Text(text)
        } else {
            let variables = parts.substitutions.iter().map(|(name, value)| (name.clone(), value.into()));
            Intrinsic::Sub { text, variables: Box::new(variables.collect()) }.into()
        };
        node.properties.insert("DefinitionString", definition);
    }
}

/// Ties a zip to a resource, and says where it will be.
fn uploaded(node: &mut Node<'_>, Packed { asset, unzipped }: Packed) -> Tree {
    let object = asset.object_key();
    (node.asset, node.unzipped) = (Some(Box::new(asset)), unzipped);
    let none: [(&str, Value<String>); 0] = [];
    tree!({ "S3Bucket": Value::sub(BUCKET, none), "S3Key": object })
}

/// What each machine's role must allow, by the role, and what is to be said about that.
fn machines_rights(model: &Model<'_>) -> (HashMap<Key, Vec<Statement>>, Vec<Diagnostic>) {
    let (mut rights, mut found) = (HashMap::new(), vec![]);
    for (stack, data) in model.stacks() {
        for (index, element) in (0u32..).zip(&data.elements) {
            let Some(ResourceKind::Machine(machine)) = element.resource().map(|body| &body.kind) else {
                continue;
            };
            let key = Key { app: model.app.id, stack, element: index };
            let (statements, warnings) =
                step_functions::rights_of_machine(key, machine, model.app, element.at);
            // What a role of others must allow is said when everything is known.
            if let Some(role) = machine.role.generated() {
                rights.insert(role, statements);
            }
            let path = format!("{}/{}", data.name, element.path.join("/"));
            found.extend(warnings.into_iter().map(|warning| warning.construct(&path)));
        }
    }
    (rights, found)
}

/// What is known of a resource's type. Where `Ref` gives a revision, which every change makes another, that is no help.
fn known_type(body: &ResourceBody) -> Option<ResourceType> {
    let known = !body.unchecked && !step_functions::has_revisions(&body.type_name);
    known.then(|| ResourceType::find(&body.type_name)).flatten()
}

/// The create-only properties that are not at their defaults.
fn create_only(properties: &Properties<'_>, names: &[&str], defaults: &[(&str, &str)]) -> Identity {
    let is_default = |name: &str, value: &Tree| {
        defaults.iter().any(|(of, default)| *of == name && value.as_text() == Some(default))
    };
    let set = names.iter().filter_map(|name| Some(((*name).to_owned(), properties.get(name)?.clone())));
    Identity::CreateOnly(set.filter(|(name, value)| !is_default(name, value)).collect())
}
