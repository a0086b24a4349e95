//! A place in the tree of constructs.

use std::{cell::RefCell, fmt, panic::Location, rc::Rc};

use cyanotype_cfn::{Key, Tree, Value};
use indexmap::IndexMap;

use super::{AppData, Body, Element, Resource, ResourceBody, ResourceKind};
use crate::diagnostic::Source;

/// A place under which things are made: a [`Stack`](super::Stack), or a part of one.
///
/// Parts give a path to what is in them, and so readable logical IDs: the queue `Failed` in the part `Payments` is
/// `PaymentsFailed`. A fragment of an application that is used twice takes a `&Construct`.
///
/// ```
/// use cyanotype::prelude::*;
///
/// fn queue_with_dead_letters(under: &Construct) -> Resource {
///     let dead = under.resource("DeadLetters", "AWS::SQS::Queue", tree!({}));
///     let redrive = tree!({ "deadLetterTargetArn": dead.attribute("Arn"), "maxReceiveCount": 3 });
///     under.resource("Queue", "AWS::SQS::Queue", tree!({ "RedrivePolicy": redrive }))
/// }
///
/// let stack = App::new().stack("Shop");
/// queue_with_dead_letters(&stack.part("Payments"));
/// queue_with_dead_letters(&stack.part("Orders"));
/// ```
#[derive(Clone)]
pub struct Construct {
    app: Rc<RefCell<AppData>>,
    stack: u32,
    path: Vec<String>,
}

impl Construct {
    pub(crate) fn root(app: Rc<RefCell<AppData>>, stack: u32) -> Self {
        Self { app, stack, path: vec![] }
    }

    /// A part of this one, with a name of its own in every logical ID below it.
    #[must_use]
    pub fn part(&self, id: impl Into<String>) -> Self {
        Self { path: self.path_of([id.into()]), ..self.clone() }
    }

    /// Adds a resource of any type, with its properties as the resource's page in the CloudFormation reference has
    /// them. `tree!({})` is none.
    ///
    /// Synth looks at what is known of AWS's types: a type, property or attribute that there is not, and a required
    /// property that is missing, are errors. What is newer than this crate is given by
    /// [`newer_property`](Resource::newer_property) and [`unchecked`](Resource::unchecked). Types that are not AWS's
    /// (`Custom::…`, private ones, modules) are taken as they are.
    ///
    /// Source:
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html>
    #[track_caller]
    pub fn resource(
        &self,
        id: impl Into<String>,
        type_name: impl Into<String>,
        properties: impl Into<Tree>,
    ) -> Resource {
        let mut body = ResourceBody::new(type_name.into(), ResourceKind::Plain);
        match properties.into() {
            Tree::Map(properties) => body.properties = properties,
            other => {
                let problem = "its properties are not an object: write `tree!({ \"Name\": value })`";
                let at = Location::caller();
                body.problems.push(crate::diagnostic::Diagnostic::error(problem).at(at));
                drop(other);
            }
        }
        Resource::new(self.clone(), self.add([id.into()], Location::caller(), body))
    }

    /// Keeps a resource as everything is kept that a published function or a running execution reaches.
    ///
    /// For what they reach in ways that no template shows, such as a queue whose URL is in a configuration file.
    pub fn keep(&self, resource: &Resource) {
        resource.edit(|body| body.kept = true);
    }

    /// A pattern for all roles that a function or a machine of this name under it has, has had and will have, be it
    /// made already or not: for a resource policy that is written before, `ArnLike` on `aws:PrincipalArn`.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let stack = App::new().stack("Shop");
    /// let only = tree!({ "ArnLike": tree!({ "aws:PrincipalArn": stack.principal_pattern("Greeting") }) });
    /// ```
    #[must_use]
    pub fn principal_pattern(&self, id: &str) -> Value<String> {
        crate::iam::principal_pattern(&self.path_to(id))
    }

    pub(crate) fn add<const N: usize>(&self, ids: [String; N], at: Source, body: ResourceBody) -> Key {
        self.add_element(ids, at, Body::Resource(Box::new(body)))
    }

    /// What the stack has once, whoever asks for it first: the element of this type and path, or a new one.
    pub(crate) fn once<const N: usize>(
        &self,
        ids: [&str; N],
        type_name: &str,
        at: Source,
        body: impl FnOnce() -> ResourceBody,
    ) -> Key {
        let is_it = |element: &Element| {
            element.path == ids && element.resource().is_some_and(|body| body.type_name == type_name)
        };
        let found = self.app.borrow().stacks.get(self.stack as usize).and_then(|stack| {
            let element = stack.elements.iter().position(is_it)?;
            Some(Key { app: self.app.borrow().id, stack: self.stack, element: element as u32 })
        });
        let root = || Self { path: vec![], ..self.clone() };
        found.unwrap_or_else(|| root().add(ids.map(str::to_owned), at, body()))
    }

    pub(crate) fn add_element<const N: usize>(&self, ids: [String; N], at: Source, body: Body) -> Key {
        let mut app = self.app.borrow_mut();
        let id = app.id;
        let path = self.path_of(ids);
        let Some(stack) = app.stacks.get_mut(self.stack as usize) else {
            // A construct is made by its stack, which is never removed.
            return Key { app: id, stack: self.stack, element: u32::MAX };
        };
        stack.elements.push(Element { path, at, body });
        Key { app: id, stack: self.stack, element: (stack.elements.len() - 1) as u32 }
    }

    pub(crate) fn edit(&self, key: Key, edit: impl FnOnce(&mut ResourceBody)) {
        if let Some(resource) = self.app.borrow_mut().resource_mut(key) {
            edit(resource);
        }
    }

    pub(crate) fn stack_mut(&self, edit: impl FnOnce(&mut super::StackData)) {
        if let Some(stack) = self.app.borrow_mut().stacks.get_mut(self.stack as usize) {
            edit(stack);
        }
    }

    /// Looks at the app as it is by now.
    pub(crate) fn with_app<T>(&self, look: impl FnOnce(&AppData) -> T) -> T {
        look(&self.app.borrow())
    }

    /// Reads something of a resource.
    pub(crate) fn read<T>(&self, key: Key, read: impl FnOnce(&ResourceBody) -> T) -> Option<T> {
        self.app.borrow().resource(key).map(read)
    }

    /// The path of something of this name under it.
    pub(crate) fn path_to(&self, id: &str) -> Vec<String> {
        self.path_of([id.to_owned()])
    }

    fn path_of<const N: usize>(&self, ids: [String; N]) -> Vec<String> {
        self.path.iter().cloned().chain(ids).collect()
    }
}

impl fmt::Debug for Construct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Construct").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Tags as `Key` and `Value` pairs, by key.
pub(crate) fn tags(tags: &IndexMap<String, cyanotype_cfn::Value<String>>) -> Tree {
    let mut tags: Vec<_> = tags.iter().collect();
    tags.sort_by(|a, b| a.0.cmp(b.0));
    Tree::list(
        tags.into_iter().map(|(key, value)| Tree::map([("Key", key.into()), ("Value", Tree::from(value))])),
    )
}
