//! What constructs are made of inside: plain data, complete when the application has returned.
//!
//! Nothing is resolved here. A handle adds to its element at any time before synth, so that what can be written in
//! several calls depends on neither their order nor their place.

use std::borrow::Cow;

use cyanotype_cfn::{Key, RetentionPolicy, Tree};
use indexmap::IndexMap;

use crate::{
    app::{Output, Parameter},
    diagnostic::Source,
    iam::RoleData,
    lambda::{AliasData, Code, FunctionData, VersionData},
    step_functions::{MachineAliasData, MachineData, MachineVersionData},
};

#[derive(Debug, Clone)]
pub(crate) struct AppData {
    pub(crate) id: u32,
    pub(crate) stacks: Vec<StackData>,
}

#[derive(Debug, Clone)]
pub(crate) struct StackData {
    pub(crate) name: String,
    pub(crate) at: Source,
    pub(crate) description: Option<String>,
    pub(crate) environment: Option<(String, String)>,
    pub(crate) tags: IndexMap<String, String>,
    /// Nothing is retained: a test environment that is to vanish.
    pub(crate) ephemeral: bool,
    /// What a failed operation itself has created is deleted, though it is retained otherwise.
    pub(crate) except_on_create: bool,
    /// What no generated role may go beyond, and where that is said.
    pub(crate) boundary: Option<(Tree, Source)>,
    /// Where it is asked that all generated roles stay the same.
    pub(crate) stable_roles: Option<Source>,
    pub(crate) elements: Vec<Element>,
}

#[derive(Debug, Clone)]
pub(crate) struct Element {
    /// From the stack down; the last is its own ID.
    pub(crate) path: Vec<String>,
    pub(crate) at: Source,
    pub(crate) body: Body,
}

#[derive(Debug, Clone)]
pub(crate) enum Body {
    // Boxes, so that the list of a stack's elements, which is looked up all the time, is a short one.
    Resource(Box<ResourceBody>),
    Parameter(Box<Parameter>),
    Condition(Box<Tree>),
    Mapping(Box<IndexMap<String, IndexMap<String, Tree>>>),
    Output(Box<Output>),
}

#[derive(Debug, Clone)]
pub(crate) struct ResourceBody {
    pub(crate) type_name: Cow<'static, str>,
    pub(crate) properties: IndexMap<String, Tree>,
    pub(crate) kind: ResourceKind,
    pub(crate) depends_on: Vec<Key>,
    pub(crate) condition: Option<Key>,
    pub(crate) deletion_policy: Option<RetentionPolicy>,
    pub(crate) update_replace_policy: Option<RetentionPolicy>,
    pub(crate) metadata: IndexMap<String, Tree>,
    pub(crate) update_policy: IndexMap<String, Tree>,
    /// The user asked for it to be retained like what a pinned function reaches.
    pub(crate) kept: bool,
    /// The user takes its type, properties and attributes as they are, whatever the table of types says.
    pub(crate) unchecked: bool,
    /// Properties that the user takes so.
    pub(crate) newer: Vec<String>,
    /// Attributes that were asked for and that the table does not have: mistakes, unless it is unchecked.
    pub(crate) doubts: Vec<crate::diagnostic::Diagnostic>,
    /// Mistakes that were seen when a handle was used, for synth to report.
    pub(crate) problems: Vec<crate::diagnostic::Diagnostic>,
}

/// What a resource is to this crate.
#[derive(Debug, Clone)]
pub(crate) enum ResourceKind {
    /// Known by its type's name alone.
    Plain,
    Role(RoleData),
    Function(FunctionData),
    Version(VersionData),
    Alias(AliasData),
    Layer(Code),
    Machine(Box<MachineData>),
    MachineVersion(MachineVersionData),
    MachineAlias(MachineAliasData),
    Activity,
}

impl ResourceBody {
    pub(crate) fn new(type_name: impl Into<Cow<'static, str>>, kind: ResourceKind) -> Self {
        Self {
            type_name: type_name.into(),
            properties: IndexMap::new(),
            kind,
            depends_on: vec![],
            condition: None,
            deletion_policy: None,
            update_replace_policy: None,
            metadata: IndexMap::new(),
            update_policy: IndexMap::new(),
            kept: false,
            unchecked: false,
            newer: vec![],
            doubts: vec![],
            problems: vec![],
        }
    }
}

impl AppData {
    /// Whether a generated role stays the same one, whatever its rights.
    pub(crate) fn keeps(&self, role: Key, data: &RoleData) -> bool {
        let stack = self.stacks.get(role.stack as usize);
        data.stable.is_some() || stack.is_some_and(|stack| stack.stable_roles.is_some())
    }

    /// The element of a key; None for a key of another app.
    pub(crate) fn element(&self, key: Key) -> Option<&Element> {
        if key.app != self.id {
            return None;
        }
        self.stacks.get(key.stack as usize)?.elements.get(key.element as usize)
    }

    /// The resource of a key; None for what is none.
    pub(crate) fn resource(&self, key: Key) -> Option<&ResourceBody> {
        self.element(key)?.resource()
    }

    pub(crate) fn element_mut(&mut self, key: Key) -> Option<&mut Element> {
        if key.app != self.id {
            return None;
        }
        self.stacks.get_mut(key.stack as usize)?.elements.get_mut(key.element as usize)
    }

    pub(crate) fn resource_mut(&mut self, key: Key) -> Option<&mut ResourceBody> {
        match &mut self.element_mut(key)?.body {
            Body::Resource(resource) => Some(resource),
            _ => None,
        }
    }
}

impl Element {
    pub(crate) fn resource(&self) -> Option<&ResourceBody> {
        match &self.body {
            Body::Resource(resource) => Some(resource),
            _ => None,
        }
    }
}
