//! A Task while its needs are found.

use std::collections::HashSet;

use cyanotype_asl::Text;

use super::{
    arguments::{Argument, Arguments},
    arn,
    placeholder::is_arn,
    report::{Collector, Need, NeedWarning},
    sdk,
    target::{self, Target},
    text::{around, concat, rendered, verbatim, verbatim_arn},
};
use crate::iam::PolicyCondition;

/// A Task, or the part of a Map that makes calls.
pub(super) struct Task<'d, 'c> {
    state: &'d str,
    /// For messages: `dynamodb:putItem`.
    resource: String,
    pub(super) arguments: Arguments<'d>,
    /// What it is on, where its author says so.
    targets: &'c [Target],
    /// The roles of task definitions.
    pub(super) roles: Roles<'c>,
    collected: &'c mut Collector,
}

/// Which role a task definition has by a property; see [`Beside`](super::Beside).
pub(super) type Roles<'a> = &'a dyn Fn(&Text, &str) -> Option<Option<Text>>;

/// How the ARNs of a kind of resource look: all of the stack's account and Region, and the name in the middle.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    pub(super) service: &'static str,
    /// `table/`
    pub(super) before: &'static str,
    /// What it is, for messages.
    pub(super) what: &'static str,
}

pub(super) const fn kind(service: &'static str, before: &'static str, what: &'static str) -> Kind {
    Kind { service, before, what }
}

impl<'d, 'c> Task<'d, 'c> {
    pub(super) fn new(
        state: &'d str,
        resource: &Text,
        arguments: Arguments<'d>,
        targets: &'c [Target],
        collected: &'c mut Collector,
    ) -> Self {
        let resource = rendered(resource);
        let resource = match resource.split_once(":states:::") {
            Some((_, call)) => call.to_owned(),
            None if resource == "Map" => resource,
            // A function's ARN: the same of all its versions.
            None => "Lambda".to_owned(),
        };
        Self { state, resource, arguments, targets, roles: &|_, _| None, collected }
    }

    /// Adds a need. `why` goes on after "the state".
    pub(super) fn need<A: Into<String>>(
        &mut self,
        actions: impl IntoIterator<Item = A>,
        resources: impl IntoIterator<Item = Text>,
        why: &str,
        page: &str,
    ) {
        self.need_when(actions, resources, [], why, page);
    }

    /// Adds a need under conditions.
    pub(super) fn need_when<A: Into<String>>(
        &mut self,
        actions: impl IntoIterator<Item = A>,
        resources: impl IntoIterator<Item = Text>,
        conditions: impl IntoIterator<Item = PolicyCondition>,
        why: &str,
        page: &str,
    ) {
        let actions: Vec<_> = actions.into_iter().map(Into::into).collect();
        let resources = resources.into_iter().collect();
        let need = Need {
            resources: if self.targets.is_empty() { resources } else { self.narrowed(&actions, resources) },
            actions,
            conditions: conditions.into_iter().collect(),
            states: vec![],
            why: format!("`{}` {why} <{page}>", self.resource),
        };
        self.collected.need(self.state, need);
    }

    /// What of these resources the call is on.
    pub(super) fn narrowed(&mut self, actions: &[String], resources: Vec<Text>) -> Vec<Text> {
        let mut all = vec![];
        for pattern in resources {
            let before = all.len();
            for (number, target) in self.targets.iter().enumerate() {
                let Some(narrowed) = target::narrow(&pattern, target) else { continue };
                self.collected.target(self.state, number, narrowed.guess.as_ref());
                for resource in narrowed.resources {
                    // Of a bucket and what is in it, as far as the actions are on either.
                    let both = target::is_bucket_or_object(&pattern) && target::is_bucket(&resource);
                    let (of_bucket, of_objects) = if both { sdk::of_s3(actions) } else { (true, false) };
                    all.extend(of_objects.then(|| target::within(&resource)));
                    all.extend(of_bucket.then_some(resource));
                }
            }
            if all.len() == before {
                all.push(pattern);
            }
        }
        let mut seen = HashSet::new();
        all.retain(|resource| seen.insert(resource.clone()));
        all
    }

    /// Whether the call is said to be on something that a pattern stands for.
    pub(super) fn is_on(&self, pattern: &Text) -> bool {
        self.targets.iter().any(|target| target::narrow(pattern, target).is_some())
    }

    /// Says that a right is wider than what the state does, and which argument would narrow it. `allowed` is what it is
    /// on.
    pub(super) fn wide(&mut self, action: &str, what: &str, argument: &str, allowed: &Text) {
        if self.is_on(allowed) {
            return;
        }
        let help = format!(
            "give `{argument}` as a literal, or narrow the statement to what the executions name at run time; what is of \
             another account or Region needs a statement of its own"
        );
        self.warning(Some(argument), wide_message(action, what), &help, Some(allowed));
    }

    /// Says that a right is wider than what the state does, and that no argument narrows it. `allowed` is what it is
    /// on.
    pub(super) fn wide_anyway(&mut self, message: String, help: &str, allowed: &Text) {
        if !self.is_on(allowed) {
            self.warning(None, message, help, Some(allowed));
        }
    }

    /// Says something else of a right, which an argument would narrow.
    pub(super) fn warn_of(&mut self, argument: &str, message: String, help: &str) {
        self.warning(Some(argument), message, help, None);
    }

    /// Says something else of a right.
    pub(super) fn warn(&mut self, message: String, help: &str) {
        self.warning(None, message, help, None);
    }

    fn warning(&mut self, argument: Option<&str>, message: String, help: &str, allowed: Option<&Text>) {
        let (state, help) = (self.state.to_owned(), help.to_owned());
        let argument = argument.map(str::to_owned);
        // Where everything is allowed, nothing fits better.
        let allowed = allowed.filter(|allowed| rendered(allowed) != "*").cloned();
        self.collected.warn(NeedWarning { state, message, help, argument, allowed });
    }

    /// What is called, for messages.
    pub(super) fn called(&self) -> &str {
        &self.resource
    }

    /// The ARN of what an argument names, by its name or its ARN; of all of the kind, with a warning, when only an
    /// execution knows it.
    pub(super) fn named(&mut self, action: &str, argument: &str, kind: Kind) -> Text {
        let value = self.arguments.get(argument);
        self.arn(action, argument, value, kind)
    }

    /// The same of a value that is there already.
    pub(super) fn arn(&mut self, action: &str, argument: &str, value: Argument<'_>, kind: Kind) -> Text {
        match value {
            Argument::Static(text) if is_arn(text) => verbatim_arn(text),
            Argument::Static(text) => arn::own(kind.service, around(kind.before, &verbatim(text), "")),
            Argument::Dynamic | Argument::Absent => {
                let any = arn::own(kind.service, format!("{}*", kind.before));
                self.wide(action, &format!("any {}", kind.what), argument, &any);
                any
            }
        }
    }

    /// Hands a role to a service. `None` for the service's principal says that it is not known.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>
    pub(super) fn pass_role(
        &mut self,
        argument: &str,
        value: Argument<'_>,
        operator: &str,
        principals: &[&str],
        page: &str,
    ) {
        let role = match value {
            Argument::Static(text) if is_arn(text) => text.clone(),
            // Roles in a path are named by their ARNs.
            Argument::Static(text) => arn::iam(concat(["role/".into(), text.clone()])),
            Argument::Dynamic => {
                let any = arn::iam("role/*");
                self.wide("iam:PassRole", "any role", argument, &any);
                any
            }
            Argument::Absent => return,
        };
        let why = format!("hands the role of `{argument}` to the service");
        let passed = (!principals.is_empty()).then(|| {
            PolicyCondition::new(operator, "iam:PassedToService", principals.iter().map(|p| Text::from(*p)))
        });
        self.need_when(["iam:PassRole"], [role], passed, &why, page);
    }

    /// Is told by EventBridge of the end of a job.
    ///
    /// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/service-integration-iam-templates.html>
    pub(super) fn listen(&mut self, rule: &str, page: &str) {
        let actions = ["events:DescribeRule", "events:PutRule", "events:PutTargets"];
        let why = "is told of the end by a rule that Step Functions manages";
        self.need(actions, [arn::rule(rule)], why, page);
    }
}

/// That an action is allowed on more than what the state does with it.
pub(super) fn wide_message(action: &str, what: &str) -> String {
    format!("`{action}` is allowed on {what}: the definition does not say which")
}
