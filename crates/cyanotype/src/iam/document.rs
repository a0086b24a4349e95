//! Policy documents.

use cyanotype_cfn::Tree;
use indexmap::IndexMap;

use super::Statement;

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
    entries.insert("Action".into(), one_or_many(statement.actions.into_iter().map(Tree::from).collect()));
    entries.insert("Resource".into(), one_or_many(statement.resources));
    if !statement.conditions.is_empty() {
        let conditions = statement.conditions.into_iter().map(|(operator, keys)| (operator, Tree::map(keys)));
        entries.insert("Condition".into(), Tree::map(conditions));
    }
    Tree::Map(entries)
}

fn one_or_many(mut items: Vec<Tree>) -> Tree {
    match (items.len(), items.pop()) {
        (1, Some(one)) => one,
        (_, last) => {
            items.extend(last);
            Tree::List(items)
        }
    }
}
