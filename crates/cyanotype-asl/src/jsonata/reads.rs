//! What an expression reads from outside, and what of it AWS does not give.

use std::collections::HashSet;

use super::{
    JsonataName, JsonataProblem,
    ast::{Ast, Kind, NodeId},
    functions::is_built_in,
    token::Value,
};

/// What is read, each in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Reads {
    pub(super) problems: Vec<JsonataProblem>,
    pub(super) variables: Vec<JsonataName>,
    pub(super) states_fields: Vec<JsonataName>,
}

impl Reads {
    pub(super) fn of(ast: &Ast) -> Self {
        let mut walk =
            Walk { ast, scopes: vec![Scope::default()], bodies: Vec::new(), reads: Self::default() };
        walk.go(Place { node: ast.root(), scope: 0, is_top: true });
        // By then all that is bound around a body is known, as it is when the function is called.
        while let Some(body) = walk.bodies.pop() {
            walk.go(body);
        }
        let mut reads = walk.reads;
        reads.problems.sort_by_key(|problem| problem.position);
        let mut said = HashSet::new();
        reads.problems.retain(|problem| said.insert(problem.message.clone()));
        reads.variables.sort_by_key(|name| name.position);
        reads.states_fields.sort_by_key(|name| name.position);
        reads
    }
}

struct Walk<'a> {
    ast: &'a Ast,
    scopes: Vec<Scope<'a>>,
    /// Bodies of functions, to be done at the end.
    bodies: Vec<Place>,
    reads: Reads,
}

/// What a block, a function or the whole binds.
#[derive(Default)]
struct Scope<'a> {
    outer: Option<usize>,
    names: HashSet<&'a str>,
}

/// A node, what is bound there, and whether the context there is the one that AWS doesn't give.
#[derive(Clone, Copy)]
struct Place {
    node: NodeId,
    scope: usize,
    is_top: bool,
}

enum Work {
    Read(Place),
    Bind(NodeId, usize),
}

impl<'a> Walk<'a> {
    fn go(&mut self, start: Place) {
        let mut work = vec![Work::Read(start)];
        while let Some(next) = work.pop() {
            match next {
                Work::Read(place) => {
                    let start = work.len();
                    self.read(place, &mut work);
                    work[start..].reverse();
                }
                Work::Bind(variable, scope) => self.bind(variable, scope),
            }
        }
    }

    /// Does a node and says what is to do next, in order.
    fn read(&mut self, place: Place, work: &mut Vec<Work>) {
        let node = &self.ast[place.node];
        let here = |node: NodeId| Work::Read(Place { node, ..place });
        let inside = |node: NodeId| Work::Read(Place { node, is_top: false, ..place });
        match &node.kind {
            Kind::Leaf => self.leaf(place),
            Kind::Path(left, right) => {
                self.states_field(*left, *right);
                work.extend([here(*left), inside(*right)]);
            }
            Kind::Filter(left, right) => work.extend([here(*left), inside(*right)]),
            Kind::Group(left, rest) | Kind::Sort(left, rest) => {
                work.push(here(*left));
                work.extend(rest.iter().copied().map(inside));
            }
            Kind::Focus(left, variable) | Kind::Position(left, variable) => {
                work.extend([here(*left), Work::Bind(*variable, place.scope)]);
            }
            Kind::Bind(variable, value) => {
                work.extend([here(*value), Work::Bind(*variable, place.scope)]);
            }
            Kind::Transform(..) => work.extend(node.children().map(inside)),
            Kind::Call(function, arguments, _) => {
                // What AWS says to a field that is called is not known.
                let function = if self.ast[*function].field().is_some() { None } else { Some(*function) };
                work.extend(function.into_iter().chain(arguments.iter().copied()).map(here));
            }
            Kind::Block(expressions) => {
                let scope = self.scope(place.scope);
                let inner = expressions.iter().map(|node| Work::Read(Place { node: *node, scope, ..place }));
                work.extend(inner);
            }
            Kind::Lambda(parameters, body) => {
                let scope = self.scope(place.scope);
                parameters.iter().for_each(|parameter| self.bind(*parameter, scope));
                self.bodies.push(Place { node: *body, scope, is_top: false });
            }
            _ => work.extend(node.children().map(here)),
        }
    }

    fn leaf(&mut self, place: Place) {
        let node = &self.ast[place.node];
        let position = node.token.position;
        if let Some(field) = node.field() {
            self.top_level(place, field);
        }
        match node.variable() {
            None | Some("states") => {}
            Some("") => self.top_level(place, "$"),
            Some("$") => self.top_level(place, "$$"),
            Some(name) if self.is_bound(name, place.scope) => {}
            Some("eval") => {
                let message = "The function '$eval' is not supported.".into();
                self.reads.problems.push(JsonataProblem { position, message });
            }
            Some(name) if is_built_in(name) => {}
            Some(name) => self.reads.variables.push(JsonataName { name: name.into(), position }),
        }
    }

    fn top_level(&mut self, place: Place, reference: &str) {
        if place.is_top {
            let position = self.ast[place.node].token.position;
            let message = format!("Reference to '{reference}' at the top level is not supported.");
            self.reads.problems.push(JsonataProblem { position, message });
        }
    }

    fn states_field(&mut self, left: NodeId, right: NodeId) {
        if self.ast[self.step(left)].variable() != Some("states") {
            return;
        }
        let node = &self.ast[self.step(right)];
        let name = match (&node.kind, &node.token.value) {
            // A string is a name here.
            (Kind::Leaf, Value::Text(name)) => Some(name.as_str()),
            _ => node.field(),
        };
        if let Some(name) = name {
            let name = JsonataName { name: name.into(), position: node.token.position };
            self.reads.states_fields.push(name);
        }
    }

    /// What is before the predicates and bindings of a step.
    fn step(&self, mut id: NodeId) -> NodeId {
        while let Kind::Filter(left, _) | Kind::Focus(left, _) | Kind::Position(left, _) = self.ast[id].kind {
            id = left;
        }
        id
    }

    fn scope(&mut self, outer: usize) -> usize {
        self.scopes.push(Scope { outer: Some(outer), names: HashSet::new() });
        self.scopes.len() - 1
    }

    fn bind(&mut self, variable: NodeId, scope: usize) {
        if let Some(name) = self.ast[variable].variable() {
            self.scopes[scope].names.insert(name);
        }
    }

    fn is_bound(&self, name: &str, scope: usize) -> bool {
        let scopes = std::iter::successors(Some(scope), |scope| self.scopes[*scope].outer);
        scopes.into_iter().any(|scope| self.scopes[scope].names.contains(name))
    }
}
