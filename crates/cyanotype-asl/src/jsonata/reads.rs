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
    /// The names behind `$states`, as far as they are only names, of each place that reads it.
    pub(super) states_paths: Vec<Vec<String>>,
}

impl Reads {
    pub(super) fn of(ast: &Ast) -> Self {
        let mut walk =
            Walk { ast, scopes: vec![Scope::default()], bodies: Vec::new(), reads: Self::default() };
        walk.go(Place { node: ast.root(), scope: 0, is_top: true, goes_on: false });
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

/// A node, what is bound there, whether the context there is the one that AWS doesn't give, and whether the node is
/// the beginning of a path that goes on behind it.
#[derive(Clone, Copy)]
struct Place {
    node: NodeId,
    scope: usize,
    is_top: bool,
    goes_on: bool,
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
        let here = |node: NodeId| Work::Read(Place { node, goes_on: false, ..place });
        let inside = |node: NodeId| Work::Read(Place { node, is_top: false, goes_on: false, ..place });
        match &node.kind {
            Kind::Leaf => self.leaf(place),
            Kind::Path(left, right) => {
                self.states_field(*left, *right);
                if !place.goes_on {
                    self.states_path(place.node);
                }
                work.extend([Work::Read(Place { node: *left, goes_on: true, ..place }), inside(*right)]);
            }
            Kind::Filter(left, right) => {
                work.extend([Work::Read(Place { node: *left, ..place }), inside(*right)]);
            }
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
                let inner = |node: &NodeId| Work::Read(Place { node: *node, scope, goes_on: false, ..place });
                work.extend(expressions.iter().map(inner));
            }
            Kind::Lambda(parameters, body) => {
                let scope = self.scope(place.scope);
                parameters.iter().for_each(|parameter| self.bind(*parameter, scope));
                self.bodies.push(Place { node: *body, scope, is_top: false, goes_on: false });
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
        let right = self.step(right);
        if let Some(name) = self.name(right) {
            let name = JsonataName { name: name.into(), position: self.ast[right].token.position };
            self.reads.states_fields.push(name);
        }
    }

    /// The whole of a path, from its last step back to the first.
    fn states_path(&mut self, last: NodeId) {
        let mut names = vec![];
        let mut at = last;
        while let Kind::Path(left, right) = self.ast[at].kind {
            names.push(self.name(self.step(right)));
            at = self.step(left);
        }
        if self.ast[at].variable() == Some("states") {
            let known = names.iter().rev().map_while(|name| name.map(str::to_owned));
            self.reads.states_paths.push(known.collect());
        }
    }

    /// The name that a step is. A string is one there.
    fn name(&self, step: NodeId) -> Option<&'a str> {
        let ast = self.ast;
        let node = &ast[step];
        match (&node.kind, &node.token.value) {
            (Kind::Leaf, Value::Text(name)) => Some(name.as_str()),
            _ => node.field(),
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

#[cfg(test)]
mod tests {
    use crate::{Jsonata, JsonataName};

    #[track_caller]
    fn problems(expression: &str, expected: &[(&str, usize)]) {
        let found = Jsonata::parse(expression).unwrap().problems();
        let found: Vec<_> = found.iter().map(|p| (p.message.as_str(), p.position)).collect();
        assert_eq!(found, expected, "{expression}");
    }

    /// Where the only problem is a reference at the top level.
    #[track_caller]
    fn refused(expression: &str, name: &str, position: usize) {
        let message = format!("Reference to '{name}' at the top level is not supported.");
        problems(expression, &[(&message, position)]);
    }

    #[track_caller]
    fn accepted(expression: &str) {
        problems(expression, &[]);
    }

    #[track_caller]
    fn names(found: &[JsonataName], expected: &[(&str, usize)]) {
        let found: Vec<_> = found.iter().map(|n| (n.name.as_str(), n.position)).collect();
        assert_eq!(found, expected);
    }

    #[track_caller]
    fn variables(expression: &str, expected: &[(&str, usize)]) {
        names(&Jsonata::parse(expression).unwrap().variables(), expected);
    }

    #[track_caller]
    fn fields(expression: &str, expected: &[(&str, usize)]) {
        names(&Jsonata::parse(expression).unwrap().states_fields(), expected);
    }

    #[test]
    fn paths_behind_states_are_known_as_far_as_they_are_names() {
        let paths = |expression| Jsonata::parse(expression).unwrap().states_paths();
        assert_eq!(paths("$states.context.Map.Item[0].Value & $x.y"), [["context", "Map", "Item", "Value"]]);
        assert_eq!(paths("$states.input.(a.b)"), [["input"]]);
        assert_eq!(paths("[$states.input.a, $f($states.result)]"), [vec!["input", "a"], vec!["result"]]);
        assert_eq!(
            paths("$states.context[$states.input.k = 1].Execution"),
            [vec!["context", "Execution"], vec!["input", "k"],]
        );
    }

    #[test]
    fn fields_at_the_top_level_are_refused() {
        refused("phone", "phone", 5);
        refused("phone.number", "phone", 5);
        refused("`a b`[0]", "a b", 5);
        refused("1 + a", "a", 5);
        refused("[1, {'a': b}]", "b", 11);
        refused("$sum(a.b)", "a", 6);
        refused("($x := a; $x)", "a", 8);
        refused("$states.input ? a : 1", "a", 17);
        refused("a^(b){c: d}", "a", 1);
        refused("a@$x.b", "a", 1);
        refused("in", "in", 2);
    }

    #[test]
    fn each_field_is_refused_once() {
        refused("a + a", "a", 1);
        let message = |name| format!("Reference to '{name}' at the top level is not supported.");
        problems("b + a", &[(&message("b"), 1), (&message("a"), 5)]);
    }

    #[test]
    fn the_context_at_the_top_level_is_refused() {
        refused("$", "$", 1);
        refused("$.a", "$", 1);
        refused("$$.a", "$$", 2);
    }

    #[test]
    fn what_has_a_context_is_accepted() {
        accepted("$states.input.orders[total > 10 and $.id = $$.id].(a + b)");
        accepted("$states.input^(>price){name: $sum(price)}");
        accepted("$map($states.input, function($v) { $v.a + b })");
        accepted("$states.input ~> |orders|{'total': price}|");
        accepted("$x.a.$");
    }

    #[test]
    fn eval_is_refused_everywhere() {
        let refusal = "The function '$eval' is not supported.";
        problems("$eval('1')", &[(refusal, 5)]);
        problems("$x.(function(){ $map($, $eval) })", &[(refusal, 29)]);
        accepted("($eval := function($x){ $x }; $eval(1))");
    }

    #[test]
    fn variables_that_are_not_bound_are_read() {
        variables("$a + $b.c[$d = $a]", &[("a", 2), ("b", 7), ("d", 12), ("a", 17)]);
        variables("$states.input.a ~> $f", &[("f", 21)]);
        variables("$sum($partition($uuid()))", &[]);
        variables("$", &[]);
    }

    #[test]
    fn variables_are_bound_in_their_block_from_then_on() {
        variables("($a := 1; $a + $b)", &[("b", 17)]);
        variables("($a; $a := 1)", &[("a", 3)]);
        variables("($a := $a + 1)", &[("a", 9)]);
        variables("($a := 1) + $a", &[("a", 14)]);
        variables("($a := 1; ($a))", &[]);
    }

    #[test]
    fn parameters_are_bound_in_their_function() {
        variables("function($a) { $a + $b }", &[("b", 22)]);
        variables("[function($a) { $a }, $a]", &[("a", 24)]);
    }

    #[test]
    fn functions_read_what_is_bound_by_when_they_are_called() {
        variables("($even := function($n) { $odd($n) }; $odd := function($n) { $even($n) })", &[]);
        variables("($f := function() { $f() })", &[]);
    }

    #[test]
    fn steps_bind_their_context_and_position() {
        variables("$states.input.a@$x#$i.b[$x = $i]", &[]);
    }

    #[test]
    fn fields_of_states_are_named_behind_a_dot() {
        fields("$states.input.a + $states.result", &[("input", 13), ("result", 32)]);
        fields("$states.`context`[0].Execution", &[("context", 17)]);
        fields("$states.'errorOutput'", &[("errorOutput", 21)]);
        fields("$x[a = $states.input]", &[("input", 20)]);
        fields("$states ~> $keys", &[]);
        fields("$x.states.input", &[]);
    }
}
