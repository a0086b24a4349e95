//! What to know when deploys do not go straight on.

#[doc = include_str!("../docs/guide/rolled-back.md")]
pub mod rolled_back {}

#[doc = include_str!("../docs/guide/coming-back.md")]
pub mod coming_back {}

#[doc = include_str!("../docs/guide/left-behind.md")]
pub mod left_behind {}
