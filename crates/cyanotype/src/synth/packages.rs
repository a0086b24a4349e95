//! Code that lies in files, as the zip that is uploaded.

use std::{collections::HashMap, io, sync::Arc};

use camino::{Utf8Path, Utf8PathBuf};
use cyanotype_cfn::{Asset, Digest, FileAsset};

use crate::{
    asset::{self, AssetError, FileError},
    lambda::Directory,
};

/// Zips that are known already, so that code of several functions is read once.
pub(super) type Zips = HashMap<Package, FileAsset>;

/// Where code lies.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Package {
    Directory(Utf8PathBuf, Vec<String>),
    File(Utf8PathBuf),
    Zip(Utf8PathBuf),
}

/// What is wrong, and what would be right.
type Problem = (String, &'static str);

impl Package {
    pub(super) fn of_directory(directory: &Directory) -> Self {
        Self::Directory(directory.path.clone(), directory.excludes.clone())
    }

    /// Its zip, or all that is wrong with it. The zip has no name for people yet.
    pub(super) fn zip(self, zips: &mut Zips) -> Result<FileAsset, Vec<Problem>> {
        if let Some(known) = zips.get(&self) {
            return Ok(known.clone());
        }
        let made = match &self {
            Self::Directory(path, excludes) => of_directory(path, excludes),
            Self::File(path) => of_file(asset::single(path)).map_err(|problem| vec![problem]),
            Self::Zip(path) => of_file(asset::prebuilt(path)).map_err(|problem| vec![problem]),
        }?;
        zips.insert(self, made.clone());
        Ok(made)
    }
}

fn of_directory(path: &Utf8Path, excludes: &[String]) -> Result<FileAsset, Vec<Problem>> {
    let explain = |errors: Vec<AssetError>| errors.iter().map(AssetError::explain).collect::<Vec<_>>();
    let zip = asset::list(path, excludes).map_err(explain)?;
    hashed(zip).map_err(|error| {
        vec![(format!("cannot read {error}"), "make it readable, or exclude it from the function's code")]
    })
}

fn of_file(zip: Result<impl Asset + 'static, FileError>) -> Result<FileAsset, Problem> {
    let zip = zip.map_err(|error| FileError::explain(&error))?;
    hashed(zip).map_err(|error| (format!("cannot read {error}"), "make it readable"))
}

/// A zip with its hash, for which it is read once.
pub(super) fn hashed(zip: impl Asset + 'static) -> io::Result<FileAsset> {
    let digest = Digest::of_asset(&zip)?;
    Ok(FileAsset { display_name: String::new(), digest, extension: "zip", content: Arc::new(zip) })
}
