//! What the functions take and give. Handlers and infrastructure name the contracts, and neither can drift.

use cyanotype_contract::contract;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

contract! {
    /// Says what becomes of a comment.
    pub Review(Comment) -> Verdict;
    /// Takes the rude words out of a comment.
    pub Mask(Comment) -> Comment;
    /// Shows a comment to everybody.
    pub Publish(Comment) -> Published;
}

/// A comment that somebody has written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Comment {
    /// Who.
    pub author: String,
    /// What.
    pub text: String,
    /// What becomes of it, once that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
}

/// What becomes of a comment. Rename one of these, and the machine's Choice does not compile before it follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Verdict {
    /// It is published.
    Fine,
    /// It is published without some of its words.
    Rude,
    /// It is not published.
    Spam,
}

/// Where a comment is to be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// Its address.
    pub path: String,
}
