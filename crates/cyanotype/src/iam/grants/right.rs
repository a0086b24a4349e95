//! From a grant to statements.

use cyanotype_cfn::{Intrinsic, Key, Tree, Value};

use super::{Grant, service::Service};
use crate::{
    app::{AppData, Construct, ResourceBody},
    diagnostic::{Diagnostic, Source},
    iam::{Statement, arn::own_arn, executions_arn},
    step_functions,
};

/// Some actions and what they are on.
#[derive(Debug, Clone)]
pub(super) struct Right {
    pub(super) actions: &'static [&'static str],
    pub(super) on: On,
    /// Only for keys of a bucket that begin so.
    pub(super) listed_under: Option<String>,
}

/// What actions are on.
#[derive(Debug, Clone)]
pub(super) enum On {
    /// The resource.
    Itself,
    /// What is in it: its ARN goes on so.
    Within(String),
    /// All executions of a machine.
    Executions,
    /// What actions are on that IAM asks for on no resource.
    Everything,
    /// Something of the stack's account and Region, by its service and the end of its ARN.
    Own(&'static str, &'static str),
}

impl Right {
    pub(super) const fn on(on: On, actions: &'static [&'static str]) -> Self {
        Self { actions, on, listed_under: None }
    }

    pub(super) const fn itself(actions: &'static [&'static str]) -> Self {
        Self::on(On::Itself, actions)
    }
}

/// What a grant's target has turned out to be.
enum Found {
    /// A resource of the app.
    Resource { key: Key, arns: Vec<Value<String>>, encrypted_with: Vec<Value<String>> },
    /// An ARN.
    Arn(Value<String>),
    /// Nothing is named.
    Nothing,
}

impl Grant {
    /// The statements, or what is wrong.
    pub(super) fn resolve(self, under: &Construct) -> Result<Vec<Statement>, Diagnostic> {
        let at = self.at;
        if let Some(problem) = self.problem {
            return Err(problem.at(at));
        }
        let found = match &self.target {
            Some(target) => find(self.service, target, self.requires, under).map_err(|p| p.at(at))?,
            None => Found::Nothing,
        };
        let mut statements: Vec<_> =
            self.rights.into_iter().map(|right| right.statement(&found, at)).collect();
        let actions = self.key_use.actions();
        if let Found::Resource { encrypted_with, .. } = found
            && !encrypted_with.is_empty()
            && !actions.is_empty()
        {
            let of_keys = Statement::new(actions.iter().copied(), at);
            statements.push(encrypted_with.into_iter().fold(of_keys, Statement::on));
        }
        Ok(statements)
    }
}

impl Right {
    fn statement(self, found: &Found, at: Source) -> Statement {
        let arns = match found {
            Found::Resource { arns, .. } => arns.clone(),
            Found::Arn(arn) => vec![arn.clone()],
            Found::Nothing => vec![],
        };
        let resources = match (self.on, found) {
            (On::Itself, _) => arns,
            (On::Within(end), _) => {
                arns.into_iter().map(|arn| Value::concat([arn, end.as_str().into()])).collect()
            }
            (On::Executions, Found::Resource { key, .. }) => {
                vec![executions_arn(Value::attribute(*key, "Name"))]
            }
            (On::Executions, _) => arns.iter().map(executions_of).collect(),
            (On::Everything, _) => vec!["*".into()],
            (On::Own(service, end), _) => vec![own_arn(service, [end.into()])],
        };
        let statement = Statement::new(self.actions.iter().copied(), at);
        let statement = resources.into_iter().fold(statement, Statement::on);
        match self.listed_under {
            Some(prefix) => statement.when("StringLike", "s3:prefix", format!("{prefix}*")),
            None => statement,
        }
    }
}

/// The executions of a machine that is known by its ARN.
fn executions_of(machine: &Value<String>) -> Value<String> {
    if let Some(arn) = machine.as_literal() {
        return step_functions::executions_of(arn);
    }
    let part = |index| Value::select(index, Value::split(":", machine.clone()));
    let (partition, region, account, name) = (part(1), part(3), part(4), part(6));
    let ends = [":".into(), account, ":execution:".into(), name, ":*".into()];
    Value::concat(["arn:".into(), partition, ":states:".into(), region].into_iter().chain(ends))
}

fn find(
    service: &Service,
    target: &Tree,
    requires: Option<&str>,
    under: &Construct,
) -> Result<Found, Diagnostic> {
    let named = target.as_intrinsic().and_then(Intrinsic::reads);
    let of_resource = named.and_then(|(key, attribute)| {
        under.with_app(|app| {
            let body = app.resource(key)?;
            Some(of_resource(service, key, attribute, body, requires, app))
        })
    });
    if let Some(found) = of_resource {
        return found;
    }
    match target.as_text() {
        Some(text) if !service.fits(text) => {
            let problem = format!("this grant is on {}, and `{text}` is not the ARN of one", service.noun);
            Err(Diagnostic::error(problem).help(format!("such an ARN is `{}`", service.example())))
        }
        _ => Ok(Found::Arn(Value::from_tree(target.clone()))),
    }
}

fn of_resource(
    service: &Service,
    key: Key,
    attribute: Option<&str>,
    body: &ResourceBody,
    requires: Option<&str>,
    app: &AppData,
) -> Result<Found, Diagnostic> {
    let type_name = &*body.type_name;
    if !service.types.contains(&type_name) {
        let problem = format!("this grant is on {}, and what it names is an `{type_name}`", service.noun);
        let help = match Service::of_type(type_name) {
            Some(other) => format!("the grants on {} are in `grants::{}`", other.noun, other.module),
            None => "there is no grant for these: write `.allow(Statement::allow([…]).on(…))`".into(),
        };
        return Err(Diagnostic::error(problem).help(help));
    }
    if let Some(attribute) = attribute.filter(|_| !service.is_itself(attribute)) {
        let problem = format!(
            "this grant is on {}, and `{attribute}` of an `{type_name}` is not its ARN",
            service.noun
        );
        return Err(Diagnostic::error(problem).help("give the grant the resource, `&resource`"));
    }
    if let Some(property) = requires.filter(|property| !body.properties.contains_key(*property)) {
        let problem =
            format!("this grant is on something that an `{type_name}` without `{property}` has not");
        return Err(Diagnostic::error(problem).help(format!("set its property `{property}`")));
    }
    let encrypted_with = super::keys::encrypted_with(service, body, app);
    Ok(Found::Resource { key, arns: service.arns(key, body), encrypted_with })
}
