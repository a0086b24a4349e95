//! A CloudFormation stack.

use std::{cell::RefCell, fmt, ops::Deref, panic::Location, rc::Rc};

use cyanotype_cfn::{Tree, Value};
use indexmap::IndexMap;

use super::{
    AppData, Body, Condition, ConditionExpression, Construct, Mapping, Output, Parameter, StackData,
};
use crate::diagnostic::Source;

/// A stack of an [`App`](super::App), and the root of its constructs: it is a [`Construct`] too.
///
/// What running executions can name is retained when it leaves the stack, and when the stack is deleted. So a deleted
/// stack leaves functions, machines, the versions of both, activities, roles and what these reach behind:
/// [`Stack::ephemeral`] is for stacks that are to vanish.
#[derive(Clone)]
pub struct Stack {
    root: Construct,
}

impl Stack {
    pub(super) fn new(app: Rc<RefCell<AppData>>, name: String, at: Source) -> Self {
        let mut data = app.borrow_mut();
        let index = data.stacks.len() as u32;
        data.stacks.push(StackData {
            name,
            at,
            description: None,
            environment: None,
            tags: IndexMap::new(),
            ephemeral: false,
            except_on_create: false,
            boundary: None,
            stable_roles: None,
            elements: vec![],
        });
        drop(data);
        Self { root: Construct::root(app, index) }
    }

    /// Nothing of it is retained, for test environments: a deploy may break its running executions, and deleting it
    /// leaves nothing behind.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let stack = App::new().stack("Test").ephemeral();
    /// # let _ = stack;
    /// ```
    #[must_use = "returns the stack, to go on with"]
    pub fn ephemeral(self) -> Self {
        self.root.stack_mut(|stack| stack.ephemeral = true);
        self
    }

    /// Deletes what a failed deploy itself has created, though it is retained otherwise: the deletion policy is
    /// `RetainExceptOnCreate`.
    ///
    /// The same commit can then be deployed again [without a salt](crate::guide::rolled_back). It is not the default,
    /// because executions may have been started on what the failed deploy had made, as they are while an alias is moved
    /// in steps: these break.
    ///
    /// Source:
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html>
    #[must_use = "returns the stack, to go on with"]
    pub fn retain_except_on_create(self) -> Self {
        self.root.stack_mut(|stack| stack.except_on_create = true);
        self
    }

    /// What the stack is, for people: 1,024 bytes at most.
    #[must_use = "returns the stack, to go on with"]
    pub fn description(self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.root.stack_mut(|stack| stack.description = Some(text));
        self
    }

    /// The account, 12 digits, and the Region that it is for, such as `eu-west-1`. Unset, the deploying credentials
    /// decide.
    ///
    /// Source: <https://docs.aws.amazon.com/cdk/v2/guide/environments.html>
    #[must_use = "returns the stack, to go on with"]
    pub fn environment(self, account: impl Into<String>, region: impl Into<String>) -> Self {
        let environment = (account.into(), region.into());
        self.root.stack_mut(|stack| stack.environment = Some(environment));
        self
    }

    /// A tag of the stack, which CloudFormation hands on to its resources.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html>
    #[must_use = "returns the stack, to go on with"]
    pub fn tag(self, key: impl Into<String>, value: impl Into<String>) -> Self {
        let (key, value) = (key.into(), value.into());
        self.root.stack_mut(|stack| drop(stack.tags.insert(key, value)));
        self
    }

    /// Gives a permissions boundary to every role that is generated for the stack's functions and machines, those of
    /// before and of after: what none of them may go beyond, whatever it is allowed. When called again, the last one
    /// counts.
    ///
    /// It is the ARN of a managed policy, or a reference to an `AWS::IAM::ManagedPolicy` of the app. Another boundary
    /// is another role, as another right is.
    ///
    /// A policy of the same stack without a `ManagedPolicyName` moves with what it says, and the old one is retained
    /// with the roles that have it. One with a name, or of another stack, is changed in place, under what runs: synth
    /// warns. What an ARN that is written down stands for is changed by others, unseen.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let app = App::new();
    /// app.stack("Shop").permissions_boundary("arn:aws:iam::123456789012:policy/Developers");
    ///
    /// let stack = app.stack("Bank");
    /// let statement = tree!({ "Effect": "Allow", "Action": ["logs:*", "lambda:InvokeFunction"], "Resource": "*" });
    /// let document = tree!({ "Version": "2012-10-17", "Statement": [statement] });
    /// let policy = stack.resource("Boundary", "AWS::IAM::ManagedPolicy", tree!({ "PolicyDocument": document }));
    /// stack.permissions_boundary(policy.reference());
    /// ```
    ///
    /// # Errors
    /// Synth reports a text that is no ARN of a managed policy, a resource that is none, and a value that only the
    /// deploy knows, unless it is [acknowledged](Value::known_at_deploy).
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>
    #[track_caller]
    pub fn permissions_boundary(&self, policy: impl Into<Value<String>>) {
        let boundary = (policy.into().into(), Location::caller());
        self.root.stack_mut(|stack| stack.boundary = Some(boundary));
    }

    /// Keeps one role for each of the stack's functions and machines, those of before and of after, whatever their
    /// rights: as [`Function::stable_role`](crate::lambda::Function::stable_role) and
    /// [`StateMachine::stable_role`](crate::step_functions::StateMachine::stable_role) do for one of them.
    ///
    /// The rights change in place, and with them those of what runs. Synth warns, once for the stack.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let app = App::new();
    /// app.stack("Shop").stable_roles();
    /// ```
    #[track_caller]
    pub fn stable_roles(&self) {
        let at = Location::caller();
        self.root.stack_mut(|stack| stack.stable_roles = Some(at));
    }

    /// Adds a parameter and gives its value: a `Value<String>`, or of what its type yields.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let stack = App::new().stack("Shop");
    /// let stage: Value<String> = stack.parameter("Stage", Parameter::string().default("test"));
    /// ```
    #[track_caller]
    pub fn parameter<T>(&self, id: impl Into<String>, parameter: Parameter) -> Value<T> {
        let body = Body::Parameter(Box::new(parameter));
        Value::reference(self.root.add_element([id.into()], Location::caller(), body))
    }

    /// Adds an output.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let stack = App::new().stack("Shop");
    /// let queue = stack.resource("Orders", "AWS::SQS::Queue", tree!({}));
    /// stack.output("QueueUrl", Output::of(queue.reference()).description("Where orders go"));
    /// ```
    #[track_caller]
    pub fn output(&self, id: impl Into<String>, output: impl Into<Output>) {
        self.root.add_element([id.into()], Location::caller(), Body::Output(Box::new(output.into())));
    }

    /// Adds a condition, made of parameters and pseudo parameters.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let stack = App::new().stack("Shop");
    /// let stage: Value<String> = stack.parameter("Stage", Parameter::string());
    /// let live = stack.condition("IsLive", ConditionExpression::equals(stage, "live"));
    /// let days: Value<u32> = live.choose(90, 1);
    /// ```
    #[track_caller]
    pub fn condition(&self, id: impl Into<String>, condition: ConditionExpression) -> Condition {
        let body = Body::Condition(Box::new(condition.into_tree()));
        Condition::new(self.root.add_element([id.into()], Location::caller(), body))
    }

    /// Adds a mapping: literals by two keys.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let stack = App::new().stack("Shop");
    /// let sizes = stack.mapping("Sizes", [("eu-west-1", [("memory", 512)]), ("us-east-1", [("memory", 256)])]);
    /// let memory: Value<u32> = sizes.find(Value::pseudo(Pseudo::Region), "memory");
    /// ```
    #[track_caller]
    pub fn mapping<A, B, V, I>(
        &self,
        id: impl Into<String>,
        entries: impl IntoIterator<Item = (A, I)>,
    ) -> Mapping
    where
        A: Into<String>,
        B: Into<String>,
        V: Into<Tree>,
        I: IntoIterator<Item = (B, V)>,
    {
        let entries: IndexMap<_, _> = entries
            .into_iter()
            .map(|(top, inner)| {
                (top.into(), inner.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
            })
            .collect();
        let body = Body::Mapping(Box::new(entries));
        Mapping::new(self.root.add_element([id.into()], Location::caller(), body))
    }
}

impl Deref for Stack {
    type Target = Construct;

    fn deref(&self) -> &Construct {
        &self.root
    }
}

impl fmt::Debug for Stack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stack").finish_non_exhaustive()
    }
}
