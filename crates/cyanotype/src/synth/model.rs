//! Stacks while they are synthesized.

use cyanotype_cfn::{FileAsset, ImageAsset, Key, LogicalId, Tree, facts::ResourceType};

use super::{properties::Properties, table::Table};
use crate::{
    app::{AppData, Element, ResourceBody, StackData},
    diagnostic::{Diagnostic, Source},
    iam::Statement,
};

/// Stacks that must be seen [together](super::together), on their way to templates.
#[derive(Debug)]
pub(crate) struct Model<'a> {
    /// What the application has made, which stays as it is.
    pub(crate) app: &'a AppData,
    /// The stacks that this is about.
    pub(crate) stacks: &'a [u32],
    /// What is made on the way, after the elements of its stack.
    pub(crate) beside: Table<Element>,
    /// The resources, by stack and then in the order in which they were made.
    pub(crate) nodes: Table<Node<'a>>,
    /// The logical IDs of everything that has one.
    pub(crate) ids: Table<String>,
    /// What conditions and mappings are to whoever names them.
    pub(crate) meanings: Table<String>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A resource on its way into a template.
#[derive(Debug)]
pub(crate) struct Node<'a> {
    pub(crate) key: Key,
    pub(crate) at: Source,
    /// Its ID as far as the path says it, and what moves it.
    pub(crate) base: LogicalId,
    pub(crate) identity: Identity,
    /// What the identity has come to: the end of its ID. Empty where nothing moves it.
    pub(crate) suffix: String,
    /// What whoever refers to it takes for its identity, where that is not its ID.
    pub(crate) seen_as: Option<String>,
    /// The same for whoever reads an attribute that may change with any of its properties.
    pub(crate) seen_whole: Option<String>,
    /// Of a resource that CloudFormation replaces in place: what is known of its type.
    pub(crate) facts: Option<ResourceType>,
    pub(crate) properties: Properties<'a>,
    /// What CloudFormation must make before it: all that it refers to, its statements' resources included. Known once
    /// cycles are.
    pub(crate) needs: Vec<Key>,
    /// Of a role: what it allows, in itself.
    pub(crate) statements: Vec<Statement>,
    /// Of a role: what it allows in a policy of its own, because it would close a cycle.
    pub(crate) detached: Vec<Statement>,
    pub(crate) asset: Option<Box<FileAsset>>,
    /// The size of the files in its zip, as far as it is known.
    pub(crate) unzipped: u64,
    /// Of a function that is an image which is built: what it is built from.
    pub(crate) image: Option<Box<ImageAsset>>,
    /// Of a machine: its definition for people, a file beside the template.
    pub(crate) document: Option<String>,
    /// Of what has a role of others: the policy that this must have, for people.
    pub(crate) policy: Option<Tree>,
    pub(crate) retained: bool,
}

/// What makes a resource another resource.
#[derive(Debug, Clone)]
pub(crate) enum Identity {
    /// Nothing: CloudFormation replaces it in place.
    Fixed,
    /// These properties, which CloudFormation cannot change in place, as far as they are not at their defaults.
    CreateOnly(Vec<(String, Tree)>),
    /// Whatever makes another resource of that one.
    Of(Key),
    /// Whatever makes another resource of that machine. Its ARN is another one with each of the machine's revisions.
    Revision(Key),
    /// All that a role may do, and who may assume it; of a policy that is attached to one, what it says.
    Rights,
    /// Nothing: its rights change in place, and its ID is all that it is to others.
    Stable,
    /// All that a version of this function holds.
    Fingerprint(Key),
}

impl<'a> Model<'a> {
    pub(crate) fn new(app: &'a AppData, stacks: &'a [u32]) -> Self {
        Self {
            app,
            stacks,
            beside: Table::new(app, stacks),
            nodes: Table::with_room(app, stacks),
            ids: Table::with_room(app, stacks),
            meanings: Table::new(app, stacks),
            diagnostics: vec![],
        }
    }

    /// An empty table for the elements of these stacks.
    pub(crate) fn table<T>(&self) -> Table<T> {
        Table::with_room(self.app, self.stacks)
    }

    /// The stacks that this is about, as the application has made them.
    pub(crate) fn stacks(&self) -> impl Iterator<Item = (u32, &'a StackData)> + use<'a> {
        let app = self.app;
        self.stacks.iter().filter_map(move |stack| Some((*stack, app.stacks.get(*stack as usize)?)))
    }

    /// The element of a key; None for a key of another app.
    pub(crate) fn element(&self, key: Key) -> Option<&Element> {
        self.app.element(key).or_else(|| self.beside.get(key))
    }

    /// The resource of a key; None for what is none.
    pub(crate) fn resource(&self, key: Key) -> Option<&ResourceBody> {
        self.element(key)?.resource()
    }

    /// The resources of a stack, in the order in which they were made.
    pub(crate) fn nodes_of(&self, stack: u32) -> impl Iterator<Item = &Node<'a>> {
        self.nodes.of_stack(stack)
    }

    /// `Stack/Construct/…`, for messages.
    pub(crate) fn path(&self, key: Key) -> String {
        let stack = self.app.stacks.get(key.stack as usize).map_or("", |stack| &stack.name);
        match self.element(key) {
            Some(element) => format!("{stack}/{}", element.path.join("/")),
            None => stack.to_owned(),
        }
    }

    /// Its logical ID, once it is known.
    pub(crate) fn id(&self, key: Key) -> &str {
        self.ids.get(key).map_or("", String::as_str)
    }
}

impl Node<'_> {
    /// A resource that nothing moves.
    pub(crate) fn new(key: Key, at: Source, base: LogicalId) -> Self {
        Self {
            key,
            at,
            base,
            identity: Identity::Fixed,
            suffix: String::new(),
            seen_as: None,
            seen_whole: None,
            facts: None,
            properties: Properties::default(),
            needs: vec![],
            statements: vec![],
            detached: vec![],
            asset: None,
            unzipped: 0,
            image: None,
            document: None,
            policy: None,
            retained: false,
        }
    }

    /// The properties that count for the identity of a resource that CloudFormation replaces in place: those that may
    /// make another one of it. Of a type of which nothing is known, all: too fine publishes once too often, too coarse
    /// calls stale code.
    pub(crate) fn counted(&self) -> impl Iterator<Item = (&str, &Tree)> {
        self.whole().filter(|(name, _)| self.facts.is_none_or(|facts| facts.may_replace(name)))
    }

    /// Its identity for whoever refers to it so, once it is known.
    pub(crate) fn seen(&self, attribute: Option<&str>) -> Option<&str> {
        let whole = self.seen_whole.as_deref().filter(|_| self.shows_whole(attribute));
        whole.or(self.seen_as.as_deref())
    }

    /// All that it is made of. Tags are labels on it.
    pub(crate) fn whole(&self) -> impl Iterator<Item = (&str, &Tree)> {
        let tags = self.facts.and_then(|facts| facts.tags());
        self.properties.iter().filter(move |(name, _)| *name != "Tags" && Some(*name) != tags)
    }

    /// Whether an attribute may change while it stays the same resource, so that whoever reads it sees all of it.
    pub(crate) fn shows_whole(&self, attribute: Option<&str>) -> bool {
        let of = |facts: ResourceType| attribute.is_some_and(|attribute| !facts.is_identity(attribute));
        self.facts.is_some_and(of)
    }

    /// The properties of a machine that its versions hold.
    pub(crate) fn revised(&self) -> impl Iterator<Item = (&str, &Tree)> {
        let named = |name: &&'static str| Some((*name, self.properties.get(name)?));
        REVISED.iter().filter_map(named)
    }
}

/// What of a machine's properties makes another revision of it.
const REVISED: [&str; 2] = ["DefinitionString", "RoleArn"];

/// Everything that a statement refers to.
pub(crate) fn statement_targets(statement: &Statement) -> Vec<Key> {
    Tree::targets_of(statement.trees())
}
