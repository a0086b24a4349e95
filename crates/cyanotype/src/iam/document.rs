//! Policy documents.

use cyanotype_cfn::{Intrinsic, Tree};
use indexmap::IndexMap;

use super::{Statement, needs::longest};

/// The document of some statements, in the order given.
pub(crate) fn policy_document(statements: Vec<Statement>) -> Tree {
    Tree::map([
        ("Version", Tree::from("2012-10-17")),
        ("Statement", Tree::list(statements.into_iter().map(statement))),
    ])
}

/// One statement as a policy has it. One action or resource stands alone, as a person would write it.
fn statement(statement: Statement) -> Tree {
    let mut entries = IndexMap::new();
    entries.insert("Effect".to_owned(), Tree::from(statement.effect.name()));
    let actions = statement.actions.into_iter().map(Tree::from).collect();
    entries.insert("Action".into(), one_or_many(actions, Tree::List));
    entries.insert("Resource".into(), one_or_many(statement.resources, Tree::List));
    if !statement.conditions.is_empty() {
        let conditions = statement.conditions.into_iter().map(|(operator, keys)| (operator, Tree::map(keys)));
        entries.insert("Condition".into(), Tree::map(conditions));
    }
    Tree::Map(entries)
}

/// The one item itself, or a list of all.
pub(super) fn one_or_many<T>(mut items: Vec<T>, list: impl FnOnce(Vec<T>) -> T) -> T {
    match (items.len(), items.pop()) {
        (1, Some(one)) => one,
        (_, last) => {
            items.extend(last);
            list(items)
        }
    }
}

/// The size of a document as IAM counts it against its quotas: characters without whitespace, each intrinsic at its
/// longest, with names of 64 characters.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
pub(crate) fn document_size(statements: &[Statement]) -> usize {
    let version = entry_size("Version", text_size("2012-10-17"));
    // No document is made for it: this is asked of every role.
    let statements = listed_size(statements.iter().map(statement_size));
    listed_size([version, entry_size("Statement", statements)])
}

fn statement_size(statement: &Statement) -> usize {
    let Statement { effect, actions, resources, conditions, at: _, states: _, given: _ } = statement;
    let conditions = (!conditions.is_empty()).then(|| {
        let operators = conditions.iter().map(|(operator, keys)| entry_size(operator, map_size(keys)));
        entry_size("Condition", listed_size(operators))
    });
    let entries = [
        entry_size("Effect", text_size(effect.name())),
        entry_size("Action", one_or_many_size(actions.iter().map(|action| text_size(action)))),
        entry_size("Resource", one_or_many_size(resources.iter().map(value_size))),
    ];
    listed_size(entries.into_iter().chain(conditions))
}

/// The part of a value in that.
pub(crate) fn value_size(tree: &Tree) -> usize {
    match tree {
        Tree::Null => 4,
        Tree::Bool(_) => 5,
        Tree::Number(number) => number.to_string().len(),
        Tree::Text(text) => text_size(text),
        Tree::List(items) => listed_size(items.iter().map(value_size)),
        Tree::Map(entries) => map_size(entries),
        Tree::Intrinsic(intrinsic) => QUOTES + resolved_size(intrinsic),
    }
}

const QUOTES: usize = 2;

fn text_size(text: &str) -> usize {
    QUOTES + text.chars().filter(|c| !c.is_whitespace()).count()
}

fn entry_size(key: &str, value: usize) -> usize {
    QUOTES + key.chars().count() + 1 + value
}

fn map_size(entries: &IndexMap<String, Tree>) -> usize {
    listed_size(entries.iter().map(|(key, value)| entry_size(key, value_size(value))))
}

/// With brackets and commas: one character more than there are items, and two around none.
fn listed_size(sizes: impl IntoIterator<Item = usize>) -> usize {
    let (count, sum) = sizes.into_iter().fold((0, 0), |(count, sum), size| (count + 1, sum + size));
    sum + (count + 1).max(2)
}

/// As [`one_or_many`] writes them.
fn one_or_many_size(mut sizes: impl ExactSizeIterator<Item = usize>) -> usize {
    if sizes.len() == 1 { sizes.next().unwrap_or_default() } else { listed_size(sizes) }
}

/// The most characters that an intrinsic can come to.
fn resolved_size(intrinsic: &Intrinsic) -> usize {
    let within = |tree: &Tree| value_size(tree).saturating_sub(2);
    match intrinsic {
        Intrinsic::Pseudo(pseudo) => longest(pseudo.name()),
        // What ends so is an ARN. The reference to a resource may be one too.
        Intrinsic::GetAtt(_, attribute) => longest(attribute),
        Intrinsic::Ref(_) => longest("Arn"),
        Intrinsic::Concat(parts) => parts.iter().map(within).sum(),
        Intrinsic::Sub { text, variables } => text.len() + variables.values().map(within).sum::<usize>(),
        Intrinsic::If { then, otherwise, .. } => within(then).max(within(otherwise)),
        Intrinsic::Acknowledged { value, .. } => within(value),
        Intrinsic::NoValue => 0,
        _ => longest("Name"),
    }
}

#[cfg(test)]
mod tests {
    use std::panic::Location;

    use cyanotype_cfn::{Key, Pseudo, Value};

    use super::*;

    fn allow(actions: &[&str]) -> Statement {
        Statement::new(actions.iter().copied(), Location::caller())
    }

    fn size_on(resource: impl Into<Value<String>>) -> usize {
        document_size(&[allow(&["s:A"]).on(resource)])
    }

    #[test]
    fn a_size_is_that_of_the_text() {
        let two = allow(&["s:A", "s:B"]).on("r").on("q").when("E", "k", vec!["v", "w"]).when("E", "l", "v");
        let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s:A","s:B"],"Resource":["r","q"],"Condition":{"E":{"k":["v","w"],"l":"v"}}}]}"#;
        assert_eq!(document_size(&[two]), text.len());
        let text = r#"{"Version":"2012-10-17","Statement":[]}"#;
        assert_eq!(document_size(&[]), text.len());
    }

    #[test]
    fn intrinsics_count_at_their_longest_and_whitespace_does_not() {
        let nothing = size_on("");
        let key = Key { app: 0, stack: 0, element: 0 };
        assert_eq!(size_on("a b"), nothing + 2);
        assert_eq!(size_on(Value::pseudo(Pseudo::AccountId)), nothing + 12);
        assert_eq!(size_on(Value::attribute(key, "Name")), nothing + 64);
        assert_eq!(size_on(Value::attribute(key, "Arn")), size_on(Value::reference(key)));
        let together = Value::concat(["a:".into(), Value::attribute(key, "Name"), ":*".into()]);
        assert_eq!(size_on(together), nothing + 68);
    }
}
