//! One state: what it reads, and what it hands on.

use indexmap::IndexMap;

use super::{Fact, Missing};
use crate::{
    IntrinsicCall, Json, JsonPath, Location, Text,
    advice::{
        member,
        shape::{Found, Shape},
        text,
    },
};

/// What integrations answer, with `SdkHttpMetadata` and `SdkResponseMetadata` beside.
///
/// Sources: the pages of each below <https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html>,
/// and what the API references say of responses.
const RESULTS: [(&str, &[&str]); 5] = [
    ("lambda:invoke", &["ExecutedVersion", "FunctionError", "LogResult", "Payload", "StatusCode"]),
    ("sns:publish", &["MessageId", "SequenceNumber"]),
    (
        "sqs:sendMessage",
        &[
            "MD5OfMessageAttributes",
            "MD5OfMessageBody",
            "MD5OfMessageSystemAttributes",
            "MessageId",
            "SequenceNumber",
        ],
    ),
    ("events:putEvents", &["Entries", "FailedEntryCount"]),
    ("states:startExecution", &["ExecutionArn", "StartDate"]),
];

/// What follows from the input of a state.
pub(super) struct Outcome<'j> {
    /// The states that it goes to, each with its input.
    pub(super) next: Vec<(&'j str, Fact<'j>)>,
    /// The scopes in it, each with its place and its input.
    pub(super) inner: Vec<(Location, &'j Json, Fact<'j>)>,
    pub(super) missing: Vec<Missing<'j>>,
}

impl<'j> Outcome<'j> {
    pub(super) fn of(name: &'j str, state: &'j Json, input: Fact<'j>, here: &Location) -> Self {
        let mut outcome = Self { next: vec![], inner: vec![], missing: vec![] };
        let Json::Object(members) = state else { return outcome };
        let any = || Fact { shape: Shape::Any, by: None };
        let is_path = member(state, "QueryLanguage").is_none_or(|l| text(l) == Some("JSONPath"));
        if !is_path {
            outcome.go_on(members, &any());
            outcome.go_in(members, here, &any());
            outcome.go_catch(name, members, &any());
            return outcome;
        }
        let kind = members.get("Type").and_then(text).unwrap_or_default();
        let mut look = Look { here, members, missing: &mut outcome.missing };
        let used = look.path("InputPath", &input.shape).unwrap_or_else(|| input.shape.clone());
        look.fields(kind, &used);
        let result = look.result(kind, &used);
        let output = match result.clone() {
            Some(result) => look.with_result(&input.shape, result),
            None => used.clone(),
        };
        let replaces = members.get("ResultPath").is_none_or(|path| text(path) == Some("$"));
        let is_new = result.is_some_and(|result| result != used) || members.contains_key("InputPath");
        let by = if replaces && is_new { Some(name) } else { input.by };
        let output = look.path("OutputPath", &output).unwrap_or(output);
        let selector = ["ItemSelector", "Parameters"].into_iter().find(|field| members.contains_key(*field));
        let inner = match (kind, selector) {
            ("Map" | "Parallel", Some(field)) => Fact { shape: look.template(field, &used), by: None },
            ("Parallel", None) => Fact { shape: used.clone(), by: input.by },
            _ => any(),
        };
        outcome.go_in(members, here, &inner);
        outcome.go_on(members, &Fact { shape: output, by });
        outcome.go_catch(name, members, &input);
        outcome
    }

    fn go_on(&mut self, members: &'j IndexMap<String, Json>, fact: &Fact<'j>) {
        let mut targets: Vec<_> =
            ["Next", "Default"].into_iter().filter_map(|name| members.get(name)).collect();
        if let Some(Json::Array(rules)) = members.get("Choices") {
            targets.extend(rules.iter().filter_map(|rule| member(rule, "Next")));
        }
        self.next.extend(targets.into_iter().filter_map(text).map(|target| (target, fact.clone())));
    }

    fn go_in(&mut self, members: &'j IndexMap<String, Json>, here: &Location, fact: &Fact<'j>) {
        if let Some(Json::Array(branches)) = members.get("Branches") {
            let place = |index| here.clone().field("Branches").index(index);
            let branches = branches.iter().enumerate();
            self.inner.extend(branches.map(|(index, branch)| (place(index), branch, fact.clone())));
        }
        // What a batch or a reader makes of an item is another matter.
        let is_item = !members.contains_key("ItemBatcher") && !members.contains_key("ItemReader");
        for field in ["ItemProcessor", "Iterator"] {
            if let Some(processor) = members.get(field) {
                let fact = if is_item { fact.clone() } else { Fact { shape: Shape::Any, by: None } };
                self.inner.push((here.clone().field(field), processor, fact));
            }
        }
    }

    fn go_catch(&mut self, name: &'j str, members: &'j IndexMap<String, Json>, input: &Fact<'j>) {
        let Some(Json::Array(catchers)) = members.get("Catch") else { return };
        for catcher in catchers {
            let Some(target) = member(catcher, "Next").and_then(text) else { continue };
            let error = Shape::of_members(&["Error", "Cause"]);
            let fact = match member(catcher, "ResultPath") {
                None => Fact { shape: error, by: Some(name) },
                Some(Json::Null) => input.clone(),
                Some(path) => match text(path) {
                    Some("$") => Fact { shape: error, by: Some(name) },
                    path => Fact { shape: put(&input.shape, path, error), by: input.by },
                },
            };
            // With these it is not certain what the error is put into.
            let is_plain = !["InputPath", "OutputPath"].iter().any(|field| members.contains_key(*field));
            self.next.push((target, if is_plain { fact } else { Fact { shape: Shape::Any, by: None } }));
        }
    }
}

struct Look<'j, 'l> {
    here: &'l Location,
    members: &'j IndexMap<String, Json>,
    missing: &'l mut Vec<Missing<'j>>,
}

impl<'j> Look<'j, '_> {
    /// What `InputPath` or `OutputPath` makes of a value.
    fn path(&mut self, field: &'static str, shape: &Shape) -> Option<Shape> {
        match self.members.get(field)? {
            Json::Null => Some(Shape::of_members(&[])),
            path => Some(match text(path) {
                Some(path) => self.read(self.here.clone().field(field), path, shape),
                None => Shape::Any,
            }),
        }
    }

    /// The fields that read what is used of the input, and yield nothing that is handed on.
    fn fields(&mut self, kind: &str, used: &Shape) {
        // Whether these read what `InputPath` has left is not known of each.
        if !self.members.contains_key("InputPath") {
            // A recorded execution shows that nobody reads `ItemsPath` where a reader reads the items.
            let reader = self.members.contains_key("ItemReader");
            for (field, value) in self.members {
                let is_path = match field.as_str() {
                    "ResultPath" | "OutputPath" => false,
                    "ItemsPath" => !reader,
                    other => other.ends_with("Path"),
                };
                if let Some(path) = text(value).filter(|_| is_path) {
                    self.read(self.here.clone().field(field), path, used);
                }
            }
        }
        match kind {
            "Task" => drop(self.members.get("Parameters").map(|_| self.template("Parameters", used))),
            "Choice" => self.rules(used),
            _ => {}
        }
    }

    /// Rules, unless one of them asks whether there is anything: it then guards the others.
    fn rules(&mut self, used: &Shape) {
        let Some(rules) = self.members.get("Choices") else { return };
        let mut reads = vec![];
        let mut todo = vec![(self.here.clone().field("Choices"), rules)];
        while let Some((place, json)) = todo.pop() {
            match json {
                Json::Array(items) => {
                    let items = items.iter().enumerate().rev();
                    todo.extend(items.map(|(index, item)| (place.clone().index(index), item)));
                }
                Json::Object(members) if members.contains_key("IsPresent") => return,
                Json::Object(members) => {
                    for (name, value) in members.iter().filter(|(name, _)| *name != "Assign") {
                        let is_path = name == "Variable" || name.ends_with("Path");
                        match text(value).filter(|_| is_path) {
                            Some(path) => reads.push((place.clone().field(name), path)),
                            None => todo.push((place.clone().field(name), value)),
                        }
                    }
                }
                _ => {}
            }
        }
        for (place, path) in reads {
            self.read(place, path, used);
        }
    }

    /// What a state does, before `ResultPath`; None of states that do nothing.
    fn result(&mut self, kind: &str, used: &Shape) -> Option<Shape> {
        let raw = match kind {
            "Pass" => match self.members.get("Result") {
                Some(result) => Shape::of(result),
                None if self.members.contains_key("Parameters") => self.template("Parameters", used),
                None => used.clone(),
            },
            "Task" => self.members.get("Resource").and_then(text).map_or(Shape::Any, answer),
            // Of a writer AWS says where it wrote to.
            "Map" if self.members.contains_key("ResultWriter") => Shape::Any,
            "Map" | "Parallel" => Shape::Plain,
            _ => return None,
        };
        match self.members.contains_key("ResultSelector") {
            true => Some(self.template("ResultSelector", &raw)),
            false => Some(raw),
        }
    }

    fn with_result(&self, input: &Shape, result: Shape) -> Shape {
        match self.members.get("ResultPath") {
            None => result,
            // Whether it is put into the input or into what `InputPath` left of it is not known.
            Some(path) if self.members.contains_key("InputPath") && text(path) != Some("$") => Shape::Any,
            Some(Json::Null) => input.clone(),
            Some(path) => match text(path) {
                Some("$") => result,
                path => put(input, path, result),
            },
        }
    }

    fn template(&mut self, field: &'static str, shape: &Shape) -> Shape {
        let Some(template) = self.members.get(field) else { return Shape::Any };
        let place = self.here.clone().field(field);
        self.reads_of(place, template, shape);
        let mut ask = |_: &str, path: &Text| match path.as_literal().map(JsonPath::parse) {
            Some(Ok(path)) => match shape.at(&path) {
                Found::Value(shape) => shape,
                Found::Missing(_) => Shape::Any,
            },
            _ => Shape::Any,
        };
        Shape::of_template(template, &mut ask)
    }

    /// Every path in a template.
    fn reads_of(&mut self, place: Location, template: &'j Json, shape: &Shape) {
        let mut todo = vec![(place, template)];
        while let Some((place, json)) = todo.pop() {
            let Json::Object(members) = json else { continue };
            for (name, value) in members.iter().rev() {
                match text(value).filter(|_| name.ends_with(".$")) {
                    Some(path) => drop(self.read(place.clone().field(name), path, shape)),
                    None => todo.push((place.clone().field(name), value)),
                }
            }
        }
    }

    fn read(&mut self, place: Location, path: &'j str, shape: &Shape) -> Shape {
        if path.starts_with("States.") {
            let call = IntrinsicCall::parse(path).ok();
            for inner in call.iter().flat_map(IntrinsicCall::paths) {
                if let Found::Missing(member) = shape.at(inner) {
                    let member = member.to_owned();
                    self.missing.push(Missing { place: place.clone(), path, member });
                }
            }
            return Shape::Any;
        }
        let Ok(parsed) = JsonPath::parse(path) else { return Shape::Any };
        match shape.at(&parsed) {
            Found::Value(shape) => shape,
            Found::Missing(member) => {
                // Of many places none at all is a list without items.
                if parsed.is_definite() {
                    let member = member.to_owned();
                    self.missing.push(Missing { place, path, member });
                }
                Shape::Any
            }
        }
    }
}

/// A value with another put into it.
fn put(input: &Shape, path: Option<&str>, value: Shape) -> Shape {
    let path = path.and_then(|path| JsonPath::parse(path).ok());
    path.and_then(|path| input.clone().with(&path, value)).unwrap_or(Shape::Any)
}

/// What is known of the result of a Task.
fn answer(resource: &str) -> Shape {
    let call = resource.rsplit_once(":states:::").map(|(_, call)| call);
    match RESULTS.iter().find(|(known, _)| Some(*known) == call) {
        Some((_, members)) => {
            let metadata = ["SdkHttpMetadata", "SdkResponseMetadata"];
            Shape::of_members(&members.iter().copied().chain(metadata).collect::<Vec<_>>())
        }
        None => Shape::Any,
    }
}
