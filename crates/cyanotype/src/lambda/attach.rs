//! What is attached to an alias or a version, and never to a function without either.
//!
//! What calls a function without a qualifier calls whatever was deployed last, while its callers, and the rights and
//! retries that are set for it, may be those of yesterday.

mod asynchronous;
mod cors;
mod event_source;
mod permission;
mod url;

pub use asynchronous::{AsyncInvocation, Destination};
pub use cors::{Cors, HttpMethod};
pub use event_source::EventSource;
pub use permission::Permission;
pub use url::{FunctionUrl, UrlAuth};

use cyanotype_cfn::{Key, Value};

use super::{Alias, Function, Version};
use crate::{
    app::{ResourceBody, ResourceKind},
    diagnostic::{Diagnostic, Source},
};

/// An [`Alias`] or a [`Version`]: what something can be attached to. Nothing else is one.
pub trait Qualified: sealed::Target {}

impl<I, O> Qualified for Alias<I, O> {}
impl<I, O> Qualified for Version<I, O> {}

mod sealed {
    use super::{Key, Value};

    /// What is known of it.
    pub trait Target {
        /// The function of this app that it is of.
        fn of(&self) -> Option<Key>;
        /// The ARN, with its qualifier.
        fn qualified_arn(&self) -> Value<String>;
        /// What stands behind the colon.
        fn qualifier(&self) -> Value<String>;
        /// What must be there first, where neither of these says so.
        fn needs(&self) -> Option<Key>;
    }
}

impl<I, O> sealed::Target for Alias<I, O> {
    fn of(&self) -> Option<Key> {
        Some(self.function)
    }

    fn qualified_arn(&self) -> Value<String> {
        self.arn()
    }

    fn qualifier(&self) -> Value<String> {
        self.name.as_str().into()
    }

    fn needs(&self) -> Option<Key> {
        Some(self.key)
    }
}

impl<I, O> sealed::Target for Version<I, O> {
    fn of(&self) -> Option<Key> {
        self.function()
    }

    fn qualified_arn(&self) -> Value<String> {
        self.arn()
    }

    fn qualifier(&self) -> Value<String> {
        self.number()
    }

    fn needs(&self) -> Option<Key> {
        None
    }
}

impl<I, O> Function<I, O> {
    /// Adds what is attached to a target of this function.
    fn attach(&self, id: String, target: &impl Qualified, mut body: ResourceBody, at: Source) -> Key {
        if target.of() != Some(self.key) {
            let help = "attach it to an alias or a version that this function's handle made";
            let problem = format!("`{id}` is attached to an alias or a version of another function");
            body.problems.push(Diagnostic::error(problem).at(at).help(help));
        }
        self.under.add([self.id.clone(), id], at, body)
    }
}

/// A resource that nothing moves.
fn body(type_name: &'static str) -> ResourceBody {
    ResourceBody::new(type_name, ResourceKind::Plain)
}
