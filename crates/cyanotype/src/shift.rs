//! How an alias moves from one version to the next: of a state machine by itself, of a function by CodeDeploy.

use std::panic::Location;

use cyanotype_cfn::{Tree, Value, tree};
use indexmap::IndexMap;

use crate::diagnostic::{Diagnostic, Source};

/// How the alias of a state machine or of a function moves from one version to the next, and what takes it back.
///
/// What is started or called meanwhile is shared between the two. No execution that runs is moved.
///
/// ```
/// use cyanotype::prelude::*;
///
/// // A tenth first, and all after a quarter of an hour, unless one of the alarms goes off.
/// let careful = Shift::canary(10, 15).alarm("NapFails").alarm("NapIsSlow");
/// # let _ = careful;
/// ```
///
/// # Errors
/// Synth reports percents and minutes that are out of range, and more than 100 alarms.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-stepfunctions-statemachinealias-deploymentpreference.html>,
/// <https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html>
#[derive(Debug, Clone)]
#[must_use = "a shift does nothing until an alias has it: `alias.shift(..)`"]
pub struct Shift {
    pub(crate) steps: Steps,
    pub(crate) alarms: Vec<Value<String>>,
    at: Source,
}

/// All at once, or in so many percent each time after so many minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Steps {
    AllAtOnce,
    Linear { percent: u32, minutes: u32 },
    Canary { percent: u32, minutes: u32 },
}

impl Shift {
    /// All go to the new version.
    #[track_caller]
    pub fn all_at_once() -> Self {
        Self::of(Steps::AllAtOnce)
    }

    /// So many percent more (1 to 99) go to the new version, each time after so many minutes (1 to 2,100).
    #[track_caller]
    pub fn linear(percent: u32, minutes: u32) -> Self {
        Self::of(Steps::Linear { percent, minutes })
    }

    /// So many percent (1 to 99) go to the new version, and after so many minutes (1 to 2,100) all.
    #[track_caller]
    pub fn canary(percent: u32, minutes: u32) -> Self {
        Self::of(Steps::Canary { percent, minutes })
    }

    /// The name of a CloudWatch alarm that takes the alias back to the version before; up to 100.
    pub fn alarm(mut self, name: impl Into<Value<String>>) -> Self {
        self.alarms.push(name.into());
        self
    }

    #[track_caller]
    fn of(steps: Steps) -> Self {
        Self { steps, alarms: vec![], at: Location::caller() }
    }

    pub(crate) fn preference(&self, version: &Value<String>) -> IndexMap<String, Tree> {
        let mut preference = IndexMap::from([("StateMachineVersionArn".to_owned(), version.clone().into())]);
        let (name, steps) = match self.steps {
            Steps::AllAtOnce => ("ALL_AT_ONCE", None),
            Steps::Linear { percent, minutes } => ("LINEAR", Some((percent, minutes))),
            Steps::Canary { percent, minutes } => ("CANARY", Some((percent, minutes))),
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

    pub(crate) fn problems(&self) -> Vec<Diagnostic> {
        let mut problems = vec![];
        if let Steps::Linear { percent, minutes } | Steps::Canary { percent, minutes } = self.steps {
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
