//! Tasks.

use std::panic::Location;

use serde_json::Value as JsonValue;

use crate::{
    diagnostic::Source,
    flow::{
        Language, Pinned, Scope, Work,
        body::{DraftCall, DraftKind, DraftTask, DraftWork},
        data::Data,
    },
    step_functions::Activity,
};

impl<'m, R, L: Language> Scope<'m, R, L> {
    /// A Task: calls an immutable version with the data, and yields what it yields.
    ///
    /// The version of a function is called, that of a state machine is run to its end.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html>
    #[track_caller]
    pub fn task<P: Pinned + ?Sized>(self, name: &str, version: &P) -> Work<'m, P::In, P::Out, L> {
        self.call(name, Location::caller(), DraftCall::Pinned(version.call()))
    }

    /// A Task that hands a token to a version, and waits until someone answers with that token. It yields the answer,
    /// an `Answer`.
    ///
    /// What the version takes must have the token in it: make it with [`input`](crate::flow::Fragment::input). Whoever
    /// has the token calls `SendTaskSuccess` or `SendTaskFailure`. Give it a timeout: a lost token is waited for
    /// without end.
    ///
    /// ```
    /// use cyanotype::{flow::context, prelude::*};
    /// # use schemars::JsonSchema;
    /// # use serde::{Deserialize, Serialize};
    /// #[derive(Serialize, Deserialize, JsonSchema)]
    /// struct Question {
    ///     text: String,
    ///     token: String,
    /// }
    ///
    /// # let ask: Version<Question, ()> =
    /// #     Version::import("arn:aws:lambda:eu-west-1:123456789012:function:ask:7").unwrap();
    /// let machine: Machine<String, bool> = machine(|m| {
    ///     let question = shape!(String => Question {
    ///         text: (root::<String>()),
    ///         token: (context::task_token()),
    ///     });
    ///     m.callback("Ask", &ask).input(question).timeout(seconds(86_400)).then(m.end())
    /// });
    /// assert!(machine.diagnostics().is_empty());
    /// ```
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token>
    #[track_caller]
    pub fn callback<P: Pinned + ?Sized, Answer>(self, name: &str, version: &P) -> Work<'m, P::In, Answer, L> {
        self.call(name, Location::caller(), DraftCall::Callback(version.call()))
    }

    /// A Task that calls a service: `sqs:sendMessage`, `dynamodb:getItem`, `glue:startJobRun.sync`, or any action of
    /// the AWS SDK, `aws-sdk:s3:copyObject`. `.waitForTaskToken` waits for an answer, as [`callback`](Self::callback)
    /// does.
    ///
    /// It yields open data: [`assume`](crate::flow::Fragment::assume) says its type. The machine's role may make the
    /// call, on what the arguments name by a literal or by a reference to a resource of the app. What only an
    /// execution knows is allowed as widely as the action goes, with a warning, unless
    /// [`on`](crate::flow::Fragment::on) says what it is.
    ///
    /// A function or a state machine cannot be called so, since nothing would tie it to a version: give the version to
    /// [`task`](Self::task). What has revisions of its own, an ECS task definition and a Batch job definition, is named
    /// with its revision.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html>
    #[track_caller]
    pub fn service<In>(
        self,
        name: &str,
        action: &str,
        arguments: impl Data<In, L>,
    ) -> Work<'m, In, JsonValue, L> {
        self.call(name, Location::caller(), DraftCall::Service(action.into(), arguments.part()))
    }

    /// A Task that waits for a worker, who polls with `GetActivityTask` and answers.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html>
    #[track_caller]
    pub fn activity<I, O>(self, name: &str, activity: &Activity<I, O>) -> Work<'m, I, O, L> {
        self.call(name, Location::caller(), DraftCall::Activity(activity.arn()))
    }

    fn call<In, O>(self, name: &str, at: Source, call: DraftCall) -> Work<'m, In, O, L> {
        let task = DraftTask { call, timeout: None, heartbeat: None, role: None, on: vec![] };
        self.make(name, at, DraftKind::Task(Box::new(task), DraftWork::default()))
    }
}
