//! Schedules that start executions.

use std::marker::PhantomData;

use cyanotype_cfn::{Key, Tree, Value, tree};
use indexmap::IndexMap;
use serde::Serialize;

use super::{Place, Retries, Starts, input_text, sealed};
use crate::{
    flow::Seconds,
    iam::{self, Statement},
};

/// A schedule of EventBridge Scheduler, which starts executions of a machine that takes `I`, always with the same
/// input.
///
/// ```
/// use cyanotype::prelude::*;
///
/// let hourly = Schedule::every_hours(1, "tidy up".to_owned()).flexible_minutes(15);
/// let at_night = Schedule::cron("0 3 * * ? *", "tidy up".to_owned()).time_zone("Europe/Berlin");
/// # fn starts(_: impl cyanotype::step_functions::Starts<String>) {}
/// # starts(hourly);
/// # starts(at_night);
/// ```
///
/// Source: <https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html>
#[derive(Debug, Clone)]
#[must_use = "it starts nothing until an alias or a version has it: `live.started_by(..)`"]
pub struct Schedule<I> {
    when: When,
    input: Result<String, String>,
    time_zone: Option<String>,
    flexible: Option<u32>,
    retries: Option<Retries>,
    dead_letters: Option<Value<String>>,
    types: PhantomData<fn(I)>,
}

#[derive(Debug, Clone)]
enum When {
    Every { number: u32, unit: &'static str },
    Cron(String),
    At(String),
}

impl<I: Serialize> Schedule<I> {
    /// Every so many minutes: 1 or more.
    pub fn every_minutes(number: u32, input: I) -> Self {
        Self::of(When::Every { number, unit: "minute" }, input)
    }

    /// Every so many hours: 1 or more.
    pub fn every_hours(number: u32, input: I) -> Self {
        Self::of(When::Every { number, unit: "hour" }, input)
    }

    /// Every so many days: 1 or more.
    pub fn every_days(number: u32, input: I) -> Self {
        Self::of(When::Every { number, unit: "day" }, input)
    }

    /// When all six fields match: minutes, hours, day of the month, month, day of the week, year. One of the two days
    /// is `?`: `0 3 * * ? *` is each day at three.
    pub fn cron(fields: impl Into<String>, input: I) -> Self {
        Self::of(When::Cron(fields.into()), input)
    }

    /// Once, at a time without an offset: `2027-01-31T09:00:00`.
    pub fn at(time: impl Into<String>, input: I) -> Self {
        Self::of(When::At(time.into()), input)
    }

    fn of(when: When, input: I) -> Self {
        Self {
            when,
            input: input_text(input),
            time_zone: None,
            flexible: None,
            retries: None,
            dead_letters: None,
            types: PhantomData,
        }
    }
}

impl<I> Schedule<I> {
    /// The time zone in which `cron` and `at` are read, by its name in the IANA's list: `Europe/Berlin`. Unset, UTC.
    pub fn time_zone(self, name: impl Into<String>) -> Self {
        Self { time_zone: Some(name.into()), ..self }
    }

    /// Starts at some time within so many minutes (1 to 1,440) of when it is due. Unset, when it is due.
    pub fn flexible_minutes(self, minutes: u32) -> Self {
        Self { flexible: Some(minutes), ..self }
    }

    /// Tries again so many times (0 to 185) for so long (60 to 86,400 seconds) where an execution could not be started.
    /// Unset, 185 times within a day.
    pub fn retries(self, attempts: u32, within: Seconds) -> Self {
        Self { retries: Some(Retries { attempts, within }), ..self }
    }

    /// The ARN of a queue for what could not be started at all. The role may then send to it.
    pub fn dead_letters(self, queue: impl Into<Value<String>>) -> Self {
        Self { dead_letters: Some(queue.into()), ..self }
    }
}

impl When {
    /// As Scheduler writes it; or what is wrong, and what would be right.
    fn expression(&self) -> Result<String, (String, &'static str)> {
        match self {
            Self::Every { number: 0, .. } => {
                Err(("it is to start every 0 of something".into(), "a rate is 1 or more"))
            }
            Self::Every { number: 1, unit } => Ok(format!("rate(1 {unit})")),
            Self::Every { number, unit } => Ok(format!("rate({number} {unit}s)")),
            Self::Cron(fields) if fields.split_whitespace().count() == 6 => Ok(format!("cron({fields})")),
            Self::Cron(fields) => Err((
                format!("`{fields}` is no time to start"),
                "it has six fields: minutes, hours, day of the month, month, day of the week, year",
            )),
            Self::At(time) if is_time(time) => Ok(format!("at({time})")),
            Self::At(time) => Err((
                format!("`{time}` is no time to start"),
                "write it as `2027-01-31T09:00:00`, without an offset",
            )),
        }
    }
}

/// `yyyy-mm-ddThh:mm:ss`.
fn is_time(text: &str) -> bool {
    let pattern = "0000-00-00T00:00:00";
    let fits = |(c, p): (char, char)| if p == '0' { c.is_ascii_digit() } else { c == p };
    text.len() == pattern.len() && text.chars().zip(pattern.chars()).all(fits)
}

impl<I> Starts<I> for Schedule<I> {}

impl<I> sealed::Starts for Schedule<I> {
    fn service(&self) -> iam::Starter {
        iam::Starter::Scheduler
    }

    fn add(self, place: &Place<'_>) -> Key {
        let mut target = IndexMap::from([
            ("Arn".to_owned(), place.machine.arn.clone().into()),
            ("RoleArn".into(), place.role_arn()),
        ]);
        place.give_input(&mut target, self.input);
        place.give_retries(&mut target, self.retries);
        if let Some(queue) = self.dead_letters {
            let send = Statement::new(["sqs:SendMessage"], place.at).on(queue.clone());
            iam::allow(place.under, place.role, send);
            target.insert("DeadLetterConfig".into(), tree!({ "Arn": queue }));
        }
        let window = match self.flexible {
            None => tree!({ "Mode": "OFF" }),
            Some(minutes) => {
                if !(1..=1_440).contains(&minutes) {
                    place.wrong(format!("it may start {minutes} minutes late"), "Scheduler takes 1 to 1,440");
                }
                tree!({ "Mode": "FLEXIBLE", "MaximumWindowInMinutes": minutes })
            }
        };
        let mut schedule = IndexMap::new();
        let expression = self.when.expression().unwrap_or_else(|(problem, help)| {
            place.wrong(problem, help);
            String::new()
        });
        schedule.insert("ScheduleExpression".to_owned(), Tree::from(expression));
        schedule.extend(self.time_zone.map(|zone| ("ScheduleExpressionTimezone".to_owned(), zone.into())));
        schedule.insert("FlexibleTimeWindow".into(), window);
        schedule.insert("Target".into(), Tree::Map(target));
        place.add(None, "AWS::Scheduler::Schedule", schedule)
    }
}
