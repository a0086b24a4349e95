//! The numbers that a comparison lets through.

use crate::Json;

/// All numbers from one end to the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    low: End,
    high: End,
}

/// Where a range ends, and whether the end is a part of it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct End {
    at: f64,
    included: bool,
}

impl Range {
    /// Of an operator of a Choice with a number; None for others.
    pub(super) fn of(operator: &str, operand: &Json) -> Option<Self> {
        let Json::Number(number) = operand else { return None };
        let at = number.as_f64()?;
        let end = |included| End { at, included };
        let low = End { at: f64::NEG_INFINITY, included: false };
        let high = End { at: f64::INFINITY, included: false };
        Some(match operator {
            "NumericEquals" => Self { low: end(true), high: end(true) },
            "NumericLessThan" => Self { low, high: end(false) },
            "NumericLessThanEquals" => Self { low, high: end(true) },
            "NumericGreaterThan" => Self { low: end(false), high },
            "NumericGreaterThanEquals" => Self { low: end(true), high },
            _ => return None,
        })
    }

    /// The numbers that are in both.
    pub(super) fn and(self, other: Self) -> Self {
        let low = match self.low.at.total_cmp(&other.low.at) {
            std::cmp::Ordering::Less => other.low,
            std::cmp::Ordering::Greater => self.low,
            std::cmp::Ordering::Equal => self.low.stricter(other.low),
        };
        let high = match self.high.at.total_cmp(&other.high.at) {
            std::cmp::Ordering::Less => self.high,
            std::cmp::Ordering::Greater => other.high,
            std::cmp::Ordering::Equal => self.high.stricter(other.high),
        };
        Self { low, high }
    }

    pub(super) fn is_empty(self) -> bool {
        let one_point = self.low.included && self.high.included;
        self.low.at > self.high.at || (self.low.at == self.high.at && !one_point)
    }

    /// Whether all its numbers are in the other.
    pub(super) fn is_within(self, other: Self) -> bool {
        self.and(other) == self
    }
}

impl End {
    fn stricter(self, other: Self) -> Self {
        if self.included { other } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(operator: &str, number: f64) -> Range {
        let number = serde_json::Number::from_f64(number).unwrap();
        Range::of(&format!("Numeric{operator}"), &Json::Number(number)).unwrap()
    }

    #[test]
    fn ranges_that_do_not_meet_are_empty_together() {
        assert!(range("GreaterThan", 5.0).and(range("LessThan", 3.0)).is_empty());
        assert!(range("GreaterThan", 5.0).and(range("LessThanEquals", 5.0)).is_empty());
        assert!(!range("GreaterThanEquals", 5.0).and(range("LessThanEquals", 5.0)).is_empty());
        assert!(range("Equals", 1.0).and(range("Equals", 2.0)).is_empty());
    }

    #[test]
    fn a_smaller_range_is_within_a_larger_one() {
        assert!(range("GreaterThan", 5.0).is_within(range("GreaterThan", 3.0)));
        assert!(range("GreaterThan", 5.0).is_within(range("GreaterThanEquals", 5.0)));
        assert!(!range("GreaterThanEquals", 5.0).is_within(range("GreaterThan", 5.0)));
        assert!(range("Equals", 5.0).is_within(range("LessThan", 6.0)));
        assert!(!range("LessThan", 6.0).is_within(range("Equals", 5.0)));
    }
}
