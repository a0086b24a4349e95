//! How an alias moves from one version to the next.

use std::panic::Location;

use cyanotype_cfn::{Tree, Value, tree};
use indexmap::IndexMap;

use crate::diagnostic::{Diagnostic, Source};

/// How the alias of a state machine moves from one version to the next, and what takes it back.
///
/// Executions that are started meanwhile are shared between the two. None that runs is moved.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-stepfunctions-statemachinealias-deploymentpreference.html>
#[derive(Debug, Clone)]
#[must_use = "a shift does nothing until an alias has it: `alias.shift(..)`"]
pub struct Shift {
    kind: Kind,
    alarms: Vec<Value<String>>,
    at: Source,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    AllAtOnce,
    Linear { percent: u32, minutes: u32 },
    Canary { percent: u32, minutes: u32 },
}

impl Shift {
    /// All new executions run the new version.
    #[track_caller]
    pub fn all_at_once() -> Self {
        Self::of(Kind::AllAtOnce)
    }

    /// So many percent more (1 to 99) of the new executions run the new version, each time after so many minutes (1 to
    /// 2,100).
    #[track_caller]
    pub fn linear(percent: u32, minutes: u32) -> Self {
        Self::of(Kind::Linear { percent, minutes })
    }

    /// So many percent (1 to 99) of the new executions run the new version, and after so many minutes (1 to 2,100) all
    /// of them.
    #[track_caller]
    pub fn canary(percent: u32, minutes: u32) -> Self {
        Self::of(Kind::Canary { percent, minutes })
    }

    /// The name of a CloudWatch alarm that takes the alias back to the version before; up to 100.
    pub fn alarm(mut self, name: impl Into<Value<String>>) -> Self {
        self.alarms.push(name.into());
        self
    }

    #[track_caller]
    fn of(kind: Kind) -> Self {
        Self { kind, alarms: vec![], at: Location::caller() }
    }

    pub(super) fn preference(&self, version: &Value<String>) -> IndexMap<String, Tree> {
        let mut preference = IndexMap::from([("StateMachineVersionArn".to_owned(), version.clone().into())]);
        let (name, steps) = match self.kind {
            Kind::AllAtOnce => ("ALL_AT_ONCE", None),
            Kind::Linear { percent, minutes } => ("LINEAR", Some((percent, minutes))),
            Kind::Canary { percent, minutes } => ("CANARY", Some((percent, minutes))),
        };
        preference.insert("Type".into(), name.into());
        if let Some((percent, minutes)) = steps {
            preference.insert("Percentage".into(), percent.into());
            preference.insert("Interval".into(), minutes.into());
        }
        if !self.alarms.is_empty() {
            let alarms = self.alarms.iter().map(|alarm| tree!(alarm.clone()));
            preference.insert("Alarms".into(), Tree::list(alarms));
        }
        preference
    }

    pub(super) fn problems(&self) -> Vec<Diagnostic> {
        let mut problems = vec![];
        if let Kind::Linear { percent, minutes } | Kind::Canary { percent, minutes } = self.kind {
            if !(1..=99).contains(&percent) {
                let problem = format!("an alias does not move by {percent} percent");
                problems.push(Diagnostic::error(problem).help("it moves by 1 to 99"));
            }
            if !(1..=2_100).contains(&minutes) {
                let problem = format!("an alias does not wait for {minutes} minutes");
                problems.push(Diagnostic::error(problem).help("it waits for 1 to 2,100"));
            }
        }
        if self.alarms.len() > 100 {
            let problem = format!("{} alarms watch this alias", self.alarms.len());
            problems.push(Diagnostic::error(problem).help("100 are possible: put some together"));
        }
        problems.into_iter().map(|problem| problem.at(self.at)).collect()
    }
}
