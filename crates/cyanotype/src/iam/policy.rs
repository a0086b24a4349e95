//! Policy documents as text, merged and measured.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use cyanotype_asl::{Json, Segment, Text};

use super::{
    Effect,
    document::one_or_many,
    needs::{longest, rendered},
};

/// A policy document whose resources are texts, in one order whatever order they came in.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct PolicyDocument {
    /// Its statements, of which no two have the same effect, conditions and resources, or the same effect, conditions
    /// and actions.
    pub statements: Vec<PolicyStatement>,
}

/// A statement of a [`PolicyDocument`].
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyStatement {
    /// What it says of its actions.
    pub effect: Effect,
    /// Such as `s3:GetObject`.
    pub actions: Vec<String>,
    /// ARNs, patterns of ARNs, or `*`.
    pub resources: Vec<Text>,
    /// All of which must hold.
    pub conditions: Vec<PolicyCondition>,
}

/// A condition of a [`PolicyStatement`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PolicyCondition {
    /// Such as `StringEquals`.
    pub operator: String,
    /// Such as `iam:PassedToService`.
    pub key: String,
    /// One of which the key must have.
    pub values: Vec<Text>,
}

impl PolicyDocument {
    /// The document that says what these statements say together: the same actions on the same resources under the same
    /// conditions, and nothing more.
    ///
    /// Statements of the same effect and conditions become one when either their actions or their resources are the
    /// same; never when both differ, which would allow each action on each resource.
    #[must_use]
    pub fn new(statements: impl IntoIterator<Item = PolicyStatement>) -> Self {
        let statements: Vec<_> = statements
            .into_iter()
            .map(|mut statement| {
                statement.conditions.sort();
                statement.conditions.dedup();
                statement
            })
            .collect();
        let mut groups: BTreeMap<(Effect, &[PolicyCondition]), Pairs<'_>> = BTreeMap::new();
        for statement in &statements {
            let pairs = groups.entry((statement.effect, &statement.conditions)).or_default();
            for resource in &statement.resources {
                pairs.add(resource, &statement.actions);
            }
        }
        let statements = groups.into_iter().flat_map(|((effect, conditions), pairs)| {
            pairs.without_what_everything_covers().statements(effect, conditions)
        });
        Self { statements: statements.collect() }
    }

    /// Its size as IAM counts it against its quotas: characters without whitespace, each placeholder as long as what it
    /// stands for can be, which is 64 characters for a name.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
    #[must_use]
    pub fn size(&self) -> usize {
        let frame = r#"{"Version":"2012-10-17","Statement":[]}"#.len();
        let commas = self.statements.len().saturating_sub(1);
        frame + commas + self.statements.iter().map(PolicyStatement::size).sum::<usize>()
    }

    /// The document in JSON, with placeholders where its texts have them.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let statements = self.statements.iter().map(PolicyStatement::to_json).collect();
        Json::object([("Version", Json::from("2012-10-17")), ("Statement", Json::Array(statements))])
    }
}

impl PolicyStatement {
    /// The statement in JSON. One action or resource stands alone, as a person would write it.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let actions = self.actions.iter().map(|action| Json::from(action.as_str())).collect();
        let resources = self.resources.iter().cloned().map(Json::from).collect();
        let mut members = vec![
            ("Effect", Json::from(self.effect.name())),
            ("Action", one_or_many(actions, Json::Array)),
            ("Resource", one_or_many(resources, Json::Array)),
        ];
        if !self.conditions.is_empty() {
            let mut operators: BTreeMap<&str, Vec<(&str, Json)>> = BTreeMap::new();
            for condition in &self.conditions {
                let values = condition.values.iter().cloned().map(Json::from).collect();
                let values = one_or_many(values, Json::Array);
                operators.entry(&condition.operator).or_default().push((&condition.key, values));
            }
            let operators = operators.into_iter().map(|(operator, keys)| (operator, Json::object(keys)));
            members.push(("Condition", Json::object(operators)));
        }
        Json::object(members)
    }

    /// Its part of a document's size.
    fn size(&self) -> usize {
        let mut size = r#"{"Effect":,"Action":,"Resource":}"#.len() + quoted(self.effect.name().len());
        size += listed(self.actions.iter().map(|action| quoted(action.chars().count())));
        size += listed(self.resources.iter().map(length));
        let mut last = None;
        for condition in &self.conditions {
            let operator = last != Some(&condition.operator);
            last = Some(&condition.operator);
            // Keys of one operator share its braces.
            size += if operator { quoted(condition.operator.chars().count()) + ":{},".len() } else { 1 };
            size += quoted(condition.key.chars().count()) + ":".len();
            size += listed(condition.values.iter().map(length));
        }
        size + if last.is_some() { r#","Condition":{}"#.len() - 1 } else { 0 }
    }
}

/// The characters of a text, in quotes.
fn length(text: &Text) -> usize {
    let segment = |segment: &Segment| match segment {
        Segment::Literal(literal) => literal.chars().filter(|c| !c.is_whitespace()).count(),
        Segment::Placeholder(name) => longest(name),
    };
    quoted(text.segments().iter().map(segment).sum())
}

fn quoted(length: usize) -> usize {
    length + 2
}

/// The size of one value, or of a list of several.
fn listed(lengths: impl ExactSizeIterator<Item = usize>) -> usize {
    let count = lengths.len();
    lengths.sum::<usize>() + count.saturating_sub(1) + if count == 1 { 0 } else { 2 }
}

impl PolicyCondition {
    /// A condition on one key.
    pub fn new(
        operator: impl Into<String>,
        key: impl Into<String>,
        values: impl IntoIterator<Item = Text>,
    ) -> Self {
        Self { operator: operator.into(), key: key.into(), values: values.into_iter().collect() }
    }

    fn order(&self) -> (&str, &str, Vec<String>) {
        (&self.operator, &self.key, self.values.iter().map(rendered).collect())
    }
}

impl PartialOrd for PolicyCondition {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PolicyCondition {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

/// Which actions on which resources: what a policy means, without how its statements say it.
#[derive(Default)]
struct Pairs<'s> {
    resources: Vec<Actions<'s>>,
    /// By the resource as it is written, its place among these.
    places: HashMap<Cow<'s, str>, usize>,
}

/// What may be done with a resource.
struct Actions<'s> {
    resource: &'s Text,
    /// Each once, in order.
    actions: Vec<&'s str>,
}

impl<'s> Pairs<'s> {
    fn add(&mut self, resource: &'s Text, actions: &'s [String]) {
        let place = *self.places.entry(written(resource)).or_insert_with(|| {
            self.resources.push(Actions { resource, actions: vec![] });
            self.resources.len() - 1
        });
        let Some(known) = self.resources.get_mut(place) else { return };
        for action in actions {
            if let Err(at) = known.actions.binary_search(&action.as_str()) {
                known.actions.insert(at, action);
            }
        }
    }

    /// An action on everything needs no resource beside.
    fn without_what_everything_covers(mut self) -> Self {
        let everything = self.places.get("*").copied();
        let Some(everywhere) =
            everything.and_then(|place| self.resources.get(place)).map(|all| all.actions.clone())
        else {
            return self;
        };
        for (place, known) in self.resources.iter_mut().enumerate() {
            if Some(place) != everything {
                known.actions.retain(|action| everywhere.binary_search(action).is_err());
            }
        }
        self
    }

    /// Statements of resources with the same actions, or of actions with the same resources, whichever is shorter.
    fn statements(self, effect: Effect, conditions: &[PolicyCondition]) -> Vec<PolicyStatement> {
        let Self { resources, places } = self;
        let mut order: Vec<_> = places.into_iter().collect();
        order.sort_unstable();
        let resources: Vec<_> = order.iter().filter_map(|(_, place)| resources.get(*place)).collect();

        let mut alike: BTreeMap<&[&str], Vec<usize>> = BTreeMap::new();
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, Actions { actions, .. }) in
            resources.iter().enumerate().filter(|(_, r)| !r.actions.is_empty())
        {
            alike.entry(actions).or_default().push(number);
            for action in actions {
                places.entry(action).or_default().push(number);
            }
        }
        let statement = |actions: &[&str], numbers: &[usize]| PolicyStatement {
            effect,
            actions: actions.iter().map(|action| (*action).to_owned()).collect(),
            resources: numbers.iter().filter_map(|n| Some(resources.get(*n)?.resource.clone())).collect(),
            conditions: conditions.to_vec(),
        };
        let by_resource = alike.iter().map(|(actions, numbers)| statement(actions, numbers)).collect();
        // One statement says it all, and no other way is shorter.
        if alike.len() == 1 {
            return by_resource;
        }
        let mut together: BTreeMap<&[usize], Vec<&str>> = BTreeMap::new();
        for (action, numbers) in &places {
            together.entry(numbers).or_default().push(action);
        }
        let mut shorter: Vec<_> = by_resource;
        // Where no resource is in two of these and no action in two of those, they are the same.
        let is_same = alike.keys().map(|actions| actions.len()).sum::<usize>() == places.len()
            && together.keys().map(|numbers| numbers.len()).sum::<usize>() == resources.len();
        if !is_same {
            let by_action: Vec<_> =
                together.iter().map(|(numbers, actions)| statement(actions, numbers)).collect();
            let size =
                |statements: &[PolicyStatement]| statements.iter().map(|s| s.size() + 1).sum::<usize>();
            if size(&by_action) < size(&shorter) {
                shorter = by_action;
            }
        }
        shorter.sort_by(|a, b| a.actions.cmp(&b.actions));
        shorter
    }
}

/// A text as a template has it, without a copy where it has no placeholder.
fn written(text: &Text) -> Cow<'_, str> {
    text.as_literal().map_or_else(|| rendered(text).into(), Cow::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allow(actions: &[&str], resources: &[&str]) -> PolicyStatement {
        PolicyStatement {
            effect: Effect::Allow,
            actions: actions.iter().map(|a| (*a).into()).collect(),
            resources: resources.iter().map(|r| Text::from(*r)).collect(),
            conditions: vec![],
        }
    }

    #[track_caller]
    fn check(statements: Vec<PolicyStatement>, expected: &[(&[&str], &[&str])]) {
        let expected: Vec<_> =
            expected.iter().map(|(actions, resources)| allow(actions, resources)).collect();
        assert_eq!(PolicyDocument::new(statements.clone()).statements, expected);
        let backwards = statements.into_iter().rev();
        assert_eq!(PolicyDocument::new(backwards).statements, expected, "in another order");
    }

    #[test]
    fn equal_resources_unite_their_actions() {
        check(
            vec![allow(&["s:B"], &["r"]), allow(&["s:A"], &["r"]), allow(&["s:A"], &["r"])],
            &[(&["s:A", "s:B"], &["r"])],
        );
    }

    #[test]
    fn equal_actions_unite_their_resources() {
        check(vec![allow(&["s:A"], &["r", "q"]), allow(&["s:A"], &["p"])], &[(&["s:A"], &["p", "q", "r"])]);
    }

    #[test]
    fn what_differs_in_both_stays_apart() {
        check(
            vec![allow(&["s:A", "s:B"], &["r"]), allow(&["s:A"], &["q"])],
            &[(&["s:A"], &["q", "r"]), (&["s:B"], &["r"])],
        );
        check(
            vec![allow(&["s:A"], &["r"]), allow(&["s:B"], &["q"])],
            &[(&["s:A"], &["r"]), (&["s:B"], &["q"])],
        );
    }

    #[test]
    fn everything_covers_the_rest() {
        check(
            vec![allow(&["s:A"], &["*"]), allow(&["s:A", "s:B"], &["r"])],
            &[(&["s:A"], &["*"]), (&["s:B"], &["r"])],
        );
    }

    #[test]
    fn conditions_and_effects_keep_statements_apart() {
        let mut other = allow(&["s:A"], &["r"]);
        other.conditions = vec![PolicyCondition::new("StringEquals", "k", ["v".into()])];
        let mut denied = allow(&["s:A"], &["r"]);
        denied.effect = Effect::Deny;
        let document = PolicyDocument::new([other, denied, allow(&["s:A"], &["r"])]);
        assert_eq!(document.statements.len(), 3);
    }

    #[test]
    fn size_is_that_of_the_text() {
        let mut one = allow(&["s:A", "s:B"], &["r"]);
        one.conditions = [("E", "k", vec!["v"]), ("E", "l", vec!["v", "w"]), ("F", "k", vec!["v"])]
            .into_iter()
            .map(|(operator, key, values)| {
                PolicyCondition::new(operator, key, values.into_iter().map(Text::from))
            })
            .collect();
        let document = PolicyDocument::new([one, allow(&["s:C"], &["p", "q"])]);
        assert_eq!(document.size(), document.to_json().to_compact().len());
    }

    #[test]
    fn size_counts_placeholders_at_their_longest_and_no_whitespace() {
        let size = |resource: Text| {
            let mut statement = allow(&["s:A"], &[]);
            statement.resources = vec![resource];
            PolicyDocument::new([statement]).size()
        };
        let text =
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s:A","Resource":""}]}"#;
        assert_eq!(size("".into()), text.len());
        assert_eq!(size("a b".into()), text.len() + 2);
        assert_eq!(size(Text::placeholder("Table")), text.len() + 64);
        assert_eq!(size(Text::placeholder("AWS::AccountId")), text.len() + 12);
    }
}
