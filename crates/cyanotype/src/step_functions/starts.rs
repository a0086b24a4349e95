//! What starts executions, by the alias or the version of a machine.

mod event;
mod http;
mod schedule;

use std::{cell::RefCell, panic::Location};

use cyanotype_asl::Json;
use cyanotype_cfn::{Key, Tree, Value, tree};
use indexmap::IndexMap;
use serde::Serialize;

pub use event::Event;
pub use http::HttpRoute;
pub use schedule::Schedule;

use super::{
    StateMachineAlias, StateMachineVersion,
    arn::machine_of,
    rights::{QUALIFIED, QUALIFIER},
};
use crate::{
    app::{Construct, ResourceBody, ResourceKind},
    diagnostic::{Diagnostic, Source},
    flow::Seconds,
    iam::{self, RoleData, Statement},
};

/// Something that starts executions of a machine that takes `I`: an [`Event`], a [`Schedule`] or an [`HttpRoute`].
///
/// Nothing else is one. A machine starts another by a [Task](crate::flow::Scope::task), which calls a version.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not start a machine that takes `{I}`",
    label = "starts no machine that takes `{I}`",
    note = "an `Event`, a `Schedule` with an input of the machine's type, or an `HttpRoute` does"
)]
pub trait Starts<I>: sealed::Starts {}

mod sealed {
    use super::{Key, Place, iam};

    pub trait Starts {
        /// The service that assumes the role.
        fn service(&self) -> iam::Starter;
        /// What it does.
        fn action(&self) -> &'static str {
            "states:StartExecution"
        }
        /// Adds its resources, and gives the one that starts.
        fn add(self, place: &Place<'_>) -> Key;
    }
}

/// Where a starter is made, and what it starts.
#[derive(Debug)]
pub struct Place<'a> {
    under: &'a Construct,
    id: String,
    at: Source,
    /// The role that may start the machine.
    role: Key,
    machine: Machine,
    problems: RefCell<Vec<Diagnostic>>,
}

/// What is started.
#[derive(Debug)]
struct Machine {
    /// With the qualifier.
    arn: Value<String>,
    /// Of the machine alone, which is what IAM looks at.
    unqualified: Value<String>,
    /// The alias by which alone it may be started. A version's number changes with each deploy, and the role would
    /// move.
    alias: Option<String>,
    /// Whether it is an Express machine, where that is known.
    express: Option<bool>,
}

impl<I, O> StateMachineAlias<I, O> {
    /// Has something start executions by this alias: those that start after it has moved run the new version.
    ///
    /// A role is made for it that may start this machine by this alias and no other.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// # let stack = App::new().stack("Shop");
    /// let nap: Machine<u32, u32> = machine(|m| m.wait("Wait", seconds(5)).then(m.end()));
    /// let nap = StateMachine::new(&stack, "Nap", nap, StateMachineProps::default());
    /// let live = nap.alias("live", &nap.publish());
    /// live.started_by(&stack, "AtNight", Schedule::cron("0 3 * * ? *", 7).time_zone("Europe/Berlin"));
    /// live.started_by(&stack, "AfterMeals", Event::pattern(tree!({ "source": ["kitchen"] })).input(9));
    /// ```
    ///
    /// # Errors
    /// Synth reports what the service would refuse.
    #[track_caller]
    pub fn started_by(&self, under: &Construct, id: impl Into<String>, by: impl Starts<I>) {
        let machine = Machine {
            arn: self.arn(),
            unqualified: Value::reference(self.machine),
            alias: Some(self.name.clone()),
            express: under.read(self.machine, is_express).flatten(),
        };
        start(under, id.into(), machine, by, Location::caller());
    }
}

impl<I, O> StateMachineVersion<I, O> {
    /// Has something start executions of this version: with each deploy that makes another version it starts that one.
    ///
    /// A role is made for it that may start this machine. By an [alias](StateMachineAlias::started_by) it could start
    /// nothing else, and a shift could be slow.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// # let stack = App::new().stack("Shop");
    /// let nap: Machine<u32, u32> = machine(|m| m.wait("Wait", seconds(5)).then(m.end()));
    /// let nap = StateMachine::new(&stack, "Nap", nap, StateMachineProps::default());
    /// nap.publish().started_by(&stack, "Hourly", Schedule::every_hours(1, 7));
    /// ```
    ///
    /// # Errors
    /// Synth reports what the service would refuse.
    #[track_caller]
    pub fn started_by(&self, under: &Construct, id: impl Into<String>, by: impl Starts<I>) {
        let arn = self.arn();
        let of_arn = || Some(machine_of(arn.tree().as_text()?).ok()?.to_owned());
        let unqualified = match self.machine() {
            Some(machine) => Value::reference(machine),
            None => of_arn().map_or_else(|| arn.clone(), Value::from),
        };
        let express = self.machine().and_then(|machine| under.read(machine, is_express).flatten());
        start(under, id.into(), Machine { arn, unqualified, alias: None, express }, by, Location::caller());
    }
}

fn is_express(body: &ResourceBody) -> Option<bool> {
    match &body.kind {
        ResourceKind::Machine(data) => Some(data.machine_type == super::StateMachineType::Express),
        _ => None,
    }
}

fn start<I>(under: &Construct, id: String, machine: Machine, by: impl Starts<I>, at: Source) {
    let mut role = RoleData::of_starter(by.service());
    let allowed = Statement::new([by.action()], at).on(machine.unqualified.clone());
    role.statements.push(match &machine.alias {
        Some(alias) => allowed.when(QUALIFIED, QUALIFIER, alias.as_str()),
        None => allowed,
    });
    let role = ResourceBody::new("AWS::IAM::Role", ResourceKind::Role(role));
    let role = under.add([id.clone(), "Role".into()], at, role);
    let place = Place { under, id, at, role, machine, problems: RefCell::default() };
    let starter = by.add(&place);
    under.edit(starter, |body| body.problems.extend(place.problems.into_inner()));
}

impl Place<'_> {
    /// Adds a resource: the starter itself, or a part of it.
    fn add(&self, part: Option<&str>, type_name: &'static str, properties: IndexMap<String, Tree>) -> Key {
        let mut body = ResourceBody::new(type_name, ResourceKind::Plain);
        body.properties = properties;
        match part {
            None => self.under.add([self.id.clone()], self.at, body),
            Some(part) => self.under.add([self.id.clone(), part.to_owned()], self.at, body),
        }
    }

    fn role_arn(&self) -> Tree {
        Value::<String>::attribute(self.role, "Arn").into()
    }

    /// Reports what is wrong with it, at its line.
    fn wrong(&self, problem: impl Into<String>, help: &str) {
        self.problems.borrow_mut().push(Diagnostic::error(problem).at(self.at).help(help));
    }

    /// Has a target start the machine with this input.
    fn give_input(&self, target: &mut IndexMap<String, Tree>, input: Result<String, String>) {
        match input {
            Ok(text) => drop(target.insert("Input".into(), text.into())),
            Err(error) => self.wrong(error, "the input becomes JSON"),
        }
    }

    /// Has a target try again, where that is said: 0 to 185 times, for a minute to a day.
    fn give_retries(&self, target: &mut IndexMap<String, Tree>, retries: Option<Retries>) {
        let Some(Retries { attempts, within }) = retries else { return };
        if attempts > 185 {
            self.wrong(format!("it is to try {attempts} times more"), "EventBridge takes 0 to 185");
        }
        if !(60..=86_400).contains(&within.get()) {
            let problem = format!("it is to try again for {} seconds", within.get());
            self.wrong(problem, "EventBridge takes 60 to 86,400");
        }
        let policy = tree!({ "MaximumRetryAttempts": attempts, "MaximumEventAgeInSeconds": within.get() });
        target.insert("RetryPolicy".into(), policy);
    }
}

/// How often something is tried again that could not be started, and for how long.
#[derive(Debug, Clone, Copy)]
struct Retries {
    attempts: u32,
    within: Seconds,
}

/// An input as the text that a service hands over; or why it is no JSON.
fn input_text(input: impl Serialize) -> Result<String, String> {
    let value = serde_json::to_value(input).map_err(|error| error.to_string())?;
    Ok(Json::from(value).to_compact())
}
