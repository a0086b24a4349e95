//! A Task, Map or Parallel under construction.

use std::panic::Location;

use cyanotype_cfn::Value;
use schemars::JsonSchema;

use super::{
    CalledOn, ErrorOutput, Expression, Fragment, Gives, Holds, Jsonata, Language, OfScopes, OfTask, On, Open,
    Path, Retry, Seconds, Shape, Target, UnderConstruction, Var, Working,
    body::{Draft, DraftCatch, DraftInto, DraftKind, DraftTask, DraftVariable, DraftWork},
    data::{Data, Part},
    path::Reference,
};
use crate::diagnostic::Source;

impl<'m, In, Out, W: UnderConstruction> Fragment<'m, In, Working<Out, W>> {
    /// Tries again after some errors. Several are looked at in order; the first that names an error counts.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// # let hello: Version<String, String> =
    /// #     Version::import("arn:aws:lambda:eu-west-1:123456789012:function:hello:7").unwrap();
    /// let machine: Machine<String, String> = machine(|m| {
    ///     let hello = m.task("Hello", &hello).retry(Retry::lambda_transient());
    ///     hello.retry(Retry::on(["Busy"]).max_attempts(9)).then(m.end())
    /// });
    /// assert!(machine.diagnostics().is_empty());
    /// ```
    pub fn retry(self, retry: Retry) -> Self {
        self.work(|work| work.retry.push(retry))
    }

    /// After some errors goes on with the error *instead of* the data, once trying again was in vain.
    ///
    /// Errors are names such as `States.Timeout`, `States.TaskFailed` or a function's own; `States.ALL` stands alone,
    /// in the last catcher. Several are looked at in order; the first that names an error counts.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// # let hello: Version<String, String> =
    /// #     Version::import("arn:aws:lambda:eu-west-1:123456789012:function:hello:7").unwrap();
    /// let machine: Machine<String, String> = machine(|m| {
    ///     let failed = m.fail("Failed").cause("nobody said hello");
    ///     m.task("Hello", &hello).catch(["States.ALL"], failed).then(m.end())
    /// });
    /// assert!(machine.diagnostics().is_empty());
    /// ```
    pub fn catch<E: Into<String>, T: Target<'m, ErrorOutput>>(
        self,
        errors: impl IntoIterator<Item = E>,
        to: T,
    ) -> Self {
        self.catcher(errors, None, to.id())
    }

    /// After some errors goes on with the input, and the error in one of its fields, once trying again was in vain.
    ///
    /// The field is absent before, so it is an `Option` of [`ErrorOutput`] (or open data).
    pub fn catch_into<E: Into<String>, F: Holds<ErrorOutput>, T: Target<'m, In>>(
        self,
        errors: impl IntoIterator<Item = E>,
        field: Path<In, F>,
        to: T,
    ) -> Self {
        self.catcher(errors, Some(field.to), to.id())
    }

    /// Sets a variable when the catcher before is taken: to what is at a path of the error, or anything else.
    #[track_caller]
    pub fn assign_caught<F>(self, variable: Var<F>, value: impl Gives<ErrorOutput, F, W::Language>) -> Self {
        let at = Location::caller();
        let variable = DraftVariable::new(variable.name, value.part(), at);
        let last = |draft: &mut Draft| {
            draft.kind.work_mut()?.catch.last_mut().map(|catch| catch.assign.push(variable))
        };
        if self.with_state(last).flatten().is_none() {
            self.report(at, "there is no catcher that could set this variable", "call `.catch(..)` before");
        }
        self
    }

    /// Sets a variable when the work is done: to what is at a path of its result, or anything else.
    #[track_caller]
    pub fn assign<F>(self, variable: Var<F>, value: impl Gives<W::Result, F, W::Language>) -> Self {
        let variable = DraftVariable::new(variable.name, value.part(), Location::caller());
        self.edit(|state| {
            let shaped = state.kind.work().is_some_and(|work| work.shape.is_some());
            state.assign.push(DraftVariable { shaped, ..variable });
        })
    }

    /// Keeps the input, and puts the result into one of its fields.
    ///
    /// The field is absent before, so it is an `Option` of the result (or open data). It is `ResultPath` in JSONPath,
    /// and an `Output` that merges in JSONata.
    #[track_caller]
    pub fn into_field<F: Holds<Out>>(self, field: Path<In, F>) -> Fragment<'m, In, Working<In, W>> {
        self.put(DraftInto::Field(field.to), Location::caller()).cast()
    }

    /// Keeps the input, and forgets the result: `"ResultPath": null` in JSONPath.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// # let log: Version<String, u32> =
    /// #     Version::import("arn:aws:lambda:eu-west-1:123456789012:function:log:7").unwrap();
    /// let machine: Machine<String, String> = machine(|m| m.task("Log", &log).discard_result().then(m.end()));
    /// assert!(machine.diagnostics().is_empty());
    /// ```
    #[track_caller]
    pub fn discard_result(self) -> Fragment<'m, In, Working<In, W>> {
        self.put(DraftInto::Nowhere, Location::caller()).cast()
    }

    /// Goes on with a part only: `OutputPath` in JSONPath, `Output` in JSONata.
    ///
    /// It is the last thing that a state does with its data, so the path is under construction no more.
    pub fn select<F>(self, part: Path<Out, F>) -> Open<'m, In, F> {
        self.work(|work| work.select = Some(part.to)).cast()
    }

    /// Makes something else of the result, before it goes into a field or on: `ResultSelector` in JSONPath.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    /// # use schemars::JsonSchema;
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, JsonSchema)]
    /// # struct Parcel { tracking: String, weight: u32 }
    /// # #[derive(Serialize, Deserialize, JsonSchema)]
    /// # struct Label { tracking: String }
    /// # let pack: Version<String, Parcel> =
    /// #     Version::import("arn:aws:lambda:eu-west-1:123456789012:function:pack:7").unwrap();
    /// let machine: Machine<String, Label> = machine(|m| {
    ///     m.task("Pack", &pack).shape_result(shape!(Parcel => Label { tracking: tracking })).then(m.end())
    /// });
    /// assert!(machine.diagnostics().is_empty());
    /// ```
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-inputpath-params.html#input-output-resultselector>
    pub fn shape_result<O: JsonSchema>(
        self,
        shape: Shape<W::Result, O, W::Language>,
    ) -> Fragment<'m, In, Working<O, W::Yielding<O>>> {
        self.work(|work| work.shape = Some(shape.part())).cast()
    }

    /// Claims that the result is a `T`, whatever the version says. The one untyped escape: grep for it.
    pub fn assume<T>(self) -> Fragment<'m, In, Working<T, W::Yielding<T>>> {
        self.cast()
    }

    fn catcher<E: Into<String>>(
        self,
        errors: impl IntoIterator<Item = E>,
        into: Option<Reference>,
        to: super::body::Id,
    ) -> Self {
        let errors = errors.into_iter().map(Into::into).collect();
        self.work(|work| work.catch.push(DraftCatch { errors, into, assign: vec![], to }))
    }

    fn work(self, edit: impl FnOnce(&mut DraftWork)) -> Self {
        self.edit(|state| {
            if let Some(work) = state.kind.work_mut() {
                edit(work);
            }
        })
    }

    fn put(self, into: DraftInto, at: Source) -> Self {
        let mut taken = false;
        let path = self.work(|work| {
            taken = work.into.is_some();
            work.into = Some(into);
        });
        if taken {
            path.report(
                at,
                "this result has a place already",
                "call `.into_field(..)` or `.discard_result()`, once",
            );
        }
        path
    }
}

impl<'m, In, Out, R, L: Language> Fragment<'m, In, Working<Out, OfTask<R, L>>> {
    /// How long the call may take, 1 to 99,999,999 seconds; without it AWS waits 99,999,999.
    ///
    /// The state then fails with `States.Timeout`.
    pub fn timeout(self, time: Seconds) -> Self {
        self.task(|task| task.timeout = Some(Part::number(time.get())))
    }

    /// How long the call may take, by a number of seconds in the data: `TimeoutSecondsPath`.
    pub fn timeout_at(self, time: impl Gives<In, u32, L>) -> Self {
        self.task(|task| task.timeout = Some(time.part()))
    }

    /// How long an activity or a callback may be silent, fewer seconds than the timeout.
    ///
    /// The state then fails with `States.HeartbeatTimeout`. Who works sends `SendTaskHeartbeat`.
    pub fn heartbeat(self, time: Seconds) -> Self {
        self.task(|task| task.heartbeat = Some(Part::number(time.get())))
    }

    /// How long it may be silent, by a number of seconds in the data: `HeartbeatSecondsPath`.
    pub fn heartbeat_at(self, time: impl Gives<In, u32, L>) -> Self {
        self.task(|task| task.heartbeat = Some(time.part()))
    }

    /// Takes another role for the call, in this account or another: `Credentials`.
    ///
    /// The machine's own role is allowed to take it; the other role must trust the machine's.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-access-cross-acct-resources.html>
    pub fn credentials(self, role_arn: impl Into<Value<String>>) -> Self {
        let role = <Value<String> as Data<In, L>>::part(role_arn.into());
        self.task(|task| task.role = Some(role))
    }

    /// Takes a role for the call whose ARN is in the data.
    pub fn credentials_at(self, role_arn: impl Gives<In, String, L>) -> Self {
        self.task(|task| task.role = Some(role_arn.part()))
    }

    /// Says what the call of a [service](super::Scope::service) is on, where the arguments do not say it before an
    /// execution does: the machine's role may then make the call on this and nothing else. May be called again for
    /// more of them.
    ///
    /// It is a resource of the app, or an ARN. What hangs on a resource goes with it: the indexes of a table, the
    /// objects of a bucket, the tasks of a cluster. An ARN that only the deploy knows is taken for one of what the
    /// action is on.
    ///
    /// ```
    /// use cyanotype::{flow::json_path, prelude::*};
    /// use serde_json::Value as Json;
    ///
    /// # let stack = App::new().stack("Shop");
    /// let key = tree!([{ "AttributeName": "id", "KeyType": "HASH" }]);
    /// let orders = stack.resource("Orders", "AWS::DynamoDB::Table", tree!({ "KeySchema": key }));
    /// let machine: Machine<Json, Json> = machine(|m| {
    ///     let item = payload!({ "TableName": (json_path::<String>("$.table")), "Item": {} });
    ///     m.service("Save", "dynamodb:putItem", item).on(&orders).then(m.end())
    /// });
    /// StateMachine::new(&stack, "Keeper", machine, StateMachineProps::default());
    /// ```
    ///
    /// # Errors
    /// Synth reports a resource that no right of the call can be on, such as a queue where an item is put, and one
    /// that is another than the arguments name.
    ///
    /// Source:
    /// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
    #[track_caller]
    pub fn on(self, resource: impl CalledOn) -> Self {
        let on: Vec<_> = On::all(resource, Location::caller()).collect();
        self.task(|task| task.on.extend(on))
    }

    fn task(self, edit: impl FnOnce(&mut DraftTask)) -> Self {
        self.edit(|state| {
            if let DraftKind::Task(task, _) = &mut state.kind {
                edit(task);
            }
        })
    }
}

impl<'m, In, R, L: Language> Fragment<'m, In, Working<R, OfTask<R, L>>> {
    /// Makes what the call takes out of the data of the state: a path to it, a [`shape!`](crate::shape), a variable.
    ///
    /// A result that is [put into a field](Self::into_field) goes into the data of the state, not into this.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    /// # use schemars::JsonSchema;
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, JsonSchema)]
    /// # struct Order { customer: String, welcome: Option<String> }
    /// # let hello: Version<String, String> =
    /// #     Version::import("arn:aws:lambda:eu-west-1:123456789012:function:hello:7").unwrap();
    /// let machine: Machine<Order, Order> = machine(|m| {
    ///     m.task("Hello", &hello)
    ///         .input(path!(Order => customer))
    ///         .into_field(path!(Order => welcome))
    ///         .then(m.end())
    /// });
    /// assert!(machine.diagnostics().is_empty());
    /// ```
    pub fn input<T>(self, input: impl Gives<T, In, L>) -> Fragment<'m, T, Working<R, OfTask<R, L>>> {
        self.work(|work| work.input = Some(input.part())).cast()
    }
}

impl<'m, In, R, L: Language> Fragment<'m, In, Working<R, OfScopes<R, L>>> {
    /// Makes what every branch takes out of the data of the state.
    pub fn input<T>(self, input: impl Gives<T, In, L>) -> Fragment<'m, T, Working<R, OfScopes<R, L>>> {
        self.work(|work| work.input = Some(input.part())).cast()
    }
}

impl<'m, In, Out, W: UnderConstruction<Language = Jsonata>> Fragment<'m, In, Working<Out, W>> {
    /// What the state yields, as JSONata over `$states.input` and `$states.result`.
    pub fn output<F>(self, output: Expression<F>) -> Open<'m, In, F> {
        let output = <Expression<F> as Data<In, Jsonata>>::part(output);
        self.work(|work| work.output = Some(output)).cast()
    }
}
