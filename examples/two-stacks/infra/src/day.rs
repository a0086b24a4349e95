//! Which day it is.

use std::{ops::RangeInclusive, str::FromStr};

/// A day of the example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(u8);

impl Day {
    const ALL: RangeInclusive<u8> = 1..=5;

    /// Whether it is this day or a later one.
    pub(crate) fn is_from(self, day: u8) -> bool {
        self.0 >= day
    }
}

impl Default for Day {
    fn default() -> Self {
        Self(*Self::ALL.end())
    }
}

impl FromStr for Day {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let day = text.parse().ok().filter(|day| Self::ALL.contains(day));
        day.map(Self).ok_or("the example has the days 1 to 5")
    }
}
