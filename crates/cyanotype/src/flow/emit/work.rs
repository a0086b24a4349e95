//! Tasks, Maps and Parallels.

use cyanotype_asl::{
    Amount, Branch, Catcher, Json, MapState, NullablePath, ParallelState, PathStep, Processor, ReferencePath,
    Retrier, TaskState, Text,
};
use indexmap::IndexMap;

use super::{
    Emitter, comment,
    graph::{Graph, Node},
    payload::Place,
    presence::Known,
    reading::{self, Root},
};
use crate::{
    diagnostic::Diagnostic,
    flow::{
        Call, CallKind, Retry,
        body::{Draft, DraftCall, DraftCatch, DraftInto, DraftKind, DraftMap, DraftTask, DraftWork},
        data::{Kind, Part},
        path::{Origin, Reference, Spot},
    },
};

/// What Tasks, Maps and Parallels have alike, but for their input.
struct Shared {
    assign: Option<IndexMap<String, Json>>,
    result_selector: Option<Json>,
    result_path: Option<NullablePath>,
    output_path: Option<NullablePath>,
    output: Option<Json>,
    retry: Option<Vec<Retrier>>,
    catch: Option<Vec<Catcher>>,
}

/// Gives a state what it has in common with others.
macro_rules! share {
    ($state:ident, $emitter:ident, $draft:ident, $shared:expr) => {
        let Shared { assign, result_selector, result_path, output_path, output, retry, catch } = $shared;
        $state.comment = comment($draft);
        $state.query_language = $emitter.language($draft);
        ($state.assign, $state.result_path, $state.output_path) = (assign, result_path, output_path);
        $state.result_selector = result_selector;
        ($state.output, $state.retry, $state.catch) = (output, retry, catch);
    };
}

impl Emitter {
    pub(super) fn task(
        &mut self,
        graph: &Graph<'_>,
        index: usize,
        draft: &Draft,
        task: &DraftTask,
        work: &DraftWork,
    ) -> TaskState {
        let name = self.names.of(graph, Node::State(index)).to_owned();
        let place = Place::of(draft, Root::Input);
        let mut state = TaskState::new(Text::default(), self.transition(graph, index, draft));
        let arguments = match &task.call {
            DraftCall::Pinned(call) if call.kind == CallKind::Function => {
                state.resource = self.calls.called(&name, call);
                None
            }
            DraftCall::Activity(arn) => {
                state.resource = self.calls.text("Activity", arn);
                None
            }
            DraftCall::Pinned(call) => {
                Some(self.wrapped(&name, place, call, false, work, &mut state.resource))
            }
            DraftCall::Callback(call) => {
                Some(self.wrapped(&name, place, call, true, work, &mut state.resource))
            }
            DraftCall::Service(action, arguments) => {
                state.resource = self.calls.integration(action);
                self.check_service(draft, action, arguments);
                if let Some(input) = &work.input {
                    state.input_path = self.input_path(place, input, "a call that has arguments");
                }
                Some(self.payload(place, "Value", arguments))
            }
        };
        if let Some(arguments) = arguments {
            *(if draft.is_jsonata { &mut state.arguments } else { &mut state.parameters }) = Some(arguments);
        } else if let Some(input) = &work.input {
            self.input(place, input, &mut state.input_path, &mut state.parameters, &mut state.arguments);
        }
        let waits = match &task.call {
            DraftCall::Callback(_) => Some(work.input.as_ref()),
            DraftCall::Service(action, arguments) if action.ends_with(".waitForTaskToken") => {
                Some(Some(arguments))
            }
            _ => None,
        };
        if let Some(hands_out) = waits {
            self.check_token(draft, hands_out);
        }
        if let Some(role) = &task.role {
            let (name, role) = self.member(place, "RoleArn", role);
            state.credentials = Some(Json::object([(name, role)]));
        }
        if let Some(time) = &task.timeout {
            self.amount(place, time, &mut state.timeout_seconds, &mut state.timeout_seconds_path);
        }
        if let Some(time) = &task.heartbeat {
            self.amount(place, time, &mut state.heartbeat_seconds, &mut state.heartbeat_seconds_path);
        }
        share!(state, self, draft, self.shared(graph, index, draft, work));
        state
    }

    /// The arguments of an integration that calls a version, and the integration.
    fn wrapped(
        &mut self,
        state: &str,
        place: Place<'_>,
        call: &Call,
        is_callback: bool,
        work: &DraftWork,
        resource: &mut Text,
    ) -> Json {
        let (action, target, input) = match (call.kind, is_callback) {
            (CallKind::Function, _) => ("lambda:invoke.waitForTaskToken", "FunctionName", "Payload"),
            (CallKind::Machine, false) => ("states:startExecution.sync:2", "StateMachineArn", "Input"),
            (CallKind::Machine, true) => {
                ("states:startExecution.waitForTaskToken", "StateMachineArn", "Input")
            }
        };
        *resource = self.calls.integration(action);
        let arn = self.calls.called(state, call).into();
        let whole = Part(Kind::Expression(if place.draft.is_jsonata { "$states.input" } else { "$" }.into()));
        let given = self.member(place, input, work.input.as_ref().unwrap_or(&whole));
        Json::Object(IndexMap::from([(target.to_owned(), arn), given]))
    }

    pub(super) fn map(
        &mut self,
        graph: &Graph<'_>,
        index: usize,
        draft: &Draft,
        map: &DraftMap,
        work: &DraftWork,
    ) -> MapState {
        let processor = match graph.inner(index) {
            [inner] => Processor::new(self.names.of(inner, inner.start()).to_owned(), self.states(inner)),
            // It has no state, which was reported.
            _ => Processor::new("", IndexMap::new()),
        };
        let mut state = MapState::new(processor, self.transition(graph, index, draft));
        self.items(draft, &map.items, &mut state);
        if let Some(input) = &work.input {
            state.input_path = self.input_path(Place::of(draft, Root::Input), input, "a Map");
        }
        share!(state, self, draft, self.shared(graph, index, draft, work));
        state
    }

    pub(super) fn parallel(
        &mut self,
        graph: &Graph<'_>,
        index: usize,
        draft: &Draft,
        work: &DraftWork,
    ) -> ParallelState {
        let branches: Vec<_> = (graph.inner(index).iter())
            .map(|inner| Branch::new(self.names.of(inner, inner.start()).to_owned(), self.states(inner)))
            .collect();
        if draft.kind.scopes().is_empty() {
            let diagnostic = Diagnostic::error("this Parallel has no branches");
            self.report(draft, draft.at, diagnostic.help("give it one at least: `branch(|b| ..)`"));
        }
        let mut state = ParallelState::new(branches, self.transition(graph, index, draft));
        if let Some(input) = &work.input {
            let place = Place::of(draft, Root::Input);
            self.input(place, input, &mut state.input_path, &mut state.parameters, &mut state.arguments);
        }
        share!(state, self, draft, self.shared(graph, index, draft, work));
        state
    }

    /// What the work takes instead of the input of the state.
    fn input(
        &mut self,
        place: Place<'_>,
        input: &Part,
        path: &mut Option<NullablePath>,
        parameters: &mut Option<Json>,
        arguments: &mut Option<Json>,
    ) {
        if place.draft.is_jsonata {
            *arguments = Some(self.payload(place, "Value", input));
        } else if matches!(input.0, Kind::Place(_)) {
            *path = Some(NullablePath::Path(self.path(place, input)));
        } else if matches!(input.0, Kind::Object(_) | Kind::Fields(..)) {
            *parameters = Some(self.payload(place, "Value", input));
        } else {
            let help = "give a path, or a `shape!`; a literal is made in a state before: `m.pass_result(..)`";
            let diagnostic =
                Diagnostic::error("in JSONPath an input is a place in the data, or an object").help(help);
            self.report(place.draft, place.at, diagnostic);
        }
    }

    /// The input of what makes its arguments itself: a part of the data, which JSONPath alone can say.
    fn input_path(&mut self, place: Place<'_>, input: &Part, of: &str) -> Option<NullablePath> {
        if !place.draft.is_jsonata && matches!(input.0, Kind::Place(_)) {
            return Some(NullablePath::Path(self.path(place, input)));
        }
        let diagnostic = Diagnostic::error(format!("the input of {of} cannot be shaped in the state itself"));
        let help = "shape the data in a state before: `m.shape(..)`, `m.select(..)`";
        self.report(place.draft, place.at, diagnostic.help(help));
        None
    }

    fn shared(&mut self, graph: &Graph<'_>, index: usize, draft: &Draft, work: &DraftWork) -> Shared {
        let retry = (!work.retry.is_empty()).then(|| work.retry.iter().map(Retry::retrier).collect());
        let catchers: Vec<_> =
            work.catch.iter().map(|catch| self.catcher(graph, index, draft, catch)).collect();
        let assign = self.assigned(draft, work);
        let into = match &work.into {
            Some(DraftInto::Field(field)) => self.field(draft, field),
            Some(DraftInto::Nowhere) | None => None,
        };
        let discards = matches!(work.into, Some(DraftInto::Nowhere));
        // What is put into a field is there, and everything else of the input as it was.
        let root = if work.into.is_some() { Root::Input } else { Root::Result };
        let outside = self.known.clone();
        self.known
            .extend(into.iter().cloned().map(|path| Known::filled(Spot { origin: Origin::Data, path })));
        let select = work.select.as_ref().and_then(|part| self.read(Place::of(draft, root), part));
        self.known = outside;
        let mut shared = Shared {
            assign,
            result_selector: None,
            result_path: None,
            output_path: None,
            output: None,
            retry,
            catch: (!catchers.is_empty()).then_some(catchers),
        };
        let of_result = Place::of(draft, Root::Result);
        if !draft.is_jsonata {
            shared.result_selector = work.shape.as_ref().map(|shape| self.payload(of_result, "Value", shape));
            shared.result_path = if discards { Some(NullablePath::Null) } else { into.map(Into::into) };
            shared.output_path = select.map(|spot| spot.to_string().into());
        } else if let Some(output) = &work.output {
            shared.output = Some(self.payload(of_result, "", output));
        } else if let Some(spot) = select.as_ref().filter(|spot| spot.origin != Origin::Data) {
            // A variable or the context: nothing of the result.
            shared.output = Some(reading::whole(reading::jsonata(Root::Result, spot)).into());
        } else if let (Some(shape), None, None) = (&work.shape, &work.into, &select) {
            shared.output = Some(self.payload(of_result, "Value", shape));
        } else if work.into.is_some() || select.is_some() {
            let result = match &work.shape {
                Some(shape) => self.expression(of_result, shape),
                None => "$states.result".into(),
            };
            let whole = match &into {
                Some(into) => reading::merged(into.steps(), result),
                None if discards => "$states.input".into(),
                None => result,
            };
            let steps = select.as_ref().map_or(&[][..], |spot| spot.path.steps());
            shared.output = Some(reading::whole(reading::steps(whole, steps)).into());
        }
        shared
    }

    /// Variables that are set when the work is done. JSONPath sets them after the result is shaped, JSONata before.
    fn assigned(&mut self, draft: &Draft, work: &DraftWork) -> Option<IndexMap<String, Json>> {
        let place = Place::of(draft, Root::Result);
        let Some(shape) = &work.shape else { return self.variables(place, &draft.assign) };
        if let Some(early) = draft.assign.iter().find(|variable| !variable.shaped && !draft.is_jsonata) {
            let message = format!(
                "`{}` is set from the result as it came, and JSONPath has only what it was shaped to",
                early.name
            );
            let help = "call `.assign(..)` after `.shape_result(..)`, or keep in the shape what it needs";
            self.report(draft, early.at, Diagnostic::error(message).help(help));
        }
        let (shaped, raw): (Vec<_>, Vec<_>) =
            draft.assign.iter().cloned().partition(|variable| variable.shaped);
        let mut variables = self.variables(place, &raw);
        if draft.is_jsonata {
            self.result = Some(self.expression(place, shape));
        }
        if let Some(more) = self.variables(place, &shaped) {
            variables.get_or_insert_default().extend(more);
        }
        self.result = None;
        variables
    }

    fn catcher(&mut self, graph: &Graph<'_>, index: usize, draft: &Draft, catch: &DraftCatch) -> Catcher {
        let DraftCatch { errors, into, assign, to } = catch;
        let mut catcher = Catcher::new(errors.clone(), self.target(graph, index, *to));
        catcher.assign = self.variables(Place::of(draft, Root::Error), assign);
        if let Some(path) = into.as_ref().and_then(|field| self.field(draft, field)) {
            if draft.is_jsonata {
                let merged = reading::merged(path.steps(), "$states.errorOutput".into());
                catcher.output = Some(reading::whole(merged).into());
            } else {
                catcher.result_path = Some(path.into());
            }
        }
        catcher
    }

    /// A number, or where it is.
    pub(super) fn amount(
        &mut self,
        place: Place<'_>,
        part: &Part,
        number: &mut Option<Amount>,
        path: &mut Option<Text>,
    ) {
        match &part.0 {
            Kind::Json(Ok(serde_json::Value::Number(value))) => *number = Some(Amount::Number(value.clone())),
            _ if place.draft.is_jsonata => {
                *number = Some(Amount::Expression(reading::whole(self.expression(place, part))));
            }
            _ => *path = Some(self.path_of(place, part)),
        }
    }

    /// A place for a result.
    fn field(&mut self, draft: &Draft, field: &Reference) -> Option<ReferencePath> {
        let path = self.place(draft, field)?;
        if field.origin != Origin::Data {
            let diagnostic = Diagnostic::error("a result goes into the data, and this is a place elsewhere")
                .help("set a variable by `.assign(variable, ..)`");
            self.report(draft, field.at, diagnostic);
        }
        if path.steps().iter().any(|step| matches!(step, PathStep::Index(_))) {
            let diagnostic = Diagnostic::error(format!("a result cannot be put into `{path}`"))
                .help("a result goes into a named field, not into an item of a tuple");
            self.report(draft, field.at, diagnostic);
        }
        Some(path)
    }

    /// Whoever answers a callback must have got the token.
    fn check_token(&mut self, draft: &Draft, input: Option<&Part>) {
        let mut has_token = |kind: &Kind| match kind {
            Kind::Place(place) => place.origin == Origin::Context("Task.Token"),
            Kind::Expression(text) => text.contains("Task.Token") || text.contains("$states.context"),
            _ => false,
        };
        if !input.is_some_and(|input| input.any(&mut has_token)) {
            let diagnostic = Diagnostic::error("nobody gets the token, so nobody can answer")
                .help("put `context::task_token()` into what is called: `.input(shape!(..))`");
            self.report(draft, draft.at, diagnostic);
        }
        let DraftKind::Task(task, _) = &draft.kind else { return };
        if task.timeout.is_none() {
            let diagnostic =
                Diagnostic::warning("this callback has no timeout: a lost token is waited for for years")
                    .help("say how long an answer may take: `.timeout(seconds(..))`");
            self.report(draft, draft.at, diagnostic);
        }
    }
}
