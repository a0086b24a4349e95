//! The rules of a Choice.

use cyanotype_asl::{ChoiceRule, Json, MAX_RULE_DEPTH};
use serde_json::Value;

use super::{
    Emitter, comparison, condition,
    graph::Graph,
    payload::Place as Stands,
    reading::{self, Root},
};
use crate::{
    diagnostic::Diagnostic,
    flow::{
        body::{Draft, DraftRule, DraftTest},
        condition::{Check, Node, Op, Test},
        coverage::Coverage,
        guard,
        path::Spot,
        schema::{Place, list},
    },
};

impl Emitter {
    pub(super) fn rules(
        &mut self,
        graph: &Graph<'_>,
        index: usize,
        draft: &Draft,
        rules: &[DraftRule],
        has_default: bool,
    ) -> Vec<ChoiceRule> {
        let mut out = vec![];
        let mut known: Vec<_> = self.known.iter().map(|known| known.spot.clone()).collect();
        let mut coverage = Coverage::default();
        for DraftRule { test, assign, to } in rules {
            let next = self.target(graph, index, *to);
            let mut rule = match test {
                DraftTest::Condition(condition) => {
                    let tests: Vec<_> = condition.iter().filter_map(Node::test).collect();
                    let places: Vec<_> = tests.iter().map(|test| self.find(draft, test)).collect();
                    let placed: Vec<_> = (tests.into_iter().zip(&places))
                        .map(|(test, (place, other))| guard::Placed {
                            test,
                            place: place.as_ref(),
                            other: other.as_ref(),
                        })
                        .collect();
                    // In JSONata nothing that is absent fails a test.
                    if !draft.is_jsonata {
                        let read = places.iter().flat_map(|(place, other)| [place, other]).flatten();
                        let filled = read.filter(|place| self.known.iter().any(|known| known.covers(place)));
                        known.extend(filled.map(|place| place.spot.clone()));
                        self.check_guards(draft, condition, &placed, &mut known);
                    }
                    coverage.add(condition, &placed);
                    if draft.is_jsonata {
                        ChoiceRule::condition(
                            reading::whole(condition::jsonata(condition, &placed).into()),
                            next,
                        )
                    } else {
                        ChoiceRule::new(comparison::rule(condition, &placed), next)
                    }
                }
                DraftTest::Expression(expression) => {
                    coverage.add_other();
                    ChoiceRule::condition(reading::whole(expression.as_str().into()), next)
                }
            };
            rule.assign = self.variables(Stands::of(draft, Root::Input), assign);
            out.push(rule);
        }
        self.check_coverage(draft, &coverage, has_default);
        out
    }

    fn check_guards(
        &mut self,
        draft: &Draft,
        condition: &[Node],
        placed: &[guard::Placed<'_>],
        known: &mut Vec<Spot>,
    ) {
        for (test, place) in guard::unguarded(condition, placed, MAX_RULE_DEPTH, known) {
            let path = &place.spot;
            let diagnostic =
                Diagnostic::error(format!("`{path}` may be absent, and reading it then fails the execution"))
                    .help("guard it: `path.is_present().and(..)`, or by a rule before");
            self.report(draft, test.place.at, diagnostic);
        }
    }

    /// Finds the place that a test reads, and the one that it is compared with, and checks that they can be equal.
    fn find(&mut self, draft: &Draft, test: &Test) -> (Option<Place>, Option<Place>) {
        let Some(place) = self.found(draft, &test.place) else { return (None, None) };
        let mut other = None;
        let wrong = match &test.check {
            Check::Compare(op, value) => {
                self.json(draft, test.place.at, value).and_then(|value| wrong_value(&place, *op, &value))
            }
            Check::CompareWith(_, with) => {
                other = self.found(draft, with);
                other.as_ref().and_then(|other| wrong_types(draft.is_jsonata, &place, other))
            }
            Check::Present | Check::Null | Check::Matches(_) | Check::IsA(_) => None,
        };
        if let Some(diagnostic) = wrong {
            self.report(draft, test.place.at, diagnostic);
        }
        (Some(place), other)
    }

    fn check_coverage(&mut self, draft: &Draft, coverage: &Coverage, has_default: bool) {
        if has_default {
            if coverage.is_complete() {
                let message = "the default is never taken: the rules name every value";
                let help = "remove a rule, or say `.no_default()`: a value that is new is then found here";
                self.report(draft, draft.at, Diagnostic::warning(message).help(help));
            }
            return;
        }
        let missing = list(coverage.missing().into_iter().map(Value::to_string));
        if !missing.is_empty() {
            let diagnostic = Diagnostic::error(format!("no rule names {missing}, and there is no default"))
                .help("add a rule, or say where everything else goes: `.otherwise(target)`");
            self.report(draft, draft.at, diagnostic);
        }
    }
}

/// What is wrong with comparing what is there with this value.
fn wrong_value(place: &Place, op: Op, value: &Value) -> Option<Diagnostic> {
    let Place { title, spot: path, .. } = place;
    let of = if path.path.steps().is_empty() { title.clone() } else { format!("{title} at `{path}`") };
    let kind = match value {
        Value::Null => {
            return Some(Diagnostic::error("a Choice cannot compare with null").help("use `.is_null()`"));
        }
        Value::Array(_) | Value::Object(_) => {
            let value = Json::from(value.clone());
            let message =
                format!("a Choice compares strings, numbers and booleans, and this value is {value} in JSON");
            return Some(Diagnostic::error(message).help("compare one of its fields"));
        }
        Value::Bool(_) if op != Op::Is => {
            let diagnostic = Diagnostic::error(format!("{value} has no order in a Choice"));
            return Some(diagnostic.help("compare it with `.is(..)`"));
        }
        Value::Bool(_) => "boolean",
        Value::String(_) => "string",
        Value::Number(_) => "number",
    };
    if let Some(values) = place.values.as_ref().filter(|values| op == Op::Is && !values.contains(value)) {
        let values = list(values.iter().map(Value::to_string));
        let message = format!("the JSON of {of} is never {value}, only {values}");
        return Some(Diagnostic::error(message).help("compare with one of these"));
    }
    let types = place.types.as_ref().filter(|types| !types.contains(&kind))?;
    let message = format!("the JSON of {of} is never a {kind}, and {value} is one");
    let types = list(types.iter().map(|name| (*name).to_owned()));
    Some(Diagnostic::error(message).help(format!("compare with what it is: {types}")))
}

/// What is wrong with comparing what is at two places.
fn wrong_types(is_jsonata: bool, place: &Place, other: &Place) -> Option<Diagnostic> {
    if is_jsonata || comparison::kind_of_both(place, other).is_some() {
        return None;
    }
    let message = format!(
        "`{}` and `{}` have no type in common that is known, and JSONPath compares values of one type",
        place.spot, other.spot,
    );
    Some(Diagnostic::error(message).help("give the data a Rust type that says it, or compare in JSONata"))
}
