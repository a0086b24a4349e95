//! Values of the model at random: what is written of one reads as the same.

use indexmap::IndexMap;
use proptest::prelude::*;

use super::Held;
use crate::{
    Amount, ChoiceRule, Comparison, Definition, Json, NullablePath, Operand, Operator, Rule, Segment, Test,
    Text, Transition,
};

/// What can be made out of random bytes. The macros that declare the model implement it for their types.
pub(crate) trait Sample: Sized {
    fn sample(source: &mut Source) -> Self;
}

/// Random bytes; when they are used up, the smallest of everything.
pub(crate) struct Source {
    bytes: std::vec::IntoIter<u8>,
    /// How deep what is made may still nest.
    depth: usize,
}

impl Source {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::from(self.bytes.next().unwrap_or_default()) % limit
    }

    fn deeper<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> T {
        self.depth = self.depth.saturating_sub(1);
        let made = make(self);
        self.depth += 1;
        made
    }

    /// A few of something; none where it is deep enough.
    fn few<T: Sample>(&mut self) -> Vec<T> {
        let number = if self.depth == 0 { 0 } else { self.below(3) };
        self.deeper(|source| (0..number).map(|_| T::sample(source)).collect())
    }
}

impl<T: Sample> Sample for Option<T> {
    fn sample(source: &mut Source) -> Self {
        (source.below(3) == 1).then(|| T::sample(source))
    }
}

impl<T: Sample> Sample for Box<T> {
    fn sample(source: &mut Source) -> Self {
        Self::new(T::sample(source))
    }
}

impl<T: Sample> Sample for Vec<T> {
    fn sample(source: &mut Source) -> Self {
        source.few()
    }
}

impl<T: Sample> Sample for IndexMap<String, T> {
    fn sample(source: &mut Source) -> Self {
        let values = source.few();
        values.into_iter().map(|value| (String::sample(source), value)).collect()
    }
}

impl Sample for String {
    fn sample(source: &mut Source) -> Self {
        ["", "A", "$.a", "Größe", "{% 1 %}", "States.ALL"][source.below(6)].into()
    }
}

impl Sample for Text {
    fn sample(source: &mut Source) -> Self {
        let mut text = Self::from(String::sample(source));
        if source.below(3) == 1 {
            text.push(Segment::Placeholder("Name".into()));
        }
        text
    }
}

impl Sample for u32 {
    fn sample(source: &mut Source) -> Self {
        [0, 1, 300, Self::MAX][source.below(4)]
    }
}

impl Sample for f64 {
    fn sample(source: &mut Source) -> Self {
        [0.0, 1.0, 1.5, -2.25, 1e300, 4_294_967_296.0][source.below(6)]
    }
}

impl Sample for Json {
    fn sample(source: &mut Source) -> Self {
        match source.below(6) {
            0 => Self::Null,
            1 => Self::Bool(true),
            2 => f64::sample(source).json(),
            3 => Text::sample(source).into(),
            4 => Self::Array(source.few()),
            _ => Self::Object(IndexMap::sample(source)),
        }
    }
}

impl Sample for Amount {
    fn sample(source: &mut Source) -> Self {
        if source.below(2) == 0 { u32::sample(source).into() } else { Text::sample(source).into() }
    }
}

impl Sample for NullablePath {
    fn sample(source: &mut Source) -> Self {
        if source.below(2) == 0 { Self::Null } else { Text::sample(source).into() }
    }
}

impl Sample for Transition {
    fn sample(source: &mut Source) -> Self {
        if source.below(2) == 0 { Self::End } else { Self::Next(String::sample(source)) }
    }
}

impl Sample for Rule {
    fn sample(source: &mut Source) -> Self {
        let kind = if source.depth == 0 { 0 } else { source.below(4) };
        match kind {
            0 => Self::compare(Comparison::sample(source)),
            1 => Self::all(nested(source)),
            2 => Self::any(nested(source)),
            _ => !source.deeper(|source| nested(source).pop().unwrap_or_else(|| Self::sample(source))),
        }
    }
}

/// Rules within another one, of which some have comments.
fn nested(source: &mut Source) -> Vec<Rule> {
    let rules: Vec<Rule> = source.few();
    (rules.into_iter())
        .map(|rule| if source.below(4) == 1 { rule.comment(Text::sample(source)) } else { rule })
        .collect()
}

impl Sample for Comparison {
    fn sample(source: &mut Source) -> Self {
        let operators = [Operator::StringEquals, Operator::NumericLessThan, Operator::IsPresent];
        let operator = operators[source.below(3)];
        let operand = if operator.takes_path() && source.below(2) == 1 {
            Operand::Path(Text::sample(source))
        } else {
            Operand::Value(Json::sample(source))
        };
        Self { variable: Text::sample(source), operator, operand }
    }
}

impl Sample for ChoiceRule {
    fn sample(source: &mut Source) -> Self {
        let test = if source.below(2) == 0 {
            Test::Rule(Rule::sample(source))
        } else {
            Test::Condition(Json::sample(source))
        };
        Self {
            test,
            assign: Sample::sample(source),
            output: Sample::sample(source),
            comment: Sample::sample(source),
            next: Sample::sample(source),
        }
    }
}

fn definitions() -> impl Strategy<Value = Definition> {
    let bytes = proptest::collection::vec(any::<u8>(), 0..400);
    bytes.prop_map(|bytes| Definition::sample(&mut Source { bytes: bytes.into_iter(), depth: 5 }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_written_reads_as_the_same(definition in definitions()) {
        let json = definition.to_json();
        prop_assert_eq!(Definition::from_json(&json), Ok(definition), "{}", json.to_pretty());
    }

    #[test]
    fn an_unknown_field_is_reported_and_never_dropped(definition in definitions(), at in any::<usize>()) {
        let mut json = definition.to_json();
        let places = objects(&json);
        let place = &places[at % places.len()];
        insert(&mut json, place);
        let message = format!("Field 'Surprise' is not supported at {}", shown(place));
        let findings = Definition::from_json(&json).expect_err("a field is unknown");
        let findings: Vec<_> = findings.iter().map(ToString::to_string).collect();
        prop_assert!(findings.iter().any(|found| found.ends_with(&message)), "{findings:?} lacks {message}");
    }
}

/// The states and the whole, each by the names that lead there through scopes without arrays.
fn objects(json: &Json) -> Vec<Vec<String>> {
    let mut found = vec![vec![]];
    if let Json::Object(members) = json
        && let Some(Json::Object(states)) = members.get("States")
    {
        found.extend(states.keys().map(|name| vec!["States".to_owned(), name.clone()]));
    }
    found
}

fn insert(json: &mut Json, place: &[String]) {
    let Json::Object(members) = json else { return };
    match place {
        [] => drop(members.insert("Surprise".into(), Json::Null)),
        [name, rest @ ..] => insert(&mut members[name.as_str()], rest),
    }
}

fn shown(place: &[String]) -> String {
    if place.is_empty() { "/".into() } else { place.iter().map(|name| format!("/{name}")).collect() }
}
