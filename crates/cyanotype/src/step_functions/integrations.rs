//! What a machine's role must allow for the services that its definition calls.

mod called_on;
mod encryption;
mod resource_types;
mod resources;

use cyanotype_asl::{Definition, Json, Text};
use cyanotype_cfn::{Key, Tree};

use self::resources::Resources;
use super::{MachineData, name_pattern};
use crate::{
    app::AppData,
    diagnostic::{Diagnostic, Source},
    flow::Parts,
    iam::{self, Beside, NeedWarning, Needs, PolicyDocument, PolicyStatement, Statement},
};

/// Whether `Ref` of a type gives a revision, so that it is another one with every change.
pub(crate) fn has_revisions(type_name: &str) -> bool {
    resource_types::find(type_name).is_some_and(|known| known.revised.is_some())
}

/// The statements for all that a definition does but calls of versions, and what is to be said about them.
///
/// What the definition names by a reference is allowed by the resource's ARN. The machine itself, of which a
/// distributed Map starts executions, is named by the pattern of its name: its role cannot refer to it.
pub(super) fn rights_of_integrations(
    machine: Key,
    data: &MachineData,
    app: &AppData,
) -> (Vec<Statement>, Vec<Diagnostic>) {
    let Some(Found { needs, resources, mut diagnostics }) = find(machine, data, app) else {
        return (vec![], vec![]);
    };
    let policy = needs.policy();
    let line = |statement: &PolicyStatement| {
        let first = needs.behind(statement).find_map(|need| need.states.first());
        first.map_or(data.parts.at, |state| line_of(&data.parts, state))
    };
    let statements = policy.statements.iter();
    let mut statements: Vec<_> =
        statements.map(|statement| to_statement(statement, &resources, line(statement))).collect();
    statements.extend(encryption::of_keys(&policy, &resources, line));
    let warning = |warning: &NeedWarning| to_diagnostic(warning, line_of(&data.parts, &warning.state));
    diagnostics.extend(needs.warnings.iter().map(warning));
    (statements, diagnostics)
}

/// The same rights one by one, each with the states that need it.
pub(super) fn needs_of_integrations(machine: Key, data: &MachineData, app: &AppData) -> Vec<Statement> {
    let Some(Found { needs, resources, .. }) = find(machine, data, app) else { return vec![] };
    let mut statements = vec![];
    for need in needs.needs {
        let at = need.states.first().map_or(data.parts.at, |state| line_of(&data.parts, state));
        let policy = PolicyDocument::new([need.to_statement()]);
        let own = policy.statements.iter().map(|statement| to_statement(statement, &resources, at));
        let own = own.chain(encryption::of_keys(&policy, &resources, |_| at));
        statements.extend(own.map(|statement| Statement { states: need.states.clone(), ..statement }));
    }
    statements
}

/// What was found in a definition.
struct Found<'a> {
    needs: Needs,
    resources: Resources<'a>,
    /// What is wrong with what its calls are said to be on.
    diagnostics: Vec<Diagnostic>,
}

/// What a definition needs; None where it is nothing.
fn find<'a>(machine: Key, data: &MachineData, app: &'a AppData) -> Option<Found<'a>> {
    let parts = &data.parts;
    let is_pinned = |state: &str| parts.tasks.contains_key(state);
    let beside = Beside { is_seen_to: &is_pinned, targets: &|_| &[], roles: &|_, _| None };
    // As the definition stands, which most have nothing in: they are not written anew for it.
    let (needs, _) = iam::needs_beside(&parts.definition, &beside);
    if needs == Needs::default() && parts.on.is_empty() {
        return None;
    }
    let mut resources = Resources::new(app);
    let properties = app.resource(machine).map(|body| &body.properties);
    let name = properties.and_then(|properties| properties.get("StateMachineName"));
    resources.define(iam::MACHINE_NAME, name_pattern(machine, name));
    let definition = written_out(parts, &mut resources);
    let (called, mut diagnostics) = called_on::targets(&parts.on, &mut resources);
    let targets = |state: &str| called.get(state).map_or(&[][..], |targets| targets.as_slice());
    let definitions = resources.roles_of_task_definitions();
    let roles = |definition: &Text, property: &str| {
        let (_, roles) =
            definitions.iter().find(|(arn, _)| definition.segments().starts_with(arn.segments()))?;
        Some(roles.iter().find(|(name, _)| *name == property).map(|(_, role)| role.clone()))
    };
    let beside = Beside { targets: &targets, roles: &roles, ..beside };
    let (needs, came_of) = iam::needs_beside(&definition, &beside);
    diagnostics.extend(called_on::mistakes(parts, &called, &came_of, &needs, app));
    Some(Found { needs, resources, diagnostics })
}

/// Where a state was made.
fn line_of(parts: &Parts, state: &str) -> Source {
    parts.lines.get(state).copied().unwrap_or(parts.at)
}

/// Values of the template as far as they can be written out, so that one and the same resource is one text whoever
/// names it how.
pub(crate) struct WrittenOut<'a>(Resources<'a>);

impl<'a> WrittenOut<'a> {
    pub(crate) fn new(app: &'a AppData) -> Self {
        Self(Resources::new(app))
    }

    pub(crate) fn text(&mut self, tree: &Tree) -> Text {
        self.0.written(tree)
    }
}

/// The definition with what its placeholders stand for, as far as that is known, so that it is read as one that
/// somebody wrote by hand.
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
    let or_say = warning.allowed.as_ref().map_or("", |_| ", or say what it is: `.on(&resource)`");
    let help = match &warning.argument {
        Some(argument) => format!(
            "give `{argument}` as a literal or as a reference to the resource, and the right is on that alone{or_say}; \
             a statement given to `allow` adds to it and does not narrow it"
        ),
        None => format!("{}{or_say}", warning.help),
    };
    Diagnostic::warning(&warning.message).at(at).state(&warning.state).help(help)
}
