//! How a function writes its log.

use cyanotype_cfn::{Tree, Value};
use indexmap::IndexMap;

/// The format of a function's log, what is left out of it, and where it goes.
///
/// Levels are for JSON alone, so [`text`](Self::text) has none.
///
/// ```
/// use cyanotype::prelude::*;
///
/// let logs = FunctionLogs::json().application(ApplicationLogLevel::Warn).group("/shop/hello");
/// ```
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html>
#[derive(Debug, Clone)]
pub struct FunctionLogs(IndexMap<&'static str, Tree>);

/// A log in JSON, made by [`FunctionLogs::json`].
#[derive(Debug, Clone)]
pub struct JsonLogs(FunctionLogs);

impl FunctionLogs {
    /// Lines of text, which is what Lambda writes when nothing is said.
    #[must_use]
    pub fn text() -> Self {
        Self(IndexMap::from([("LogFormat", "Text".into())]))
    }

    /// Lines of JSON.
    #[must_use]
    pub fn json() -> JsonLogs {
        JsonLogs(Self(IndexMap::from([("LogFormat", "JSON".into())])))
    }

    /// The log group, by its name of up to 512 letters, digits and `.-_/#`. Unset, `/aws/lambda/<function>`.
    #[must_use]
    pub fn group(self, name: impl Into<Value<String>>) -> Self {
        self.with("LogGroup", name.into().into())
    }

    fn with(mut self, key: &'static str, value: Tree) -> Self {
        self.0.insert(key, value);
        self
    }
}

impl JsonLogs {
    /// The least level of what the code logs. Unset, [`Info`](ApplicationLogLevel::Info).
    #[must_use]
    pub fn application(self, level: ApplicationLogLevel) -> Self {
        Self(self.0.with("ApplicationLogLevel", level.name().into()))
    }

    /// The least level of what Lambda itself logs. Unset, [`Info`](SystemLogLevel::Info).
    #[must_use]
    pub fn system(self, level: SystemLogLevel) -> Self {
        Self(self.0.with("SystemLogLevel", level.name().into()))
    }

    /// The same as [`FunctionLogs::group`].
    #[must_use]
    pub fn group(self, name: impl Into<Value<String>>) -> Self {
        Self(self.0.group(name))
    }
}

impl From<JsonLogs> for FunctionLogs {
    fn from(logs: JsonLogs) -> Self {
        logs.0
    }
}

impl From<FunctionLogs> for Tree {
    fn from(logs: FunctionLogs) -> Self {
        Tree::map(logs.0)
    }
}

super::names! {
    /// The level of what a function's code logs.
    ApplicationLogLevel {
        /// Everything.
        Trace = "TRACE",
        /// What helps to find mistakes.
        Debug = "DEBUG",
        /// What happens.
        Info = "INFO",
        /// What may go wrong.
        Warn = "WARN",
        /// What went wrong.
        Error = "ERROR",
        /// What ends the function.
        Fatal = "FATAL",
    }

    /// The level of what Lambda logs of a function.
    SystemLogLevel {
        /// Everything.
        Debug = "DEBUG",
        /// What happens.
        Info = "INFO",
        /// What may go wrong.
        Warn = "WARN",
    }
}
