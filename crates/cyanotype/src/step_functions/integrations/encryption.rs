//! The keys with which the resources of calls are encrypted.

use std::collections::BTreeMap;

use cyanotype_cfn::Value;

use super::resources::Resources;
use crate::{
    diagnostic::Source,
    iam::{PolicyDocument, PolicyStatement, Statement, grants},
};

/// The rights on keys that the rights on resources of the app take with them, as grants do: whoever reads what is
/// encrypted decrypts it, and whoever writes has it encrypted.
pub(super) fn of_keys(
    policy: &PolicyDocument,
    resources: &Resources<'_>,
    line_of: impl Fn(&PolicyStatement) -> Source,
) -> Vec<Statement> {
    // By what is done with the keys: each key once, and the line that comes first.
    let mut uses: BTreeMap<&[&str], (Source, Vec<Value<String>>)> = BTreeMap::new();
    for statement in &policy.statements {
        for key in statement.resources.iter().filter_map(|text| resources.behind(text)) {
            for (actions, arns) in grants::keys_behind(resources.app(), key, &statement.actions) {
                let (_, known) = uses.entry(actions).or_insert_with(|| (line_of(statement), vec![]));
                for arn in arns {
                    if !known.contains(&arn) {
                        known.push(arn);
                    }
                }
            }
        }
    }
    let of = |(actions, (at, keys)): (&[&'static str], (Source, Vec<Value<String>>))| {
        keys.into_iter().fold(Statement::new(actions.iter().copied(), at), Statement::on)
    };
    uses.into_iter().map(of).collect()
}
