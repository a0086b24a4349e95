//! Code that lies in files: which of them, and the zip that they make.

mod directory;
mod error;
mod reading;
mod zip;

pub(crate) use directory::list;
pub(crate) use error::AssetError;
pub(crate) use zip::Zip;
