//! Tasks of a file, tied to versions.

use std::collections::HashSet;

use cyanotype_asl::{Document, Json, Location, Segment, Text};
use cyanotype_cfn::{Pseudo, Value};
use indexmap::IndexMap;

use super::Asl;
use crate::{
    diagnostic::Diagnostic,
    flow::{
        CallKind,
        emit::{Calls, service},
    },
    lambda::function_of,
    step_functions::machine_of,
};

/// The definition under way.
pub(super) struct Binder<'a> {
    asl: &'a Asl,
    document: &'a Document<'a>,
    calls: Calls,
    used: HashSet<String>,
    location: Location,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Binder<'a> {
    pub(super) fn new(asl: &'a Asl, document: &'a Document<'a>) -> Self {
        let (calls, used) = (Calls::default(), HashSet::new());
        Self { asl, document, calls, used, location: Location::root(), diagnostics: vec![] }
    }

    /// The definition with everything bound and filled in.
    pub(super) fn whole(&mut self, json: &Json) -> Json {
        let json = self.scope(json);
        let asl = self.asl;
        let bound = asl.versions.keys().chain(asl.activities.keys()).chain(asl.values.keys());
        for name in bound.filter(|name| !self.used.contains(*name)).cloned().collect::<Vec<_>>() {
            let message = format!("the definition does not have `{name}`, which is given a meaning");
            let help = "write it as it stands in the text, or leave it out";
            self.diagnostics.push(Diagnostic::error(message).at(asl.at).help(help));
        }
        json
    }

    pub(super) fn diagnostics(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.diagnostics)
    }

    /// What the placeholders stand for, and what each Task calls.
    pub(super) fn into_calls(self) -> (IndexMap<String, Value<String>>, IndexMap<String, Value<String>>) {
        (self.calls.substitutions, self.calls.tasks)
    }

    /// The whole, a branch or what runs for each item.
    fn scope(&mut self, json: &Json) -> Json {
        self.members(json, |binder, name, json| match (name, json) {
            ("States", Json::Object(_)) => {
                binder.members(json, |binder, name, state| binder.state(name, state))
            }
            _ => binder.filled(json),
        })
    }

    fn state(&mut self, name: &str, json: &Json) -> Json {
        let Json::Object(members) = json else { return json.clone() };
        let is_task = members.get("Type") == Some(&"Task".into());
        let action = match members.get("Resource") {
            Some(Json::String(resource)) if is_task => action(resource),
            _ => None,
        };
        let argument = action.as_deref().and_then(service::unpinned);
        if let (Some(action), true) = (action.as_deref(), is_task) {
            self.check_revision(name, action, members);
        }
        self.members(json, |binder, field, json| match (field, json) {
            ("Iterator" | "ItemProcessor", _) => binder.scope(json),
            ("Branches", Json::Array(branches)) => Json::Array(
                (branches.iter().enumerate())
                    .map(|(index, branch)| binder.at(|l| l.index(index), |binder| binder.scope(branch)))
                    .collect(),
            ),
            ("Resource", Json::String(resource)) if is_task && action.is_none() => {
                binder.resource(name, resource)
            }
            ("Parameters" | "Arguments", Json::Object(_)) if argument.is_some() => {
                let argument = argument.unwrap_or_default();
                binder.members(json, |binder, field, json| binder.argument(name, argument, field, json))
            }
            _ => binder.filled(json),
        })
    }

    /// What a Task names as its resource, which is no integration.
    fn resource(&mut self, state: &str, resource: &Text) -> Json {
        let written = written(resource);
        if let Some(arn) = self.asl.activities.get(&written) {
            self.used.insert(written);
            return self.calls.text("Activity", arn).into();
        }
        if resource.as_literal().is_some_and(|arn| arn.contains(":activity:")) {
            return resource.into();
        }
        self.version(state, resource, CallKind::Function).map_or_else(|| resource.into(), Into::into)
    }

    /// The version that a name of a function or a machine is bound to, or is itself.
    fn version(&mut self, state: &str, named: &Text, kind: CallKind) -> Option<Text> {
        let written = written(named);
        if let Some(call) = self.asl.versions.get(&written) {
            self.used.insert(written.clone());
            if call.kind == kind {
                return Some(self.calls.called(state, call));
            }
            let (bound, called) = match kind {
                CallKind::Function => ("a state machine", "a function"),
                CallKind::Machine => ("a function", "a state machine"),
            };
            let message =
                format!("`{written}` is bound to a version of {bound}, and {called} is called here");
            self.report(state, message, format!("bind a version of {called}"));
            return None;
        }
        let is_version = |arn: &str| match kind {
            CallKind::Function => function_of(arn).is_ok(),
            CallKind::Machine => machine_of(arn).is_ok(),
        };
        match named.as_literal() {
            Some(arn) if is_version(arn) => {
                self.calls.tasks.insert(state.into(), arn.into());
            }
            _ => self.report(
                state,
                format!("`{written}` is tied to no version, so it can change while an execution is running"),
                format!("publish it and bind the version: `.bind(\"{written}\", &version)`"),
            ),
        }
        None
    }

    /// An argument of an integration that calls a function or a machine.
    fn argument(&mut self, state: &str, wanted: &str, field: &str, json: &Json) -> Json {
        let Json::String(text) = json else { return self.filled(json) };
        if field == format!("{wanted}.$") || (field == wanted && written(text).starts_with("{%")) {
            self.report(
                state,
                format!("`{field}` is known only at run time, so nothing ties it to a version"),
                format!(
                    "name what is called in the definition, and bind it: `.bind(\"${{{wanted}}}\", &version)`"
                ),
            );
        } else if field == wanted {
            let kind = if wanted == "StateMachineArn" { CallKind::Machine } else { CallKind::Function };
            return self.version(state, text, kind).map_or_else(|| json.clone(), Into::into);
        } else if field == "Qualifier" {
            self.report(
                state,
                "the ARN of a version has its qualifier already".to_owned(),
                "remove `Qualifier`".to_owned(),
            );
        }
        self.filled(json)
    }

    /// JSON with what its placeholders stand for.
    fn filled(&mut self, json: &Json) -> Json {
        match json {
            Json::String(text) if text.placeholders().next().is_some() => self.text(text).into(),
            Json::Array(items) => Json::Array(
                (items.iter().enumerate())
                    .map(|(index, item)| self.at(|l| l.index(index), |binder| binder.filled(item)))
                    .collect(),
            ),
            Json::Object(_) => self.members(json, |binder, _, json| binder.filled(json)),
            other => other.clone(),
        }
    }

    fn text(&mut self, text: &Text) -> Text {
        let mut filled = Text::default();
        for segment in text.segments() {
            let Segment::Placeholder(name) = segment else {
                filled.push(segment.clone());
                continue;
            };
            let value = match (self.asl.values.get(name), Pseudo::of(name)) {
                (Some(value), _) => value.clone(),
                (None, Some(pseudo)) => Value::pseudo(pseudo),
                (None, None) => {
                    let help = format!("say it: `.substitute(\"{name}\", value)`");
                    let message = format!("nothing says what `${{{name}}}` stands for");
                    let state = self.location.state().unwrap_or_default().to_owned();
                    self.report(&state, message, help);
                    continue;
                }
            };
            self.used.insert(name.clone());
            filled.extend(self.calls.text(name, &value));
        }
        filled
    }

    fn check_revision(&mut self, state: &str, action: &str, members: &IndexMap<String, Json>) {
        let Some((argument, what)) = service::revisioned(action) else { return };
        let arguments = members.get("Parameters").or_else(|| members.get("Arguments"));
        let Some(Json::Object(arguments)) = arguments else { return };
        let Some(Json::String(name)) = arguments.get(argument) else { return };
        if name.as_literal().is_some_and(|name| !service::has_revision(name) && !name.starts_with("{%")) {
            self.report(
                state,
                format!("this {what} has no revision, so it can change under an execution"),
                "name it with its revision, `name:7`, or by a placeholder for the resource".to_owned(),
            );
        }
    }

    fn members(&mut self, json: &Json, mut each: impl FnMut(&mut Self, &str, &Json) -> Json) -> Json {
        let Json::Object(members) = json else { return json.clone() };
        let members: Vec<_> = (members.iter())
            .map(|(name, json)| {
                let json = self.at(|location| location.field(name), |binder| each(binder, name, json));
                (name.clone(), json)
            })
            .collect();
        Json::object(members)
    }

    fn at<T>(&mut self, inside: impl FnOnce(Location) -> Location, make: impl FnOnce(&mut Self) -> T) -> T {
        let outside = self.location.clone();
        self.location = inside(outside.clone());
        let made = make(self);
        self.location = outside;
        made
    }

    fn report(&mut self, state: &str, message: String, help: String) {
        let line = self.document.position(&self.location).line;
        let diagnostic = Diagnostic::error(format!("{message} ({}, line {line})", self.location));
        let diagnostic = diagnostic.at(self.asl.at).help(help);
        self.diagnostics.push(if state.is_empty() { diagnostic } else { diagnostic.state(state) });
    }
}

/// The service and action of an integration, without its pattern.
fn action(resource: &Text) -> Option<String> {
    let written = written(resource);
    let (_, rest) = written.split_once(":states:::")?;
    Some(rest.split('.').next().unwrap_or(rest).to_owned())
}

/// A text as it stands in the file.
fn written(text: &Text) -> String {
    let segments = text.segments().iter().map(|segment| match segment {
        Segment::Literal(literal) => literal.clone(),
        Segment::Placeholder(name) => format!("${{{name}}}"),
    });
    segments.collect()
}
