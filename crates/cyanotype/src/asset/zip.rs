//! Our own zips: stored, sorted, without times.
//!
//! A zip's bytes are identity: their hash is `CodeSha256`, which a version cannot change. So they are a function of the
//! files alone, and no other library, whose next release may compress or order otherwise, has a hand in them.
//!
//! Format: <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>

use std::io;

use camino::Utf8PathBuf;
use cyanotype_cfn::Asset;

use super::reading::{BLOCK, Reading};

/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
/// 1980-01-01, the first day that a zip knows, at midnight.
const DATE: u16 = (1 << 5) | 1;
/// Made on Unix, so that modes count; for readers of version 2.0.
const MADE_BY: u16 = (3 << 8) | 20;
const NEEDED: u16 = 20;

/// A zip that is made when it is written.
#[derive(Debug)]
pub(crate) struct Zip {
    entries: Vec<Entry>,
}

/// A file of a zip.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its name in the zip, with `/`.
    pub(super) name: String,
    pub(super) path: Utf8PathBuf,
    pub(super) executable: bool,
}

impl Zip {
    /// Of entries that are sorted by name.
    pub(super) fn new(entries: Vec<Entry>) -> Self {
        Self { entries }
    }

    #[cfg(test)]
    pub(super) fn names(&self) -> Vec<&str> {
        self.entries.iter().map(|entry| entry.name.as_str()).collect()
    }
}

impl Asset for Zip {
    fn write_to(&self, to: &mut dyn io::Write) -> io::Result<()> {
        let mut directory = vec![];
        let mut offset: u32 = 0;
        let mut block = vec![0; BLOCK];
        for entry in &self.entries {
            let reading = Reading::open(&entry.path, &mut block)?;
            let sum = reading.sum();
            let common = common_header(&entry.name, sum.crc, narrow(sum.size)?)?;

            let mut local = vec![];
            put(&mut local, &[b"PK\x03\x04", &NEEDED.to_le_bytes(), &common, entry.name.as_bytes()]);
            to.write_all(&local)?;
            reading.copy_to(to)?;

            let mode: u32 = if entry.executable { 0o100_755 } else { 0o100_644 };
            put(
                &mut directory,
                &[
                    b"PK\x01\x02",
                    &MADE_BY.to_le_bytes(),
                    &NEEDED.to_le_bytes(),
                    &common,
                    // Comment, disk and internal attributes: none.
                    &[0; 6],
                    &(mode << 16).to_le_bytes(),
                    &offset.to_le_bytes(),
                    entry.name.as_bytes(),
                ],
            );
            offset = narrow(offset as usize + local.len() + sum.size)?;
        }
        let count = u16::try_from(self.entries.len()).map_err(too_large)?.to_le_bytes();
        let size = narrow(directory.len())?.to_le_bytes();
        let end: [&[u8]; 7] = [b"PK\x05\x06", &[0; 4], &count, &count, &size, &offset.to_le_bytes(), &[0; 2]];
        put(&mut directory, &end);
        to.write_all(&directory)
    }
}

/// What the local and the central header share, from the flags to the length of the extra field.
fn common_header(name: &str, crc: u32, size: u32) -> io::Result<Vec<u8>> {
    let mut header = vec![];
    let name = u16::try_from(name.len()).map_err(too_large)?;
    for field in [FLAGS, 0, 0, DATE] {
        put(&mut header, &[&field.to_le_bytes()]);
    }
    for field in [crc, size, size] {
        put(&mut header, &[&field.to_le_bytes()]);
    }
    for field in [name, 0] {
        put(&mut header, &[&field.to_le_bytes()]);
    }
    Ok(header)
}

fn put(to: &mut Vec<u8>, parts: &[&[u8]]) {
    for part in parts {
        to.extend_from_slice(part);
    }
}

/// Lambda takes far less than the 4 GiB of a zip without extensions.
fn narrow(size: usize) -> io::Result<u32> {
    u32::try_from(size).map_err(too_large)
}

fn too_large(_: std::num::TryFromIntError) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "too large for a zip")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use cyanotype_cfn::Digest;

    use super::*;

    fn zip_of(files: &[(&str, &str, bool)]) -> (Vec<u8>, Digest) {
        let directory = tempfile::tempdir().unwrap();
        let entries = files.iter().map(|(name, text, executable)| {
            let path = Utf8PathBuf::from_path_buf(directory.path().join(name)).unwrap();
            fs::write(&path, text).unwrap();
            Entry { name: (*name).into(), path, executable: *executable }
        });
        let zip = Zip::new(entries.collect());
        let mut bytes = vec![];
        zip.write_to(&mut bytes).unwrap();
        let digest = Digest::of_asset(&zip).unwrap();
        assert_eq!(Digest::of(&bytes), digest);
        (bytes, digest)
    }

    /// An upgrade of this crate must not move it: `CodeSha256` cannot change under a version that does not.
    #[test]
    fn the_bytes_of_a_zip_are_frozen() {
        let (_, digest) = zip_of(&[
            ("bootstrap", "#!/bin/sh\n", true),
            ("ünïcode.txt", "text\n", false),
            ("void", "", false),
        ]);
        assert_eq!(digest.hex(), "0d15458fd0977d9a9aea305008c4e4868ad4cf06c39dc27bc798501da13118f4");
    }

    #[test]
    fn a_file_that_vanished_is_named() {
        let gone = Entry { name: "a".into(), path: "/nowhere/a".into(), executable: false };
        let error = Digest::of_asset(&Zip::new(vec![gone])).unwrap_err();
        assert!(error.to_string().starts_with("`/nowhere/a`: "), "{error}");
    }

    #[test]
    fn the_executable_bit_changes_the_zip() {
        assert_ne!(zip_of(&[("a", "x", true)]).1, zip_of(&[("a", "x", false)]).1);
    }
}
