//! Succeed.

/// A state that ends the execution with success, and with its input as the result.
///
/// See "Succeed workflow state": <https://docs.aws.amazon.com/step-functions/latest/dg/state-succeed.html>.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SucceedState {
    /// For readers.
    pub comment: Option<String>,
}

impl SucceedState {
    /// A state without a comment.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}
