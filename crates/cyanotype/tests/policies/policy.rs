//! What a policy allows, in so far as two policies can be compared by it.

use serde_json::Value;

/// One action on one resource.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Right {
    pub(crate) action: String,
    pub(crate) resource: String,
    /// Key and values.
    pub(crate) conditions: Vec<(String, Vec<String>)>,
}

/// The rights of the statements of a document that allow.
pub(crate) fn rights(statements: &[Value]) -> Vec<Right> {
    let mut rights = vec![];
    for statement in statements.iter().filter(|statement| statement["Effect"] == "Allow") {
        let mut conditions = vec![];
        for keys in statement["Condition"].as_object().into_iter().flat_map(|operators| operators.values()) {
            for (key, values) in keys.as_object().unwrap() {
                conditions.push((key.clone(), texts(values)));
            }
        }
        for action in texts(&statement["Action"]) {
            for resource in texts(&statement["Resource"]) {
                rights.push(Right { action: action.clone(), resource, conditions: conditions.clone() });
            }
        }
    }
    rights
}

impl Right {
    /// Whether it allows all that another does.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        let narrows = |(key, values): &(String, Vec<String>)| {
            other.conditions.iter().any(|(own, theirs)| {
                own == key && theirs.iter().all(|value| values.iter().any(|pattern| fits(pattern, value)))
            })
        };
        fits(&self.action.to_lowercase(), &other.action.to_lowercase())
            && fits(&self.resource, &other.resource)
            && self.conditions.iter().all(narrows)
    }

    /// Whether it allows what another does in part at least: the same action, on resources of which one is among the
    /// other. Conditions of its own narrow it to what its state does.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        let (own, theirs) = (self.action.to_lowercase(), other.action.to_lowercase());
        (fits(&own, &theirs) || fits(&theirs, &own))
            && (fits(&self.resource, &other.resource) || fits(&other.resource, &self.resource))
    }
}

/// Whether a pattern of IAM's has a text: `*` is any characters, `?` is one. A pattern has another whose wildcards it
/// has as characters.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t, mut star) = (0, 0, None);
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(c) if *c == '?' || *c == text[t] => (p, t) = (p + 1, t + 1),
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    (p, t) = (at + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(|item| item.as_str().unwrap().to_owned()).collect(),
        other => vec![other.as_str().unwrap_or_else(|| panic!("{other}")).to_owned()],
    }
}

#[test]
fn wildcards_match_as_in_iam() {
    assert!(fits("arn:*:x/?", "arn:a:b:x/y") && fits("a*", "a*") && fits("*", ""));
    assert!(!fits("a?", "a") && !fits("arn:a", "arn:a:b") && !fits("a", "*"));
}
