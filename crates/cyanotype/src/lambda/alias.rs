//! Aliases: names that can be moved, for callers outside.

use std::{fmt, marker::PhantomData};

use cyanotype_cfn::{Key, Value};

use super::{Function, Version};
use crate::{
    app::{ResourceBody, ResourceKind},
    diagnostic::{Diagnostic, Source},
};

/// A name for a version of a function that takes `I` and yields `O`.
///
/// For callers that are not state machines: an alias moves to the new version at a deploy, so a Task that called it
/// would call other code than it was made for.
pub struct Alias<I, O> {
    key: Key,
    types: PhantomData<fn(I) -> O>,
}

/// What an alias is beyond its properties.
#[derive(Debug, Clone)]
pub(crate) struct AliasData {
    pub(crate) function: Key,
}

impl<I, O> Alias<I, O> {
    pub(super) fn add(function: &Function<I, O>, name: String, version: &Version<I, O>, at: Source) -> Self {
        let data = AliasData { function: function.key };
        let mut body = ResourceBody::new("AWS::Lambda::Alias", ResourceKind::Alias(data));
        body.properties.insert("FunctionName".into(), function.name().into());
        body.properties.insert("FunctionVersion".into(), version.number().into());
        body.properties.insert("Name".into(), name.as_str().into());
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let wrong = !(1..=128).contains(&name.len())
            || !name.chars().all(fits)
            || name.bytes().all(|b| b.is_ascii_digit());
        if wrong {
            let problem = format!("`{name}` is no name for an alias");
            let help = "an alias has 1 to 128 letters, digits, `-` and `_`, and is not a number";
            body.problems.push(Diagnostic::error(problem).at(at).help(help));
        }
        if version.function().is_some_and(|of| of != function.key) {
            let problem = format!("the alias `{name}` is given a version of another function");
            let help = "give it a version that this function's `publish()` made";
            body.problems.push(Diagnostic::error(problem).at(at).help(help));
        }
        let key = function.under.add([function.id.clone(), "Alias".into(), name], at, body);
        Self { key, types: PhantomData }
    }

    /// The ARN, with the alias's name.
    #[must_use]
    pub fn arn(&self) -> Value<String> {
        Value::reference(self.key)
    }
}

impl<I, O> Clone for Alias<I, O> {
    fn clone(&self) -> Self {
        Self { key: self.key, types: PhantomData }
    }
}

impl<I, O> fmt::Debug for Alias<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Alias").field(&self.key).finish()
    }
}
