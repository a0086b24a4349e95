//! Pass.

use indexmap::IndexMap;

use crate::{Json, Transition};

/// A state that does no work: it passes its input on, or a literal result.
///
/// See "Pass workflow state": <https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html>.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PassState {
    /// For readers.
    pub comment: Option<String>,
    /// What it yields in the input's place, taken literally.
    pub result: Option<Json>,
    /// Where it goes.
    pub transition: Transition,
}

impl PassState {
    /// A state that passes its input on.
    #[must_use]
    pub fn new(transition: Transition) -> Self {
        Self { comment: None, result: None, transition }
    }

    pub(super) fn write(&self, out: &mut IndexMap<String, Json>) {
        if let Some(result) = &self.result {
            out.insert("Result".into(), result.clone());
        }
        self.transition.write(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::State;

    #[test]
    fn it_may_have_a_result() {
        let mut pass = PassState::new(Transition::End);
        assert_eq!(State::from(pass.clone()).to_json().to_compact(), r#"{"Type":"Pass","End":true}"#);
        pass.result = Some(Json::Null);
        assert_eq!(State::from(pass).to_json().to_compact(), r#"{"Type":"Pass","Result":null,"End":true}"#);
    }
}
