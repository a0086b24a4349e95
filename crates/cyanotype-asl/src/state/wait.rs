//! Wait.

use indexmap::IndexMap;

use crate::{Json, Transition};

/// A state that waits and passes its input on.
///
/// See "Wait workflow state": <https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html>.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct WaitState {
    /// For readers.
    pub comment: Option<String>,
    /// How long, 0 to 99,999,999 seconds.
    pub seconds: u32,
    /// Where it goes.
    pub transition: Transition,
}

impl WaitState {
    /// A state that waits so long.
    #[must_use]
    pub fn new(seconds: u32, transition: Transition) -> Self {
        Self { comment: None, seconds, transition }
    }

    pub(super) fn write(&self, out: &mut IndexMap<String, Json>) {
        out.insert("Seconds".into(), self.seconds.into());
        self.transition.write(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::State;

    #[test]
    fn it_says_how_long() {
        let wait = WaitState::new(300, Transition::End);
        assert_eq!(State::from(wait).to_json().to_compact(), r#"{"Type":"Wait","Seconds":300,"End":true}"#);
    }
}
