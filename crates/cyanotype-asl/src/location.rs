//! Places in a definition.

use std::fmt;

/// A place in a definition, from the whole down.
///
/// It is shown as AWS shows it: `/States/Decide/Choices[0]/Next`, and `/` for the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    steps: Vec<LocationStep>,
}

/// One step of a [`Location`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LocationStep {
    /// The member of an object.
    Field(String),
    /// The item of an array, from 0.
    Index(usize),
}

impl Location {
    /// The whole definition.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The steps from the whole to the place.
    #[must_use]
    pub fn steps(&self) -> &[LocationStep] {
        &self.steps
    }

    /// The member of the object at this place.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>) -> Self {
        self.steps.push(LocationStep::Field(name.into()));
        self
    }

    /// The item of the array at this place, from 0.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.steps.push(LocationStep::Index(index));
        self
    }

    pub(crate) fn enter_field(&mut self, name: &str) {
        self.steps.push(LocationStep::Field(name.to_owned()));
    }

    pub(crate) fn enter_item(&mut self, index: usize) {
        self.steps.push(LocationStep::Index(index));
    }

    pub(crate) fn leave(&mut self) {
        self.steps.pop();
    }

    /// The name of the state that it is in, the innermost.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.steps.iter().zip(self.steps.iter().skip(1)).rev().find_map(|pair| match pair {
            (LocationStep::Field(states), LocationStep::Field(name)) if states == "States" => {
                Some(name.as_str())
            }
            _ => None,
        })
    }
}

impl Extend<LocationStep> for Location {
    fn extend<I: IntoIterator<Item = LocationStep>>(&mut self, steps: I) {
        self.steps.extend(steps);
    }
}

impl FromIterator<LocationStep> for Location {
    fn from_iter<I: IntoIterator<Item = LocationStep>>(steps: I) -> Self {
        Self { steps: steps.into_iter().collect() }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.steps.is_empty() {
            return f.write_str("/");
        }
        self.steps.iter().try_for_each(|step| match step {
            LocationStep::Field(name) => write!(f, "/{name}"),
            LocationStep::Index(index) => write!(f, "[{index}]"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_as_aws_writes_them() {
        assert_eq!(Location::root().to_string(), "/");
        let next =
            Location::root().field("States").field("Say hello").field("Choices").index(0).field("Next");
        assert_eq!(next.to_string(), "/States/Say hello/Choices[0]/Next");
    }
}
