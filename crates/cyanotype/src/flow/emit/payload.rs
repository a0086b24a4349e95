//! Payloads, in either language.

use cyanotype_asl::{Json, PathStep, ReferencePath, Segment, Text};
use indexmap::IndexMap;
use serde_json::Value;

use super::{
    Emitter,
    reading::{self, Root},
};
use crate::{
    diagnostic::{Diagnostic, Source},
    flow::{
        body::Draft,
        data::{Kind, Part},
        path::{Origin, Reference, Spot},
        schema,
    },
};

/// Where a payload stands: the state, what its paths read from, and the user's line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'d> {
    pub(super) draft: &'d Draft,
    pub(super) root: Root,
    pub(super) at: Source,
}

impl<'d> Place<'d> {
    pub(super) fn of(draft: &'d Draft, root: Root) -> Self {
        Self { draft, root, at: draft.at }
    }
}

impl Emitter {
    /// A payload as a whole; what an object leaves out is gone. `name` is what a value of the template is called if it
    /// is no member of an object.
    pub(super) fn payload(&mut self, place: Place<'_>, name: &str, part: &Part) -> Json {
        match &part.0 {
            Kind::Json(value) => self.literal(place, value),
            Kind::Deploy(value) => self.calls.text(name, value).into(),
            Kind::Array(items) if !place.draft.is_jsonata && items.iter().any(is_dynamic) => {
                let message = "JSONPath cannot make a list of data";
                let help = "give a path to a list, or write the state in JSONata: `m.jsonata()`";
                self.report(place.draft, place.at, Diagnostic::error(message).help(help));
                Json::Null
            }
            Kind::Array(items) => {
                Json::Array(items.iter().map(|item| self.payload(place, name, item)).collect())
            }
            Kind::Object(_) | Kind::Fields(..) => {
                let members = self.members(place, part);
                self.object(place, members)
            }
            Kind::Absent => Json::Null,
            Kind::Place(_) | Kind::Format(..) | Kind::Expression(_) => {
                if place.draft.is_jsonata {
                    reading::whole(self.expression(place, part)).into()
                } else {
                    self.path(place, part).into()
                }
            }
        }
    }

    /// Variables that are set: each by its name, or by its name and `.$`.
    pub(super) fn member(&mut self, place: Place<'_>, name: &str, part: &Part) -> (String, Json) {
        let json = self.payload(place, name, part);
        let name =
            if !place.draft.is_jsonata && is_dynamic(part) { format!("{name}.$") } else { name.to_owned() };
        (name, json)
    }

    fn object(&mut self, place: Place<'_>, members: Vec<(String, &Part)>) -> Json {
        let mut object = IndexMap::new();
        for (name, part) in members.into_iter().filter(|(_, part)| !matches!(part.0, Kind::Absent)) {
            if name.ends_with(".$") && !place.draft.is_jsonata {
                let message = format!("`{name}` would be read as a path");
                let help = "leave the `.$` out: a path is given by `path!(..)`, in parentheses";
                self.report(place.draft, place.at, Diagnostic::error(message).help(help));
            }
            let (name, json) = self.member(place, &name, part);
            if object.insert(name.clone(), json).is_some() {
                let message = format!("`{name}` is given twice");
                self.report(place.draft, place.at, Diagnostic::error(message).help("remove one of them"));
            }
        }
        Json::Object(object)
    }

    /// A literal, which must not be taken for an expression.
    fn literal(&mut self, place: Place<'_>, value: &Result<Value, String>) -> Json {
        let Some(value) = self.json(place.draft, place.at, value) else { return Json::Null };
        let json = Json::from(value);
        if place.draft.is_jsonata {
            return guarded(json);
        }
        if has_path_names(&json) {
            let message = "a name in this JSON ends in `.$`, and would be read as a path";
            let help = "give data by `payload!`, in parentheses";
            self.report(place.draft, place.at, Diagnostic::error(message).help(help));
        }
        json
    }

    /// What JSONPath calls it: a path, or an intrinsic function.
    pub(super) fn path(&mut self, place: Place<'_>, part: &Part) -> Text {
        match &part.0 {
            Kind::Place(at) => {
                self.read(place, at).map_or_else(Text::default, |spot| spot.to_string().into())
            }
            Kind::Expression(text) => text.as_str().into(),
            Kind::Format(template, arguments) => {
                self.check_format(place, template, arguments);
                let mut text = Text::from(format!("States.Format('{}'", escaped(template)));
                for argument in arguments {
                    text.push(Segment::Literal(", ".into()));
                    text.extend(self.argument(place, argument));
                }
                text.push(Segment::Literal(")".into()));
                text
            }
            _ => Text::default(),
        }
    }

    /// An argument of an intrinsic function.
    fn argument(&mut self, place: Place<'_>, part: &Part) -> Text {
        match &part.0 {
            Kind::Json(Ok(Value::String(text))) => format!("'{}'", escaped(text)).into(),
            Kind::Json(Ok(value @ (Value::Number(_) | Value::Bool(_) | Value::Null))) => {
                value.to_string().into()
            }
            Kind::Deploy(value) => {
                let mut text = Text::from("'");
                text.extend(self.calls.text("Value", value));
                text.push(Segment::Literal("'".into()));
                text
            }
            _ if is_dynamic(part) => self.path(place, part),
            _ => {
                let message = "an intrinsic function takes paths, strings, numbers and truth values";
                self.report(place.draft, place.at, Diagnostic::error(message).help("give one of these"));
                Text::default()
            }
        }
    }

    /// The same in JSONata.
    pub(super) fn expression(&mut self, place: Place<'_>, part: &Part) -> Text {
        match &part.0 {
            Kind::Place(at) => {
                self.read(place, at).map_or_else(Text::default, |spot| self.jsonata(place.root, &spot))
            }
            Kind::Expression(text) => text.as_str().into(),
            Kind::Deploy(value) => {
                let mut text = Text::from("\"");
                text.extend(self.calls.text("Value", value));
                text.push(Segment::Literal("\"".into()));
                text
            }
            Kind::Format(template, arguments) => {
                self.check_format(place, template, arguments);
                let mut arguments = arguments.iter();
                let mut text = Text::default();
                for (index, literal) in template.split("{}").enumerate() {
                    if let Some(argument) = (index > 0).then(|| arguments.next()).flatten() {
                        text.push(Segment::Literal(" & $string(".into()));
                        text.extend(self.expression(place, argument));
                        text.push(Segment::Literal(")".into()));
                    }
                    // The first makes a text of the whole, be it empty.
                    if index == 0 || !literal.is_empty() {
                        let and = if index == 0 { "" } else { " & " };
                        text.push(Segment::Literal(format!("{and}{}", reading::string(literal))));
                    }
                }
                text
            }
            Kind::Json(value) => {
                let value = self.json(place.draft, place.at, value).unwrap_or_default();
                Json::from(value).to_compact().into()
            }
            Kind::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| self.expression(place, item)).collect();
                listed("[", items, "]")
            }
            Kind::Object(_) | Kind::Fields(..) => {
                let members = self.members(place, part);
                let members: Vec<_> = (members.into_iter())
                    .filter(|(_, part)| !matches!(part.0, Kind::Absent))
                    .map(|(name, part)| {
                        let name = format!("{}: ", reading::string(&name)).into();
                        reading::joined([name, self.expression(place, part)])
                    })
                    .collect();
                listed("{", members, "}")
            }
            Kind::Absent => "null".into(),
        }
    }

    /// The members of an object, by their JSON names.
    fn members<'p>(&mut self, place: Place<'_>, part: &'p Part) -> Vec<(String, &'p Part)> {
        match &part.0 {
            Kind::Object(members) => members.iter().map(|(name, part)| (name.clone(), part)).collect(),
            Kind::Fields(fields, schema) => {
                let members = fields.iter().filter_map(|(field, part)| {
                    let (origin, fields) = (Origin::Data, vec![field.clone()]);
                    let field = Reference { origin, fields, schema: *schema, at: place.at };
                    let path = self.place(place.draft, &field)?;
                    match path.steps() {
                        [PathStep::Field(name)] => Some((name.clone(), part)),
                        _ => None,
                    }
                });
                members.collect()
            }
            _ => vec![],
        }
    }

    fn jsonata(&self, root: Root, spot: &Spot) -> Text {
        match &self.result {
            Some(result) if root == Root::Result && spot.origin == Origin::Data => {
                reading::steps(result.clone(), spot.path.steps())
            }
            _ => reading::jsonata(root, spot),
        }
    }

    fn check_format(&mut self, place: Place<'_>, template: &str, arguments: &[Part]) {
        let wanted = template.matches("{}").count();
        if wanted != arguments.len() {
            let message = format!("\"{template}\" has {wanted} `{{}}`, and {} are given", arguments.len());
            let help = "give one by `.with(..)` for each `{}`";
            self.report(place.draft, place.at, Diagnostic::error(message).help(help));
        }
    }

    /// A place that is read, which fails the execution when nothing is there.
    pub(super) fn read(&mut self, place: Place<'_>, at: &Reference) -> Option<Spot> {
        let found = self.found(place.draft, at)?;
        let is_here = found.spot.origin != Origin::Data || place.root == Root::Input;
        let is_known = || is_here && self.known.iter().any(|known| known.covers(&found));
        if found.optional && !is_known() {
            let message = format!("`{}` may be absent, and the execution fails here then", found.spot);
            let help =
                "ask for it in a Choice before: `path.is_present()`, or see that a state before fills it";
            self.report(place.draft, at.at, Diagnostic::warning(message).help(help));
        }
        Some(found.spot)
    }

    /// A place that is no more than named: of a member, or of a result.
    pub(super) fn place(&mut self, draft: &Draft, place: &Reference) -> Option<ReferencePath> {
        self.found(draft, place).map(|found| found.spot.path)
    }

    /// What the schema knows of a place; one that is not there is reported.
    pub(super) fn found(&mut self, draft: &Draft, place: &Reference) -> Option<schema::Place> {
        match self.schemas.find(place) {
            Ok(found) => Some(found),
            Err(diagnostic) => {
                self.report(draft, place.at, diagnostic);
                None
            }
        }
    }
}

/// Whether it is known only when an execution comes there.
pub(super) fn is_dynamic(part: &Part) -> bool {
    matches!(part.0, Kind::Place(_) | Kind::Format(..) | Kind::Expression(_))
}

fn listed(open: &str, parts: Vec<Text>, close: &str) -> Text {
    let mut text = Text::from(open);
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            text.push(Segment::Literal(", ".into()));
        }
        text.extend(part);
    }
    text.push(Segment::Literal(close.into()));
    text
}

/// A literal string that looks like an expression becomes one that yields it.
fn guarded(json: Json) -> Json {
    match json {
        Json::String(text) => match text.as_literal() {
            Some(literal) if literal.starts_with("{%") && literal.ends_with("%}") => {
                reading::whole(reading::string(literal).into()).into()
            }
            _ => Json::String(text),
        },
        Json::Array(items) => Json::Array(items.into_iter().map(guarded).collect()),
        Json::Object(members) => Json::object(members.into_iter().map(|(name, json)| (name, guarded(json)))),
        other => other,
    }
}

fn has_path_names(json: &Json) -> bool {
    match json {
        Json::Object(members) => {
            members.iter().any(|(name, json)| name.ends_with(".$") || has_path_names(json))
        }
        Json::Array(items) => items.iter().any(has_path_names),
        _ => false,
    }
}

/// A string within an intrinsic function, `{}` left as it is.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\'', "\\'")
}
