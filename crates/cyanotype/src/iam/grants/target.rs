//! What a grant can be on.

use cyanotype_cfn::{Tree, Value};

use crate::app::Resource;

/// What a grant on a `Kind` can be on: a [`Resource`] of the app, or an ARN, as a text or as a [`Value`].
///
/// Of which type a resource is, synth looks at. What has a type of its own in Rust, such as a state machine, goes to
/// the grants of its own service alone:
///
/// ```compile_fail
/// # use cyanotype::prelude::*;
/// fn no_table(hello: &Function<u32, u32>, machine: &StateMachine<u32, u32>) {
///     hello.may(grants::dynamodb::read(machine));
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a grant of `{Kind}` cannot be on `{Self}`",
    label = "give `&resource`, or an ARN"
)]
pub trait Grantable<Kind> {
    /// What it comes to.
    fn target(self) -> GrantTarget;
}

/// What a grant is on: a resource or its ARN.
#[derive(Debug, Clone)]
pub struct GrantTarget {
    pub(super) tree: Tree,
}

impl<K> Grantable<K> for &Resource {
    fn target(self) -> GrantTarget {
        GrantTarget { tree: self.reference().into() }
    }
}

impl<K> Grantable<K> for Value<String> {
    fn target(self) -> GrantTarget {
        GrantTarget { tree: self.into() }
    }
}

impl<K> Grantable<K> for &Value<String> {
    fn target(self) -> GrantTarget {
        GrantTarget { tree: self.into() }
    }
}

impl<K> Grantable<K> for &str {
    fn target(self) -> GrantTarget {
        GrantTarget { tree: self.into() }
    }
}

impl<K> Grantable<K> for String {
    fn target(self) -> GrantTarget {
        GrantTarget { tree: self.into() }
    }
}
