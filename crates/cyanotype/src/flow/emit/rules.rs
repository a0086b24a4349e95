//! The rules of a Choice.

use cyanotype_asl::{ChoiceRule, Comparison, Json, MAX_RULE_DEPTH, Operator, ReferencePath, Rule};
use serde_json::Value;

use super::{
    Emitter, condition,
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
        let mut known: Vec<_> = self.known.iter().map(|known| known.path.clone()).collect();
        let mut coverage = Coverage::default();
        for DraftRule { test, assign, to } in rules {
            let next = self.target(graph, index, *to);
            let mut rule = match test {
                DraftTest::Condition(condition) => {
                    let tests: Vec<_> = condition.iter().filter_map(Node::test).collect();
                    let places: Vec<_> = tests.iter().map(|test| self.find(draft, test)).collect();
                    let placed: Vec<_> = tests.into_iter().zip(places.iter().map(Option::as_ref)).collect();
                    // In JSONata nothing that is absent fails a test.
                    if !draft.is_jsonata {
                        let filled = places
                            .iter()
                            .flatten()
                            .filter(|place| self.known.iter().any(|k| k.covers(place)));
                        known.extend(filled.map(|place| place.path.clone()));
                        self.check_guards(draft, condition, &placed, &mut known);
                    }
                    coverage.add(condition, &placed);
                    if draft.is_jsonata {
                        ChoiceRule::condition(
                            reading::whole(condition::jsonata(condition, &placed).into()),
                            next,
                        )
                    } else {
                        ChoiceRule::new(rule(condition, &placed), next)
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
        known: &mut Vec<ReferencePath>,
    ) {
        for (test, place) in guard::unguarded(condition, placed, MAX_RULE_DEPTH, known) {
            let path = &place.path;
            let diagnostic =
                Diagnostic::error(format!("`{path}` may be absent, and reading it then fails the execution"))
                    .help("guard it: `path.is_present().and(..)`, or by a rule before");
            self.report(draft, test.place.at, diagnostic);
        }
    }

    /// Finds the place that a test reads, and checks what it is compared with.
    fn find(&mut self, draft: &Draft, test: &Test) -> Option<Place> {
        match self.schemas.find(&test.place) {
            Ok(place) => {
                if let Check::Compare(op, value) = &test.check
                    && let Some(value) = self.json(draft, test.place.at, value)
                    && let Some(diagnostic) = wrong_value(&place, *op, &value)
                {
                    self.report(draft, test.place.at, diagnostic);
                }
                Some(place)
            }
            Err(diagnostic) => {
                self.report(draft, test.place.at, diagnostic);
                None
            }
        }
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
    let Place { title, path, .. } = place;
    let of = if path.steps().is_empty() { title.clone() } else { format!("{title} at `{path}`") };
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

/// The condition in the States Language.
fn rule(nodes: &[Node], placed: &[guard::Placed<'_>]) -> Rule {
    let mut placed = placed.iter();
    let mut done: Vec<Rule> = vec![];
    for node in nodes {
        let rule = match node {
            Node::Test(test) => comparison(test, placed.next().and_then(|(_, place)| *place)),
            Node::Not => done.pop().map_or_else(stand_in, |rule| !rule),
            Node::All(parts) => Rule::all(done.split_off(done.len().saturating_sub(*parts))),
            Node::Any(parts) => Rule::any(done.split_off(done.len().saturating_sub(*parts))),
        };
        done.push(rule);
    }
    done.pop().unwrap_or_else(stand_in)
}

fn comparison(test: &Test, place: Option<&Place>) -> Rule {
    let Some(Place { path, is_timestamp, .. }) = place else { return stand_in() };
    let (operator, operand) = match &test.check {
        Check::Present => (Operator::IsPresent, Value::Bool(true)),
        Check::Null => (Operator::IsNull, Value::Bool(true)),
        Check::Compare(op, Ok(value)) => match operator(*op, value, *is_timestamp) {
            Some(operator) => (operator, value.clone()),
            None => return stand_in(),
        },
        Check::Compare(_, Err(_)) => return stand_in(),
    };
    Rule::compare(Comparison::new(path.clone(), operator, operand))
}

/// Stands for a test that cannot be written, which was reported, so that the rest can still be checked.
fn stand_in() -> Rule {
    Rule::compare(Comparison::new(ReferencePath::root(), Operator::IsPresent, true))
}

fn operator(op: Op, value: &Value, is_timestamp: bool) -> Option<Operator> {
    let [is, less_than, at_most, more_than, at_least] = match value {
        Value::Number(_) => [
            Operator::NumericEquals,
            Operator::NumericLessThan,
            Operator::NumericLessThanEquals,
            Operator::NumericGreaterThan,
            Operator::NumericGreaterThanEquals,
        ],
        Value::String(_) if is_timestamp => [
            Operator::TimestampEquals,
            Operator::TimestampLessThan,
            Operator::TimestampLessThanEquals,
            Operator::TimestampGreaterThan,
            Operator::TimestampGreaterThanEquals,
        ],
        Value::String(_) => [
            Operator::StringEquals,
            Operator::StringLessThan,
            Operator::StringLessThanEquals,
            Operator::StringGreaterThan,
            Operator::StringGreaterThanEquals,
        ],
        Value::Bool(_) => return (op == Op::Is).then_some(Operator::BooleanEquals),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    Some(match op {
        Op::Is => is,
        Op::LessThan => less_than,
        Op::AtMost => at_most,
        Op::MoreThan => more_than,
        Op::AtLeast => at_least,
    })
}
