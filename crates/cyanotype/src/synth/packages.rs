//! Code that lies in files, as the zip that is uploaded.

use std::{collections::HashMap, io, sync::Arc};

use camino::{Utf8Path, Utf8PathBuf};
use cyanotype_cfn::{Asset, ContextFile, Digest, FileAsset};

use crate::{
    asset::{self, AssetError, FileError, Zip},
    lambda::{Directory, Packing},
};

/// What is known already, so that code of several functions is read once.
#[derive(Default)]
pub(super) struct Known {
    zips: HashMap<Package, Packed>,
    pub(super) contexts: Contexts,
}

/// Directories of images that are read already, with what is left out of them.
pub(super) type Contexts = HashMap<(Utf8PathBuf, Vec<String>), Arc<[ContextFile]>>;

/// Where code lies.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Package {
    Directory(Utf8PathBuf, Vec<String>, Packing),
    File(Utf8PathBuf),
    Zip(Utf8PathBuf),
}

/// Code as it is uploaded.
#[derive(Debug, Clone)]
pub(super) struct Packed {
    pub(super) asset: FileAsset,
    /// The size of its files: what Lambda limits.
    pub(super) unzipped: u64,
}

/// What is wrong, and what would be right.
pub(super) type Problem = (String, &'static str);

impl Package {
    pub(super) fn of_directory(directory: &Directory) -> Self {
        Self::Directory(directory.path.clone(), directory.excludes.clone(), directory.packing)
    }

    /// Its zip, or all that is wrong with it. The zip has no name for people yet.
    pub(super) fn zip(self, known: &mut Known) -> Result<Packed, Vec<Problem>> {
        if let Some(zip) = known.zips.get(&self) {
            return Ok(zip.clone());
        }
        let made = match &self {
            Self::Directory(path, excludes, packing) => of_directory(path, excludes, *packing),
            Self::File(path) => of_file(asset::single(path), |zip| packed(zip, Packing::Stored)),
            Self::Zip(path) => of_file(asset::prebuilt(path), |(zip, unzipped)| hashed(zip, unzipped)),
        }?;
        known.zips.insert(self, made.clone());
        Ok(made)
    }
}

fn of_directory(path: &Utf8Path, excludes: &[String], packing: Packing) -> Result<Packed, Vec<Problem>> {
    let explain = |errors: Vec<AssetError>| errors.iter().map(AssetError::explain).collect::<Vec<_>>();
    let zip = asset::list(path, excludes).map_err(explain)?;
    packed(zip, packing).map_err(|error| {
        vec![(format!("cannot read {error}"), "make it readable, or exclude it from the function's code")]
    })
}

fn of_file<T>(
    zip: Result<T, FileError>,
    pack: impl FnOnce(T) -> io::Result<Packed>,
) -> Result<Packed, Vec<Problem>> {
    let zip = zip.map_err(|error| vec![error.explain()])?;
    pack(zip).map_err(|error| vec![(format!("cannot read {error}"), "make it readable")])
}

/// A zip of our own, as its files are to be in it.
pub(super) fn packed(zip: Zip, packing: Packing) -> io::Result<Packed> {
    let unzipped = zip.unzipped();
    match packing {
        Packing::Stored => hashed(zip, unzipped),
        #[cfg(feature = "deflate")]
        Packing::Deflated => {
            // Of the zip that is not compressed, whose bytes are a function of the files alone.
            let identity = Digest::of_asset(&zip)?;
            let mut packed = hashed(asset::Deflated(zip), unzipped)?;
            (packed.asset.identity, packed.asset.extension) = (identity, "deflated.zip");
            Ok(packed)
        }
    }
}

/// A zip with its hash, for which it is read once.
fn hashed(zip: impl Asset + 'static, unzipped: u64) -> io::Result<Packed> {
    let digest = Digest::of_asset(&zip)?;
    let content = Arc::new(zip);
    let asset =
        FileAsset { display_name: String::new(), identity: digest, digest, extension: "zip", content };
    Ok(Packed { asset, unzipped })
}
