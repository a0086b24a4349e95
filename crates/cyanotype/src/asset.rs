//! Code that lies in files: which of them, and the zip that they make.

mod bootstrap;
mod central;
mod context;
#[cfg(feature = "deflate")]
mod deflated;
mod directory;
mod elf;
mod error;
mod file;
mod reading;
mod zip;

pub(crate) use bootstrap::{BootstrapError, bootstrap};
pub(crate) use context::context;
#[cfg(feature = "deflate")]
pub(crate) use deflated::Deflated;
pub(crate) use directory::{list, normalized};
pub(crate) use elf::{Machine, Program};
pub(crate) use error::AssetError;
pub(crate) use file::{FileError, prebuilt, single};
pub(crate) use zip::Zip;

#[cfg(test)]
pub(crate) use elf::tests::program;
