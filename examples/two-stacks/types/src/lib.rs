//! What the handlers take and give.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an execution starts with.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Draft {
    /// What is to be published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// What `review` answers.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Review {
    /// Whose rules it was held to.
    pub rules: String,
    /// How strictly.
    pub style: String,
}
