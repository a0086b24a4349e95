//! What the handlers take and give.
//!
//! Handlers and infrastructure share these types, so that a change that one side does not follow does not compile.
//! The example tells of three days, and keeps the types of each; an application keeps today's alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an execution starts with.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Request {
    /// Who is to be greeted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Day 1.
pub mod day1 {
    use super::{Deserialize, JsonSchema, Serialize};

    /// What `hello` answers on day 1: a bare string.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
    pub enum Verdict {
        /// Yes.
        Approved,
        /// No.
        Rejected,
    }
}

/// Day 2.
pub mod day2 {
    use super::{Deserialize, JsonSchema, Serialize};

    /// What `hello` answers on day 2: `Approved` is called `ThumbsUp` now.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
    pub enum Verdict {
        /// Yes.
        ThumbsUp,
        /// No.
        Rejected,
    }
}

/// Day 3.
pub mod day3 {
    use super::{Deserialize, JsonSchema, Serialize};

    /// What `welcome` answers, which takes the place of `hello` on day 3.
    #[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
    pub struct Welcome {
        /// Whether there is anybody to be welcomed.
        pub welcome: bool,
    }
}
