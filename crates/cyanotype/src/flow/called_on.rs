//! What the call of a service is on.

use cyanotype_cfn::Value;

use crate::{app::Resource, diagnostic::Source};

/// What the call of a service can be [on](super::Fragment::on): a [`Resource`] of the app, an ARN as a text or a
/// [`Value`], or several of these as an array or a `Vec`.
///
/// ```
/// use cyanotype::{flow::CalledOn, prelude::*};
///
/// fn is_one(_: impl CalledOn) {}
///
/// # let stack = App::new().stack("Shop");
/// let orders = stack.resource("Orders", "AWS::SQS::Queue", tree!({}));
/// is_one(&orders);
/// is_one("arn:aws:sqs:eu-west-1:123456789012:returns");
/// is_one([orders.attribute("Arn"), "arn:aws:sqs:eu-west-1:123456789012:returns".into()]);
/// ```
#[diagnostic::on_unimplemented(
    message = "a call is on a resource or on an ARN, and `{Self}` is neither",
    label = "give `&resource`, or an ARN"
)]
pub trait CalledOn {
    #[doc(hidden)]
    fn values(self) -> Vec<Value<String>>;
}

/// One of them.
#[derive(Debug, Clone)]
pub(crate) struct On {
    /// The resource's ARN, or a reference to the resource.
    pub(crate) value: Value<String>,
    /// Where that is said.
    pub(crate) at: Source,
}

impl On {
    /// Each of what is given at a line.
    pub(super) fn all(given: impl CalledOn, at: Source) -> impl Iterator<Item = Self> {
        given.values().into_iter().map(move |value| Self { value, at })
    }
}

impl CalledOn for &Resource {
    fn values(self) -> Vec<Value<String>> {
        vec![self.reference()]
    }
}

impl CalledOn for Value<String> {
    fn values(self) -> Vec<Value<String>> {
        vec![self]
    }
}

impl CalledOn for &Value<String> {
    fn values(self) -> Vec<Value<String>> {
        vec![self.clone()]
    }
}

impl CalledOn for &str {
    fn values(self) -> Vec<Value<String>> {
        vec![self.into()]
    }
}

impl CalledOn for String {
    fn values(self) -> Vec<Value<String>> {
        vec![self.into()]
    }
}

impl<T: CalledOn, const N: usize> CalledOn for [T; N] {
    fn values(self) -> Vec<Value<String>> {
        self.into_iter().flat_map(CalledOn::values).collect()
    }
}

impl<T: CalledOn> CalledOn for Vec<T> {
    fn values(self) -> Vec<Value<String>> {
        self.into_iter().flat_map(CalledOn::values).collect()
    }
}
