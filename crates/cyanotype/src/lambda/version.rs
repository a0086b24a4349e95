//! A published version: the only thing of Lambda that a Task can call.

use std::{fmt, marker::PhantomData};

use cyanotype_cfn::{Key, Tree, Value};

use super::{VersionArnError, arn::function_of};
use crate::{
    app::{Construct, ResourceBody, ResourceKind},
    diagnostic::Source,
    flow::{Call, CallKind, Pinned, sealed},
    version_source::VersionSource,
};

/// An immutable version of a function that takes `I` and yields `O`.
///
/// [`Function::publish`](super::Function::publish) makes it, or [`Version::import`]; nothing else does. A Task that
/// calls a version calls the same code until its execution ends, whatever is deployed meanwhile.
pub struct Version<I, O> {
    source: VersionSource,
    types: PhantomData<fn(I) -> O>,
}

/// What a published version is beyond its properties.
#[derive(Debug, Clone)]
pub(crate) struct VersionData {
    pub(crate) function: Key,
}

impl<I, O> Version<I, O> {
    /// A version that is deployed elsewhere, by its ARN, which must end with a number:
    /// `arn:aws:lambda:eu-west-1:123456789012:function:hello:7`.
    ///
    /// It is for whoever deploys that function to keep the version.
    ///
    /// # Errors
    /// When the ARN has no qualifier, or one that can move: `$LATEST`, `$LATEST.PUBLISHED`, an alias.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let function = "arn:aws:lambda:eu-west-1:123456789012:function:hello";
    /// assert!(Version::<String, String>::import(format!("{function}:7")).is_ok());
    /// assert!(Version::<String, String>::import(format!("{function}:live")).is_err());
    /// ```
    pub fn import(arn: impl Into<String>) -> Result<Self, VersionArnError> {
        let arn = arn.into();
        function_of(&arn)?;
        Ok(Self { source: VersionSource::Imported { arn }, types: PhantomData })
    }

    /// The ARN, with the version's number.
    #[must_use]
    pub fn arn(&self) -> Value<String> {
        self.source.arn()
    }

    pub(super) fn add(
        under: &Construct,
        id: &str,
        function: Key,
        own: Vec<(&'static str, Tree)>,
        at: Source,
    ) -> Key {
        let data = VersionData { function };
        let mut body = ResourceBody::new("AWS::Lambda::Version", ResourceKind::Version(data));
        body.properties.insert("FunctionName".into(), Value::<String>::reference(function).into());
        body.properties.extend(own.into_iter().map(|(name, value)| (name.to_owned(), value)));
        under.add([id.to_owned(), "Version".into()], at, body)
    }

    pub(super) fn of(function: Key, id: &str, under: &Construct, version: Key) -> Self {
        Self { source: VersionSource::published(under, id, function, version), types: PhantomData }
    }

    /// The function of this app that it is a version of.
    pub(super) fn function(&self) -> Option<Key> {
        self.source.of()
    }

    /// The version's number.
    pub(super) fn number(&self) -> Value<String> {
        match &self.source {
            VersionSource::Published { version, .. } => Value::attribute(*version, "Version"),
            VersionSource::Imported { arn } => arn.rsplit(':').next().unwrap_or_default().into(),
        }
    }
}

impl<I, O> Clone for Version<I, O> {
    fn clone(&self) -> Self {
        Self { source: self.source.clone(), types: PhantomData }
    }
}

impl<I, O> fmt::Debug for Version<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Version").field(&self.source.name()).finish()
    }
}

impl<I, O> Pinned for Version<I, O> {
    type In = I;
    type Out = O;
}

impl<I, O> sealed::Sealed for Version<I, O> {
    fn call(&self) -> Call {
        self.source.call(CallKind::Function)
    }
}
