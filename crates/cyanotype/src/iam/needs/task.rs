//! A Task while its needs are found.

use cyanotype_asl::Text;

use super::{
    arguments::{Argument, Arguments},
    arn,
    placeholder::is_arn,
    report::{Collector, Need, NeedWarning},
    text::{around, concat, rendered},
};
use crate::iam::PolicyCondition;

/// A Task, or the part of a Map that makes calls.
pub(super) struct Task<'d, 'c> {
    state: &'d str,
    /// For messages: `dynamodb:putItem`.
    resource: String,
    pub(super) arguments: Arguments<'d>,
    collected: &'c mut Collector,
}

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
        collected: &'c mut Collector,
    ) -> Self {
        let resource = rendered(resource);
        let resource = match resource.split_once(":states:::") {
            Some((_, call)) => call.to_owned(),
            None if resource == "Map" => resource,
            // A function's ARN: the same of all its versions.
            None => "Lambda".to_owned(),
        };
        Self { state, resource, arguments, collected }
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
        let need = Need {
            actions: actions.into_iter().map(Into::into).collect(),
            resources: resources.into_iter().collect(),
            conditions: conditions.into_iter().collect(),
            states: vec![],
            why: format!("`{}` {why} <{page}>", self.resource),
        };
        self.collected.need(self.state, need);
    }

    /// Says that a right is wider than what the state does, and which argument would narrow it.
    pub(super) fn wide(&mut self, action: &str, allowed: &str, argument: &str) {
        let message = wide_message(action, allowed);
        let help = format!(
            "give `{argument}` as a literal, or narrow the statement to what the executions name at run time; what is of \
             another account or Region needs a statement of its own"
        );
        self.warn_of(argument, message, &help);
    }

    /// Says that a right is wider than what the state does, and that no argument narrows it.
    pub(super) fn wide_anyway(&mut self, action: &str, allowed: &str, help: &str) {
        self.warn(wide_message(action, allowed), help);
    }

    /// Says something else of a right, which an argument would narrow.
    pub(super) fn warn_of(&mut self, argument: &str, message: String, help: &str) {
        let (state, argument) = (self.state.to_owned(), Some(argument.to_owned()));
        self.collected.warn(NeedWarning { state, message, help: help.to_owned(), argument });
    }

    /// Says something else of a right.
    pub(super) fn warn(&mut self, message: String, help: &str) {
        let (state, help) = (self.state.to_owned(), help.to_owned());
        self.collected.warn(NeedWarning { state, message, help, argument: None });
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
            Argument::Static(text) if is_arn(text) => text.clone(),
            Argument::Static(text) => arn::own(kind.service, around(kind.before, text, "")),
            Argument::Dynamic | Argument::Absent => {
                self.wide(action, &format!("any {}", kind.what), argument);
                arn::own(kind.service, format!("{}*", kind.before))
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
                self.wide("iam:PassRole", "any role", argument);
                arn::iam("role/*")
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

fn wide_message(action: &str, allowed: &str) -> String {
    format!("`{action}` is allowed on {allowed}: the definition does not say which")
}
