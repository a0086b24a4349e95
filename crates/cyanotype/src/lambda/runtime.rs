//! What a function's code runs on.

use std::borrow::Cow;

use cyanotype_cfn::Tree;

/// A managed runtime.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runtime(Cow<'static, str>);

impl Runtime {
    /// Node.js 20.
    pub const NODEJS_20: Self = Self(Cow::Borrowed("nodejs20.x"));
    /// Node.js 22.
    pub const NODEJS_22: Self = Self(Cow::Borrowed("nodejs22.x"));
    /// Python 3.12.
    pub const PYTHON_3_12: Self = Self(Cow::Borrowed("python3.12"));
    /// Python 3.13.
    pub const PYTHON_3_13: Self = Self(Cow::Borrowed("python3.13"));
    /// Java 21.
    pub const JAVA_21: Self = Self(Cow::Borrowed("java21"));
    /// Amazon Linux 2023 alone, for a `bootstrap` of one's own: Rust, Go, C++.
    pub const PROVIDED_AL2023: Self = Self(Cow::Borrowed("provided.al2023"));

    /// Any other, by its identifier.
    pub fn other(identifier: impl Into<String>) -> Self {
        Self(Cow::Owned(identifier.into()))
    }

    /// Its identifier, such as `nodejs22.x`.
    #[must_use]
    pub fn identifier(&self) -> &str {
        &self.0
    }
}

/// The instruction set that a function's code is built for.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Architecture {
    /// 64-bit Arm.
    Arm64,
    /// 64-bit x86: what Lambda takes when none is given.
    X86_64,
}

impl Architecture {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Arm64 => "arm64",
            Self::X86_64 => "x86_64",
        }
    }

    /// That of a function with these `Architectures`. None: the deploy alone knows it.
    pub(crate) fn of_property(architectures: Option<&Tree>) -> Option<Self> {
        let named = match architectures {
            None => return Some(Self::X86_64),
            Some(Tree::List(names)) => names.first().and_then(Tree::as_text)?,
            Some(_) => return None,
        };
        [Self::Arm64, Self::X86_64].into_iter().find(|known| known.name() == named)
    }
}
