//! Aliases that CodeDeploy moves.

use std::panic::Location;

use cyanotype_cfn::{Key, Tree, Value, tree};
use indexmap::IndexMap;

use super::{Alias, Function};
use crate::{
    app::{ResourceBody, ResourceKind},
    diagnostic::{Diagnostic, Source},
    iam::{self, RoleData, Statement},
    shift::{Shift, Steps},
};

/// How CodeDeploy moves the alias of a function: a [`Shift`], and functions that it asks before and after.
///
/// Source: <https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-steps-lambda.html>
#[derive(Debug, Clone)]
#[must_use = "a shift does nothing until an alias has it: `alias.shift(..)`"]
pub struct TrafficShift {
    shift: Shift,
    before: Option<Hook>,
    after: Option<Hook>,
}

/// A function that CodeDeploy calls.
#[derive(Debug, Clone, Copy)]
struct Hook(Key);

impl From<Shift> for TrafficShift {
    fn from(shift: Shift) -> Self {
        Self { shift, before: None, after: None }
    }
}

impl Shift {
    /// Has CodeDeploy call a function before anything is sent to the new version of a function.
    ///
    /// The function says how it went: it calls `PutLifecycleEventHookExecutionStatus` with the `DeploymentId` and the
    /// `LifecycleEventHookExecutionId` of its event, which its role then may. CodeDeploy calls what was deployed last,
    /// without a qualifier.
    ///
    /// Source: <https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html>
    pub fn before_traffic<I, O>(self, check: &Function<I, O>) -> TrafficShift {
        TrafficShift::from(self).before_traffic(check)
    }

    /// Has CodeDeploy call a function after all is sent to the new version of a function. It says how it went like the
    /// one [before](Self::before_traffic).
    ///
    /// Source: <https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html>
    pub fn after_traffic<I, O>(self, check: &Function<I, O>) -> TrafficShift {
        TrafficShift::from(self).after_traffic(check)
    }
}

impl TrafficShift {
    /// See [`Shift::before_traffic`].
    pub fn before_traffic<I, O>(self, check: &Function<I, O>) -> Self {
        Self { before: Some(Hook::of(check)), ..self }
    }

    /// See [`Shift::after_traffic`].
    pub fn after_traffic<I, O>(self, check: &Function<I, O>) -> Self {
        Self { after: Some(Hook::of(check)), ..self }
    }
}

impl Hook {
    /// Lets the function answer: the action knows no resource.
    fn of<I, O>(function: &Function<I, O>) -> Self {
        function.allow(Statement::allow(["codedeploy:PutLifecycleEventHookExecutionStatus"]).on("*"));
        Self(function.key)
    }
}

impl<I, O> Alias<I, O> {
    /// Has CodeDeploy move this alias to a new version, all at once or in steps, when a deploy has published one. An
    /// alarm that goes off, or a function that it asks, takes it back, and the deploy with it.
    ///
    /// The stack gets an application of CodeDeploy and its role, once, and a deployment group for the alias. Steps for
    /// which CodeDeploy has no configuration get one. The first deploy of an alias does not shift anything.
    ///
    /// Tasks call versions, so that no execution sees the alias move. An alias that [routes](Self::route) by itself
    /// cannot be moved so: both set the same weights.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let stack = App::new().stack("Shop");
    /// let props = |code: &str| {
    ///     FunctionProps::builder()
    ///         .runtime(Runtime::NODEJS_22)
    ///         .handler("index.handler")
    ///         .code(Code::inline(code))
    ///         .build()
    /// };
    /// let hello: Function<String, String> = Function::new(&stack, "Hello", props("exports.handler = async () => 1"));
    /// let check: Function<String, String> = Function::new(&stack, "Check", props("exports.handler = async () => 1"));
    ///
    /// let live = hello.alias("live", &hello.publish());
    /// live.shift(Shift::canary(10, 5).alarm("HelloFails").before_traffic(&check));
    /// ```
    ///
    /// # Errors
    /// Synth reports a second shift of the alias, one of an alias that routes, and steps that are out of range.
    ///
    /// Source:
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html>
    #[track_caller]
    pub fn shift(&self, shift: impl Into<TrafficShift>) {
        let (at, shift) = (Location::caller(), shift.into());
        if self.under.read(self.key, |body| !body.update_policy.is_empty()).unwrap_or_default() {
            let problem = format!("the alias `{}` is to be moved in two ways", self.name);
            let problem = Diagnostic::error(problem).at(at).help("let one `shift` say it");
            return self.under.edit(self.key, |body| body.problems.push(problem));
        }
        let application = self.under.once(["CodeDeploy"], APPLICATION, at, application);
        let role = self.under.once(["CodeDeploy", "Role"], "AWS::IAM::Role", at, || {
            ResourceBody::new("AWS::IAM::Role", ResourceKind::Role(RoleData::of_deployments()))
        });
        let configuration = self.configuration(shift.shift.steps, at);
        let group = group(application, role, configuration, &shift.shift);
        let group = self.under.add(
            [self.id.clone(), "Alias".into(), self.name.clone(), "Deployments".into()],
            at,
            group,
        );

        let hooks = [("BeforeAllowTrafficHook", &shift.before), ("AfterAllowTrafficHook", &shift.after)];
        let named = hooks.iter().filter_map(|(name, hook)| Some((*name, hook.as_ref()?)));
        let mut update = IndexMap::from([
            ("ApplicationName".to_owned(), reference(application)),
            ("DeploymentGroupName".to_owned(), reference(group)),
        ]);
        for (name, hook) in named {
            let call = Statement::allow(["lambda:InvokeFunction"]).on(Value::attribute(hook.0, "Arn"));
            iam::allow(&self.under, role, call);
            update.insert(name.to_owned(), reference(hook.0));
        }
        self.under.edit(self.key, |body| {
            body.problems.extend(shift.shift.problems());
            body.update_policy.insert("CodeDeployLambdaAliasUpdate".into(), Tree::Map(update));
            self.refuse_both(body, at);
        });
    }

    /// The name of the configuration with these steps: CodeDeploy's own, or one that is made here.
    fn configuration(&self, steps: Steps, at: Source) -> Tree {
        let of_codedeploy = |name: String| Tree::from(format!("CodeDeployDefault.Lambda{name}"));
        let (kind, percent, minutes) = match steps {
            Steps::AllAtOnce => return of_codedeploy("AllAtOnce".into()),
            Steps::Canary { percent: 10, minutes: minutes @ (5 | 10 | 15 | 30) } => {
                return of_codedeploy(format!("Canary10Percent{minutes}Minutes"));
            }
            Steps::Linear { percent: 10, minutes: 1 } => {
                return of_codedeploy("Linear10PercentEvery1Minute".into());
            }
            Steps::Linear { percent: 10, minutes: minutes @ (2 | 3 | 10) } => {
                return of_codedeploy(format!("Linear10PercentEvery{minutes}Minutes"));
            }
            Steps::Canary { percent, minutes } => ("Canary", percent, minutes),
            Steps::Linear { percent, minutes } => ("Linear", percent, minutes),
        };
        let mut body = ResourceBody::new("AWS::CodeDeploy::DeploymentConfig", ResourceKind::Plain);
        let times = Tree::map([(format!("{kind}Interval"), minutes), (format!("{kind}Percentage"), percent)]);
        let kind = format!("TimeBased{kind}");
        let routing = Tree::map([("Type".to_owned(), kind.as_str().into()), (kind.clone(), times)]);
        body.properties.insert("ComputePlatform".into(), "Lambda".into());
        body.properties.insert("TrafficRoutingConfig".into(), routing);
        let ids = [self.id.clone(), "Alias".into(), self.name.clone(), "Steps".into()];
        reference(self.under.add(ids, at, body))
    }
}

const APPLICATION: &str = "AWS::CodeDeploy::Application";

fn application() -> ResourceBody {
    let mut body = ResourceBody::new(APPLICATION, ResourceKind::Plain);
    body.properties.insert("ComputePlatform".into(), "Lambda".into());
    body
}

/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codedeploy-deploymentgroup.html>
fn group(application: Key, role: Key, configuration: Tree, shift: &Shift) -> ResourceBody {
    let mut body = ResourceBody::new("AWS::CodeDeploy::DeploymentGroup", ResourceKind::Plain);
    let mut set = |name: &str, value: Tree| drop(body.properties.insert(name.into(), value));
    set("ApplicationName", reference(application));
    set("DeploymentConfigName", configuration);
    set(
        "DeploymentStyle",
        tree!({ "DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL" }),
    );
    let events = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"];
    set("AutoRollbackConfiguration", tree!({ "Enabled": true, "Events": Tree::list(events) }));
    if !shift.alarms.is_empty() {
        let alarms = shift.alarms.iter().map(|name| tree!({ "Name": name.clone() }));
        set("AlarmConfiguration", tree!({ "Enabled": true, "Alarms": Tree::list(alarms) }));
    }
    set("ServiceRoleArn", Value::<String>::attribute(role, "Arn").into());
    body
}

fn reference(key: Key) -> Tree {
    Value::<String>::reference(key).into()
}
