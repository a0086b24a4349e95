//! Which day it is.

use std::str::FromStr;

/// A day of the example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// `hello` answers `Approved`, after a wait.
    One,
    /// `hello` answers `ThumbsUp`, at once.
    Two,
    /// `hello` has left.
    Three,
}

impl FromStr for Day {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "1" => Ok(Self::One),
            "2" => Ok(Self::Two),
            "3" => Ok(Self::Three),
            _ => Err("the example has the days 1, 2 and 3"),
        }
    }
}
