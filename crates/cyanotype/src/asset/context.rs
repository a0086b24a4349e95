//! A directory from which a container image is built.

use std::{io, sync::Arc};

use camino::Utf8Path;
use cyanotype_cfn::{Asset as _, ContextFile, HashWriter};

use super::{AssetError, directory::listed, file::Prebuilt, zip::Entry};

/// The files of a directory, chosen as those of a zip are, each read once for its hash; or all that is wrong with it.
/// What Lambda takes of a zip does not matter here.
pub(crate) fn context(
    directory: &Utf8Path,
    excludes: &[String],
) -> Result<Arc<[ContextFile]>, Vec<AssetError>> {
    let mut listing = listed(directory, excludes)?;
    let mut files = vec![];
    for Entry { name, path, executable } in listing.entries {
        let content = Prebuilt { path };
        let mut hash = HashWriter::new(io::sink());
        match content.write_to(&mut hash) {
            Ok(()) => {
                let (_, digest) = hash.finish();
                files.push(ContextFile { name, digest, executable, content: Arc::new(content) });
            }
            Err(error) => listing.problems.push(AssetError::Unreadable(content.path, error)),
        }
    }
    if listing.problems.is_empty() { Ok(files.into()) } else { Err(listing.problems) }
}
