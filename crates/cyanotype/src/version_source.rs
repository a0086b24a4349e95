//! Where an immutable version comes from, be it of a function or of a machine.

use cyanotype_cfn::{Key, LogicalId, Value};

use crate::{
    app::Construct,
    flow::{Call, CallKind},
};

/// Where a version comes from.
#[derive(Clone)]
pub(crate) enum VersionSource {
    /// Of a function or machine of this app.
    Published { of: Key, version: Key, placeholder: String },
    /// Of one that is deployed elsewhere, by the version's ARN.
    Imported { arn: String },
}

impl VersionSource {
    /// Of what has this ID, by the resource that its version is.
    pub(crate) fn published(under: &Construct, id: &str, of: Key, version: Key) -> Self {
        let path = under.path_to(id).into_iter().chain(["Version".into()]);
        let placeholder = LogicalId::from_path(path).map(|id| id.as_str().to_owned()).unwrap_or_default();
        Self::Published { of, version, placeholder }
    }

    /// The ARN, with the version's number.
    pub(crate) fn arn(&self) -> Value<String> {
        match self {
            Self::Published { version, .. } => Value::reference(*version),
            Self::Imported { arn } => arn.into(),
        }
    }

    /// What of this app it is a version of.
    pub(crate) fn of(&self) -> Option<Key> {
        match self {
            Self::Published { of, .. } => Some(*of),
            Self::Imported { .. } => None,
        }
    }

    /// What a Task says that calls it.
    pub(crate) fn call(&self, kind: CallKind) -> Call {
        let placeholder = match self {
            Self::Published { placeholder, .. } => placeholder.clone(),
            // A literal ARN is written into the definition as it is.
            Self::Imported { .. } => String::new(),
        };
        Call { kind, placeholder, target: self.arn() }
    }

    /// What it is called in debug output.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Published { placeholder, .. } => placeholder,
            Self::Imported { arn } => arn,
        }
    }
}
