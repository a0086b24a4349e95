//! From what was collected to a definition, with everything that is wrong with it.

mod calls;
mod graph;
mod names;
mod rules;

use cyanotype_asl::{
    Catcher, ChoiceState, Definition, FailState, PassState, PathStep, ReferencePath, State, SucceedState,
    TaskState, Transition, WaitState,
};
use indexmap::IndexMap;
use serde_json::Value;

use self::{
    calls::Calls,
    graph::{Graph, Node},
    names::Names,
};
use super::{
    Parts, Retry,
    body::{Body, Draft, DraftCatch, DraftKind, DraftTask, Id},
    path::Reference,
    schema::Schemas,
};
use crate::diagnostic::{Diagnostic, Source};

/// Makes the definition, and says what is wrong in terms of the code; what the States Language says of the result
/// is not looked at here. Without a state to start in there is no definition.
pub(super) fn emit(body: Body, start: Id, at: Source) -> Result<Parts, Vec<Diagnostic>> {
    let Some(graph) = Graph::new(&body, start) else {
        let mut diagnostics = body.diagnostics;
        let help = "make one in the closure and return it: `m.wait(..).then(m.end())`";
        diagnostics.push(Diagnostic::error("there is no state to start in").at(at).help(help));
        return Err(diagnostics);
    };
    let mut diagnostics = body.diagnostics.clone();
    diagnostics.extend(graph.unreached().map(|state| {
        let help = "make it the target of an edge, or remove it";
        Diagnostic::error("no path leads to this state").at(state.at).state(&state.name).help(help)
    }));
    let names = Names::new(&graph, &mut diagnostics);
    let emitter = Emitter {
        graph: &graph,
        names: &names,
        schemas: Schemas::default(),
        calls: Calls::default(),
        diagnostics,
    };
    Ok(emitter.parts(at))
}

struct Emitter<'a> {
    graph: &'a Graph<'a>,
    names: &'a Names,
    schemas: Schemas,
    calls: Calls,
    diagnostics: Vec<Diagnostic>,
}

impl Emitter<'_> {
    fn parts(mut self, at: Source) -> Parts {
        let mut definition = Definition::new(self.names.of(self.graph.start()));
        let mut lines = IndexMap::new();
        for node in self.graph.nodes() {
            let Some(draft) = self.graph.draft(node) else { continue };
            let name = self.names.of(node);
            let state = match node {
                Node::State(index) => self.state(index, draft),
                Node::EndOf(_) => SucceedState::new().into(),
            };
            lines.insert(name.to_owned(), draft.at);
            definition.states.insert(name.to_owned(), state);
        }
        let Calls { substitutions, tasks } = self.calls;
        Parts { definition, substitutions, tasks, lines, at, diagnostics: self.diagnostics }
    }

    fn state(&mut self, index: usize, draft: &Draft) -> State {
        if draft.next().into_iter().chain(draft.others()).any(|to| self.graph.leads_nowhere(to)) {
            let diagnostic = Diagnostic::error("a path from here goes to a loop or a join that has no state")
                .help("give the loop a state: `m.cycle(|again| m.wait(..).then(again))`");
            self.report(draft, draft.at, diagnostic);
        }
        let comment = draft.comment.as_deref().map(Into::into);
        match &draft.kind {
            DraftKind::Task(task) => self.task(index, draft, task).into(),
            DraftKind::Wait { seconds } => {
                let mut wait = WaitState::new(*seconds, self.transition(index, draft));
                wait.comment = comment;
                wait.into()
            }
            DraftKind::Pass { result } => {
                let mut pass = PassState::new(self.transition(index, draft));
                pass.comment = comment;
                pass.result = result
                    .as_ref()
                    .map(|result| self.json(draft, draft.at, result).unwrap_or_default().into());
                pass.into()
            }
            DraftKind::Choice { rules, default } => {
                let choices = self.rules(index, draft, rules, default.is_some());
                let default = default.map(|to| self.target(index, to));
                let mut choice = ChoiceState::new(choices, default);
                choice.comment = comment;
                choice.into()
            }
            DraftKind::Succeed => {
                let mut succeed = SucceedState::new();
                succeed.comment = comment;
                succeed.into()
            }
            DraftKind::Fail { error, cause } => {
                let mut fail = FailState::new();
                fail.comment = comment;
                fail.error = error.as_deref().map(Into::into);
                fail.cause = cause.as_deref().map(Into::into);
                fail.into()
            }
        }
    }

    fn task(&mut self, index: usize, draft: &Draft, of: &DraftTask) -> TaskState {
        let resource = self.calls.resource(self.names.of(Node::State(index)), &of.call);
        let mut task = TaskState::new(resource, self.transition(index, draft));
        task.comment = draft.comment.as_deref().map(Into::into);
        task.timeout_seconds = of.timeout.map(Into::into);
        task.retry = (!of.retry.is_empty()).then(|| of.retry.iter().map(Retry::retrier).collect());
        let catchers: Vec<_> = of.catch.iter().map(|catch| self.catcher(index, draft, catch)).collect();
        task.catch = (!catchers.is_empty()).then_some(catchers);
        task.result_path = of.into.as_ref().and_then(|field| self.field(draft, field)).map(Into::into);
        task.output_path = of.select.as_ref().and_then(|part| self.place(draft, part)).map(Into::into);
        task
    }

    fn catcher(&mut self, index: usize, draft: &Draft, catch: &DraftCatch) -> Catcher {
        let DraftCatch { errors, into, to } = catch;
        let mut catcher = Catcher::new(errors.clone(), self.target(index, *to));
        catcher.result_path = into.as_ref().and_then(|field| self.field(draft, field)).map(Into::into);
        catcher
    }

    fn transition(&self, index: usize, draft: &Draft) -> Transition {
        if self.graph.is_end(draft.next) {
            Transition::End
        } else {
            Transition::Next(self.target(index, draft.next))
        }
    }

    /// The name of the state that an edge leads to.
    fn target(&self, from: usize, to: Id) -> String {
        self.names.of(self.graph.follow(from, to)).into()
    }

    /// A place for a result.
    fn field(&mut self, draft: &Draft, field: &Reference) -> Option<ReferencePath> {
        let path = self.place(draft, field)?;
        if path.steps().iter().any(|step| matches!(step, PathStep::Index(_))) {
            let diagnostic = Diagnostic::error(format!("a result cannot be put into `{path}`"))
                .help("a result goes into a named field, not into an item of a tuple");
            self.report(draft, field.at, diagnostic);
        }
        Some(path)
    }

    fn place(&mut self, draft: &Draft, place: &Reference) -> Option<ReferencePath> {
        match self.schemas.find(place) {
            Ok(found) => Some(found.path),
            Err(diagnostic) => {
                self.report(draft, place.at, diagnostic);
                None
            }
        }
    }

    fn json(&mut self, draft: &Draft, at: Source, value: &Result<Value, String>) -> Option<Value> {
        match value {
            Ok(value) => Some(value.clone()),
            Err(error) => {
                let diagnostic = Diagnostic::error(format!("this value has no JSON: {error}"));
                self.report(
                    draft,
                    at,
                    diagnostic.help("keys of maps are strings; see the type's `Serialize`"),
                );
                None
            }
        }
    }

    fn report(&mut self, draft: &Draft, at: Source, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic.at(at).state(&draft.name));
    }
}
