//! From constructs to resources with properties.

use std::{collections::HashMap, sync::Arc};

use base64::{Engine, engine::general_purpose::STANDARD};
use cyanotype_cfn::{FileAsset, Intrinsic, Key, LogicalId, Tree, Value, tree};
use indexmap::IndexMap;

use super::{
    model::{Identity, Model, Node},
    table::Table,
};
use crate::{
    app::{AppData, Body, Element, ResourceKind},
    asset,
    diagnostic::Diagnostic,
    flow,
    iam::Statement,
    lambda::{CREATE_ONLY, CodeSource, FunctionData},
    step_functions::{self, MachineData},
};

/// The bucket that `cdk bootstrap` makes; the CDK CLI uploads assets there.
const BUCKET: &str = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}";

/// Lowers every resource of an app.
pub(super) fn lower(mut app: AppData) -> Model {
    let (rights, diagnostics) = machines_rights(&app);
    let mut lowering = Lowering { rights, zips: HashMap::new(), diagnostics };
    let mut nodes = Table::new(app.id);
    for (stack, data) in (0u32..).zip(&mut app.stacks) {
        for (index, element) in (0u32..).zip(&mut data.elements) {
            let key = Key { app: app.id, stack, element: index };
            if let Body::Resource(body) = &mut element.body {
                // Moved into the node: from here on the properties are those of the node.
                let properties = std::mem::take(&mut body.properties);
                let node = Node::new(key, element.at, LogicalId::default(), properties);
                nodes.insert(key, lowering.node(node, element, &data.name));
            }
        }
    }
    // A version holds the hash of its function's zip, so that Lambda refuses to publish any other.
    let hashes: HashMap<Key, String> = nodes
        .values()
        .filter_map(|node| Some((node.key, STANDARD.encode(node.asset.as_ref()?.digest.bytes()))))
        .collect();
    for node in nodes.values_mut() {
        if let Identity::Fingerprint(function) = &node.identity
            && let Some(hash) = hashes.get(function)
        {
            node.properties.insert("CodeSha256".into(), hash.as_str().into());
        }
    }
    let (ids, meanings) = (Table::new(app.id), Table::new(app.id));
    Model { app, nodes, ids, meanings, diagnostics: lowering.diagnostics }
}

struct Lowering {
    /// What each machine's role must allow.
    rights: HashMap<Key, Vec<Statement>>,
    /// Zips that are made already, by directory and excludes.
    zips: HashMap<(String, Vec<String>), FileAsset>,
    diagnostics: Vec<Diagnostic>,
}

impl Lowering {
    fn node(&mut self, mut node: Node, element: &Element, stack: &str) -> Node {
        let Some(body) = element.resource() else { return node };
        let path = format!("{stack}/{}", element.path.join("/"));
        self.diagnostics.extend(body.problems.iter().map(|problem| problem.clone().construct(&path)));
        node.base = LogicalId::from_path(&element.path).unwrap_or_else(|| self.nameless(element, &path));
        match &body.kind {
            ResourceKind::Plain => {}
            ResourceKind::Role(role) => {
                node.identity = Identity::Rights;
                node.properties = role.properties();
                node.statements = self.rights.remove(&node.key).unwrap_or_default();
                node.statements.extend(role.statements.iter().cloned());
            }
            ResourceKind::Function(function) => {
                node.identity = create_only(&node.properties, CREATE_ONLY, &[("PackageType", "Zip")]);
                self.code(&mut node, function, &path);
            }
            ResourceKind::Version(version) => node.identity = Identity::Fingerprint(version.function),
            ResourceKind::Alias(alias) => node.identity = Identity::Of(alias.function),
            ResourceKind::MachineAlias(alias) => node.identity = Identity::Of(alias.machine),
            ResourceKind::MachineVersion(version) => node.identity = Identity::Revision(version.machine),
            ResourceKind::Activity => {
                node.identity = create_only(&node.properties, &["Name"], &[]);
                // What is generated is the default, so that it is no reason to move.
                let name = || step_functions::generated_name(node.key);
                node.properties.entry("Name".into()).or_insert_with(name);
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

    /// `Code`, and the asset that it names.
    fn code(&mut self, node: &mut Node, function: &FunctionData, path: &str) {
        let code = match function.code.source() {
            CodeSource::Inline(source) => tree!({ "ZipFile": source }),
            CodeSource::Directory(directory) => {
                let key = (directory.path.to_string(), directory.excludes.clone());
                let known = self.zips.get(&key).cloned();
                let made = known.map_or_else(|| zip(directory, path), Ok);
                match made {
                    Ok(asset) => {
                        let object = asset.object_key();
                        self.zips.insert(key, asset.clone());
                        node.asset = Some(FileAsset { display_name: format!("{path}/Code"), ..asset });
                        let none: [(&str, Value<String>); 0] = [];
                        tree!({ "S3Bucket": Value::sub(BUCKET, none), "S3Key": object })
                    }
                    Err(problems) => {
                        let explain = |(message, help)| {
                            Diagnostic::error(message).at(node.at).construct(path).help(help)
                        };
                        self.diagnostics.extend(problems.into_iter().map(explain));
                        Tree::Null
                    }
                }
            }
        };
        node.properties.insert("Code".into(), code);
    }

    /// `DefinitionString`: one text, with the versions' ARNs as named variables.
    fn definition(&mut self, node: &mut Node, machine: &MachineData, path: &str) {
        let parts = &machine.parts;
        let findings =
            parts.diagnostics.iter().cloned().chain(flow::validate(parts, machine.machine_type.kind()));
        self.diagnostics.extend(findings.map(|finding| finding.construct(path)));
        let json = parts.definition.to_json();
        node.document = Some(json.to_pretty() + "\n");
        let text = json.to_compact();
        let definition = if parts.substitutions.is_empty() {
            Tree::Text(text)
        } else {
            let variables = parts.substitutions.iter().map(|(name, value)| (name.clone(), value.into()));
            Intrinsic::Sub { text, variables: variables.collect() }.into()
        };
        node.properties.insert("DefinitionString".into(), definition);
    }
}

/// What each machine's role must allow, by the role, and what is to be said about that.
fn machines_rights(app: &AppData) -> (HashMap<Key, Vec<Statement>>, Vec<Diagnostic>) {
    let (mut rights, mut found) = (HashMap::new(), vec![]);
    for (stack, data) in (0u32..).zip(&app.stacks) {
        for (index, element) in (0u32..).zip(&data.elements) {
            let Some(ResourceKind::Machine(machine)) = element.resource().map(|body| &body.kind) else {
                continue;
            };
            let key = Key { app: app.id, stack, element: index };
            let (statements, warnings) = step_functions::rights_of_machine(key, machine, app, element.at);
            rights.insert(machine.role, statements);
            let path = format!("{}/{}", data.name, element.path.join("/"));
            found.extend(warnings.into_iter().map(|warning| warning.construct(&path)));
        }
    }
    (rights, found)
}

/// The create-only properties that are not at their defaults.
fn create_only(properties: &IndexMap<String, Tree>, names: &[&str], defaults: &[(&str, &str)]) -> Identity {
    let is_default = |name: &str, value: &Tree| {
        defaults.iter().any(|(of, default)| *of == name && value.as_text() == Some(default))
    };
    let set = names.iter().filter_map(|name| Some(((*name).to_owned(), properties.get(*name)?.clone())));
    Identity::CreateOnly(set.filter(|(name, value)| !is_default(name, value)).collect())
}

/// The zip of a directory, or all that is wrong with it, each with what would be right.
fn zip(directory: &crate::lambda::Directory, path: &str) -> Result<FileAsset, Vec<(String, &'static str)>> {
    let explain =
        |errors: Vec<asset::AssetError>| errors.iter().map(asset::AssetError::explain).collect::<Vec<_>>();
    let zip = asset::list(&directory.path, &directory.excludes).map_err(explain)?;
    let digest = zip.digest().map_err(|error| {
        vec![(format!("cannot read {error}"), "make it readable, or exclude it from the function's code")]
    })?;
    Ok(FileAsset { display_name: path.into(), digest, extension: "zip", content: Arc::new(zip) })
}
