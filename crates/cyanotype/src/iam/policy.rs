//! Policy documents as text, merged and measured.

use std::collections::{BTreeMap, BTreeSet};

use cyanotype_asl::{Json, Segment, Text};

use super::{
    Effect,
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
        let mut groups: BTreeMap<(Effect, Vec<PolicyCondition>), Pairs> = BTreeMap::new();
        for statement in statements {
            let mut conditions = statement.conditions;
            conditions.sort();
            conditions.dedup();
            let pairs = groups.entry((statement.effect, conditions)).or_default();
            for resource in &statement.resources {
                pairs.add(resource, &statement.actions);
            }
        }
        let statements = groups.into_iter().flat_map(|((effect, conditions), pairs)| {
            pairs.without_what_everything_covers().statements(effect, &conditions)
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
            ("Action", one_or_many(actions)),
            ("Resource", one_or_many(resources)),
        ];
        if !self.conditions.is_empty() {
            let mut operators: BTreeMap<&str, Vec<(&str, Json)>> = BTreeMap::new();
            for condition in &self.conditions {
                let values = one_or_many(condition.values.iter().cloned().map(Json::from).collect());
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
struct Pairs {
    /// By the resource as it is written.
    actions: BTreeMap<String, (Text, BTreeSet<String>)>,
}

impl Pairs {
    fn add(&mut self, resource: &Text, actions: &[String]) {
        let (_, known) =
            self.actions.entry(rendered(resource)).or_insert_with(|| (resource.clone(), BTreeSet::new()));
        known.extend(actions.iter().cloned());
    }

    /// An action on everything needs no resource beside.
    fn without_what_everything_covers(mut self) -> Self {
        if let Some((_, everywhere)) = self.actions.get("*").cloned() {
            for (resource, (_, actions)) in &mut self.actions {
                if resource != "*" {
                    actions.retain(|action| !everywhere.contains(action));
                }
            }
            self.actions.retain(|_, (_, actions)| !actions.is_empty());
        }
        self
    }

    /// Statements of resources with the same actions, or of actions with the same resources, whichever is shorter.
    fn statements(&self, effect: Effect, conditions: &[PolicyCondition]) -> Vec<PolicyStatement> {
        let statement = |actions: Vec<String>, resources: Vec<Text>| PolicyStatement {
            effect,
            actions,
            resources,
            conditions: conditions.to_vec(),
        };
        let mut alike: BTreeMap<&BTreeSet<String>, Vec<Text>> = BTreeMap::new();
        let mut places: BTreeMap<&str, BTreeMap<&str, &Text>> = BTreeMap::new();
        for (name, (resource, actions)) in &self.actions {
            alike.entry(actions).or_default().push(resource.clone());
            for action in actions {
                places.entry(action).or_default().insert(name, resource);
            }
        }
        let by_resource: Vec<_> = alike
            .into_iter()
            .map(|(actions, resources)| statement(actions.iter().cloned().collect(), resources))
            .collect();
        // One statement says it all, and no other way is shorter.
        if by_resource.len() == 1 {
            return by_resource;
        }
        let mut together: BTreeMap<Vec<&str>, (Vec<String>, Vec<Text>)> = BTreeMap::new();
        for (action, resources) in places {
            let names = resources.keys().copied().collect();
            let resources = || resources.values().map(|text| (*text).clone()).collect();
            together.entry(names).or_insert_with(|| (vec![], resources())).0.push(action.to_owned());
        }
        let by_action: Vec<_> =
            together.into_values().map(|(actions, resources)| statement(actions, resources)).collect();
        let size = |statements: &[PolicyStatement]| statements.iter().map(|s| s.size() + 1).sum::<usize>();
        let mut shorter = if size(&by_action) < size(&by_resource) { by_action } else { by_resource };
        shorter.sort_by(|a, b| a.actions.cmp(&b.actions));
        shorter
    }
}

fn one_or_many(mut items: Vec<Json>) -> Json {
    match (items.len(), items.pop()) {
        (1, Some(one)) => one,
        (_, last) => {
            items.extend(last);
            Json::Array(items)
        }
    }
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
