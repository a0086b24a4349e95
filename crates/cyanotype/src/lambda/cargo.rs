//! A binary of the user's own workspace as a function's code.

use std::panic::Location;

use super::{
    Architecture, Code,
    code::{CodeSource, Packing},
};
use crate::diagnostic::Source;

/// A binary of the workspace that becomes a function's code, made by [`Code::cargo`].
#[derive(Debug, Clone)]
pub struct CargoBinary {
    pub(crate) package: String,
    pub(crate) name: String,
    pub(crate) libc: Libc,
    pub(crate) packing: Packing,
    pub(crate) at: Source,
}

/// The C library that a binary is linked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Libc {
    Gnu,
    Musl,
}

/// A binary that an app wants to have built: [`App::binaries`](crate::App::binaries) has them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Binary {
    target: &'static str,
    package: String,
    name: String,
}

impl Code {
    /// A binary of a package of the workspace, built in release for the function's architecture, alone in the zip as
    /// `bootstrap`. It needs a runtime of the family `provided`, where any `handler` does.
    ///
    /// The library builds nothing. `cargo xtask synth` does, by cyanotype-cli, or whoever calls
    /// [`App::synth`](crate::App::synth) hands over what is built already:
    /// [`SynthOptions::built`](crate::prelude::SynthOptions::built).
    ///
    /// What counts is the binary's bytes: a function is published anew when they change, and only then. They change
    /// with the sources, dependencies, compiler and profile, with cargo-lambda in place of cargo, and, unless they are
    /// kept out, with the directories in which it was built. How to keep them still:
    #[doc = include_str!("../../docs/reproducible-handlers.md")]
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let stack = App::new().stack("Shop");
    /// let review: Function<String, bool> = Function::new(
    ///     &stack,
    ///     "Review",
    ///     FunctionProps::builder()
    ///         .runtime(Runtime::PROVIDED_AL2023)
    ///         .handler("bootstrap")
    ///         .architecture(Architecture::Arm64)
    ///         .code(Code::cargo("shop-handlers", "review"))
    ///         .build(),
    /// );
    /// ```
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/lambda-rust.html>
    #[track_caller]
    pub fn cargo(package: impl Into<String>, binary: impl Into<String>) -> CargoBinary {
        let at = Location::caller();
        CargoBinary {
            package: package.into(),
            name: binary.into(),
            libc: Libc::Gnu,
            packing: Packing::Stored,
            at,
        }
    }
}

impl CargoBinary {
    /// Links it statically with musl, so that the runtime's glibc does not matter. For a machine whose own is newer
    /// than the runtime's. musl allocates memory more slowly, so this is not the default.
    #[must_use]
    pub fn musl(self) -> Self {
        Self { libc: Libc::Musl, ..self }
    }

    /// Compresses it, as [`Directory::deflate`](super::Directory::deflate) does. It is there with the feature
    /// `deflate` of this crate.
    #[cfg(feature = "deflate")]
    #[must_use]
    pub fn deflate(self) -> Self {
        Self { packing: Packing::Deflated, ..self }
    }

    /// It, as it must be built for an architecture.
    pub(crate) fn on(&self, architecture: Architecture) -> Binary {
        let target = match (architecture, self.libc) {
            (Architecture::Arm64, Libc::Gnu) => "aarch64-unknown-linux-gnu",
            (Architecture::Arm64, Libc::Musl) => "aarch64-unknown-linux-musl",
            (Architecture::X86_64, Libc::Gnu) => "x86_64-unknown-linux-gnu",
            (Architecture::X86_64, Libc::Musl) => "x86_64-unknown-linux-musl",
        };
        Binary { target, package: self.package.clone(), name: self.name.clone() }
    }
}

impl From<CargoBinary> for Code {
    fn from(binary: CargoBinary) -> Self {
        Self::of(CodeSource::Cargo(binary))
    }
}

impl Binary {
    /// The package that it is of.
    #[must_use]
    pub fn package(&self) -> &str {
        &self.package
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is built for, as rustc says it: `aarch64-unknown-linux-gnu`.
    #[must_use]
    pub fn target(&self) -> &'static str {
        self.target
    }
}
