//! From what was collected to a definition, with everything that is wrong with it.

mod calls;
mod comparison;
mod condition;
mod graph;
mod items;
mod names;
mod payload;
mod presence;
mod reading;
mod rules;
pub(super) mod service;
mod work;

use cyanotype_asl::{
    ChoiceState, Definition, FailState, Json, NullablePath, PassState, QueryLanguage, State, SucceedState,
    Text, Transition, WaitState,
};
use indexmap::IndexMap;
use serde_json::Value;

pub(super) use self::calls::Calls;
use self::{
    graph::{Graph, Node},
    names::Names,
    payload::Place,
    presence::{Known, Presence},
    reading::Root,
};
use super::{
    On, Parts,
    body::{Draft, DraftKind, DraftPass, DraftVariable, DraftWait, Id, Scoped},
    data::{Kind, Part},
    schema::Schemas,
};
use crate::diagnostic::{Diagnostic, Source};

/// Makes the definition, and says what is wrong in terms of the code; what the States Language says of the result
/// is not looked at here. Without a state to start in there is no definition.
pub(super) fn emit(scope: &Scoped, language: Option<QueryLanguage>) -> Result<Parts, Vec<Diagnostic>> {
    let mut diagnostics = vec![];
    let Some(graph) = Graph::new(&scope.body, scope.start, scope.at, &mut 0, &mut diagnostics) else {
        return Err(diagnostics);
    };
    let names = Names::new(&graph, &mut diagnostics);
    let mut emitter = Emitter {
        names,
        is_jsonata: language == Some(QueryLanguage::Jsonata),
        schemas: Schemas::default(),
        calls: Calls::default(),
        lines: IndexMap::new(),
        on: IndexMap::new(),
        known: vec![],
        result: None,
        diagnostics,
    };
    let mut definition = Definition::new(emitter.names.of(&graph, graph.start()));
    definition.query_language = language;
    definition.states = emitter.states(&graph);
    let Emitter { calls: Calls { substitutions, tasks }, lines, on, diagnostics, .. } = emitter;
    Ok(Parts { definition, substitutions, tasks, lines, on, at: scope.at, diagnostics })
}

struct Emitter {
    names: Names,
    /// The language of the machine.
    is_jsonata: bool,
    schemas: Schemas,
    calls: Calls,
    lines: IndexMap<String, Source>,
    /// What the calls of a state are on.
    on: IndexMap<String, Vec<On>>,
    /// The places that certainly hold something when the present state is entered.
    known: Vec<Known>,
    /// What JSONata reads as the result of the present state, where it is not that of the call.
    result: Option<Text>,
    diagnostics: Vec<Diagnostic>,
}

impl Emitter {
    /// The states of a scope, with those of the scopes within.
    fn states(&mut self, graph: &Graph<'_>) -> IndexMap<String, State> {
        let mut states = IndexMap::new();
        let presence = Presence::new(graph, &mut self.schemas);
        let outside = std::mem::take(&mut self.known);
        for node in graph.nodes() {
            let Some(draft) = graph.draft(node) else { continue };
            self.known = presence.at(node).to_vec();
            let name = self.names.of(graph, node).to_owned();
            self.lines.insert(name.clone(), draft.at);
            let on = match (node, &draft.kind) {
                (Node::State(_), DraftKind::Task(task, _)) => task.on.as_slice(),
                (Node::State(_), DraftKind::Map(map, _)) => &map.items.on,
                _ => &[],
            };
            if !on.is_empty() {
                self.on.insert(name.clone(), on.to_vec());
            }
            let state = match node {
                Node::State(index) => self.state(graph, index, draft),
                Node::EndOf(_) => SucceedState::new().into(),
            };
            states.insert(name, state);
        }
        self.known = outside;
        states
    }

    fn state(&mut self, graph: &Graph<'_>, index: usize, draft: &Draft) -> State {
        if draft.next().into_iter().chain(draft.others()).any(|to| graph.leads_nowhere(to)) {
            let diagnostic = Diagnostic::error("a path from here goes to a loop or a join that has no state")
                .help("give the loop a state: `m.cycle(|again| m.wait(..).then(again))`");
            self.report(draft, draft.at, diagnostic);
        }
        match &draft.kind {
            DraftKind::Task(task, work) => self.task(graph, index, draft, task, work).into(),
            DraftKind::Map(map, work) => self.map(graph, index, draft, map, work).into(),
            DraftKind::Parallel(_, work) => self.parallel(graph, index, draft, work).into(),
            DraftKind::Wait(wait) => self.wait(draft, wait, self.transition(graph, index, draft)).into(),
            DraftKind::Pass(pass) => self.pass(draft, pass, self.transition(graph, index, draft)).into(),
            DraftKind::Choice { rules, default } => {
                let choices = self.rules(graph, index, draft, rules, default.is_some());
                let mut choice = ChoiceState::new(choices, default.map(|to| self.target(graph, index, to)));
                choice.comment = comment(draft);
                choice.query_language = self.language(draft);
                choice.into()
            }
            DraftKind::Succeed => {
                let mut succeed = SucceedState::new();
                succeed.comment = comment(draft);
                succeed.query_language = self.language(draft);
                succeed.into()
            }
            DraftKind::Fail { error, cause } => self.fail(draft, error.as_ref(), cause.as_ref()).into(),
        }
    }

    fn wait(&mut self, draft: &Draft, wait: &DraftWait, transition: Transition) -> WaitState {
        let place = Place::of(draft, Root::Input);
        let mut state = WaitState::without_time(transition);
        state.comment = comment(draft);
        state.query_language = self.language(draft);
        match wait {
            DraftWait::Seconds(seconds) => state.seconds = Some((*seconds).into()),
            DraftWait::Until(instant) => state.timestamp = Some(instant.as_str().into()),
            DraftWait::SecondsAt(part) if draft.is_jsonata => {
                state.seconds = Some(reading::whole(self.expression(place, part)).into());
            }
            DraftWait::SecondsAt(part) => state.seconds_path = Some(self.path_of(place, part)),
            DraftWait::UntilAt(part) if draft.is_jsonata => {
                state.timestamp = Some(reading::whole(self.expression(place, part)));
            }
            DraftWait::UntilAt(part) => state.timestamp_path = Some(self.path_of(place, part)),
        }
        state.assign = self.variables(place, &draft.assign);
        state
    }

    fn pass(&mut self, draft: &Draft, pass: &DraftPass, transition: Transition) -> PassState {
        let place = Place::of(draft, Root::Input);
        let mut state = PassState::new(transition);
        state.comment = comment(draft);
        state.query_language = self.language(draft);
        match pass {
            DraftPass::Nothing => {}
            DraftPass::Result(value) => {
                let value = self.json(draft, draft.at, value).unwrap_or_default();
                if draft.is_jsonata {
                    state.output = Some(self.payload(place, "", &Part(Kind::Json(Ok(value)))));
                } else {
                    state.result = Some(value.into());
                }
            }
            DraftPass::Shape(part) if draft.is_jsonata => {
                state.output = Some(self.payload(place, "Value", part))
            }
            // Not an object of parameters, but what is there.
            DraftPass::Shape(part) if payload::is_dynamic(part) => {
                state.input_path = Some(NullablePath::Path(self.path_of(place, part)));
            }
            DraftPass::Shape(part) => state.parameters = Some(self.payload(place, "Value", part)),
            DraftPass::Select(part) => {
                if let Some(spot) = self.read(place, part) {
                    if draft.is_jsonata {
                        let expression = reading::jsonata(Root::Input, &spot);
                        state.output = Some(Json::from(reading::whole(expression)));
                    } else {
                        state.output_path = Some(spot.to_string().into());
                    }
                }
            }
        }
        state.assign = self.variables(place, &draft.assign);
        state
    }

    fn fail(&mut self, draft: &Draft, error: Option<&Part>, cause: Option<&Part>) -> FailState {
        let place = Place::of(draft, Root::Input);
        let mut fail = FailState::new();
        fail.comment = comment(draft);
        fail.query_language = self.language(draft);
        let mut text = |part: &Part, literal: &mut Option<Text>, path: &mut Option<Text>| match &part.0 {
            Kind::Json(Ok(Value::String(text))) => *literal = Some(text.as_str().into()),
            _ if draft.is_jsonata => *literal = Some(reading::whole(self.expression(place, part))),
            Kind::Deploy(value) => *literal = Some(self.calls.text("Value", value)),
            _ => *path = Some(self.path(place, part)),
        };
        if let Some(error) = error {
            text(error, &mut fail.error, &mut fail.error_path);
        }
        if let Some(cause) = cause {
            text(cause, &mut fail.cause, &mut fail.cause_path);
        }
        fail
    }

    /// Variables that are set.
    fn variables(&mut self, place: Place<'_>, assign: &[DraftVariable]) -> Option<IndexMap<String, Json>> {
        let mut variables = IndexMap::new();
        for DraftVariable { name, value, at, .. } in assign {
            let place = Place { at, ..place };
            let (key, json) = self.member(place, name, value);
            if variables.insert(key, json).is_some() {
                let message = format!("the variable `{name}` is set twice");
                self.report(place.draft, at, Diagnostic::error(message).help("set it once in a state"));
            }
        }
        (!variables.is_empty()).then_some(variables)
    }

    /// A path, for a field that takes nothing else.
    fn path_of(&mut self, place: Place<'_>, part: &Part) -> Text {
        match &part.0 {
            Kind::Place(_) => {}
            Kind::Expression(text) if !text.starts_with("States.") => {}
            _ => {
                let help = "give a path, or a number where there is a method for it";
                let diagnostic = Diagnostic::error("JSONPath takes a path here").help(help);
                self.report(place.draft, place.at, diagnostic);
            }
        }
        self.path(place, part)
    }

    fn transition(&self, graph: &Graph<'_>, index: usize, draft: &Draft) -> Transition {
        if graph.is_end(draft.next) {
            Transition::End
        } else {
            Transition::Next(self.target(graph, index, draft.next))
        }
    }

    /// The name of the state that an edge leads to.
    fn target(&self, graph: &Graph<'_>, from: usize, to: Id) -> String {
        self.names.of(graph, graph.follow(from, to)).into()
    }

    /// The state's own language, where it is not the machine's.
    fn language(&self, draft: &Draft) -> Option<QueryLanguage> {
        (draft.is_jsonata && !self.is_jsonata).then_some(QueryLanguage::Jsonata)
    }

    fn json(&mut self, draft: &Draft, at: Source, value: &Result<Value, String>) -> Option<Value> {
        match value {
            Ok(value) => Some(value.clone()),
            Err(error) => {
                let diagnostic = Diagnostic::error(format!("this value has no JSON: {error}"))
                    .help("keys of maps are strings; see the type's `Serialize`");
                self.report(draft, at, diagnostic);
                None
            }
        }
    }

    fn report(&mut self, draft: &Draft, at: Source, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic.at(at).state(&draft.name));
    }
}

fn comment(draft: &Draft) -> Option<Text> {
    draft.comment.as_deref().map(Into::into)
}
