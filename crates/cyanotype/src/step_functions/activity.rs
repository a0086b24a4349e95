//! An activity: work that is done by a program of the user's, wherever that runs.

use std::{fmt, marker::PhantomData, panic::Location};

use cyanotype_cfn::{Intrinsic, Key, Pseudo, Tree, Value};

use super::{KmsKey, encryption::Encryption};
use crate::{
    app::{self, Construct, ResourceBody, ResourceKind},
    flow::Seconds,
};

/// A Step Functions activity that takes `I` and yields `O`: a queue from which workers outside of AWS's reach take the
/// work of a machine's state, and to which they answer.
///
/// The worker calls `GetActivityTask` and `SendTaskSuccess` with credentials of its own; the machine's role needs no
/// right on the activity.
///
/// Step Functions asks for a name, which cannot change. Unless it is given one, an activity has the stack's and its
/// logical ID: `Shop-Approve`. An activity stays when it leaves the app, since a running execution may wait for its
/// worker; and with another name it is another activity beside the old one. So a stack that is deleted, and made again
/// under the same name, finds its activities there already, and CloudFormation has to be told to import them.
///
/// ```
/// use cyanotype::prelude::*;
///
/// let stack = App::new().stack("Shop");
/// let approve: Activity<String, bool> = Activity::new(&stack, "Approve");
/// let refund: Activity<String, bool> = Activity::new(&stack, "Refund").named("refund-by-hand").tag("team", "shop");
/// stack.output("ApproveArn", approve.arn());
/// ```
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html>, and for the properties
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-activity.html>
pub struct Activity<I, O> {
    under: Construct,
    key: Key,
    types: PhantomData<fn(I) -> O>,
}

#[allow(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "what a method says is kept also when the handle is not"
)]
impl<I, O> Activity<I, O> {
    /// Adds an activity.
    #[track_caller]
    pub fn new(under: &Construct, id: impl Into<String>) -> Self {
        let body = ResourceBody::new("AWS::StepFunctions::Activity", ResourceKind::Activity);
        let key = under.add([id.into()], Location::caller(), body);
        Self { under: under.clone(), key, types: PhantomData }
    }

    /// Gives it a name of its own: 1 to 80 characters, without white space and any of ``<>{}[]?*"#%\^|~`$&,;:/``.
    ///
    /// An account has one activity of a name in a Region.
    ///
    /// Source: <https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateActivity.html>
    pub fn named(self, name: impl Into<Value<String>>) -> Self {
        let name = name.into();
        self.under.edit(self.key, |body| drop(body.properties.insert("Name".into(), name.into())));
        self
    }

    /// Encrypts what its workers are given with a key of the account's, over what AWS does anyway; a data key is
    /// reused for 60 to 900 seconds.
    ///
    /// The roles of the machines that wait for it may use the key for that. The key's own policy must let them, and
    /// `states.amazonaws.com`. Another key is another activity, since it cannot change in place.
    ///
    /// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html>
    #[track_caller]
    pub fn kms_key(self, key: impl Into<KmsKey>, reuse: Seconds) -> Self {
        let encryption = Encryption::new(key.into(), reuse);
        let problems = encryption.problems(&self.under, Location::caller());
        self.under.edit(self.key, |body| {
            body.problems.extend(problems);
            body.properties.insert("EncryptionConfiguration".into(), encryption.to_tree());
        });
        self
    }

    /// A tag.
    pub fn tag(self, key: impl Into<String>, value: impl Into<Value<String>>) -> Self {
        self.under.edit(self.key, |body| app::add_tag(body, key.into(), value.into()));
        self
    }

    /// The ARN, by which its workers ask for work.
    #[must_use]
    pub fn arn(&self) -> Value<String> {
        Value::reference(self.key)
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> Value<String> {
        Value::attribute(self.key, "Name")
    }
}

/// The name of an activity that was given none. Its logical ID is one in the stack, as the stack's name is one in the
/// account and Region.
pub(crate) fn generated_name(activity: Key) -> Tree {
    let id = Value::from_tree(Intrinsic::LogicalId(activity).into());
    Value::concat([Value::pseudo(Pseudo::StackName), "-".into(), id]).into()
}

impl<I, O> Clone for Activity<I, O> {
    fn clone(&self) -> Self {
        Self { under: self.under.clone(), key: self.key, types: PhantomData }
    }
}

impl<I, O> fmt::Debug for Activity<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Activity").field(&self.key).finish()
    }
}
