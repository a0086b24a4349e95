//! Rules made of rules.

use std::ops::Not;

use indexmap::IndexMap;

use crate::{
    Comparison, Json, Text,
    record::{Held, Reading, kind_of},
};

/// How deep rules may be nested; [`validate`](crate::validate) refuses more.
///
/// AWS documents no limit. This one is far above what any person or tool writes, and keeps every
/// reader of the text, ours and others', from running out of stack.
pub const MAX_RULE_DEPTH: usize = 256;

/// What must hold for a path of a Choice to be taken: a comparison, or a combination of rules.
///
/// It is kept flat, not as a tree of boxes, so that no depth of nesting can overflow the stack when a rule is
/// copied, compared, printed or dropped.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// In postfix order: what is combined comes before what combines it. Constructors alone write it, so
    /// each node finds as many rules before it as it takes, and one rule is left at the end.
    nodes: Vec<Node>,
}

/// One node of a [`Rule`].
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A test of one value.
    Compare(Comparison),
    /// All of the last so many rules hold: `And`.
    All(usize),
    /// One of the last so many rules holds: `Or`.
    Any(usize),
    /// The last rule does not hold: `Not`.
    Not,
    /// The last rule has a comment for readers.
    Comment(Text),
}

impl Rule {
    /// A test of one value.
    #[must_use]
    pub fn compare(comparison: Comparison) -> Self {
        Self { nodes: vec![Node::Compare(comparison)] }
    }

    /// All of them hold. AWS refuses none at all.
    #[must_use]
    pub fn all(rules: impl IntoIterator<Item = Self>) -> Self {
        Self::combine(rules, Node::All)
    }

    /// At least one of them holds. AWS refuses none at all.
    #[must_use]
    pub fn any(rules: impl IntoIterator<Item = Self>) -> Self {
        Self::combine(rules, Node::Any)
    }

    /// The rule with a comment for readers.
    #[must_use]
    pub fn comment(mut self, text: impl Into<Text>) -> Self {
        self.nodes.push(Node::Comment(text.into()));
        self
    }

    /// The nodes in postfix order: what is combined comes before what combines it.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// How deep it is nested; 1 for a comparison.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.fold(|node, parts: Vec<usize>| {
            let itself = usize::from(!matches!(node, Node::Comment(_)));
            itself + parts.into_iter().max().unwrap_or_default()
        })
    }

    /// The rule in JSON, without where it leads. A rule deeper than [`MAX_RULE_DEPTH`], which is refused, has
    /// no text and becomes `{}`.
    #[must_use]
    pub fn to_json(&self) -> Json {
        Json::Object(self.members())
    }

    pub(super) fn members(&self) -> IndexMap<String, Json> {
        if self.depth() > MAX_RULE_DEPTH {
            return IndexMap::new();
        }
        self.fold(|node, mut parts: Vec<IndexMap<String, Json>>| match node {
            Node::Compare(comparison) => comparison.members(),
            Node::Comment(text) => {
                let mut rule = parts.pop().unwrap_or_default();
                rule.insert("Comment".into(), text.into());
                rule
            }
            Node::All(_) => IndexMap::from([("And".into(), objects(parts))]),
            Node::Any(_) => IndexMap::from([("Or".into(), objects(parts))]),
            Node::Not => IndexMap::from([("Not".into(), Json::Object(parts.pop().unwrap_or_default()))]),
        })
    }

    /// Goes through the rule from the inside out: what `visit` makes of a node's parts, it gets with the node.
    fn fold<T: Default>(&self, visit: impl Fn(&Node, Vec<T>) -> T) -> T {
        let mut done: Vec<T> = vec![];
        for node in &self.nodes {
            let parts = match node {
                Node::Compare(_) => 0,
                Node::Not | Node::Comment(_) => 1,
                Node::All(parts) | Node::Any(parts) => *parts,
            };
            let parts = done.split_off(done.len().saturating_sub(parts));
            done.push(visit(node, parts));
        }
        done.pop().unwrap_or_default()
    }

    fn combine(rules: impl IntoIterator<Item = Self>, node: fn(usize) -> Node) -> Self {
        let mut rules = rules.into_iter();
        let (mut nodes, mut parts) = (vec![], 0);
        if let Some(first) = rules.next() {
            // Taking the first one over as it is keeps a long chain of pairs from being copied at each link.
            (nodes, parts) = (first.nodes, 1);
        }
        for rule in rules {
            nodes.extend(rule.nodes);
            parts += 1;
        }
        nodes.push(node(parts));
        Self { nodes }
    }
}

impl Not for Rule {
    type Output = Self;

    fn not(mut self) -> Self {
        self.nodes.push(Node::Not);
        self
    }
}

impl Rule {
    /// Reads what a rule tests, from all of its members but those in `beside`.
    pub(super) fn of_members(
        members: &IndexMap<String, Json>,
        beside: &[&str],
        depth: usize,
        reading: &mut Reading,
    ) -> Option<Self> {
        if depth > MAX_RULE_DEPTH {
            reading.wrong(format!("this rule is nested more than {MAX_RULE_DEPTH} deep"));
            return None;
        }
        let tests = members.iter().filter(|(name, _)| !beside.contains(&name.as_str()) && *name != "Comment");
        let tests: Vec<_> = tests.map(|(name, json)| (name.as_str(), json)).collect();
        let rule = match tests.as_slice() {
            [("And", Json::Array(parts))] => {
                reading.field("And", |reading| Self::parts(parts, depth, reading)).map(Self::all)
            }
            [("Or", Json::Array(parts))] => {
                reading.field("Or", |reading| Self::parts(parts, depth, reading)).map(Self::any)
            }
            [("Not", json)] => {
                reading.field("Not", |reading| Self::nested(json, depth, reading)).map(Self::not)
            }
            _ => Comparison::of_tests(&tests, reading).map(Self::compare),
        };
        match members.get("Comment").filter(|_| !beside.contains(&"Comment")) {
            Some(comment) => {
                let comment = reading.field("Comment", |reading| Text::of_json(comment, reading));
                Some(rule?.comment(comment?))
            }
            None => rule,
        }
    }

    fn nested(json: &Json, depth: usize, reading: &mut Reading) -> Option<Self> {
        if let Json::Object(members) = json {
            return Self::of_members(members, &[], depth + 1, reading);
        }
        reading.wrong(format!("Expected an object, and this is {}", kind_of(json)));
        None
    }

    fn parts(parts: &[Json], depth: usize, reading: &mut Reading) -> Option<Vec<Self>> {
        let parts: Vec<_> = (parts.iter().enumerate())
            .map(|(index, part)| reading.item(index, |reading| Self::nested(part, depth, reading)))
            .collect();
        parts.into_iter().collect()
    }
}

fn objects(rules: Vec<IndexMap<String, Json>>) -> Json {
    Json::Array(rules.into_iter().map(Json::Object).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Operator, ReferencePath};

    fn is(name: &str) -> Rule {
        Rule::compare(Comparison::new(ReferencePath::root().field(name), Operator::IsNull, true))
    }

    #[track_caller]
    fn check(rule: Rule, depth: usize, expected: &str) {
        assert_eq!((rule.depth(), rule.to_json().to_compact().as_str()), (depth, expected));
    }

    #[test]
    fn a_comparison_is_a_rule() {
        check(is("a"), 1, r#"{"Variable":"$.a","IsNull":true}"#);
    }

    #[test]
    fn rules_combine() {
        check(
            Rule::any([is("a"), Rule::all([is("b"), is("c")]), !is("d")]),
            3,
            r#"{"Or":[{"Variable":"$.a","IsNull":true},{"And":[{"Variable":"$.b","IsNull":true},{"Variable":"$.c","IsNull":true}]},{"Not":{"Variable":"$.d","IsNull":true}}]}"#,
        );
        check(Rule::all([]), 1, r#"{"And":[]}"#);
    }

    #[test]
    fn no_depth_overflows_the_stack() {
        let deep = (0..1_000_000).fold(is("a"), |rule, _| !rule);
        assert_eq!(deep.clone(), deep);
        check(deep, 1_000_001, "{}");
        check((0..100_000).fold(is("a"), |rule, n| Rule::all([rule, is(&n.to_string())])), 100_001, "{}");
    }
}
