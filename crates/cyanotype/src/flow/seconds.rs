//! Times.

/// A time in whole seconds; [`seconds`] makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seconds(u32);

/// A time in whole seconds, at most 99,999,999 (about three years).
#[must_use]
pub fn seconds(number: u32) -> Seconds {
    Seconds(number)
}

impl Seconds {
    /// The number of seconds.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}
