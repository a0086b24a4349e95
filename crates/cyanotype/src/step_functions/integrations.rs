//! What a machine's role must allow for the services that its definition calls.

mod resource_types;
mod resources;

use cyanotype_asl::{Definition, Json};
use cyanotype_cfn::{Key, Tree};

use self::resources::Resources;
use super::{MachineData, name_pattern};
use crate::{
    app::{AppData, Element},
    diagnostic::{Diagnostic, Source},
    flow::Parts,
    iam::{self, NeedWarning, Needs, PolicyStatement, Statement},
};

/// Whether `Ref` of a type gives a revision, so that it is another one with every change.
pub(crate) fn has_revisions(type_name: &str) -> bool {
    resource_types::find(type_name).is_some_and(|known| known.revised.is_some())
}

/// The statements for all that a definition does but calls of versions, and what is to be said about them.
///
/// What the definition names by a reference is allowed by the resource's ARN. The machine itself, of which a distributed
/// Map starts executions, is named by the pattern of its name: its role cannot refer to it.
pub(super) fn rights_of_integrations(
    machine: Key,
    data: &MachineData,
    app: &AppData,
) -> (Vec<Statement>, Vec<Diagnostic>) {
    let parts = &data.parts;
    let is_pinned = |state: &str| parts.tasks.contains_key(state);
    // As the definition stands, which most have nothing in: they are not written anew for it.
    let found = iam::needs_beside(&parts.definition, &is_pinned);
    if found == Needs::default() {
        return (vec![], vec![]);
    }
    let mut resources = Resources::new(app);
    let properties = app.element(machine).and_then(Element::resource).map(|body| &body.properties);
    let name = properties.and_then(|properties| properties.get("StateMachineName"));
    resources.define(iam::MACHINE_NAME, name_pattern(machine, name));
    let definition = written_out(parts, &mut resources);
    let found = iam::needs_beside(&definition, &is_pinned);
    let at = |state: &str| parts.lines.get(state).copied().unwrap_or(parts.at);
    let policy = found.policy();
    let statements = policy.statements.iter().map(|statement| {
        let first = found.behind(statement).find_map(|need| need.states.first());
        to_statement(statement, &resources, first.map_or(parts.at, |state| at(state)))
    });
    let warnings = found.warnings.iter().map(|warning| to_diagnostic(warning, at(&warning.state)));
    (statements.collect(), warnings.collect())
}

/// The definition with what its placeholders stand for, as far as that is known, so that it is read as one that somebody
/// wrote by hand.
fn written_out(parts: &Parts, resources: &mut Resources<'_>) -> Definition {
    let mut json = parts.definition.to_json();
    write_out(&mut json, parts, resources);
    // What is read is what was written; else the names of the placeholders have to do.
    Definition::from_json(&json).unwrap_or_else(|_| parts.definition.clone())
}

fn write_out(json: &mut Json, parts: &Parts, resources: &mut Resources<'_>) {
    match json {
        Json::String(text) if text.placeholders().next().is_some() => {
            *text = resources.write_out(text, &parts.substitutions);
        }
        Json::Array(items) => items.iter_mut().for_each(|item| write_out(item, parts, resources)),
        Json::Object(members) => members.values_mut().for_each(|member| write_out(member, parts, resources)),
        _ => {}
    }
}

fn to_statement(statement: &PolicyStatement, resources: &Resources<'_>, at: Source) -> Statement {
    let mut made = Statement::new(statement.actions.iter().cloned(), at);
    made.effect = statement.effect;
    made.resources = statement.resources.iter().map(|text| resources.tree(text)).collect();
    for condition in &statement.conditions {
        let mut values: Vec<_> = condition.values.iter().map(|text| resources.tree(text)).collect();
        let value = match (values.len(), values.pop()) {
            (1, Some(one)) => one,
            (_, last) => {
                values.extend(last);
                Tree::List(values)
            }
        };
        made = made.when(condition.operator.as_str(), condition.key.as_str(), value);
    }
    made
}

fn to_diagnostic(warning: &NeedWarning, at: Source) -> Diagnostic {
    let help = match &warning.argument {
        Some(argument) => format!(
            "give `{argument}` as a literal or as a reference to the resource, and the right is on that alone; a \
             statement given to `allow` adds to it and does not narrow it"
        ),
        None => warning.help.clone(),
    };
    Diagnostic::warning(&warning.message).at(at).state(&warning.state).help(help)
}
